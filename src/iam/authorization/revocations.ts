// What of a caller a revocation can name. Whether one does is asked before every call (authorize.ts).
import { type Dependency, revokedDependency } from '../../secure/session-dependencies.ts'
import type { Caller } from '../caller.ts'
import type { RevocationView } from './revocation-view.ts'

/**
 * The thing whose revocation ended this caller's credential, if any. Long-term keys depend on nothing that is revoked:
 * deactivating the key or disabling its user is what stops them.
 * @param accounts those whose revocations count: the caller's own, and that of the user a session descends from
 */
export async function revokedBy(
  view: RevocationView,
  caller: Caller,
  accounts: readonly string[],
): Promise<Dependency | undefined> {
  const dependencies = dependenciesOfCaller(caller)
  return dependencies.length === 0
    ? undefined
    : revokedDependency(dependencies, await view.instants(accounts))
}

function dependenciesOfCaller(caller: Caller): readonly Dependency[] {
  if (caller.kind !== 'session' && caller.kind !== 'user') return []
  if (caller.dependencies) return caller.dependencies
  const since = caller.issuedAt
  if (since === undefined) return []
  const named = (scope: Dependency['scope'], value: string | undefined) =>
    value === undefined ? [] : [{ scope, value, since }]
  if (caller.kind === 'user') return [...named('user', caller.userId), ...named('sign-in', caller.userId)]
  return [
    ...named('role', caller.roleId),
    ...named('session', caller.sessionId),
    ...named('source-identity', caller.sourceIdentity),
    ...named('user', caller.userId),
    ...named('client', caller.clientId),
    ...named('provider', caller.federatedProvider),
  ]
}
