// AuthZEN Authorization API 1.0: answers "may this subject perform this action on this resource" for a service that does
// not evaluate policies itself. The endpoints are in authzen-routes.ts.
// `subject` is a user or role by its unique id (a user's is the `sub` of our ID tokens); `action.name` is an action such as
// `docs:GetDocument`; `resource.id` is an ARN, or an abbreviation of `arn:aws:<prefix of the action>:::<type>/<id>`.
import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import { type Decision, decide, formatDecision } from '../policy/decide.ts'
import { type Context, type ContextValue, contextOf, type Principal } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { type Fields, isFields, onlyKnown } from './input.ts'

export interface Entity {
  readonly type: string
  readonly id: string
  readonly properties: Fields
}

export interface EvaluationRequest {
  readonly subject: Entity
  readonly action: string
  readonly resource: Entity
  readonly context: Fields
}

export interface EvaluationResponse {
  readonly decision: boolean
  readonly context: Readonly<Record<string, unknown>>
}

/** A user or role of any account, by unique id (implemented by iam's Authorizer). */
export type PrincipalOf = (ref: {
  readonly kind: 'user' | 'role'
  readonly id: string
}) => Promise<PrincipalPolicies | undefined>

/** Parses an evaluation request. @throws Problem('invalid_input') naming the member that is not valid */
export function parseEvaluation(fields: Fields): EvaluationRequest {
  onlyKnown(fields, ['subject', 'action', 'resource', 'context'])
  const action = fields['action']
  if (!isFields(action)) throw new Problem('invalid_input', '`action` must be an object with a `name`')
  return {
    subject: readEntity(fields['subject'], 'subject'),
    action: readText(action['name'], 'action.name', 256),
    resource: readEntity(fields['resource'], 'resource'),
    context: optionalFields(fields['context'], 'context'),
  }
}

export function readEntity(value: unknown, name: string): Entity {
  if (!isFields(value))
    throw new Problem('invalid_input', `\`${name}\` must be an object with \`type\` and \`id\``)
  return {
    type: readText(value['type'], `${name}.type`, 64),
    id: readText(value['id'], `${name}.id`, 2048),
    properties: optionalFields(value['properties'], `${name}.properties`),
  }
}

export function readText(value: unknown, name: string, longest: number): string {
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value
  throw new Problem('invalid_input', `\`${name}\` must be a string of 1 to ${longest} characters`)
}

function optionalFields(value: unknown, name: string): Fields {
  if (value === undefined) return {}
  if (isFields(value)) return value
  throw new Problem('invalid_input', `\`${name}\` must be an object`)
}

/** The subject, if it belongs to the account; undefined for a disabled user, who is never allowed anything. */
export async function findSubject(
  subject: Entity,
  accountId: string,
  principalOf: PrincipalOf,
): Promise<PrincipalPolicies | undefined> {
  const { type: kind, id } = subject
  if (kind !== 'user' && kind !== 'role')
    throw new Problem('invalid_input', '`subject.type` must be `user` or `role`')
  const found = await principalOf({ kind, id })
  return found?.accountId === accountId && !found.disabled ? found : undefined
}

export async function evaluate(
  question: EvaluationRequest,
  accountId: string,
  principalOf: PrincipalOf,
  now: number,
): Promise<EvaluationResponse> {
  const subject = await findSubject(question.subject, accountId, principalOf)
  if (subject === undefined) return { decision: false, context: { reason: 'there is no such subject' } }
  return answerOf(decisionOf(question, subject, now))
}

export function decisionOf(
  question: Pick<EvaluationRequest, 'action' | 'resource' | 'context'>,
  subject: PrincipalPolicies,
  now: number,
): Decision {
  const { identity, boundary } = subject.sets
  const asked = {
    principal: principalOfSubject(subject),
    action: question.action,
    resource: resourceName(question),
    context: contextOfEvaluation(question, subject, now),
  }
  return decide(asked, { identity, ...(boundary === undefined ? {} : { boundary }) })
}

const answerOf = (decision: Decision): EvaluationResponse => ({
  decision: decision.effect === 'allow',
  context: { reason: formatDecision(decision), layer: decision.layer, statements: decision.statements },
})

function principalOfSubject({ kind, accountId, arn, id, name }: PrincipalPolicies): Principal {
  if (kind === 'user') return { kind, accountId, arn, id }
  const session = `arn:aws:sts::${accountId}:assumed-role/${name}/authzen`
  return { kind: 'role-session', accountId, arn: session, roleArn: arn, roleId: id }
}

function resourceName({ action, resource }: Pick<EvaluationRequest, 'action' | 'resource'>): string {
  if (resource.id.startsWith('arn:')) return resource.id
  return `arn:aws:${servicePrefix(action)}:::${resource.type}/${resource.id}`
}

function servicePrefix(action: string): string {
  const [, prefix] = /^([A-Za-z0-9-]+):[^:]+$/.exec(action) ?? []
  if (prefix === undefined) throw new Problem('invalid_input', '`action.name` must be `service:Action`')
  return prefix.toLowerCase()
}

/** Condition keys that identify the subject are set here; those that describe its request only the calling service knows. */
const subjectKeys = /^aws:(?:principal|userid$|username$|tokenissuetime$|federatedprovider$|sourceidentity$)/

/**
 * `context` members with a colon are condition keys, others become the service's own (`docs:<name>`); string properties of
 * the resource become its tags (`aws:ResourceTag/<name>`).
 */
function contextOfEvaluation(
  { action, resource, context }: Pick<EvaluationRequest, 'action' | 'resource' | 'context'>,
  subject: PrincipalPolicies,
  now: number,
): Context {
  const prefix = servicePrefix(action)
  const given = Object.entries(context).map(
    ([key, value]) => [key.includes(':') ? key : `${prefix}:${key}`, contextValue(value)] as const,
  )
  const tags = Object.entries(resource.properties).map(
    ([key, value]) => [`aws:ResourceTag/${key}`, contextValue(value)] as const,
  )
  return contextOf([
    ...given.filter(([key]) => !subjectKeys.test(key.toLowerCase())),
    ...tags,
    ...subject.tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, value] as const),
    ['aws:PrincipalArn', subject.arn],
    ['aws:PrincipalAccount', subject.accountId],
    ['aws:PrincipalType', subject.kind === 'user' ? 'User' : 'AssumedRole'],
    ['aws:userid', subject.kind === 'user' ? subject.id : `${subject.id}:authzen`],
    ['aws:username', subject.kind === 'user' ? subject.name : undefined],
    ['aws:CurrentTime', new Date(now * 1000).toISOString().replace('.000Z', 'Z')],
    ['aws:EpochTime', String(now)],
  ])
}

/** Numbers and booleans become their JSON text; lists of those are multi-valued; anything else is omitted. */
function contextValue(value: unknown): ContextValue | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!Array.isArray(value)) return undefined
  const texts = value.map(contextValue)
  return texts.every((text) => typeof text === 'string') ? texts : undefined
}
