// RSA keys of what tests put in the place of other servers. Making one takes more processor time than most tests, so that those of
// one process are taken by turns from a few.
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'

/** Tests have fewer at a time. */
const most = 8

/** Gives what `make` makes; the same comes again after seven others. */
export function byTurns<T>(make: () => T): () => T {
  const made: T[] = []
  let taken = 0
  return () => {
    const at = taken++ % most
    const one = made[at] ?? make()
    made[at] = one
    return one
  }
}

/** A pair of 2048 bits. */
export const rsaPair: () => KeyPairKeyObjectResult = byTurns(() =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
)
