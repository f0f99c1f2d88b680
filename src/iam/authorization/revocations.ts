// Checks whether a revocation applies to a caller. Called for every request (authorize.ts).
import { type Dependency, revokedDependency } from '../../secure/session/session-dependencies.ts'
import type { Caller } from '../caller.ts'
import type { RevocationView } from './revocation-view.ts'

/**
 * The dependency whose revocation ended this caller's credentials, or undefined. Long-term keys have no dependencies; they end when
 * the key is deactivated or the user is disabled.
 * @param accounts accounts whose revocations count: the caller's, and that of the user for whom a session was made
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
  if (caller.kind === 'root' || caller.kind === 'anonymous') return []
  if (caller.dependencies) return caller.dependencies
  const since = caller.issuedAt
  if (since === undefined) return []
  const named = (scope: Dependency['scope'], value: string | undefined) =>
    value === undefined ? [] : [{ scope, value, since }]
  if (caller.kind === 'user') return [...named('user', caller.userId), ...named('sign-in', caller.userId)]
  if (caller.kind === 'federated')
    return [...named('session', caller.sessionId), ...named('user', caller.userId)]
  return [
    ...named('role', caller.roleId),
    ...named('session', caller.sessionId),
    ...named('source-identity', caller.sourceIdentity),
    ...named('user', caller.userId),
    ...named('client', caller.clientId),
    ...named('provider', caller.federatedProvider),
  ]
}
