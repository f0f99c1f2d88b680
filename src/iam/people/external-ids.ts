// The ids that provisioning clients have for users and groups (SCIM `externalId`, RFC 7643 §3.1). Each client has its own;
// an id is unique among those of one owner, kind and account.
import { Problem } from '../../problem.ts'
import type { ExternalId } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Call, Caller } from '../caller.ts'

/** Whose ids a caller sets: the user's, the role's or the account root's, whichever key, token or session is used. */
export function externalIdOwner(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
    case 'federated':
      return caller.userId
    case 'session':
      return caller.roleId
    case 'root':
      return caller.accountId
    case 'anonymous':
      throw new Problem('missing_credentials', 'the request has no credentials')
  }
}

/** The caller's id among those of a user or group. */
export const externalIdOf = (
  { externalIds }: { readonly externalIds: readonly ExternalId[] },
  call: Call,
): string | undefined => externalIds.find(({ owner }) => owner === externalIdOwner(call.caller))?.id

/** @param id undefined: nothing changes; null: the caller's is removed */
export function withExternalId(
  old: readonly ExternalId[],
  call: Call,
  id: string | null | undefined,
): readonly ExternalId[] {
  if (id === undefined) return old
  const owner = externalIdOwner(call.caller)
  const others = old.filter((one) => one.owner !== owner)
  return id === null ? others : [...others, { owner, id }]
}

/**
 * Refuses an id that another user or group has for the same owner. After a record was created it is looked up once more, and
 * `takeBack` undoes the creation: of two processes that create it at the same time, at most one succeeds.
 * @throws Problem('conflict')
 */
export async function refuseTakenExternalId(
  store: Pick<Store, 'find'>,
  kind: 'user' | 'group',
  record: {
    readonly id: string
    readonly accountId: string
    readonly externalIds?: readonly ExternalId[] | undefined
  },
  call: Call,
  takeBack?: () => Promise<unknown>,
): Promise<void> {
  const owner = externalIdOwner(call.caller)
  const own = record.externalIds?.find((one) => one.owner === owner)
  if (own === undefined) return
  const lookup = { by: 'external', value: `${record.accountId} ${owner} ${own.id}` } as const
  const { records } = await store.find(kind, lookup, { limit: 2 })
  if (!records.some(({ id }) => id !== record.id)) return
  await takeBack?.()
  throw new Problem('conflict', `the external id \`${own.id}\` is taken`)
}
