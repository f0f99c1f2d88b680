// Servers whose password hashes cost what they cost in the product: in `npm test` those of other servers are cheap
// (password-cost.ts). Where the sources run, all have the cost and the queue of the product.
import { defaultCost, defaultQueue } from '../../../src/secure/password/password-cost.ts'
import { chanceryBin, sourceBin } from '../chancery-bin.ts'

const isBundle = chanceryBin !== sourceBin

/** How many hashes may wait in a server with `realHashes({ queue })`: `queue` in `npm test`, where the sources run the product's. */
export const queueOf = (queue: number): number => (isBundle ? queue : defaultQueue)

/** For the environment of a server, which then has a process of its own. */
export const realHashes = ({ queue = defaultQueue } = {}): Readonly<Record<string, string>> =>
  isBundle ? { TEST_PASSWORD_HASHES: JSON.stringify({ ...defaultCost, queue }) } : {}
