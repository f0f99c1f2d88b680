// The common part of all ways to assume a role with a credential that an outside provider signed, after the credential was verified:
// the role's trust policy, the limits of the session, and one-time use.
import type { Circumstances } from '../iam/caller.ts'
import { type Context, type ContextValue, contextOf } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { sessionDuration } from './duration.ts'
import type { SessionRequest } from './input.ts'
import type { ManagedPolicies, Roles, SpentTokens } from './ports.ts'
import type { RecordingParts } from './recorded.ts'
import type { DecidedSession, SessionParts } from './session.ts'
import { checkInlinePolicy, packedPolicySize, readSessionPolicies } from './session-policy.ts'
import { type SessionTags, tagContext } from './session-tags.ts'
import { claimsToCarry } from './token-claims.ts'
import {
  actionsFor,
  describeTrustDenial,
  evaluateTrust,
  noPolicies,
  notAuthorizedOutside,
  type OutsideAction,
} from './trust.ts'

export interface OutsideParts extends SessionParts, RecordingParts {
  readonly roles: Roles
  readonly managedPolicies: ManagedPolicies
  readonly spentTokens: SpentTokens
}

/** A verified outside credential, in the same form for all ways. */
export interface OutsideProof {
  readonly action: OutsideAction
  /** ARN. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  /** Condition keys of the provider's own. */
  readonly facts: ReadonlyMap<string, ContextValue>
  /** Whether the token's roles claim names the role; undefined for what cannot have the claim. */
  readonly roleAuthorizedByIdp?: boolean | undefined
  readonly tags: SessionTags
  readonly sourceIdentity: string | undefined
  readonly spend: { readonly id: string; readonly until: number } | undefined
  /** Seconds the provider lets the session live; it is cut to them. */
  readonly atMost?: number | undefined
}

/** @throws Problem('malformed_policy' | 'packed_policy_too_large') */
export function checkOutsideSession(
  request: Pick<SessionRequest, 'policy' | 'policyArns'>,
  { tags }: SessionTags,
): void {
  checkInlinePolicy(request.policy)
  packedPolicySize(request, tags)
}

/** Decides about a session. Does not mark the credential as used, so a refused one may be presented again. */
export async function decideOutside(
  parts: OutsideParts,
  request: SessionRequest,
  proof: OutsideProof,
  circumstances: Circumstances,
  clientId?: string,
): Promise<DecidedSession> {
  const { action, provider, tags, sourceIdentity } = proof
  const role = await parts.roles.byArn(request.roleArn)
  if (!role) throw notAuthorizedOutside(action, 'there is no such role')
  const principal = { kind: 'web-identity', accountId: role.accountId, provider } as const
  const context = outsideRequestContext(request, proof, circumstances)
  const actions = actionsFor(tags, sourceIdentity, action)
  const refusal = evaluateTrust({ role, principal, layers: noPolicies, context }, actions)
  if (refusal) throw notAuthorizedOutside(action, describeTrustDenial(refusal))
  const limits = { role: role.maxSessionDuration, chained: false }
  const duration = sessionDuration(request.durationSeconds, limits)
  const own = await readSessionPolicies(request, role.accountId, parts.managedPolicies)
  return {
    role,
    sessionName: request.roleSessionName,
    duration: Math.min(duration, proof.atMost ?? duration),
    policies: [own],
    tags,
    sourceIdentity,
    actor: { iss: proof.issuer, sub: proof.subject },
    federatedProvider: provider,
    clientId,
    tokenClaims: claimsToCarry(proof.facts, await parts.roles.contextKeys(role, own)),
  }
}

/**
 * The condition keys for the trust policy. The principal is a user of the provider's account, with the provider's ARN as its id
 * until there is a session (IAM User Guide, "AWS global condition context keys").
 */
export function outsideRequestContext(
  request: Pick<SessionRequest, 'roleSessionName' | 'durationSeconds'>,
  proof: Pick<OutsideProof, 'provider' | 'facts' | 'tags' | 'sourceIdentity' | 'roleAuthorizedByIdp'>,
  { sourceIp, secure, userAgent, region, now }: Circumstances,
): Context {
  const { provider, facts, tags, sourceIdentity, roleAuthorizedByIdp } = proof
  const ours = contextOf([
    ['aws:PrincipalAccount', provider.split(':')[4]],
    ['aws:PrincipalType', 'User'],
    ['aws:userid', provider],
    ['sts:RoleAuthorizedByIdp', roleAuthorizedByIdp === undefined ? undefined : String(roleAuthorizedByIdp)],
    ['aws:SourceIp', sourceIp],
    ['aws:SecureTransport', String(secure)],
    ['aws:UserAgent', userAgent],
    ['aws:RequestedRegion', region],
    ['aws:CurrentTime', new Date(now * 1000).toISOString()],
    ['aws:EpochTime', String(now)],
    ['sts:RoleSessionName', request.roleSessionName],
    ['sts:SourceIdentity', sourceIdentity],
    [
      'sts:DurationSeconds',
      request.durationSeconds === undefined ? undefined : String(request.durationSeconds),
    ],
    ...tagContext(tags),
  ])
  // Own keys last, so that an issuer named `aws` or `sts` cannot set them.
  return new Map([...facts, ...ours])
}

/** Marks a credential as used; the last check. @throws Problem('invalid_identity_token') when it was used before */
export async function spendOnce(
  { spentTokens }: Pick<OutsideParts, 'spentTokens'>,
  { spend: once, issuer }: Pick<OutsideProof, 'spend' | 'issuer'>,
  accountId: string,
): Promise<void> {
  if (once === undefined || (await spentTokens.spend(once.id, accountId, once.until))) return
  throw new Problem('invalid_identity_token', 'the token was used before', { detail: issuer })
}
