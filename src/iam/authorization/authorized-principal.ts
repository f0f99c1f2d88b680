// The way to a user, group or role by name: found, authorised, then handed over. A name that means nothing is
// authorised too, so that only who may ask learns that it means nothing.

import { Problem } from '../../problem.ts'
import type { Group, Records, Role, User } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import { change, type Refusals } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { type BearerKind, bearerArn, byName } from '../lookup.ts'
import { alreadyExists, noSuch } from '../messages.ts'
import { resourceTagKeys } from '../tags.ts'
import type { AuthorizeOptions } from './authorize.ts'
import type { ContextEntry } from './caller-context.ts'

/** Keys that speak of the user, group or role acted upon. */
function keysOf(record: User | Group | Role | undefined): readonly ContextEntry[] {
  const tags = record && 'tags' in record ? resourceTagKeys(record.tags) : []
  const boundary = record && 'boundary' in record ? record.boundary : undefined
  return [['iam:PermissionsBoundary', boundary], ...tags]
}

/** @throws Problem('denied'), Problem('not_found') */
export async function opened<K extends BearerKind>(
  parts: Parts,
  call: Call,
  kind: K,
  name: string,
  action: string,
  extra: readonly ContextEntry[] = [],
  options: AuthorizeOptions = {},
): Promise<Records[K]> {
  const accountId = accountOf(call.caller)
  const record = await byName(parts.store, kind, accountId, name)
  const arn = bearerArn(kind, record ?? { accountId, path: '/', name })
  await parts.authorizer.authorize(call, action, arn, [...keysOf(record), ...extra], options)
  if (record === undefined) throw noSuch(kind, name)
  return record
}

/** What a change of a user, group or role is refused with. */
export const refusalsOf = (kind: BearerKind, name: string): Refusals => ({
  gone: () => noSuch(kind, name),
})

/** Finds, authorises, changes by compare-and-swap. `next` must be pure. @throws Problem */
export async function changed<K extends BearerKind>(
  parts: Parts,
  call: Call,
  kind: K,
  name: string,
  action: string,
  extra: readonly ContextEntry[],
  next: (old: Records[K]) => Records[K],
): Promise<Records[K]> {
  const record = await opened(parts, call, kind, name, action, extra)
  return change(parts.store, kind, record.id, refusalsOf(kind, name), next)
}

/** New name and path: the caller must be allowed under the new ARN as well. @throws Problem */
export async function renamed<K extends 'user' | 'group'>(
  parts: Parts,
  call: Call,
  kind: K,
  action: string,
  name: string,
  to: { readonly name?: string | undefined; readonly path?: string | undefined },
): Promise<Records[K]> {
  const record = await opened(parts, call, kind, name, action)
  const next = { name: to.name ?? record.name, path: to.path ?? record.path }
  await parts.authorizer.authorize(call, action, bearerArn(kind, { ...record, ...next }), keysOf(record))
  const refusals = { ...refusalsOf(kind, name), taken: () => alreadyExists(kind, next.name) }
  return change(parts.store, kind, record.id, refusals, (old) => ({ ...old, ...next }))
}

/**
 * The user name meant when none was given: the caller's own, as AWS has it.
 * @throws Problem('validation') for callers that are no user.
 */
export function userNameOr(call: Call, name: string | undefined): string {
  if (name !== undefined) return name
  if (call.caller.kind === 'user') return call.caller.userName
  accountOf(call.caller)
  throw new Problem('validation', 'Must specify userName when calling with non-User credentials')
}
