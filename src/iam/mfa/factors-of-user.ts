// What the sign-ins of a user with a second factor may depend on, where it is not known which of them was used.
import type { User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { passkeyFactor, passkeysOf } from './passkey-records.ts'
import { recoveryFactor } from './recovery-codes.ts'
import { enabledDevices } from './totp-devices.ts'

/** Each is revoked when it is removed, and the last one with any that an administrator removes. */
export async function factorsOfUser(
  store: Store,
  user: Pick<User, 'accountId' | 'id'>,
): Promise<readonly string[]> {
  const [devices, passkeys] = await Promise.all([enabledDevices(store, user.id), passkeysOf(store, user.id)])
  return [...devices.map(({ id }) => id), ...passkeys.map(passkeyFactor), recoveryFactor(user)]
}
