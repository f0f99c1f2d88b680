// The sentence that the real service answers for a policy document it refuses. Tools match on it; what follows it in our
// message says which line and what would be right. The first row of the table that holds is the sentence, whatever the
// order of the faults in the document. Which documents are refused is decided by policy/document.ts alone.

import { checkDocument, type Document, type DocumentKind, type ParseOptions } from '../policy/document.ts'
import { statementElements } from '../policy/statement.ts'
import { isProblem, Problem } from '../problem.ts'

type Fields = Readonly<Record<string, unknown>>

/** A refused document, as far as it can be read. */
interface Refused {
  readonly kind: DocumentKind
  /** Undefined when the text is no JSON. */
  readonly root: unknown
  readonly statements: readonly Fields[]
  /** Of all statements; texts alone. */
  readonly actions: readonly string[]
  readonly resources: readonly string[]
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): boolean => value === undefined || listOf(value).every(isText)

const documentElements = new Set(['Version', 'Id', 'Statement'])
const knownElements: ReadonlySet<string> = new Set(statementElements)
const versions = ['2012-10-17', '2008-10-17']
const operator =
  /^(?:For(?:All|Any)Values?:)?(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Arn(?:Not)?(?:Equals|Like)|Bool|BinaryEquals|(?:Not)?IpAddress|Null)(?:IfExists)?$/i
const conditionValue = (value: unknown): boolean =>
  listOf(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item))

const hasUnknown = (fields: Fields, known: ReadonlySet<string>): boolean =>
  Object.keys(fields).some((name) => !known.has(name))
const isBroken = (statement: Fields): boolean => {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement
  return (
    hasUnknown(statement, knownElements) ||
    (Sid !== undefined && !isText(Sid)) ||
    !isText(Effect) ||
    !/^(?:allow|deny)$/i.test(Effect) ||
    ![Action, NotAction, Resource, NotResource].every(isTexts) ||
    (Action !== undefined && NotAction !== undefined) ||
    (Resource !== undefined && NotResource !== undefined) ||
    !isFields(Condition) ||
    Object.entries(Condition).some(
      ([name, block]) =>
        !isFields(block) ||
        !Object.values(block).every(conditionValue) ||
        (!operator.test(name) && Object.keys(block).length > 0),
    )
  )
}

const hasSyntaxError = ({ root, statements }: Refused): boolean =>
  !isFields(root) ||
  hasUnknown(root, documentElements) ||
  (root['Version'] !== undefined && !versions.some((version) => version === root['Version'])) ||
  (root['Id'] !== undefined && !isText(root['Id'])) ||
  statements.length === 0 ||
  listOf(root['Statement']).length !== statements.length ||
  statements.some(isBroken)

const without = (of: Refused, ...names: readonly string[]): boolean =>
  of.statements.some((statement) => names.every((name) => listOf(statement[name] ?? []).flat().length === 0))
const vendorOf = (action: string): string => action.slice(0, action.indexOf(':'))
const found = <T>(item: T | undefined, sentence: (item: T) => string): string | undefined =>
  item === undefined ? undefined : sentence(item)
const said = (holds: boolean, sentence: string): string | undefined => (holds ? sentence : undefined)

/** What goes first in the table goes before what comes later. */
const sentences: readonly ((of: Refused) => string | undefined)[] = [
  (of) => said(of.kind === 'trust' && of.root === undefined, 'This policy contains invalid Json'),
  (of) => said(hasSyntaxError(of), 'Syntax errors in policy.'),
  (of) =>
    said(
      of.kind === 'trust' && of.statements.some((one) => 'Resource' in one || 'NotResource' in one),
      'Has prohibited field Resource',
    ),
  (of) =>
    said(
      of.kind === 'trust' && of.actions.some((action) => !/^sts:/i.test(action)),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ),
  ({ kind, root }) =>
    said(
      kind === 'identity' && isFields(root) && root['Version'] !== '2012-10-17',
      'Policy document must be version 2012-10-17 or greater.',
    ),
  (of) => said(without(of, 'Action', 'NotAction'), 'Policy statement must contain actions.'),
  (of) =>
    said(
      of.kind === 'identity' && without(of, 'Resource', 'NotResource'),
      'Policy statement must contain resources.',
    ),
  ({ actions }) =>
    said(
      actions.some((action) => action !== '*' && !action.includes(':')),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ),
  ({ actions }) =>
    found(
      actions.find((action) => action !== '*' && !/^[\w*?-]+$/.test(vendorOf(action))),
      (action) => `Vendor ${vendorOf(action).slice(0, 128)} is not valid`,
    ),
  ({ actions }) =>
    said(
      actions.some((action) => action.split(':').length > 2),
      'Actions/Condition can contain only one colon.',
    ),
  ({ resources }) => said(resources.includes(''), 'Resource  must be in ARN format or "*".'),
  ({ resources }) =>
    said(
      resources.some((resource) => /^arn:aws[\w-]*(?::[^:]*[*?][^:]*(?::.*)?)?$/.test(resource)),
      'Resource vendor must be fully qualified and cannot contain regexes.',
    ),
  ({ statements }) => {
    const ids = statements.flatMap(({ Sid }) => (isText(Sid) && Sid !== '' ? [Sid] : []))
    return said(new Set(ids).size < ids.length, 'Statement IDs (SID) in a single policy must be unique.')
  },
]

/** What the reader of older policies refuses: an Effect in another case, too few parts of an ARN, values of the wrong form. */
const otherwise = 'The policy failed legacy parsing'

function readRefused(text: string, kind: DocumentKind): Refused {
  const root = parsed(text)
  const statements = isFields(root)
    ? listOf(root['Statement'] ?? [])
        .flat()
        .filter(isFields)
    : []
  const textsOf = (...names: readonly string[]) =>
    statements.flatMap((one) => names.flatMap((name) => listOf(one[name]))).filter(isText)
  return {
    kind,
    root,
    statements,
    actions: textsOf('Action', 'NotAction'),
    resources: textsOf('Resource', 'NotResource'),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The sentence for a document that is refused. */
export function policySentence(text: string, kind: DocumentKind): string {
  const refused = readRefused(text, kind)
  for (const row of sentences) {
    const sentence = row(refused)
    if (sentence !== undefined) return sentence
  }
  return otherwise
}

/**
 * As `checkDocument`, for documents that are kept.
 * @throws Problem('malformed_policy') whose message begins with the sentence of the real service
 */
export function checkWritten(text: string, kind: DocumentKind, options: ParseOptions = {}): Document {
  try {
    return checkDocument(text, kind, options)
  } catch (error) {
    if (!isProblem(error, 'malformed_policy')) throw error
    throw new Problem('malformed_policy', `${policySentence(text, kind)} ${error.message}`, { cause: error })
  }
}
