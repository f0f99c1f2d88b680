// The subject of an AuthZEN request: a user or role of the caller's account, by unique id (a user's is the `sub` of our ID
// tokens) or by name. `role` is a role and `user` any user; every other type is a user whose path begins with that type, so that
// `service` `build` is the user `arn:aws:iam::<account>:user/service/build`.
import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import type { IdByName } from './ports.ts'

interface SubjectName {
  readonly type: string
  readonly id: string
}

/** A user or role of any account, by unique id (implemented by iam's Authorizer). */
export type PrincipalOf = (ref: {
  readonly kind: 'user' | 'role'
  readonly id: string
}) => Promise<PrincipalPolicies | undefined>

export interface FindSubject {
  readonly policiesOf: PrincipalOf
  /** Without it, subjects are found by unique id alone. */
  readonly idByName?: IdByName | undefined
}

export const kindOfType = (type: string): 'user' | 'role' => (type === 'role' ? 'role' : 'user')

/** Whether a user or role is a subject of this type. */
export const isOfType = ({ kind, arn }: PrincipalPolicies, type: string): boolean =>
  kind === kindOfType(type) &&
  (type === 'user' || type === 'role' || (arn.split(':')[5] ?? '').startsWith(`user/${type}/`))

/** Unique ids have this form; asking the store for other texts is of no use. */
const uniqueId = /^[A-Z][A-Z0-9]{4,127}$/

/**
 * The subject, if it belongs to the account; undefined for a disabled user, who is never allowed anything. A unique id is
 * preferred to an equal name, so that no name can stand for another user's id.
 */
export async function findSubject(
  { type, id }: SubjectName,
  accountId: string,
  { policiesOf, idByName }: FindSubject,
): Promise<PrincipalPolicies | undefined> {
  const kind = kindOfType(type)
  const usable = (found: PrincipalPolicies | undefined): found is PrincipalPolicies =>
    found?.accountId === accountId && isOfType(found, type)
  const byId = uniqueId.test(id) ? await policiesOf({ kind, id }) : undefined
  if (usable(byId)) return byId.disabled ? undefined : byId
  const named = await idByName?.(accountId, kind, id)
  const byName = named === undefined ? undefined : await policiesOf({ kind, id: named })
  return usable(byName) && !byName.disabled ? byName : undefined
}
