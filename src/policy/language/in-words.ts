// A policy document as sentences, one for each statement, for readers who do not know the policy language.
import type { Condition, Document, PrincipalName, Statement, Written } from './syntax.ts'

export interface StatementInWords {
  /** Zero-based index in the document. */
  readonly index: number
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  /** One sentence with a full stop; text of the document in backticks. */
  readonly text: string
}

export const inWords = ({ statements }: Document): readonly StatementInWords[] =>
  statements.map((statement) => ({
    index: statement.index,
    sid: statement.sid,
    effect: statement.effect,
    text: sentenceOf(statement),
  }))

/** What must hold for the statement to apply: lower case, no full stop; undefined when it always does. */
export const conditionsInWords = (statement: Statement): string | undefined =>
  statement.conditions.length === 0 ? undefined : allConditions(statement)

/** What it is about: `\`docs:Get*\`` and `everything except \`arn:…\``. */
export const subjectInWords = (
  statement: Statement,
): { readonly actions: string; readonly resources: string } => ({
  actions: actionsOf(statement),
  resources: resourcesOf(statement).replace(/^ on /, ''),
})

function sentenceOf(statement: Statement): string {
  const { effect, conditions } = statement
  const allows = effect === 'Allow'
  const who = principalsOf(statement)
  const subject = who === undefined ? '' : allows ? `${who} to do ` : `${who} `
  const when = conditions.length === 0 ? '' : `, ${allows ? 'only if' : 'if'} ${allConditions(statement)}`
  return `${allows ? 'Allows' : 'Denies'} ${subject}${actionsOf(statement)}${resourcesOf(statement)}${when}.`
}

const allConditions = (statement: Statement): string => {
  const issuer = issuerOf(statement)
  return joined(
    statement.conditions.map((condition) => conditionOf(condition, issuer)),
    'and',
  )
}

const quoted = ({ text }: Written): string => `\`${text}\``

/** The most values that a sentence lists. */
const mostListed = 6

function joined(texts: readonly string[], word: 'and' | 'or'): string {
  const shown =
    texts.length > mostListed
      ? [...texts.slice(0, mostListed - 1), `${texts.length - mostListed + 1} more`]
      : texts
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`
}

function principalsOf({ principals, notPrincipals }: Statement): string | undefined {
  if (notPrincipals !== undefined) return `everyone except ${joined(notPrincipals.map(principalOf), 'and')}`
  return principals && joined(principals.map(principalOf), 'and')
}

const federated = /^arn:aws:iam::\d{12}:(oidc|saml)-provider\/([^*?$]+)$/

/** The issuer without scheme, where the statement is about tokens of one OpenID Connect provider. */
function issuerOf({ principals }: Statement): string | undefined {
  const [only, ...others] = principals ?? []
  const [, kind, issuer] = federated.exec(only?.name.text ?? '') ?? []
  return kind === 'oidc' && others.length === 0 ? issuer : undefined
}

function principalOf({ type, name }: PrincipalName): string {
  if (name.text === '*') return type === 'Federated' ? 'every identity provider' : 'everyone'
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name.text) ?? []
  if (account !== undefined) return `the account \`${account}\``
  const [, kind, provider] = federated.exec(name.text) ?? []
  if (kind === 'oidc') return `tokens of \`${provider}\``
  if (kind === 'saml') return `people of the SAML provider \`${provider}\``
  if (type === 'Federated') return `identities of ${quoted(name)}`
  return type === 'Service' ? `the service ${quoted(name)}` : quoted(name)
}

function actionOf({ text }: Written): string {
  if (text === '*') return 'every action'
  const [, service] = /^([^:*?]+):\*$/.exec(text) ?? []
  return service === undefined ? `\`${text}\`` : `every action of \`${service}\``
}

function actionsOf({ actions, notActions }: Statement): string {
  if (notActions !== undefined) return `every action except ${joined(notActions.map(actionOf), 'and')}`
  return joined((actions ?? []).map(actionOf), 'and')
}

function resourcesOf({ resources, notResources }: Statement): string {
  if (notResources !== undefined) return ` on everything except ${joined(notResources.map(quoted), 'and')}`
  if (resources === undefined) return ''
  return resources.some(({ text }) => text === '*')
    ? ' on everything'
    : ` on ${joined(resources.map(quoted), 'and')}`
}

/** What a key must be, by the operator without its negation. */
const relations: readonly (readonly [RegExp, string])[] = [
  [/IgnoreCase$/, 'is, in any case,'],
  [/^Numeric(?:Not)?Equals$|^Date(?:Not)?Equals$/, 'is equal to'],
  [/^DateLessThanEquals$/, 'is at or before'],
  [/^DateLessThan$/, 'is before'],
  [/^DateGreaterThanEquals$/, 'is at or after'],
  [/^DateGreaterThan$/, 'is after'],
  [/LessThanEquals$/, 'is at most'],
  [/LessThan$/, 'is below'],
  [/GreaterThanEquals$/, 'is at least'],
  [/GreaterThan$/, 'is above'],
  [/^(?:Not)?IpAddress$/, 'is in'],
  [/Like$|^Arn/, 'matches'],
]

/** @param issuer its claims are named without it: `sub` for `ci.example:sub` */
function conditionOf(
  { operator, set, ifExists, key: written, values }: Condition,
  issuer: string | undefined,
): string {
  const key =
    issuer !== undefined && written.text.startsWith(`${issuer}:`)
      ? { ...written, text: written.text.slice(issuer.length + 1) }
      : written
  if (operator === 'Null') return `${quoted(key)} is ${values[0]?.text === 'true' ? 'absent' : 'present'}`
  const relation = relations.find(([form]) => form.test(operator))?.[1] ?? 'is'
  const negated = operator.includes('Not')
  const verb = negated ? relation.replace(/^is\b/, 'is not').replace(/^matches$/, 'does not match') : relation
  const subject =
    set === undefined
      ? quoted(key)
      : set === 'ForAllValues'
        ? `every value of ${quoted(key)}`
        : `any value of ${quoted(key)}`
  const absent = ifExists ? ', when there is one' : ''
  // Several values of a negated operator must all differ.
  const wanted = values.length === 0 ? 'no value' : joined(values.map(quoted), negated ? 'and' : 'or')
  return `${subject} ${verb} ${wanted}${absent}`
}
