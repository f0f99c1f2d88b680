// The requirements on the MongoDB server, checked once at start.
import { Problem } from '../../problem.ts'

/** The used parts of the responses to `hello` and `buildInfo`. */
export interface ServerFacts {
  readonly hello: {
    readonly isWritablePrimary?: unknown
    readonly setName?: unknown
    /** `isdbgrid`: a mongos. */
    readonly msg?: unknown
    readonly logicalSessionTimeoutMinutes?: unknown
  }
  readonly build: Readonly<Record<string, unknown>>
}

/**
 * `mongodb`: a replica set or sharded cluster, with change streams and retryable writes.
 * `compatible`: another server with the same protocol, whose atomicity must be tested (`checkAtomicity`).
 */
export type ServerKind = 'mongodb' | 'compatible'

const oldestVersion = 6

/** @throws Problem('unavailable') when the server does not meet the requirements; the message says what to do */
export function checkServer({ hello, build }: ServerFacts, name: string): ServerKind {
  const refused = (message: string) => new Problem('unavailable', `the store \`${name}\` ${message}`)
  const version = String(build['version'])
  if (!(Number.parseInt(version, 10) >= oldestVersion))
    throw refused(`runs MongoDB ${version}: version ${oldestVersion} or newer is needed`)
  if (hello.isWritablePrimary !== true)
    throw refused('cannot be written: name the hosts of the whole replica set, so that its primary is found')
  if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
    if (Object.keys(build).some((key) => key.startsWith('ferretdb'))) return 'compatible'
    throw refused(
      'is a standalone MongoDB, which can lose acknowledged writes: start it with `--replSet` and run `rs.initiate()`; a replica set of one is enough to begin with',
    )
  }
  if (typeof hello.logicalSessionTimeoutMinutes !== 'number')
    throw refused(
      'has no sessions, so that writes cannot be retried: set its feature compatibility version to its own',
    )
  return 'mongodb'
}

/** The two atomic operations that one-time use depends on, for a test with concurrent requests. */
export interface AtomicityProbe {
  /** One document of version 0. */
  make(id: string): Promise<void>
  /** Replaces it if it still has version 0; true for the winner. */
  swap(id: string): Promise<boolean>
  /** Gets and deletes it; true for the winner. */
  take(id: string): Promise<boolean>
}

const rounds = 5
const racers = 8

/** @throws Problem('unavailable') when two concurrent requests both succeeded: such a server would accept a one-time code twice */
export async function checkAtomicity(probe: AtomicityProbe, id: string, name: string): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await probe.make(`${id} ${round}`)
    for (const verb of ['swap', 'take'] as const) {
      const won = await Promise.all(Array.from({ length: racers }, () => probe[verb](`${id} ${round}`)))
      if (won.filter(Boolean).length !== 1)
        throw new Problem(
          'unavailable',
          `the server of the store \`${name}\` does not find and change a document atomically, so that a one-time code could be used twice: use MongoDB ${oldestVersion} or newer`,
        )
    }
  }
}
