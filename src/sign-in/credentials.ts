// The credential checks that sign-in needs; wire.ts connects them to iam/sign-in/credentials.ts. Implementations throttle
// and audit every check, spend one-time codes, and take the same time whether or not the user name exists.

import type { PasswordRule } from '../../views/password-rule.ts'
import type { NewTotp, TotpProof } from '../iam/mfa/totp-enrolment.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'

/** Result of a correct password. */
export interface ProvenPassword {
  readonly userId: string
  /** Epoch seconds; identifies the password that was checked. */
  readonly passwordChangedAt: number
}

/** What a user must still do before a session; read again at every step. */
export interface SignInStatus {
  readonly userId: string
  readonly userName: string
  /** The password was generated, or set by an administrator. */
  readonly mustChangePassword: boolean
  /** Epoch seconds of the last password change. No two passwords of a user share it, so it identifies the password. */
  readonly passwordChangedAt: number | undefined
  readonly hasTotp: boolean
  readonly hasPasskey: boolean
  /** The user has no second factor and must enrol a TOTP device. */
  readonly mustEnrolTotp: boolean
}

export interface SignInCredentials {
  /**
   * Undefined for an unknown name, a wrong password, a disabled user and a user without password: callers cannot tell
   * these apart, neither by the result nor by its timing.
   * @throws Problem('throttled')
   */
  checkPassword(
    username: string,
    password: string,
    origin: RequestOrigin,
  ): Promise<ProvenPassword | undefined>
  /** Undefined when the user was deleted or disabled. */
  signInStatus(userId: string): Promise<SignInStatus | undefined>
  /** Spends the code's time step and returns the device's serial number; undefined for a wrong code. @throws Problem('throttled') */
  spendTotp(userId: string, code: string, origin: RequestOrigin): Promise<string | undefined>
  /** Spends the recovery code and returns the factor that the sign-in depends on; undefined for a wrong one. @throws Problem('throttled') */
  spendRecoveryCode(userId: string, code: string, origin: RequestOrigin): Promise<string | undefined>
  /**
   * Works only while `mustChangePassword` is true, so that a form sent twice cannot set a password twice. Returns the new
   * `passwordChangedAt`.
   * @throws Problem('password_policy_violation') · Problem('conflict') when the password was changed already
   */
  replaceGivenPassword(userId: string, password: string, origin: RequestOrigin): Promise<number>
  /** The account's password rules for new passwords, for the form. */
  passwordRule(userId: string): Promise<PasswordRule>
  /** Returns the pending device `device` when it still exists, otherwise a new one. */
  beginTotp(userId: string, device: string | undefined): Promise<NewTotp>
  /**
   * Enables the device when the code is correct and no other device was enrolled in the meantime; spends the time step.
   * @throws Problem('throttled')
   */
  finishFirstTotp(userId: string, proof: TotpProof, origin: RequestOrigin): Promise<boolean>
  /** Replaces all recovery codes. Only hashes are stored, so they can be shown only now. */
  newRecoveryCodes(userId: string, origin: RequestOrigin): Promise<readonly string[]>
}
