// How people of an account sign in, beside its password policy: one part of the account's record. Read wherever it applies;
// processes follow a change within a second.
import type { SignInSettings, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

const day = 24 * 3600

/** Of accounts that have set nothing. */
export const defaultSignInSettings: SignInSettings = {
  secondFactor: 'required',
  secondFactorGroups: [],
  sessionIdle: 14 * day,
  sessionLifetime: undefined,
  refuseGuessable: true,
}

/** The settings in force in an account. */
export const signInSettingsOf = async (
  store: Pick<Store, 'get'>,
  accountId: string,
): Promise<SignInSettings> => (await store.get('account', accountId))?.signIn ?? defaultSignInSettings

/** Whether a user who has no second factor must set one up to sign in. */
export const needsSecondFactor = (
  { secondFactor, secondFactorGroups }: SignInSettings,
  { groups }: Pick<User, 'groups'>,
): boolean => secondFactor === 'required' || groups.some((id) => secondFactorGroups.includes(id))

/** The limits of browser sessions in an account, followed while they change. */
export async function openSessionLimits(store: Pick<Store, 'get' | 'watch'>, accountId: string) {
  let settings = defaultSignInSettings
  const load = async () => {
    settings = await signInSettingsOf(store, accountId)
  }
  const close = store.watch((changed) => {
    // While the store is unavailable the last settings stay in use; its return is announced as a change.
    if (changed.has('account')) load().catch(() => undefined)
  })
  await load()
  return { limits: () => ({ idle: settings.sessionIdle, absolute: settings.sessionLifetime }), close }
}
