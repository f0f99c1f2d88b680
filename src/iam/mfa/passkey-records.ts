// The stored passkeys of a user, and the uses of one. The counter is compared and stored in one step, so that of a passkey and
// its copy at most one is accepted with each counter (docs/attacks.md 21).
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds, Passkey, SignInSettings } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { mfaArn } from '../arn.ts'

/** The id of the record of a credential. */
export const passkeyIdOf = (credentialId: string): string => sha256base64url(credentialId)

/** What sign-ins with a passkey depend on, in the form of a serial number; IAM does not list it as an MFA device. */
export const passkeyFactor = ({
  accountId,
  userId,
  id,
}: Pick<Passkey, 'accountId' | 'userId' | 'id'>): string =>
  mfaArn({ accountId, path: `/${userId}/`, name: `passkey-${id}` })

export const passkeysOf = (store: Pick<Store, 'each'>, userId: string): Promise<readonly Passkey[]> =>
  Array.fromAsync(store.each('passkey', { by: 'user', value: userId }))

/** Whether a passkey signs in under the settings of its account. */
export const isUsable = ({ copiedAt, synced }: Passkey, policy: SignInSettings['passkeys']): boolean =>
  copiedAt === undefined && policy !== 'refused' && !(policy === 'device-bound' && synced)

/** Whether the user has a passkey that signs in. */
export const hasUsablePasskey = async (
  store: Pick<Store, 'each'>,
  userId: string,
  policy: SignInSettings['passkeys'],
): Promise<boolean> => (await passkeysOf(store, userId)).some((passkey) => isUsable(passkey, policy))

/**
 * Stores a use.
 * @param counter of the authenticator; 0 for those that have none (WebAuthn Level 3 section 6.1.1)
 * @returns false when the counter is not greater than before: the passkey was copied, and is refused from now on
 * @throws Problem('not_found') when the passkey was removed
 */
export async function recordUse(
  store: Pick<Store, 'update'>,
  id: string,
  counter: number,
  now: EpochSeconds,
): Promise<boolean> {
  const stored = await store.update('passkey', id, (old) => {
    const isBehind = (counter > 0 || old.counter > 0) && counter <= old.counter
    if (old.copiedAt !== undefined) return old
    return isBehind ? { ...old, copiedAt: now } : { ...old, counter, lastUsedAt: now }
  })
  return stored.copiedAt === undefined
}
