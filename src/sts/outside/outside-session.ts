// Decides about a role session for a verified credential of an outside provider, a JWT or a SAML assertion: the role's trust policy,
// the limits of the session, and one-time use.
import { type ContextEntry, isoInstant } from '../../iam/authorization/caller-context.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { type Context, type ContextValue, contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { sessionDuration } from '../duration.ts'
import type { SessionRequest } from '../input.ts'
import type { ManagedPolicies, Roles, SpentTokens } from '../ports.ts'
import type { AuditDependencies } from '../recorded.ts'
import type { DecidedSession, IssueDependencies } from '../session/session.ts'
import { checkInlinePolicy, packedPolicySize, readSessionPolicies } from '../session/session-policy.ts'
import { type SessionTags, tagContext } from '../session/session-tags.ts'
import {
  actionsFor,
  describeTrustDenial,
  evaluateTrust,
  noPolicies,
  notAuthorizedOutside,
  type OutsideAction,
  withTrustDenial,
} from '../trust/trust.ts'
import { claimsToCopy } from './token-claims.ts'

export interface OutsideDependencies extends IssueDependencies, AuditDependencies {
  readonly roles: Roles
  readonly managedPolicies: ManagedPolicies
  readonly spentTokens: SpentTokens
}

/** A verified credential of an outside provider. */
export interface OutsideProof {
  readonly action: OutsideAction
  /** ARN. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  /** Condition keys made from the claims or attributes. */
  readonly facts: ReadonlyMap<string, ContextValue>
  /** Whether the token's roles claim names the role; undefined for SAML assertions, which have no such claim. */
  readonly roleAuthorizedByIdp?: boolean | undefined
  readonly tags: SessionTags
  readonly sourceIdentity: string | undefined
  readonly spend: { readonly id: string; readonly until: number } | undefined
  /** Maximum seconds that the provider allows; a longer session is shortened. */
  readonly maxDuration?: number | undefined
}

/** @throws Problem('malformed_policy' | 'packed_policy_too_large') */
export function checkOutsideSession(
  request: Pick<SessionRequest, 'policy' | 'policyArns'>,
  { tags }: SessionTags,
): void {
  checkInlinePolicy(request.policy)
  packedPolicySize(request, tags)
}

/**
 * Decides about a session. Does not mark the credential as used, so that a refused one may be presented again.
 * @throws Problem('denied') also when there is no such role · Problem('validation' | 'invalid_input' | 'malformed_policy' |
 *   'packed_policy_too_large')
 */
export async function decideOutside(
  deps: OutsideDependencies,
  request: SessionRequest,
  proof: OutsideProof,
  circumstances: Circumstances,
  clientId?: string,
): Promise<DecidedSession> {
  const { action, provider, tags, sourceIdentity } = proof
  const role = await deps.roles.byArn(request.roleArn)
  if (!role) throw notAuthorizedOutside(action, 'there is no such role')
  const principal = { kind: 'web-identity', accountId: role.accountId, provider } as const
  const context = outsideRequestContext(request, proof, circumstances)
  const actions = actionsFor(tags, sourceIdentity, action)
  const refusal = evaluateTrust({ role, principal, layers: noPolicies, context }, actions)
  if (refusal) throw withTrustDenial(notAuthorizedOutside(action, describeTrustDenial(refusal)), refusal)
  const limits = { role: role.maxSessionDuration, chained: false }
  const duration = sessionDuration(request.durationSeconds, limits)
  const own = await readSessionPolicies(request, role.accountId, deps.managedPolicies)
  return {
    role,
    sessionName: request.roleSessionName,
    duration: Math.min(duration, proof.maxDuration ?? duration),
    policies: [own],
    tags,
    sourceIdentity,
    actor: { iss: proof.issuer, sub: proof.subject },
    federatedProvider: provider,
    clientId,
    tokenClaims: claimsToCopy(proof.facts, await deps.roles.contextKeys(role, own)),
  }
}

/**
 * The condition keys for the trust policy. Before there is a session, the principal is a user of the provider's account whose id is
 * the ARN of the provider (IAM User Guide, "AWS global condition context keys").
 */
export function outsideRequestContext(
  request: Pick<SessionRequest, 'roleSessionName' | 'durationSeconds'>,
  proof: Pick<OutsideProof, 'provider' | 'facts' | 'tags' | 'sourceIdentity' | 'roleAuthorizedByIdp'>,
  { sourceIp, secure, userAgent, region, now }: Circumstances,
): Context {
  const { provider, facts, tags, sourceIdentity, roleAuthorizedByIdp } = proof
  const ours: readonly ContextEntry[] = [
    ['aws:PrincipalAccount', provider.split(':')[4]],
    ['aws:PrincipalType', 'User'],
    ['aws:userid', provider],
    ['sts:RoleAuthorizedByIdp', roleAuthorizedByIdp === undefined ? undefined : String(roleAuthorizedByIdp)],
    ['aws:SourceIp', sourceIp],
    ['aws:SecureTransport', String(secure)],
    ['aws:UserAgent', userAgent],
    ['aws:RequestedRegion', region],
    ['aws:CurrentTime', isoInstant(now)],
    ['aws:EpochTime', String(now)],
    ['sts:RoleSessionName', request.roleSessionName],
    ['sts:SourceIdentity', sourceIdentity],
    [
      'sts:DurationSeconds',
      request.durationSeconds === undefined ? undefined : String(request.durationSeconds),
    ],
    ...tagContext(tags),
  ]
  // Keys of this server come last, so that an issuer named `aws` or `sts` cannot set them.
  return contextOf(ours, facts)
}

/**
 * Marks a single-use credential as used. It must be the last check, because a refused credential may be presented again.
 * @throws Problem('invalid_identity_token') when it was used before
 */
export async function spendOnce(
  { spentTokens }: Pick<OutsideDependencies, 'spentTokens'>,
  { spend: once, issuer }: Pick<OutsideProof, 'spend' | 'issuer'>,
  accountId: string,
): Promise<void> {
  if (once === undefined || (await spentTokens.spend(once.id, accountId, once.until))) return
  throw new Problem('invalid_identity_token', 'the token was used before', { detail: issuer })
}
