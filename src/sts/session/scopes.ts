// Scopes of exchanged tokens. A token for a role gets a scope only when the policies of the new session allow `oauth:GrantScope` on
// `<resource>/<scope>`: the role's policies, its permissions boundary and every session policy.
import type { Circumstances } from '../../iam/caller.ts'
import { decide, formatDecision } from '../../policy/engine/decide.ts'
import { Problem } from '../../problem.ts'
import type { CallerFacts } from '../ports.ts'
import { sessionArn } from '../role-arn.ts'
import type { DecidedSession } from './session.ts'

/** Configured resources (RFC 8707) by identifier, with the scopes of each. */
export type ResourceScopes = ReadonlyMap<string, readonly string[]>

/**
 * The configured resources among an audience; every other value names a service.
 * @throws Problem('invalid_target') for a configured resource that the client's entry does not allow
 */
export type ClientTargets = (audience: readonly string[]) => ResourceScopes

/** The audience and scope requested for a token. `scope` is separated by spaces, as on the wire. */
export interface RequestedScopes {
  readonly audience: readonly string[]
  readonly resources: ResourceScopes
  readonly scope: string | undefined
}

const grantScope = 'oauth:GrantScope'

/** The scopes of a `scope` parameter or claim (RFC 6749 §3.3). */
export const scopeValues = (scope: string): string[] => scope.split(' ').filter((word) => word !== '')

/** Whether a target has a scope: a configured resource has a list of scopes, any other target accepts every scope. */
const targetHasScope = (resources: ResourceScopes, target: string, scope: string): boolean =>
  resources.get(target)?.includes(scope) ?? true

/** @throws Problem('invalid_scope') for a scope that none of the targets has */
export function checkNamedScopes(
  scope: string | undefined,
  audience: readonly string[],
  resources: ResourceScopes,
): void {
  for (const word of scopeValues(scope ?? '')) {
    if (!audience.some((target) => targetHasScope(resources, target, word)))
      throw new Problem('invalid_scope', `no requested resource has the scope \`${word.slice(0, 128)}\``)
  }
}

/**
 * A token for a configured resource must have at least one of its scopes. Otherwise a resource server that checks only the audience
 * would accept a token for which nothing was granted.
 * @throws Problem('invalid_target') for a configured resource without any of its scopes
 */
export function checkResourcesHaveScopes(resources: ResourceScopes, scope: string | undefined): void {
  const words = scopeValues(scope ?? '')
  for (const [id, known] of resources) {
    if (known.length > 0 && !words.some((word) => known.includes(word)))
      throw new Problem('invalid_target', `\`scope\` must name a scope of the resource \`${id}\``)
  }
}

/**
 * Checks, as the new session, that its policies grant each requested scope at each target.
 * @throws Problem('invalid_scope') for the first scope that is not granted · Problem('invalid_target') as
 *   `checkResourcesHaveScopes`
 */
export async function checkPolicyScopes(
  deps: { readonly callers: CallerFacts; readonly resourceAccount: string },
  decided: DecidedSession,
  { audience, resources, scope }: RequestedScopes,
  circumstances: Circumstances,
): Promise<void> {
  checkResourcesHaveScopes(resources, scope)
  const words = scopeValues(scope ?? '')
  if (words.length === 0) return
  const caller = asCaller(decided, circumstances.now)
  const layers = await deps.callers.layersOf(caller)
  const context = await deps.callers.contextOf(caller, circumstances)
  const principal = deps.callers.principalOf(caller)
  for (const target of audience) {
    for (const word of words) {
      if (!targetHasScope(resources, target, word)) continue
      const resource = `${target}/${word}`
      // A policy of another account does not grant scopes of what belongs to the account of the configuration.
      const resourceAccount = resources.has(target) ? deps.resourceAccount : undefined
      const decision = decide({ principal, action: grantScope, resource, resourceAccount, context }, layers)
      if (decision.effect === 'allow') continue
      throw new Problem(
        'invalid_scope',
        `the role is not granted the scope \`${word.slice(0, 128)}\`: no policy of it allows ${grantScope} on \`${resource.slice(0, 512)}\``,
        { detail: formatDecision(decision) },
      )
    }
  }
}

/** The new session as a caller, before its token is issued. */
const asCaller = (decided: DecidedSession, now: number) =>
  ({
    kind: 'session',
    accountId: decided.role.accountId,
    arn: sessionArn(decided.role, decided.sessionName),
    roleId: decided.role.id,
    roleArn: decided.role.arn,
    sessionName: decided.sessionName,
    sessionId: '',
    accessKeyId: undefined,
    issuedAt: now,
    expiresAt: now + decided.duration,
    sessionPolicies: decided.policies,
    tags: decided.tags.tags,
    transitiveTagKeys: decided.tags.transitiveKeys,
    sourceIdentity: decided.sourceIdentity,
    federatedProvider: decided.federatedProvider,
    userId: decided.userId,
    clientId: decided.clientId,
    actor: decided.actor,
    tokenClaims: decided.tokenClaims,
  }) as const
