// Recovery codes: ten codes of 80 random bits, shown once and stored as hashes on the user. Using one removes its hash by
// compare-and-swap.

import { isProblem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { randomBase32 } from '../../secure/random.ts'
import type { User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { mfaArn } from '../arn.ts'

const count = 10

/**
 * The dependency of a sign-in with a recovery code, in place of a device's serial number. The codes stand in for every device of the
 * user, so the sign-in ends when any device is removed (docs/ends.md).
 */
export const recoveryFactor = ({ accountId, id }: Pick<User, 'accountId' | 'id'>): string =>
  mfaArn({ accountId, path: `/${id}/`, name: 'recovery-codes' })

/** Sixteen base32 characters in groups of four. 80 random bits, so a fast hash cannot be searched. */
const newCode = (): string => (randomBase32(16).match(/.{4}/g) ?? []).join('-')

/** Ignores case, spaces and dashes of the input. */
const hashOf = (code: string): string => sha256base64url(code.replace(/[\s-]/g, '').toUpperCase())

/** Ten new codes, and the hashes to store. */
export function newRecoveryCodes(): { readonly codes: readonly string[]; readonly kept: readonly string[] } {
  const codes = Array.from({ length: count }, newCode)
  return { codes, kept: codes.map(hashOf) }
}

class Unknown extends Error {}

/** True for exactly one caller per code. */
export async function spendRecoveryCode(store: Store, userId: string, code: string): Promise<boolean> {
  // Longer than any spelling of a code.
  if (code.length > 64) return false
  const hash = hashOf(code)
  try {
    await store.update('user', userId, (old) => {
      if (!old.recoveryCodes.includes(hash)) throw new Unknown()
      return { ...old, recoveryCodes: old.recoveryCodes.filter((kept) => kept !== hash) }
    })
    return true
  } catch (error) {
    if (error instanceof Unknown || isProblem(error, 'not_found')) return false
    throw error
  }
}
