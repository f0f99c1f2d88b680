// AWS's error message for a policy document that is refused. Tools match on it, so our message begins with it and then gives the
// line and what would be right. The first row of the table that applies gives the message, whatever the order of the faults in
// the document. Whether a document is refused is decided in policy/ alone.

import {
  awsResourceRefusal,
  hasAwsForm,
  isActionOfAws,
  isTrustAction,
} from '../../policy/language/aws-checks.ts'
import { readWrittenDate } from '../../policy/language/date.ts'
import {
  checkDocument,
  type Document,
  type DocumentKind,
  type ParseOptions,
} from '../../policy/language/document.ts'
import { statementElements } from '../../policy/language/statement.ts'
import { isProblem, Problem } from '../../problem.ts'

type Fields = Readonly<Record<string, unknown>>

/** The readable parts of a refused document. */
interface Refused {
  /** A managed policy must have the Version; AWS accepts an inline policy without. */
  readonly managed: boolean
  /** Undefined when the text is no JSON. */
  readonly root: unknown
  readonly statements: readonly Fields[]
  /** Of all statements; values that are not strings are left out. */
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
const isVersion = (value: unknown): boolean => value === '2012-10-17' || value === '2008-10-17'
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
  (root['Version'] !== undefined && !isVersion(root['Version'])) ||
  (root['Id'] !== undefined && !isText(root['Id'])) ||
  statements.length === 0 ||
  listOf(root['Statement']).length !== statements.length ||
  statements.some(isBroken)

const without = (of: Refused, ...names: readonly string[]): boolean =>
  of.statements.some((statement) => names.every((name) => listOf(statement[name] ?? []).flat().length === 0))
const hasAny = (of: Refused, ...names: readonly string[]): boolean =>
  of.statements.some((statement) => names.some((name) => name in statement))
const found = <T>(item: T | undefined, sentence: (item: T) => string): string | undefined =>
  item === undefined ? undefined : sentence(item)
const sentenceWhen = (holds: boolean, sentence: string): string | undefined => (holds ? sentence : undefined)

const textsOf = (of: Fields, ...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => listOf(of[name])).filter(isText)
const sidsOf = (of: Refused): readonly string[] =>
  of.statements.flatMap(({ Sid }) => (isText(Sid) && Sid !== '' ? [Sid] : []))
const repeats = (texts: readonly string[]): boolean => new Set(texts).size < texts.length

/** AWS's message for the first resource that does not have AWS's form. */
function resourceSentence(of: Refused): string | undefined {
  for (const statement of of.statements)
    for (const resource of textsOf(statement, 'Resource', 'NotResource')) {
      if (resource === '') return 'Resource  must be in ARN format or "*".'
      const refusal = hasAwsForm(resource, textsOf(statement, 'Action')) && awsResourceRefusal(resource)
      if (refusal && refusal.sentence !== undefined) return refusal.sentence
      if (/^arn:[^:]*:[^:]*[*?]/.test(resource))
        return 'Resource vendor must be fully qualified and cannot contain regexes.'
    }
  return undefined
}

/** AWS's message for the first action that is not of the form `vendor:Name`. */
function actionSentence(of: Refused): string | undefined {
  const sentences = of.actions.map((action) => {
    if (action === '*') return undefined
    const [vendor = '', ...names] = action.split(':')
    if (names.length === 0)
      return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
    if (names.length > 1 && isActionOfAws(action)) return 'Actions/Condition can contain only one colon.'
    return sentenceWhen(!/^[\w.*?-]+$/.test(vendor), `Vendor ${vendor.slice(0, 128)} is not valid`)
  })
  return sentences.find((sentence) => sentence !== undefined)
}

/** What AWS's older parser refuses: an Effect in another case, dates, and ARNs, unless their form has a message of its own. */
const failsLegacyParsing = (of: Refused): boolean =>
  of.statements.some(
    ({ Effect, Condition }) =>
      (Effect !== 'Allow' && Effect !== 'Deny') ||
      Object.entries(isFields(Condition) ? Condition : {}).some(
        ([name, block]) =>
          /^(?:for(?:all|any)values?:)?date/i.test(name) &&
          Object.values(isFields(block) ? block : {})
            .flat()
            .some((value) => readWrittenDate(String(value)) === undefined),
      ),
  ) ||
  (resourceSentence(of) === undefined && of.resources.some(isHalfArn))
const isHalfArn = (resource: string): boolean =>
  resource.startsWith('arn:') && /^arn:[^:]*:(?::|[^:]*(?::[^:]*){1,2}$)/.test(resource)

/** For policies of users, groups and roles. In order of precedence: the first message that applies is used. */
const identitySentences: readonly ((of: Refused) => string | undefined)[] = [
  (of) => sentenceWhen(hasSyntaxError(of), 'Syntax errors in policy.'),
  ({ root, managed }) =>
    sentenceWhen(
      managed && isFields(root) && root['Version'] !== '2012-10-17',
      'Policy document must be version 2012-10-17 or greater.',
    ),
  (of) =>
    sentenceWhen(hasAny(of, 'Principal', 'NotPrincipal'), 'Policy document should not specify a principal.'),
  (of) => sentenceWhen(failsLegacyParsing(of), otherwise),
  (of) =>
    sentenceWhen(
      sidsOf(of).some((sid) => !/^[0-9A-Za-z]*$/.test(sid)),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ),
  (of) => sentenceWhen(repeats(sidsOf(of)), 'Statement IDs (SID) in a single policy must be unique.'),
  (of) => sentenceWhen(without(of, 'Action', 'NotAction'), 'Policy statement must contain actions.'),
  (of) => sentenceWhen(without(of, 'Resource', 'NotResource'), 'Policy statement must contain resources.'),
  resourceSentence,
  actionSentence,
]

/** For trust policies, like `identitySentences`. */
const trustSentences: readonly ((of: Refused) => string | undefined)[] = [
  ({ root }) => sentenceWhen(root === undefined, 'This policy contains invalid Json'),
  ({ root }) =>
    sentenceWhen(
      isFields(root) && root['Version'] !== undefined && !isVersion(root['Version']),
      'The policy must contain a valid version string',
    ),
  ({ root }) =>
    sentenceWhen(
      isFields(root) && listOf(root['Statement'] ?? []).length === 0,
      'Could not parse the policy: Statement is empty!',
    ),
  (of) => sentenceWhen(!hasAnyEffect(of), 'Missing required field Effect'),
  (of) => sentenceWhen(hasSyntaxError(of), 'Syntax errors in policy.'),
  ({ statements }) =>
    found(
      statements.find(({ Effect }) => Effect !== 'Allow' && Effect !== 'Deny'),
      ({ Effect }) => `Invalid effect: ${Effect}`,
    ),
  ({ statements }) =>
    found(
      statements.find((statement) => 'NotPrincipal' in statement),
      ({ Effect }) =>
        Effect === 'Allow'
          ? 'Allow with NotPrincipal is not allowed.'
          : 'AssumeRole policy must not contain NotPrincipal field.',
    ),
  (of) => sentenceWhen(!of.statements.every((one) => 'Principal' in one), 'Missing required field Principal'),
  ({ statements }) =>
    sentenceWhen(
      statements.some(({ Principal }) => isFields(Principal) && Object.keys(Principal).length === 0),
      'Missing required field Principal cannot be empty!',
    ),
  (of) => sentenceWhen(without(of, 'Action', 'NotAction'), 'Missing required field Action'),
  (of) => sentenceWhen(hasAny(of, 'Resource'), 'Has prohibited field Resource'),
  (of) => sentenceWhen(hasAny(of, 'NotResource'), 'AssumeRole policy must not contain resources.'),
  ({ actions }) =>
    sentenceWhen(!actions.every(isTrustAction), 'AssumeRole policy may only specify STS AssumeRole actions.'),
  (of) => sentenceWhen(repeats(sidsOf(of)), 'The Statement Ids in the policy are not unique'),
]
const hasAnyEffect = ({ statements }: Refused): boolean =>
  statements.every(({ Effect }) => Effect !== undefined)

/** Used when no row applies, for values of the wrong form. */
const otherwise = 'The policy failed legacy parsing'

function readRefused(text: string, managed: boolean): Refused {
  const root = parsed(text)
  const statements = isFields(root)
    ? listOf(root['Statement'] ?? [])
        .flat()
        .filter(isFields)
    : []
  return {
    managed,
    root,
    statements,
    actions: statements.flatMap((one) => textsOf(one, 'Action', 'NotAction')),
    resources: statements.flatMap((one) => textsOf(one, 'Resource', 'NotResource')),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** AWS's message for a document that is refused. */
function awsPolicyError(text: string, kind: DocumentKind, managed: boolean): string {
  const refused = readRefused(text, managed)
  for (const row of kind === 'trust' ? trustSentences : identitySentences) {
    const sentence = row(refused)
    if (sentence !== undefined) return sentence
  }
  return otherwise
}

/**
 * Like `checkDocument`, for documents that will be stored.
 * @throws Problem('malformed_policy') whose message begins with AWS's message
 */
export function checkPolicyDocument(text: string, kind: DocumentKind, options: ParseOptions = {}): Document {
  try {
    return checkDocument(text, kind, { ...options, saving: true })
  } catch (error) {
    if (!isProblem(error, 'malformed_policy')) throw error
    throw new Problem(
      'malformed_policy',
      `${awsPolicyError(text, kind, options.managed === true)} ${error.message}`,
      { cause: error },
    )
  }
}
