// What the hashes that are made here cost, and how many may wait. The servers that `npm test` starts have another file in the
// place of this one (test/support/runner/bundle.ts), with a lower cost: most of their hashes are of tests that are about something else.
import type { PasswordCost } from './password-hash.ts'

/**
 * OWASP Password Storage Cheat Sheet, "Argon2id": at least m = 19 MiB, t = 2, p = 1. This uses 32 MiB, t = 2: about 50 ms
 * of one core, so that half a thread pool still handles dozens of sign-ins per second.
 */
export const defaultCost: PasswordCost = { memoryKiB: 32 * 1024, passes: 2, lanes: 1 }

/**
 * On two cores, some 8 seconds, which a browser and a proxy wait. Refusing sooner makes people try again: of 200 at once, 134 did
 * when 64 could wait, and answering 900 such requests a second took half of the processor time that their hashes need.
 */
export const defaultQueue = 256
