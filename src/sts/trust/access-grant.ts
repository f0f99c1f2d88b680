// Sessions that rest on an approved access request (iam/access-requests/) end with it: they last no longer than the access, and a
// revocation under the request's id ends them early. What else lets the caller become the role is not limited by a grant.
import {
  type Grant,
  grantsIn,
  isGrantId,
  withoutGrants,
} from '../../iam/access-requests/granted-statement.ts'
import type { Dependency } from '../../secure/session/session-dependencies.ts'
import { type AssumeAction, isTrusted, type TrustRequest } from './trust.ts'

/**
 * The grant without which the caller could not assume the role; of several the one that ends last.
 * @param question one that the trust policy allows
 */
export function grantNeeded(question: TrustRequest, actions: readonly AssumeAction[]): Grant | undefined {
  const { principal, role } = question
  if (principal.kind !== 'user') return undefined
  const isOwn = ({ userId }: Grant): boolean => userId === principal.id
  const own = grantsIn(role.trust).filter(isOwn)
  const [last] = own.toSorted((one, other) => other.until - one.until)
  if (last === undefined) return undefined
  const without = { ...role, trust: withoutGrants(role.trust, isOwn) }
  return isTrusted({ ...question, role: without }, actions) ? undefined : last
}

/** The grant is revoked like a session from which this one is made. @param since epoch seconds */
export const dependencyOn = ({ id }: Grant, since: number): Dependency => ({
  scope: 'session',
  value: id,
  since,
})

/** Whether a session, or one that it was made from, could not have been made without a grant. */
export const restsOnGrant = ({
  dependencies = [],
}: {
  readonly dependencies?: readonly Dependency[] | undefined
}): boolean => dependencies.some(({ scope, value }) => scope === 'session' && isGrantId(value))
