// What a person's own pages need of iam/. wire.ts connects it to iam/sign-in/credentials.ts. Every change is audited
// behind this line; whose it is was decided before it, by the session.

/** Where a request comes from, for throttles and the audit trail. */
export interface From {
  readonly ip: string
  readonly userAgent: string | undefined
  readonly requestId: string
}

export interface Authenticator {
  /** Serial number. */
  readonly id: string
  readonly name: string
  /** Epoch seconds. */
  readonly since: number
}

export interface Profile {
  readonly userId: string
  readonly userName: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  /** What identity providers say of this person beside name and address. */
  readonly attributes: readonly { readonly label: string; readonly value: string }[]
  readonly arn: string
  /** Names. */
  readonly groups: readonly string[]
  /** Epoch seconds; undefined: no password. */
  readonly passwordChangedAt: number | undefined
  readonly authenticators: readonly Authenticator[]
  /** Recovery codes not spent. */
  readonly recoveryCodes: number
}

export interface NewTotp {
  /** Names the device to `finishTotp`; not secret. */
  readonly device: string
  /** Base32. */
  readonly key: string
  /** `otpauth://totp/…` */
  readonly uri: string
}

export interface OwnCredentials {
  profile(userId: string): Promise<Profile | undefined>
  /** The account's password rule in one sentence. */
  passwordRule(userId: string): Promise<string>
  /**
   * When it changed, which names the new one. Undefined: the current password is wrong.
   * @param replacing called before the change with the instant it will have: ends what depends on the current password
   * @throws Problem('password_policy_violation'), Problem('throttled')
   */
  changePassword(
    userId: string,
    current: string,
    next: string,
    from: From,
    replacing?: (changedAt: number) => Promise<void>,
  ): Promise<number | undefined>
  /** The device begun before when it still waits and is theirs, else a new one. */
  beginTotp(userId: string, device: string | undefined): Promise<NewTotp>
  /** Enables it when the code is its. False: wrong code, or no such device of theirs. @throws Problem('throttled') */
  finishTotp(userId: string, device: string, code: string, from: From): Promise<boolean>
  /** False when it was not theirs or not there. */
  removeTotp(userId: string, device: string, from: From): Promise<boolean>
  /** Replaces all; the only time they are readable. */
  newRecoveryCodes(userId: string, from: From): Promise<readonly string[]>
}

/** An identity at a provider, as its owner sees it. */
export interface OwnIdentity {
  /** Names it to `disconnect`; not secret. */
  readonly key: string
  readonly title: string
  readonly label: string
  /** Epoch seconds. */
  readonly lastUsed: number
}

export interface OwnIdentities {
  list(userId: string): Promise<readonly OwnIdentity[]>
  /** Providers with pages of their own at which this person is nobody yet. */
  connectable(userId: string): Promise<readonly { readonly name: string; readonly title: string }[]>
  /** False when it was not theirs. @throws Problem('conflict') for the only way in */
  disconnect(userId: string, key: string, from: From): Promise<boolean>
}
