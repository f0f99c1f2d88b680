// Recovery codes: ten of 80 random bits, shown once, kept as hashes on the user, each spent by a swap of that record.

import { isProblem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { randomBase32 } from '../../secure/random.ts'
import type { User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { mfaArn } from '../arn.ts'

const count = 10

/**
 * What a sign-in by a recovery code depends on, in the place of a device's serial number: the codes stand in for every
 * device of the user, so the sign-in ends when any of them is removed (docs/ends.md).
 */
export const recoveryFactor = ({ accountId, id }: Pick<User, 'accountId' | 'id'>): string =>
  mfaArn({ accountId, path: `/${id}/`, name: 'recovery-codes' })

/** Sixteen base32 characters in fours. 80 bits: a plain hash of it cannot be searched. */
const newCode = (): string => (randomBase32(16).match(/.{4}/g) ?? []).join('-')

/** As it was shown, whatever case, spaces and dashes it is typed with. */
const hashOf = (code: string): string => sha256base64url(code.replace(/[\s-]/g, '').toUpperCase())

/** Ten fresh codes and what to keep of them. */
export function newRecoveryCodes(): { readonly codes: readonly string[]; readonly kept: readonly string[] } {
  const codes = Array.from({ length: count }, newCode)
  return { codes, kept: codes.map(hashOf) }
}

class Unknown extends Error {}

/** True for exactly one caller per code. */
export async function spendRecoveryCode(store: Store, userId: string, code: string): Promise<boolean> {
  // Longer than any way to type one.
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
