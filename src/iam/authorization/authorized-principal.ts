// Loads and changes users, groups and roles by name, after authorizing the action. Unknown names are authorized too, so that
// callers without permission cannot probe which names exist.

import { Problem } from '../../problem.ts'
import type { Records } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { byName, type EntityKind, entityArn } from '../lookup.ts'
import { alreadyExists, noSuch } from '../messages.ts'
import { type UpdateErrors, updateRecord } from '../record/update-record.ts'
import type { AuthorizeOptions } from './authorize.ts'
import type { ContextEntry } from './caller-context.ts'
import { keysOf } from './resource-keys.ts'

/** What nobody does to a service-linked role (iam/role/service-linked-roles.ts). */
const protectedActions: ReadonlySet<string> = new Set(
  ['AttachRolePolicy', 'DeleteRole', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy', 'DetachRolePolicy']
    .concat(['PutRolePermissionsBoundary', 'PutRolePolicy', 'TagRole', 'UntagRole', 'UpdateAssumeRolePolicy'])
    .map((name) => `iam:${name}`),
)

/**
 * The record with this name in the caller's account, after `action` was authorized on its ARN.
 * @param extra condition keys of the request
 * @param missing what is thrown when there is none, if not that
 * @throws Problem('denied'), Problem('not_found')
 */
export async function getAuthorized<K extends EntityKind>(
  deps: Pick<IamDependencies, 'store' | 'authorizer'>,
  call: Call,
  kind: K,
  name: string,
  action: string,
  extra: readonly ContextEntry[] = [],
  { missing = noSuch(kind, name), ...options }: AuthorizeOptions & { readonly missing?: Problem } = {},
): Promise<Records[K]> {
  const accountId = accountOf(call.caller)
  const record = await byName(deps.store, kind, accountId, name)
  const arn = entityArn(kind, record ?? { accountId, path: '/', name })
  await deps.authorizer.authorize(call, action, arn, [...keysOf(record), ...extra], options)
  if (record === undefined) throw missing
  if (kind === 'role' && record.path.startsWith('/aws-service-role/') && protectedActions.has(action))
    throw new Problem(
      'unmodifiable',
      `Cannot perform the operation on the protected role '${record.name}' - this role is only modifiable by AWS`,
    )
  return record
}

/** The errors of a change of a user, group or role. */
export const updateErrors = (kind: EntityKind, name: string): UpdateErrors => ({
  notFound: () => noSuch(kind, name),
})

/** Authorizes and changes a record by compare-and-swap. `next` must be pure. @throws Problem('denied'), Problem('not_found') */
export async function updateAuthorized<K extends EntityKind>(
  deps: Pick<IamDependencies, 'store' | 'authorizer'>,
  call: Call,
  kind: K,
  name: string,
  action: string,
  extra: readonly ContextEntry[],
  next: (old: Records[K]) => Records[K],
): Promise<Records[K]> {
  const record = await getAuthorized(deps, call, kind, name, action, extra)
  return updateRecord(deps.store, kind, record.id, updateErrors(kind, name), next)
}

/**
 * Changes name and path. `action` must be allowed on the new ARN as well.
 * @throws Problem('denied'), Problem('not_found'), Problem('conflict') when the new name is taken
 */
export async function renameAuthorized<K extends 'user' | 'group'>(
  deps: Pick<IamDependencies, 'store' | 'authorizer'>,
  call: Call,
  kind: K,
  action: string,
  name: string,
  to: { readonly name?: string | undefined; readonly path?: string | undefined },
): Promise<Records[K]> {
  const record = await getAuthorized(deps, call, kind, name, action)
  const next = { name: to.name ?? record.name, path: to.path ?? record.path }
  await deps.authorizer.authorize(call, action, entityArn(kind, { ...record, ...next }), keysOf(record))
  const errors: UpdateErrors = {
    ...updateErrors(kind, name),
    conflict: () => alreadyExists(kind, next.name),
  }
  return updateRecord(deps.store, kind, record.id, errors, (old) => ({ ...old, ...next }))
}

/**
 * The given user name, or the caller's own when none was given.
 * @throws Problem('validation') when none was given and the caller is not a user
 */
export function userNameOr(call: Call, name: string | undefined): string {
  if (name !== undefined) return name
  if (call.caller.kind === 'user') return call.caller.userName
  accountOf(call.caller)
  throw new Problem('validation', 'Must specify userName when calling with non-User credentials')
}
