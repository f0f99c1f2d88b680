// The settings of an account as an administrator reads and changes them: the password policy, which IAM's actions change as
// well, and how people sign in. Callers have been authorized (admin/operation.ts).
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { Account, EpochSeconds, PasswordPolicy, SignInSettings } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { withTrustedSince } from '../mfa/trusted-browsers.ts'
import { defaultPasswordPolicy } from '../password/password-policy.ts'
import { defaultSignInSettings } from '../password/sign-in-settings.ts'
import { type AccountQuotas, type AdjustableQuota, quotasOfAccount } from '../quotas.ts'
import { updateRecord } from '../record/update-record.ts'

export interface SettingsOfAccount {
  readonly password: PasswordPolicy
  readonly signIn: SignInSettings
  /** Changes whenever any of it does. */
  readonly version: string
}

type Change<T> = { readonly [Member in keyof T]?: T[Member] | undefined }

const settingsOf = ({ passwordPolicy, signIn }: Account): SettingsOfAccount => {
  const [password, other] = [passwordPolicy ?? defaultPasswordPolicy, signIn ?? defaultSignInSettings]
  return {
    password,
    signIn: other,
    version: sha256base64url(JSON.stringify([password, other])).slice(0, 22),
  }
}

export interface QuotasOfAccount {
  readonly quotas: AccountQuotas
  /** Changes whenever one of them does. */
  readonly version: string
}

const versionedQuotas = (account: Account): QuotasOfAccount => {
  const quotas = quotasOfAccount(account)
  return { quotas, version: sha256base64url(JSON.stringify(quotas)).slice(0, 22) }
}

export class AccountSettings {
  readonly #store: Store
  readonly #now: () => EpochSeconds

  constructor(store: Store, now: () => EpochSeconds) {
    this.#store = store
    this.#now = now
  }

  /** Undefined when there is no such account. */
  async of(accountId: string): Promise<SettingsOfAccount | undefined> {
    const account = await this.#store.get('account', accountId)
    return account && settingsOf(account)
  }

  /** Changes the members that are there, also to undefined. @throws what `expect` throws */
  async change(
    accountId: string,
    next: { readonly password: Change<PasswordPolicy>; readonly signIn: Change<SignInSettings> },
    expect: (version: string) => void,
  ): Promise<{ readonly before: SettingsOfAccount; readonly after: SettingsOfAccount }> {
    let before: SettingsOfAccount | undefined
    const notFound = () => new Problem('not_found', `there is no account \`${accountId}\``)
    const account = await updateRecord(this.#store, 'account', accountId, { notFound }, (old) => {
      const known = settingsOf(old)
      expect(known.version)
      before = known
      return {
        ...old,
        // Left alone, the policy stays the default, which IAM's GetAccountPasswordPolicy reports as none.
        ...(Object.keys(next.password).length > 0 && {
          passwordPolicy: { ...known.password, ...next.password } as PasswordPolicy,
        }),
        signIn: withTrustedSince(
          known.signIn,
          { ...known.signIn, ...next.signIn } as SignInSettings,
          this.#now(),
        ),
      }
    })
    const after = settingsOf(account)
    return { before: before ?? after, after }
  }

  /** Undefined when there is no such account. */
  async quotasOf(accountId: string): Promise<QuotasOfAccount | undefined> {
    const account = await this.#store.get('account', accountId)
    return account && versionedQuotas(account)
  }

  /**
   * Sets the quotas that are given; null sets the default again. Values have been checked against the greatest possible.
   * @throws what `expect` throws
   */
  async changeQuotas(
    accountId: string,
    change: { readonly [Q in AdjustableQuota]?: number | null },
    expect: (version: string) => void,
  ): Promise<{ readonly before: QuotasOfAccount; readonly after: QuotasOfAccount }> {
    let before: QuotasOfAccount | undefined
    const notFound = () => new Problem('not_found', `there is no account \`${accountId}\``)
    const account = await updateRecord(this.#store, 'account', accountId, { notFound }, (old) => {
      before = versionedQuotas(old)
      expect(before.version)
      const set = Object.entries({ ...old.quotas, ...change }).flatMap(([name, value]) =>
        typeof value === 'number' ? [[name, value] as const] : [],
      )
      return { ...old, quotas: Object.fromEntries(set) }
    })
    const after = versionedQuotas(account)
    return { before: before ?? after, after }
  }

  /** Names of groups by their ids; groups that are gone are left out. */
  async groupNames(ids: readonly string[]): Promise<readonly string[]> {
    const groups = await Promise.all(ids.map((id) => this.#store.get('group', id)))
    return groups.flatMap((group) => group?.name ?? [])
  }
}
