// AuthZEN Authorization API 1.0: answers "may this subject perform this action on this resource" for a service that does
// not evaluate policies itself. The endpoints are in authzen-routes.ts.
// How a subject is found: authzen-subject.ts. What actions and resources are called in policies: authzen-names.ts.
import { decisionRecord } from '../iam/authorization/decision-record.ts'
import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import { type Decision, decide, explain, formatDecision } from '../policy/engine/decide.ts'
import {
  type Context,
  type ContextValue,
  contextOf,
  type Principal,
  type Request,
} from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { policyAction, policyResource, servicePrefix } from './authzen-names.ts'
import { type Fields, isFields } from './input.ts'

export interface Entity {
  readonly type: string
  readonly id: string
  readonly properties: Fields
}

export interface EvaluationRequest {
  readonly subject: Entity
  readonly action: string
  readonly actionProperties: Fields
  readonly resource: Entity
  readonly context: Fields
}

export interface EvaluationResponse {
  readonly decision: boolean
  readonly context: Readonly<Record<string, unknown>>
}

/**
 * Parses an evaluation request; unknown members are ignored (AuthZEN 1.0 section 10.1.1). @throws Problem('invalid_input')
 * naming the member that is not valid
 */
export function parseEvaluation(fields: Fields): EvaluationRequest {
  const { name, properties } = readAction(fields['action'])
  return {
    subject: readEntity(fields['subject'], 'subject'),
    action: name,
    actionProperties: properties,
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

export function readAction(action: unknown): { readonly name: string; readonly properties: Fields } {
  if (!isFields(action)) throw new Problem('invalid_input', '`action` must be an object with a `name`')
  return {
    name: readText(action['name'], 'action.name', 256),
    properties: optionalFields(action['properties'], 'action.properties'),
  }
}

export function readText(value: unknown, name: string, longest: number): string {
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value
  throw new Problem('invalid_input', `\`${name}\` must be a string of 1 to ${longest} characters`)
}

/** Bounds of `context` and of each `properties`: one question is answered in well under a millisecond. */
const most = { values: 250, characters: 4096 } as const

/** What is too large of an object, if anything: the evaluations of a batch share the objects of the top level. */
const excesses = new WeakMap<Fields, string | undefined>()

/** @throws Problem('invalid_input') for another value than an object, and for one with too many or too long values */
export function optionalFields(value: unknown, name: string): Fields {
  if (value === undefined) return {}
  if (!isFields(value)) throw new Problem('invalid_input', `\`${name}\` must be an object`)
  if (!excesses.has(value)) excesses.set(value, excessOf(value))
  const excess = excesses.get(value)
  if (excess !== undefined) throw new Problem('invalid_input', `\`${name}\` ${excess}`)
  return value
}

/** Whether a number of JSON is the one that was written, as far as can be told (RFC 8259 section 6). */
const isExact = (value: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER

function excessOf(fields: Fields): string | undefined {
  const names = Object.keys(fields)
  const values = names.flatMap((name) => fields[name])
  if (names.length > most.values || values.length > most.values)
    return `may have at most ${most.values} values`
  // Read as another number, it would be decided about that one: `1e400` is greater than nothing a policy names.
  if (values.some((one) => typeof one === 'number' && !isExact(one)))
    return 'may have no number beyond 2^53; send it as a string'
  const long = [...names, ...values].some((one) => typeof one === 'string' && one.length > most.characters)
  return long ? `may have values of at most ${most.characters} characters` : undefined
}

/** What is asked of a subject that is known. */
export interface Question extends Pick<EvaluationRequest, 'action' | 'resource' | 'context'> {
  readonly actionProperties?: Fields
  readonly subjectProperties?: Fields
}

/** @param subject undefined when there is none, or none of this type: never allowed anything */
export function evaluate(
  question: EvaluationRequest,
  subject: PrincipalPolicies | undefined,
  now: number,
): EvaluationResponse {
  if (subject === undefined) return { decision: false, context: { reason: 'there is no such subject' } }
  return answerOf(decisionOf({ ...question, subjectProperties: question.subject.properties }, subject, now))
}

export const decisionOf = (question: Question, subject: PrincipalPolicies, now: number): Decision =>
  decide(requestOf(question, subject, now), layersOf(subject))

/** The decision with each layer of policies, for the audit trail. */
export function explanationOf(question: EvaluationRequest, subject: PrincipalPolicies, now: number) {
  const asked = requestOf({ ...question, subjectProperties: question.subject.properties }, subject, now)
  return decisionRecord(explain(asked, layersOf(subject)), asked)
}

const requestOf = (question: Question, subject: PrincipalPolicies, now: number): Request => ({
  principal: principalOfSubject(subject),
  action: policyAction(question.action, question.resource.type),
  resource: policyResource(question.action, question.resource),
  context: contextOfEvaluation(question, subject, now),
})

const layersOf = ({ sets: { identity, boundary, guardrail } }: PrincipalPolicies) => ({
  identity,
  ...(boundary && { boundary }),
  ...(guardrail && { guardrail }),
})

const answerOf = (decision: Decision): EvaluationResponse => ({
  decision: decision.effect === 'allow',
  context: { reason: formatDecision(decision), layer: decision.layer, statements: decision.statements },
})

function principalOfSubject({ kind, accountId, arn, id, name }: PrincipalPolicies): Principal {
  if (kind === 'user') return { kind, accountId, arn, id }
  const session = `arn:aws:sts::${accountId}:assumed-role/${name}/authzen`
  return { kind: 'role-session', accountId, arn: session, roleArn: arn, roleId: id }
}

/** Condition keys that identify the subject are set here; those that describe its request only the calling service knows. */
const subjectKeys =
  /^(?:authzen:|aws:(?:principal|userid$|username$|tokenissuetime$|federatedprovider$|sourceidentity$))/

/**
 * `context` members with a colon are condition keys, others become the service's own (`docs:<name>`); string properties of
 * the resource become its tags (`aws:ResourceTag/<name>`). Properties of the action and of the subject are
 * `authzen:ActionProperty/<name>` and `authzen:SubjectProperty/<name>`: the calling service states them, so they are kept apart
 * from the tags of the user or role (`aws:PrincipalTag/<name>`).
 */
function contextOfEvaluation(
  { action, resource, context, actionProperties = {}, subjectProperties = {} }: Question,
  subject: PrincipalPolicies,
  now: number,
): Context {
  const prefix = servicePrefix(action, resource.type)
  const given = Object.entries(context).map(
    ([key, value]) => [key.includes(':') ? key : `${prefix}:${key}`, contextValue(value)] as const,
  )
  const keyed = (name: string, properties: Fields) =>
    Object.entries(properties).map(([key, value]) => [`${name}/${key}`, contextValue(value)] as const)
  return contextOf([
    // Unless the service says otherwise, as for a filter and at a service that decides by itself (docs/attacks.md 38).
    ['aws:ResourceAccount', subject.accountId],
    ['aws:MultiFactorAuthPresent', subject.kind === 'role' ? 'false' : undefined],
    ...given.filter(([key]) => !subjectKeys.test(key.toLowerCase())),
    ...keyed('aws:ResourceTag', resource.properties),
    ...keyed('authzen:ActionProperty', actionProperties),
    ...keyed('authzen:SubjectProperty', subjectProperties),
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
  if (!Array.isArray(value)) return contextText(value)
  const texts = value.map(contextText)
  return texts.every((text) => typeof text === 'string') ? texts : undefined
}

function contextText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
