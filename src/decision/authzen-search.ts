// AuthZEN 1.0 searches: which subjects, resources or actions the engine would allow. Candidates are what this server knows:
// the account's users or roles; actions and resources that the subject's policies name without wildcards. A service's own
// resources are known to it alone; it filters them (`POST /v1/filter`).
import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import { Problem } from '../problem.ts'
import { decisionOf, type Entity, findSubject, type PrincipalOf, readEntity, readText } from './authzen.ts'
import { type Fields, isFields, onlyKnown } from './input.ts'
import type { ListPrincipals } from './ports.ts'

export interface SearchParts {
  readonly accountId: string
  readonly now: number
  readonly policiesOf: PrincipalOf
  readonly listPrincipals?: ListPrincipals | undefined
}

export interface Found {
  readonly page: { readonly next_token: string; readonly count: number }
  readonly results: readonly object[]
}

export type Search = (fields: Fields, parts: SearchParts) => Promise<Found>

interface Page {
  readonly offset: number
  readonly limit: number
}

const defaultLimit = 50
const largestLimit = 1000
const members = ['subject', 'action', 'resource', 'context', 'page']

export const searchSubjects: Search = async (fields, parts) => {
  onlyKnown(fields, members)
  const kind = typeOf(fields['subject'], 'subject')
  if (kind !== 'user' && kind !== 'role')
    throw new Problem('invalid_input', '`subject.type` must be `user` or `role`')
  if (parts.listPrincipals === undefined)
    throw new Problem('unsupported_action', 'subjects cannot be searched here')
  const question = {
    action: actionOf(fields),
    resource: readEntity(fields['resource'], 'resource'),
    context: contextOf(fields),
  }
  const page = pageOf(fields)
  const allowed: object[] = []
  for (const id of await parts.listPrincipals(parts.accountId, kind)) {
    const subject = await findSubject({ type: kind, id, properties: {} }, parts.accountId, parts.policiesOf)
    if (subject !== undefined && allows(question, subject, parts.now)) allowed.push({ type: kind, id })
    if (allowed.length > page.offset + page.limit) break
  }
  return paged(allowed, page)
}

export const searchActions: Search = async (fields, parts) => {
  onlyKnown(
    fields,
    members.filter((name) => name !== 'action'),
  )
  const subject = await subjectOf(fields, parts)
  const resource = readEntity(fields['resource'], 'resource')
  const context = contextOf(fields)
  const names = named(subject, 'Action').filter((name) => /^[A-Za-z0-9-]+:[^:]+$/.test(name))
  const allowed = names.filter(
    (action) => subject !== undefined && allows({ action, resource, context }, subject, parts.now),
  )
  return paged(
    allowed.map((name) => ({ name })),
    pageOf(fields),
  )
}

export const searchResources: Search = async (fields, parts) => {
  onlyKnown(fields, members)
  const subject = await subjectOf(fields, parts)
  const type = typeOf(fields['resource'], 'resource')
  const action = actionOf(fields)
  const context = contextOf(fields)
  const ids = named(subject, 'Resource').filter((arn) => arn.split(':')[5]?.startsWith(`${type}/`))
  const asked = (id: string) => ({ action, context, resource: { type, id, properties: {} } })
  const allowed = ids.filter((id) => subject !== undefined && allows(asked(id), subject, parts.now))
  return paged(
    allowed.map((id) => ({ type, id })),
    pageOf(fields),
  )
}

const allows = (
  question: { action: string; resource: Entity; context: Fields },
  subject: PrincipalPolicies,
  now: number,
): boolean => decisionOf(question, subject, now).effect === 'allow'

const subjectOf = (
  fields: Fields,
  { accountId, policiesOf }: SearchParts,
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

/** What the documents name literally, each once, in order. */
function named(subject: PrincipalPolicies | undefined, member: 'Action' | 'Resource'): string[] {
  const names = new Set<string>()
  for (const { document } of subject?.identity ?? []) {
    const { Statement } = JSON.parse(document) as { Statement?: unknown }
    for (const statement of [Statement].flat()) {
      const written = isFields(statement) ? statement[member] : undefined
      for (const name of [written].flat())
        if (typeof name === 'string' && !/[*?$]/.test(name)) names.add(name)
    }
  }
  return [...names].sort()
}

/** `page.token` is the place in the list; it says nothing that its holder does not know. @throws Problem('invalid_input') */
function pageOf({ page }: Fields): Page {
  if (page === undefined) return { offset: 0, limit: defaultLimit }
  if (!isFields(page)) throw new Problem('invalid_input', '`page` must be an object')
  const { token = '0', limit = defaultLimit } = page
  const whole = typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= largestLimit
  if (!whole) throw new Problem('invalid_input', `\`page.limit\` must be 1 to ${largestLimit}`)
  if (typeof token !== 'string' || !/^\d{0,9}$/.test(token))
    throw new Problem('invalid_input', '`page.token` must be what the last answer gave')
  return { offset: Number(token), limit }
}

function paged(all: readonly object[], { offset, limit }: Page): Found {
  const results = all.slice(offset, offset + limit)
  const next = offset + limit < all.length ? String(offset + limit) : ''
  return { page: { next_token: next, count: results.length }, results }
}
