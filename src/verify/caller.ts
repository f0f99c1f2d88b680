// The authenticated caller, in the forms that services and policies use.
import type { Principal } from '../policy/request.ts'
import type { Actor, TokenClaim } from '../secure/session-claims.ts'
import type { AuthenticatedRequest } from './signed.ts'

export interface Caller {
  /** How the request was authenticated. */
  readonly scheme: AuthenticatedRequest['scheme']
  /** Twelve digits. */
  readonly accountId: string
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string
  readonly roleArn: string
  readonly roleId: string
  readonly sessionName: string
  /** The token's `jti`, which identifies the session. */
  readonly sessionId: string
  /** Undefined for access tokens. */
  readonly accessKeyId: string | undefined
  /** Epoch seconds. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly tags: readonly (readonly [key: string, value: string])[]
  readonly sourceIdentity: string | undefined
  /** The provider of the external token from which the session was created. */
  readonly federatedProvider: string | undefined
  /** Claims of that token as condition keys (`token.issuer:sub`), as far as the session's policies use them. */
  readonly tokenClaims: readonly TokenClaim[]
  /** The party acting on behalf of the subject (RFC 8693 §4.1). */
  readonly actor: Actor | undefined
  readonly clientId: string | undefined
  readonly scope: string | undefined
}

/** The caller of an authenticated request. */
export function callerOf({ session, scheme }: AuthenticatedRequest): Caller {
  const { claims, accessKeyId } = session
  return {
    scheme,
    accountId: claims.acct,
    arn: claims.sub,
    roleArn: claims.role.arn,
    roleId: claims.role.id,
    sessionName: claims.rsn,
    sessionId: claims.jti,
    accessKeyId,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    tags: claims.tags ?? [],
    sourceIdentity: claims.src,
    federatedProvider: claims.fed,
    tokenClaims: claims.ctx ?? [],
    actor: claims.act,
    clientId: claims.client_id,
    scope: claims.scope,
  }
}

/** The caller as the policy engine's principal. */
export const principalOf = (caller: Caller): Principal => ({
  kind: 'role-session',
  accountId: caller.accountId,
  arn: caller.arn,
  roleArn: caller.roleArn,
  roleId: caller.roleId,
  federated: caller.federatedProvider,
})
