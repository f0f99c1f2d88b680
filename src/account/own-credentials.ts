// What the account pages need of iam/; wire.ts connects it to iam/sign-in/credentials.ts. Implementations audit every change.
// The user id comes from the session and is not checked again here.

import type { PasswordRule } from '../../views/password-rule.ts'
import type { NewTotp, TotpProof } from '../iam/mfa/totp-enrolment.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'

export interface Authenticator {
  /** Serial number. */
  readonly id: string
  readonly name: string
  /** Epoch seconds. */
  readonly since: number
}

/** A passkey as shown to its owner. */
export interface OwnPasskey {
  /** Passed to `Passkeys.remove` and `rename`; not secret. */
  readonly id: string
  readonly name: string
  /** Epoch seconds. */
  readonly since: number
  /** Epoch seconds; undefined until its first use. */
  readonly lastUsed: number | undefined
  readonly synced: boolean
  /** Its counter went back: it is refused, and should be removed. */
  readonly copied: boolean
}

export interface Profile {
  readonly userId: string
  readonly userName: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  /** Further attributes from identity providers, in display order. */
  readonly attributes: readonly { readonly label: string; readonly value: string }[]
  readonly arn: string
  /** Group names. */
  readonly groups: readonly string[]
  /** Epoch seconds; undefined: no password. */
  readonly passwordChangedAt: number | undefined
  readonly authenticators: readonly Authenticator[]
  /** The newest first. */
  readonly passkeys: readonly OwnPasskey[]
  /** Number of unused recovery codes. */
  readonly recoveryCodes: number
}

export interface OwnCredentials {
  profile(userId: string): Promise<Profile | undefined>
  /** The account's password rules for new passwords. */
  passwordRule(userId: string): Promise<PasswordRule>
  /**
   * Returns the new `passwordChangedAt`, epoch seconds; undefined when the current password is incorrect.
   * @param replacing called before the change with its `passwordChangedAt`; it ends what depends on the current password
   * @throws Problem('password_policy_violation'), Problem('throttled')
   */
  changePassword(
    userId: string,
    current: string,
    next: string,
    origin: RequestOrigin,
    replacing?: (changedAt: number) => Promise<void>,
  ): Promise<number | undefined>
  /** Returns the user's pending device `device` when it still exists, otherwise a new one. */
  beginTotp(userId: string, device: string | undefined): Promise<NewTotp>
  /** Enables the device; false for a wrong code, or a device that is not the user's. @throws Problem('throttled') */
  finishTotp(userId: string, proof: TotpProof, origin: RequestOrigin): Promise<boolean>
  /** False when the user has no such device. */
  renameTotp(userId: string, device: string, name: string, origin: RequestOrigin): Promise<boolean>
  /** False when the user has no such device. */
  removeTotp(userId: string, device: string, origin: RequestOrigin): Promise<boolean>
  /** Replaces all recovery codes. Only hashes are stored, so they can be shown only now. */
  newRecoveryCodes(userId: string, origin: RequestOrigin): Promise<readonly string[]>
}

/** An identity at an identity provider, as shown to its owner. */
export interface OwnIdentity {
  /** Passed to `disconnect`; not secret. */
  readonly key: string
  readonly title: string
  readonly label: string
  /** Epoch seconds. */
  readonly lastUsed: number
}

export interface OwnIdentities {
  list(userId: string): Promise<readonly OwnIdentity[]>
  /** Redirect providers at which the user has no connected identity. */
  connectable(userId: string): Promise<readonly { readonly name: string; readonly title: string }[]>
  /** False when the user has no such identity. @throws Problem('conflict') for the user's only sign-in method */
  disconnect(userId: string, key: string, origin: RequestOrigin): Promise<boolean>
}
