// AuthZEN 1.0 searches: which subjects, resources or actions the policies would allow. Candidates are what this server
// knows: the account's users or roles, and the actions and resources that the subject's policies name without wildcards.
// Only a service knows all of its own resources; it can filter them with `POST /v1/filter`.

import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import type { Call } from '../iam/caller.ts'
import type { ListRequest, Markers } from '../iam/paging.ts'
import { itemSegment, pageOfSegments, type Segment } from '../iam/segmented-list.ts'
import { Problem } from '../problem.ts'
import { decisionOf, type Entity, findSubject, type PrincipalOf, readEntity, readText } from './authzen.ts'
import { type Fields, isFields, onlyKnown } from './input.ts'
import type { ListPrincipals } from './ports.ts'

export interface SearchDependencies {
  readonly call: Call
  readonly markers: Markers
  readonly accountId: string
  readonly now: number
  readonly policiesOf: PrincipalOf
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
const members = ['subject', 'action', 'resource', 'context', 'page']

export const searchSubjects: Search = async (fields, parts) => {
  onlyKnown(fields, members)
  const kind = typeOf(fields['subject'], 'subject')
  if (kind !== 'user' && kind !== 'role')
    throw new Problem('invalid_input', '`subject.type` must be `user` or `role`')
  const { listPrincipals, accountId, policiesOf, now } = parts
  if (listPrincipals === undefined)
    throw new Problem('unsupported_action', 'subjects cannot be searched here')
  const question = {
    action: actionOf(fields),
    resource: readEntity(fields['resource'], 'resource'),
    context: contextOf(fields),
  }
  const allowed = async (id: string): Promise<object | undefined> => {
    const subject = await findSubject({ type: kind, id, properties: {} }, accountId, policiesOf)
    return subject !== undefined && allows(question, subject, now) ? { type: kind, id } : undefined
  }
  return searched(fields, parts, `subject ${kind}`, async (page) => {
    const { items, next } = await listPrincipals(accountId, kind, page)
    const found = await Promise.all(items.map(allowed))
    return { items: found.filter((one) => one !== undefined), next }
  })
}

export const searchActions: Search = async (fields, parts) => {
  onlyKnown(
    fields,
    members.filter((name) => name !== 'action'),
  )
  const subject = await subjectOf(fields, parts)
  const resource = readEntity(fields['resource'], 'resource')
  const context = contextOf(fields)
  const names = literalNames(subject, 'Action').filter((name) => /^[A-Za-z0-9-]+:[^:]+$/.test(name))
  const allowed = (action: string) =>
    subject !== undefined && allows({ action, resource, context }, subject, parts.now)
      ? { name: action }
      : undefined
  return searched(fields, parts, 'action', itemSegment(names, itself, allowed))
}

export const searchResources: Search = async (fields, parts) => {
  onlyKnown(fields, members)
  const subject = await subjectOf(fields, parts)
  const type = typeOf(fields['resource'], 'resource')
  const action = actionOf(fields)
  const context = contextOf(fields)
  const ids = literalNames(subject, 'Resource').filter((arn) => arn.split(':')[5]?.startsWith(`${type}/`))
  const allowed = (id: string) => {
    const question = { action, context, resource: { type, id, properties: {} } }
    return subject !== undefined && allows(question, subject, parts.now) ? { type, id } : undefined
  }
  return searched(fields, parts, 'resource', itemSegment(ids, itself, allowed))
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

const allows = (
  question: { action: string; resource: Entity; context: Fields },
  subject: PrincipalPolicies,
  now: number,
): boolean => decisionOf(question, subject, now).effect === 'allow'

const subjectOf = (
  fields: Fields,
  { accountId, policiesOf }: SearchDependencies,
): Promise<PrincipalPolicies | undefined> =>
  findSubject(readEntity(fields['subject'], 'subject'), accountId, policiesOf)

const actionOf = (fields: Fields): string => {
  const { action } = fields
  if (!isFields(action)) throw new Problem('invalid_input', '`action` must be an object with a `name`')
  return readText(action['name'], 'action.name', 256)
}

const typeOf = (value: unknown, name: string): string => {
  if (!isFields(value)) throw new Problem('invalid_input', `\`${name}\` must be an object with a \`type\``)
  return readText(value['type'], `${name}.type`, 64)
}

function contextOf({ context }: Fields): Fields {
  if (context === undefined) return {}
  if (isFields(context)) return context
  throw new Problem('invalid_input', '`context` must be an object')
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
