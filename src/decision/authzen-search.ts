// AuthZEN 1.0 searches: which subjects, resources or actions the policies would allow. Candidates are what this server
// knows: the account's users or roles, and the actions and resources that the subject's policies name without wildcards.
// Only a service knows all of its own resources; it can filter them with `POST /v1/filter`.

import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import type { ListRequest, Markers, PagingCall } from '../iam/paging.ts'
import { itemSegment, pageOfSegments, type Segment } from '../iam/record/segmented-list.ts'
import { Problem } from '../problem.ts'
import { decisionOf, optionalFields, type Question, readAction, readEntity, readText } from './authzen.ts'
import { actionName, resourceId } from './authzen-names.ts'
import { type FindSubject, findSubject, isOfType, kindOfType } from './authzen-subject.ts'
import { type Fields, isFields } from './input.ts'
import type { ListPrincipals } from './ports.ts'

export interface SearchDependencies extends FindSubject {
  readonly call: PagingCall
  readonly markers: Markers
  readonly accountId: string
  readonly now: number
  readonly listPrincipals?: ListPrincipals | undefined
}

export interface SearchResult {
  readonly page: { readonly next_token: string; readonly count: number }
  readonly results: readonly object[]
}

export type Search = (fields: Fields, parts: SearchDependencies) => Promise<SearchResult>

const defaultLimit = 50
const largestLimit = 1000
/** Candidates examined in one turn of the event loop: each may take reading and compiling the policies of a subject. */
const candidatesPerTurn = 25

export const searchSubjects: Search = async (fields, parts) => {
  const type = typeOf(fields['subject'], 'subject')
  const kind = kindOfType(type)
  const { listPrincipals, accountId, policiesOf, now } = parts
  if (listPrincipals === undefined)
    throw new Problem('unsupported_action', 'subjects cannot be searched here')
  const question = {
    ...actionOf(fields),
    ...statedOf(fields),
    resource: readEntity(fields['resource'], 'resource'),
  }
  const allowed = async (id: string): Promise<object | undefined> => {
    const subject = await policiesOf({ kind, id })
    if (subject?.accountId !== accountId || subject.disabled || !isOfType(subject, type)) return undefined
    return allows(question, subject, now) ? { type, id: subject.name } : undefined
  }
  return searched(fields, parts, `subject ${type}`, async (page) => {
    const { items, next } = await listPrincipals(accountId, kind, page)
    const found = await Promise.all(items.map(allowed))
    return { items: found.filter((one) => one !== undefined), next }
  })
}

export const searchActions: Search = async (fields, parts) => {
  const subject = await subjectOf(fields, parts)
  const resource = readEntity(fields['resource'], 'resource')
  const stated = statedOf(fields)
  const names = literalNames(subject, 'Action').flatMap((name) => actionName(name, resource.type) ?? [])
  const allowed = (action: string) =>
    subject !== undefined && allows({ ...stated, action, resource }, subject, parts.now)
      ? { name: action }
      : undefined
  return searched(fields, parts, 'action', itemSegment([...new Set(names)], itself, allowed))
}

export const searchResources: Search = async (fields, parts) => {
  const subject = await subjectOf(fields, parts)
  const wanted = fields['resource']
  const type = typeOf(wanted, 'resource')
  const properties = optionalFields(
    isFields(wanted) ? wanted['properties'] : undefined,
    'resource.properties',
  )
  const question = { ...actionOf(fields), ...statedOf(fields) }
  const ids = literalNames(subject, 'Resource')
    .filter((arn) => arn.split(':')[5]?.startsWith(`${type}/`))
    .map((arn) => resourceId(arn, type))
  const allowed = (id: string) =>
    subject !== undefined && allows({ ...question, resource: { type, id, properties } }, subject, parts.now)
      ? { type, id }
      : undefined
  return searched(fields, parts, 'resource', itemSegment([...new Set(ids)], itself, allowed))
}

const itself = (text: string): string => text

/**
 * A page of the candidates that are allowed. It costs what a page costs wherever it begins: when few candidates are allowed
 * it ends early, with fewer results or none and the token of the rest.
 */
async function searched(
  fields: Fields,
  { markers, call }: SearchDependencies,
  kind: string,
  candidates: Segment<object>,
): Promise<SearchResult> {
  const { page, ...question } = fields
  // A token goes on with its own question alone (AuthZEN 1.0, "Pagination").
  const list = `authzen ${kind} ${JSON.stringify(question)}`
  const request = pageOf(page)
  if (request.marker !== undefined && markers.tryOpen(call, list, request.marker) === undefined)
    throw new Problem('invalid_input', '`page.token` must be what the last answer to the same search gave')
  const found = await pageOfSegments(markers, call, list, request, [candidates], candidatesPerTurn)
  return { page: { next_token: found.marker ?? '', count: found.items.length }, results: found.items }
}

const allows = (question: Question, subject: PrincipalPolicies, now: number): boolean =>
  decisionOf(question, subject, now).effect === 'allow'

const subjectOf = (fields: Fields, parts: SearchDependencies): Promise<PrincipalPolicies | undefined> =>
  findSubject(readEntity(fields['subject'], 'subject'), parts.accountId, parts)

const actionOf = (fields: Fields): Pick<Question, 'action' | 'actionProperties'> => {
  const { name, properties } = readAction(fields['action'])
  return { action: name, actionProperties: properties }
}

/** The context, and what the calling service states of the subject. */
function statedOf({ context, subject }: Fields): Pick<Question, 'context' | 'subjectProperties'> {
  const properties = isFields(subject) ? subject['properties'] : undefined
  return {
    context: optionalFields(context, 'context'),
    subjectProperties: optionalFields(properties, 'subject.properties'),
  }
}

const typeOf = (value: unknown, name: string): string => {
  if (!isFields(value)) throw new Problem('invalid_input', `\`${name}\` must be an object with a \`type\``)
  return readText(value['type'], `${name}.type`, 64)
}

/** The actions or resources that the documents name without wildcards, each once. */
function literalNames(subject: PrincipalPolicies | undefined, member: 'Action' | 'Resource'): string[] {
  const names = new Set<string>()
  for (const { document } of subject?.identity ?? []) {
    const { Statement } = JSON.parse(document) as { Statement?: unknown }
    for (const statement of [Statement].flat()) {
      const written = isFields(statement) ? statement[member] : undefined
      for (const name of [written].flat())
        if (typeof name === 'string' && !/[*?$]/.test(name)) names.add(name)
    }
  }
  return [...names]
}

/** @throws Problem('invalid_input') */
function pageOf(page: unknown): ListRequest {
  if (page === undefined) return { maxItems: defaultLimit }
  if (!isFields(page)) throw new Problem('invalid_input', '`page` must be an object')
  const { token = '', limit = defaultLimit } = page
  const whole = typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= largestLimit
  if (!whole) throw new Problem('invalid_input', `\`page.limit\` must be 1 to ${largestLimit}`)
  if (typeof token !== 'string') throw new Problem('invalid_input', '`page.token` must be a string')
  return { maxItems: limit, marker: token === '' ? undefined : token }
}
