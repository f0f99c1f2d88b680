// The caller that a valid session token identifies.
import type { Caller, FederatedUser } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { equals, sha256base64url } from '../../secure/digest.ts'
import {
  isOfFederatedUser,
  isOfUser,
  type PolicyLink,
  type SessionClaims,
} from '../../secure/session/session-claims.ts'
import { dependenciesOf } from '../../secure/session/session-dependencies.ts'
import type { UserCaller } from '../ports.ts'
import type { SessionPolicies } from './session-policy.ts'

export type SessionCaller = Extract<Caller, { kind: 'session' }>

export interface LongPolicyReader {
  /** The stored JSON text with this hash; undefined when there is none. */
  textOf(accountId: string, hash: string): Promise<string | undefined>
}

/**
 * The caller of a role session.
 * @throws Problem('unavailable') when a session policy that the token has by hash cannot be read; it is never ignored
 */
export async function sessionCaller(
  claims: SessionClaims,
  long: LongPolicyReader,
  accessKeyId?: string,
): Promise<SessionCaller> {
  return {
    kind: 'session',
    accountId: claims.acct,
    arn: claims.sub,
    roleId: claims.role.id,
    roleArn: claims.role.arn,
    sessionName: claims.rsn,
    sessionId: claims.jti,
    accessKeyId,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    sessionPolicies: await Promise.all((claims.sp ?? []).map((link) => expanded(link, claims.acct, long))),
    scopedPolicies: claims.scoped,
    tags: (claims.tags ?? []).map(([key, value]) => ({ key, value })),
    transitiveTagKeys: claims.ttk ?? [],
    sourceIdentity: claims.src,
    federatedProvider: claims.fed,
    userId: claims.uid,
    clientId: claims.client_id,
    actor: claims.act,
    tokenClaims: claims.ctx,
    dependencies: dependenciesOf(claims),
  }
}

/** The caller of a role session, of a user's own session, or of a federated user. @throws Problem('unavailable') as `sessionCaller` */
export async function callerOfClaims(
  claims: SessionClaims,
  long: LongPolicyReader,
  accessKeyId?: string,
): Promise<SessionCaller | UserCaller | FederatedUser> {
  if (!isOfUser(claims)) return sessionCaller(claims, long, accessKeyId)
  if (isOfFederatedUser(claims)) return federatedUser(claims, long, accessKeyId)
  const mfaAt = claims.amr?.includes('mfa') ? claims.auth_time : undefined
  return {
    kind: 'user',
    accountId: claims.acct,
    arn: claims.sub,
    userId: claims.role.id,
    userName: claims.rsn,
    accessKeyId,
    mfaAge: undefined,
    temporary: true,
    issuedAt: claims.iat,
    dependencies: dependenciesOf(claims),
    session: {
      sessionId: claims.jti,
      expiresAt: claims.exp,
      sessionPolicies: await Promise.all((claims.sp ?? []).map((link) => expanded(link, claims.acct, long))),
      scopedPolicies: claims.scoped ?? 0,
      mfaAt,
    },
  }
}

async function federatedUser(
  claims: SessionClaims,
  long: LongPolicyReader,
  accessKeyId: string | undefined,
): Promise<FederatedUser> {
  return {
    kind: 'federated',
    accountId: claims.acct,
    arn: claims.sub,
    name: claims.rsn,
    userId: claims.role.id,
    userArn: claims.role.arn,
    sessionId: claims.jti,
    accessKeyId,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    sessionPolicies: await Promise.all((claims.sp ?? []).map((link) => expanded(link, claims.acct, long))),
    tags: (claims.tags ?? []).map(([key, value]) => ({ key, value })),
    dependencies: dependenciesOf(claims),
  }
}

/** Sets `mfaAge` of a user's session to the seconds from its MFA code to `now`, the time of the request. */
export const withMfaAge = <C extends Caller>(caller: C, now: number): C =>
  caller.kind === 'user' && caller.session?.mfaAt !== undefined
    ? { ...caller, mfaAge: Math.max(0, now - caller.session.mfaAt) }
    : caller

async function expanded(
  link: PolicyLink,
  accountId: string,
  long: LongPolicyReader,
): Promise<SessionPolicies> {
  if (!('h' in link)) return link
  const text = await long.textOf(accountId, link.h)
  if (text === undefined || !equals(sha256base64url(text), link.h)) {
    throw new Problem('unavailable', 'a session policy of this session cannot be read')
  }
  return JSON.parse(text) as SessionPolicies
}
