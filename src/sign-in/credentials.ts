// What sign-in needs of iam/, as narrow as its use. wire.ts connects it to iam/sign-in/credentials.ts.
// Every check is counted, spent and audited behind this line, and takes the same time whether the name exists or not.

/** Where a try comes from, for throttles and the audit trail. */
export interface From {
  readonly ip: string
  readonly userAgent: string | undefined
  readonly requestId: string
}

/** A person who typed their password. */
export interface ProvenPassword {
  readonly userId: string
  /** Names the password it was. */
  readonly passwordChangedAt: number
}

/** What stands between this person and a session; read anew at every step. */
export interface Standing {
  readonly userId: string
  readonly userName: string
  /** The password was generated or reset by someone else. */
  readonly mustChangePassword: boolean
  /** When the password was last set, epoch seconds; names the password, for no two have the same. */
  readonly passwordChangedAt: number | undefined
  readonly hasTotp: boolean
  /** Has none yet and may not go on without. */
  readonly mustEnrolTotp: boolean
}

/** A virtual MFA device that is not enabled yet. */
export interface NewTotp {
  /** Names the device to `finishFirstTotp`; not secret. */
  readonly device: string
  /** Base32. */
  readonly key: string
  /** `otpauth://totp/…` */
  readonly uri: string
}

export interface SignInCredentials {
  /**
   * Whose it is, or undefined: unknown name, wrong password, disabled, no password; one answer, one time.
   * @throws Problem('throttled')
   */
  checkPassword(username: string, password: string, from: From): Promise<ProvenPassword | undefined>
  /** Undefined: deleted or disabled. */
  standing(userId: string): Promise<Standing | undefined>
  /** Spends the code's time step. The serial number of the device; undefined: wrong code. @throws Problem('throttled') */
  spendTotp(userId: string, code: string, from: From): Promise<string | undefined>
  /** Spends the code. @throws Problem('throttled') */
  checkRecoveryCode(userId: string, code: string, from: From): Promise<boolean>
  /**
   * Only while `mustChangePassword` holds, so that an old form cannot set a password twice. Gives its `passwordChangedAt`.
   * @throws Problem('password_policy_violation'), Problem('conflict') when it no longer holds
   */
  replaceGivenPassword(userId: string, password: string, from: From): Promise<number>
  /** The account's password rule in one sentence, for the form. */
  passwordRule(userId: string): Promise<string>
  /** The device this person is about to scan: the one begun before when it still waits, else a new one. */
  beginTotp(userId: string, device: string | undefined): Promise<NewTotp>
  /**
   * Enables it when the code is its, and no other was enrolled meanwhile; spends the step. @throws Problem('throttled')
   */
  finishFirstTotp(userId: string, device: string, code: string, from: From): Promise<boolean>
  /** Replaces all recovery codes; the only time they are readable. */
  newRecoveryCodes(userId: string, from: From): Promise<readonly string[]>
}
