// Who a proven request comes from, as the service reads it and as policies name it.
import type { Principal } from '../policy/request.ts'
import type { Actor, TokenClaim } from '../secure/session-claims.ts'
import type { Proven } from './signed.ts'

export interface Caller {
  /** How the request proved itself. */
  readonly scheme: Proven['scheme']
  /** Twelve digits. */
  readonly accountId: string
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string
  readonly roleArn: string
  readonly roleId: string
  readonly sessionName: string
  /** The token's `jti`. */
  readonly sessionId: string
  /** Undefined for access tokens. */
  readonly accessKeyId: string | undefined
  /** Epoch seconds. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly tags: readonly (readonly [key: string, value: string])[]
  readonly sourceIdentity: string | undefined
  /** The provider of the outside token the session came from. */
  readonly federatedProvider: string | undefined
  /** Claims of that token as condition keys (`token.issuer:sub`): those that the policies of the session ask for. */
  readonly tokenClaims: readonly TokenClaim[]
  /** Who acts for whom (RFC 8693 §4.1). */
  readonly actor: Actor | undefined
  readonly clientId: string | undefined
  readonly scope: string | undefined
}

export function callerOf({ session, scheme }: Proven): Caller {
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

export const principalOf = (caller: Caller): Principal => ({
  kind: 'role-session',
  accountId: caller.accountId,
  arn: caller.arn,
  roleArn: caller.roleArn,
  roleId: caller.roleId,
  federated: caller.federatedProvider,
})
