// A request of a SCIM client: who calls, and how operations of the admin API run for it. Reads are authorized and recorded as the
// admin API's are; changes are operations of the admin API themselves, so that both need the same permissions.
import type { Trail } from '../../audit/trail.ts'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { Directory } from '../../iam/people/directory.ts'
import type { GroupView } from '../../iam/people/group-changes.ts'
import type { Person } from '../../iam/people/person.ts'
import { Problem } from '../../problem.ts'
import { isAuthorized } from '../is-authorized.ts'
import type { AuditNote, Authorize, Operation } from '../operation.ts'
import { operations } from '../operations.ts'
import { recorded } from '../recorded.ts'
import type { UseCases } from '../use-cases.ts'
import type { Projection } from './projection.ts'

export interface ScimPorts {
  readonly trail: Trail
  readonly authorize: Authorize
  readonly use: UseCases
  readonly people: Directory<Person>
  readonly groups: Directory<GroupView>
  /** URL of the SCIM endpoints, without a slash at the end. */
  readonly base: string
}

export interface ScimRequest {
  readonly ports: ScimPorts
  readonly call: Call
  /** E-mail addresses that this client sets count as verified. */
  readonly verifiesEmail: boolean
  readonly query: ReadonlyMap<string, string>
  readonly projection: Projection
  readonly ifMatch: readonly string[] | undefined
}

const byName: ReadonlyMap<string, Operation> = new Map(operations.map((one) => [one.name, one]))

export interface Change {
  /** Of an operation of the admin API. */
  readonly name: string
  readonly params?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
  readonly ifMatch?: readonly string[] | undefined
}

/** @returns what the operation answers. @throws what it throws */
export async function perform({ ports, call: shared }: ScimRequest, change: Change): Promise<unknown> {
  // Of its own, so that its audit entry names the decisions of this operation alone.
  const call = { ...shared, circumstances: { ...shared.circumstances } }
  const operation = byName.get(change.name)
  if (operation === undefined) throw new TypeError(`there is no operation ${change.name}`)
  const note: AuditNote = { details: {} }
  const { trail, authorize, use } = ports
  const request = { call, action: operation.name, change: true, note }
  const { answer } = await recorded(trail, request, () =>
    operation.perform({
      use,
      authorize,
      call,
      raw: { params: change.params ?? {}, query: new Map(), body: change.body ?? {} },
      ifMatch: change.ifMatch,
      note,
    }),
  )
  return answer
}

export interface Reading {
  readonly action: 'GetPerson' | 'ListPeople' | 'GetGroup' | 'ListGroups'
  readonly arn: string
  readonly details: Readonly<Record<string, unknown>>
}

/** @throws Problem('denied') */
export const reading = <T>(
  { ports, call }: ScimRequest,
  { action, arn, details }: Reading,
  run: () => Promise<T>,
): Promise<T> =>
  recorded(
    ports.trail,
    { call, action, change: false, note: { resource: arn, details: { ...details, via: 'scim' } } },
    async () => {
      await ports.authorize(call, `chancery:${action}`, arn)
      return run()
    },
  )

/** An operation of the admin API that a SCIM request performs. */
type ChangeName =
  | 'CreateGroup'
  | 'UpdateGroup'
  | 'DeleteGroup'
  | 'AddGroupMember'
  | 'RemoveGroupMember'
  | 'GetPerson'
  | 'UpdatePerson'

const isAllowed = (
  { ports, call }: ScimRequest,
  action: ChangeName | Reading['action'],
  arn: string,
): Promise<boolean> => isAuthorized(ports.authorize, call, `chancery:${action}`, arn)

/** Whether the caller may read it. Nothing is recorded: what was done has its own entry. */
export const mayRead = (request: ScimRequest, action: Reading['action'], arn: string): Promise<boolean> =>
  isAllowed(request, action, arn)

/**
 * Authorizes a request before anything is looked up, so that callers without permission cannot probe what exists. A refusal is recorded
 * here; every operation is authorized again, and recorded, when it is performed.
 * @param actions all of them are needed; of a list within, one
 * @throws Problem('denied')
 */
export async function permit(
  request: ScimRequest,
  actions: readonly (ChangeName | readonly [ChangeName, ...ChangeName[]])[],
  arn: string,
): Promise<void> {
  const { ports, call } = request
  for (const needed of actions) {
    const choice = typeof needed === 'string' ? ([needed] as const) : needed
    const allowed = await Promise.all(choice.map((action) => isAllowed(request, action, arn)))
    if (allowed.includes(true)) continue
    const [action] = choice
    await recorded(
      ports.trail,
      { call, action, change: true, note: { resource: arn, details: { via: 'scim' } } },
      () => ports.authorize(call, `chancery:${action}`, arn),
    )
  }
}

/**
 * Refuses a change of what does not exist, to those without permission as if it did.
 * @throws Problem('denied' | 'not_found')
 */
export const refuseUnknown = (
  { ports, call }: ScimRequest,
  action: 'UpdatePerson' | 'DeletePerson' | 'UpdateGroup' | 'DeleteGroup',
  { arn, id }: { readonly arn: string; readonly id: string },
): Promise<never> =>
  recorded(
    ports.trail,
    { call, action, change: true, note: { resource: arn, details: { via: 'scim' } } },
    async () => {
      await ports.authorize(call, `chancery:${action}`, arn)
      throw unknownResource(call, action.endsWith('Person') ? 'User' : 'Group', id)
    },
  )

/** Names are not ids (RFC 7643 §3.1), and clients that were moved here have ids of another server. */
export const unknownResource = ({ caller }: Call, type: 'User' | 'Group', id: string): Problem =>
  new Problem(
    'not_found',
    `there is no ${type} with the id \`${id.slice(0, 64)}\` in account ${accountOf(caller)}; GET /${type}s finds those that there are, by \`filter\``,
  )
