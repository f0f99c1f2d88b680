// The authenticated caller, in the forms that services and policies use.
import type { Principal } from '../policy/request.ts'
import { type Actor, isOfFederatedUser, isOfUser, type TokenClaim } from '../secure/session/session-claims.ts'
import type { AuthenticatedRequest } from './signed.ts'

export interface Caller {
  /** How the request was authenticated. */
  readonly scheme: AuthenticatedRequest['scheme']
  /** Twelve digits. */
  readonly accountId: string
  /**
   * Of a role session; of a user, by temporary credentials (GetSessionToken) or by an access token that a client got with
   * the user's consent (then `clientId` is that client); or of a federated user (GetFederationToken).
   */
  readonly principalType: 'AssumedRole' | 'User' | 'FederatedUser'
  /**
   * `arn:aws:sts::<account>:assumed-role/<role>/<session>`, `arn:aws:iam::<account>:user/<name>` or
   * `arn:aws:sts::<account>:federated-user/<name>`
   */
  readonly arn: string
  /** ARN and unique id of the role; undefined for users and federated users. */
  readonly roleArn: string | undefined
  readonly roleId: string | undefined
  /** ARN and unique id of the user; for a federated user, of the user who requested its credentials. */
  readonly userArn: string | undefined
  readonly userId: string | undefined
  /** The session name, the user's name, or the name of the federated user. */
  readonly sessionName: string
  /** When a code of an MFA device was checked, epoch seconds; undefined without one. Users only. */
  readonly mfaAt: number | undefined
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
  const principalType = isOfFederatedUser(claims)
    ? 'FederatedUser'
    : isOfUser(claims)
      ? 'User'
      : 'AssumedRole'
  const role = principalType === 'AssumedRole' ? claims.role : undefined
  const user = role === undefined ? claims.role : undefined
  return {
    principalType,
    scheme,
    accountId: claims.acct,
    arn: claims.sub,
    roleArn: role?.arn,
    roleId: role?.id,
    userArn: user?.arn,
    userId: user?.id,
    mfaAt: principalType === 'User' && claims.amr?.includes('mfa') ? claims.auth_time : undefined,
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
export function principalOf(caller: Caller): Principal {
  const { accountId, arn, roleArn = '', roleId = '', userArn = '', userId = '' } = caller
  switch (caller.principalType) {
    case 'User':
      return { kind: 'user', accountId, arn, id: userId }
    case 'FederatedUser':
      return { kind: 'federated-user', accountId, arn, issuerArn: userArn, issuerId: userId }
    case 'AssumedRole':
      return { kind: 'role-session', accountId, arn, roleArn, roleId, federated: caller.federatedProvider }
  }
}
