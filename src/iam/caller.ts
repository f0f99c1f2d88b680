// The authenticated caller of a request. sts/authentication/authenticate.ts makes it from signatures and tokens, and the pages from a browser
// session; authorization/authorize.ts derives the principal, the policies and the condition keys from it.
import type { Actor, TokenClaim } from '../secure/session/session-claims.ts'
import type { Dependency } from '../secure/session/session-dependencies.ts'
import type { EpochSeconds, Tag } from '../store/records.ts'

/** What a user's temporary credentials add to the user. */
export interface UserSession {
  /** The token's `jti`. */
  readonly sessionId: string
  readonly expiresAt: EpochSeconds
  /** Like those of a role session. */
  readonly sessionPolicies: readonly (readonly string[])[]
  /** How many of them GetScopedCredentials added. */
  readonly scopedPolicies: number
  /** When a code of an MFA device was verified. */
  readonly mfaAt: EpochSeconds | undefined
}

/**
 * Temporary credentials of GetFederationToken: a person known to the application of the user who requested them. Its permissions are
 * those of that user, limited by the session policies; without a session policy only resource policies that name it grant anything.
 */
export interface FederatedUser {
  readonly kind: 'federated'
  readonly accountId: string
  /** `arn:aws:sts::<account>:federated-user/<name>` */
  readonly arn: string
  readonly name: string
  /** The user who called GetFederationToken. */
  readonly userId: string
  readonly userArn: string
  /** The token's `jti`. */
  readonly sessionId: string
  readonly accessKeyId: string | undefined
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
  /** As those of a role's session. */
  readonly sessionPolicies: readonly (readonly string[])[]
  readonly tags: readonly Tag[]
  readonly dependencies?: readonly Dependency[] | undefined
}

export type Caller =
  | {
      readonly kind: 'root'
      readonly accountId: string
      readonly arn: string
      readonly accessKeyId: string | undefined
    }
  | {
      readonly kind: 'user'
      readonly accountId: string
      readonly arn: string
      readonly userId: string
      readonly userName: string
      readonly accessKeyId: string | undefined
      /** Seconds since MFA was performed; undefined without MFA and for long-term keys. */
      readonly mfaAge: number | undefined
      /** True for pages and temporary credentials, for which `aws:MultiFactorAuthPresent` is always set. */
      readonly temporary: boolean
      readonly issuedAt: EpochSeconds | undefined
      /** What the sign-in or session depends on; undefined for access keys. */
      readonly dependencies?: readonly Dependency[] | undefined
      /** Temporary credentials of GetSessionToken; undefined for access keys and signed-in pages. */
      readonly session?: UserSession | undefined
    }
  | {
      readonly kind: 'session'
      readonly accountId: string
      /** `arn:aws:sts::<account>:assumed-role/<role name>/<session name>` */
      readonly arn: string
      readonly roleId: string
      readonly roleArn: string
      readonly sessionName: string
      /** The token's `jti`. */
      readonly sessionId: string
      readonly accessKeyId: string | undefined
      readonly issuedAt: EpochSeconds
      readonly expiresAt: EpochSeconds
      /** Session policies: one list of policy texts per role assumed in the chain; all of them must allow a request. */
      readonly sessionPolicies: readonly (readonly string[])[]
      /** How many of them GetScopedCredentials added. */
      readonly scopedPolicies?: number | undefined
      readonly tags: readonly Tag[]
      readonly transitiveTagKeys: readonly string[]
      readonly sourceIdentity: string | undefined
      /** ARN or issuer of the provider whose web identity was exchanged (`aws:FederatedProvider`). */
      readonly federatedProvider: string | undefined
      /** The user and the OAuth client that the session was made for, and the actors (RFC 8693 §4.1): kept along a role chain. */
      readonly userId?: string | undefined
      readonly clientId?: string | undefined
      readonly actor?: Actor | undefined
      /** Claims of the web identity token that was exchanged, as condition keys. */
      readonly tokenClaims?: readonly TokenClaim[] | undefined
      /** What the session and the credentials it was made with depend on; revoking any of it ends the session. */
      readonly dependencies?: readonly Dependency[] | undefined
    }
  | FederatedUser
  | { readonly kind: 'anonymous' }

/** An OAuth client that presented a token of its own. It has no policies, so it is no `Caller`: its scopes are its permissions. */
export interface ClientCaller {
  readonly kind: 'client'
  readonly accountId: string
  /** `client/<client id>`, for the audit trail. */
  readonly arn: string
  readonly clientId: string
  readonly accessKeyId: undefined
}

/** Facts of the request that become `aws:` condition keys. */
export interface Circumstances {
  readonly sourceIp: string
  readonly secure: boolean
  readonly userAgent: string | undefined
  readonly region: string | undefined
  readonly now: EpochSeconds
  readonly requestId: string
}

/** The first argument of every use case. */
export interface Call {
  readonly caller: Caller
  readonly circumstances: Circumstances
}

/** A call by a person who is signed in. */
export interface PersonCall extends Call {
  readonly caller: Extract<Caller, { kind: 'user' }>
}
