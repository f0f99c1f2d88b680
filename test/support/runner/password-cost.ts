// Stands in the place of src/secure/password/password-cost.ts in the servers that `npm test` starts (bundle.ts): real hashes, at a
// fiftieth of the processor time. A test that is about the cost gives the server another (password-hashes.ts).
import type { PasswordCost } from '../../../src/secure/password/password-hash.ts'

interface Given extends PasswordCost {
  readonly queue: number
}

const given = JSON.parse(process.env['TEST_PASSWORD_HASHES'] ?? '{}') as Partial<Given>

export const defaultCost: PasswordCost = { memoryKiB: 1024, passes: 1, lanes: 1, ...given }

export const defaultQueue = given.queue ?? 256
