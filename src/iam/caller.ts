// Who is calling, once the wire has authenticated them. Made by sts/authenticate.ts (signatures, tokens) and by
// the signed-in pages; read by authorize.ts, which turns it into a Principal, its layers and its context keys.
import type { Actor, TokenClaim } from '../secure/session-claims.ts'
import type { Dependency } from '../secure/session-dependencies.ts'
import type { EpochSeconds, Tag } from '../store/records.ts'

/** What a user's temporary credentials add to the user. */
export interface UserSession {
  /** The token's `jti`. */
  readonly sessionId: string
  readonly expiresAt: EpochSeconds
  /** As those of a role's session. */
  readonly sessionPolicies: readonly (readonly string[])[]
  /** How many of them GetScopedCredentials added. */
  readonly scopedPolicies: number
  /** When a code of an MFA device was checked. */
  readonly mfaAt: EpochSeconds | undefined
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
      /** Present when MFA was part of how they came: seconds since it was done. Undefined for long-term keys. */
      readonly mfaAge: number | undefined
      /** A signed-in page, not a key: temporary, so `aws:MultiFactorAuthPresent` is set to true or false. */
      readonly temporary: boolean
      readonly issuedAt: EpochSeconds | undefined
      /** What the sign-in or session depends on, of a caller who is one. */
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
      /** Session policies: one list of document texts per link of the chain; each link narrows. */
      readonly sessionPolicies: readonly (readonly string[])[]
      /** How many of them GetScopedCredentials added. */
      readonly scopedPolicies?: number | undefined
      readonly tags: readonly Tag[]
      readonly transitiveTagKeys: readonly string[]
      readonly sourceIdentity: string | undefined
      /** The provider's ARN or issuer for sessions that came from a web identity (`aws:FederatedProvider`). */
      readonly federatedProvider: string | undefined
      /** The user and the client the session descends from, and who acted before (RFC 8693 §4.1): kept along a chain. */
      readonly userId?: string | undefined
      readonly clientId?: string | undefined
      readonly actor?: Actor | undefined
      /** Claims of the outside token it came from, as condition keys. */
      readonly tokenClaims?: readonly TokenClaim[] | undefined
      /** What the session and all it was made with depend on; a revocation of any of it ends the session. */
      readonly dependencies?: readonly Dependency[] | undefined
    }
  | { readonly kind: 'anonymous' }

/** Facts of the request that become `aws:` condition keys. */
export interface Circumstances {
  readonly sourceIp: string
  readonly secure: boolean
  readonly userAgent: string | undefined
  readonly region: string | undefined
  readonly now: EpochSeconds
  readonly requestId: string
}

/** What every use case is given first. */
export interface Call {
  readonly caller: Caller
  readonly circumstances: Circumstances
}
