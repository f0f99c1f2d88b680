// The caller that the claims of a live session token stand for.
import type { Caller } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import { equals, sha256base64url } from '../secure/digest.ts'
import { isOfUser, type PolicyLink, type SessionClaims } from '../secure/session-claims.ts'
import { dependenciesOf } from '../secure/session-dependencies.ts'
import type { SessionPolicies } from './session-policy.ts'

export type SessionCaller = Extract<Caller, { kind: 'session' }>

type UserCaller = Extract<Caller, { kind: 'user' }>

export interface LongPolicyReader {
  /** The JSON text an account has under a hash; undefined when it is not there. */
  textOf(accountId: string, hash: string): Promise<string | undefined>
}

/** @throws Problem('unavailable') when a session policy that goes by hash cannot be had: it never counts as none */
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

/** As `sessionCaller`, for sessions of users too. @throws Problem('unavailable') */
export async function callerOfClaims(
  claims: SessionClaims,
  long: LongPolicyReader,
  accessKeyId?: string,
): Promise<SessionCaller | UserCaller> {
  if (!isOfUser(claims)) return sessionCaller(claims, long, accessKeyId)
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

/** The age of a code is that of the request, not of the token. */
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
