// Scopes of exchanged tokens: a token gets a scope only when something granted it. For a role the policy engine decides, by
// `oauth:GrantScope` on `<resource>/<scope>` for the new session, so that the role's policies, its boundary and every session
// policy must allow the scope.
import type { Circumstances } from '../iam/caller.ts'
import { decide, formatDecision } from '../policy/decide.ts'
import { Problem } from '../problem.ts'
import type { CallerFacts } from './ports.ts'
import { sessionArn } from './role-arn.ts'
import type { DecidedSession } from './session.ts'

/** Configured resources (RFC 8707) by their identifiers, with the scopes each has. */
export type ResourceScopes = ReadonlyMap<string, readonly string[]>

/**
 * The configured resources among an audience; every other value names a service.
 * @throws Problem('invalid_target') for a configured resource that the client's entry does not allow
 */
export type ClientTargets = (audience: readonly string[]) => ResourceScopes

/** What is requested for a token. `scope` is separated by spaces, as on the wire. */
export interface AskedScopes {
  readonly audience: readonly string[]
  readonly resources: ResourceScopes
  readonly scope: string | undefined
}

const grantScope = 'oauth:GrantScope'

/** The scopes of a `scope` parameter or claim (RFC 6749 §3.3). */
export const scopeWords = (scope: string): string[] => scope.split(' ').filter((word) => word !== '')

/** Whether a scope means something at a target: a configured resource has a list, a service takes any. */
const means = (resources: ResourceScopes, target: string, scope: string): boolean =>
  resources.get(target)?.includes(scope) ?? true

/** @throws Problem('invalid_scope') for a scope that none of the targets has */
export function checkNamedScopes(
  scope: string | undefined,
  audience: readonly string[],
  resources: ResourceScopes,
): void {
  for (const word of scopeWords(scope ?? '')) {
    if (!audience.some((target) => means(resources, target, word)))
      throw new Problem('invalid_scope', `no resource asked for has the scope \`${word.slice(0, 128)}\``)
  }
}

/**
 * A token for a configured resource says at least one of its scopes, or it would say what nobody granted: a resource server
 * that reads the audience alone would accept it.
 * @throws Problem('invalid_target') for a configured resource of whose scopes none is given
 */
export function checkResourcesHaveScopes(resources: ResourceScopes, scope: string | undefined): void {
  const words = scopeWords(scope ?? '')
  for (const [id, known] of resources) {
    if (known.length > 0 && !words.some((word) => known.includes(word)))
      throw new Problem('invalid_target', `\`scope\` must name a scope of the resource \`${id}\``)
  }
}

/**
 * Asks the policy engine for each scope at each target, as the new session.
 * @throws Problem('invalid_scope') for the first scope that is not granted · Problem('invalid_target') when a configured
 *   resource that has scopes is asked for without any of them: a token for it would say what no policy granted
 */
export async function checkPolicyScopes(
  parts: { readonly callers: CallerFacts },
  decided: DecidedSession,
  { audience, resources, scope }: AskedScopes,
  circumstances: Circumstances,
): Promise<void> {
  checkResourcesHaveScopes(resources, scope)
  const words = scopeWords(scope ?? '')
  if (words.length === 0) return
  const caller = asCaller(decided, circumstances.now)
  const layers = await parts.callers.layersOf(caller)
  const context = await parts.callers.contextOf(caller, circumstances)
  const principal = parts.callers.principalOf(caller)
  for (const target of audience) {
    for (const word of words) {
      if (!means(resources, target, word)) continue
      const resource = `${target}/${word}`
      const decision = decide({ principal, action: grantScope, resource, context }, layers)
      if (decision.effect === 'allow') continue
      throw new Problem(
        'invalid_scope',
        `the role is not granted the scope \`${word.slice(0, 128)}\`: no policy of it allows ${grantScope} on \`${resource.slice(0, 512)}\``,
        { detail: formatDecision(decision) },
      )
    }
  }
}

/** The session as it will be, before it has a token. */
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
