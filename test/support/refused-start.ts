// Starts that must be refused, on a store that was spoiled. In `npm test` one of each table is a process of its own, and the others
// run in one that goes on (runner/server-host.ts).
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { mongo } from 'mongoose'
import { chanceryBin } from './chancery-bin.ts'
import { testDatabase, withoutServer } from './databases/mongo-server.ts'
import { endOfServer, isHosted, startHosted } from './runner/hosted-server.ts'
import { startServer } from './server.ts'

/** Where a store may be, and the store there, to be spoiled. */
export interface Place {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  readonly file: string
  readonly database: mongo.Db | undefined
}

export type Engine = 'sqlite' | 'mongodb'

export async function placeOf(engine: Engine, t: TestContext): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-refused-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'chancery.db')
  if (engine === 'sqlite')
    return { dir, file, env: { CHANCERY_STORE: `sqlite:${file}` }, database: undefined }
  const { url, drop } = await testDatabase()
  const { createConnection } = await import('mongoose')
  const connection = await createConnection(url).asPromise()
  t.after(async () => {
    await connection.close()
    await drop()
  })
  return { dir, file, env: { CHANCERY_STORE: url }, database: connection.db }
}

export interface RefusedStart {
  readonly code: unknown
  readonly said: string
}

interface RefusedOptions {
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly isAlone?: boolean
}

/** A start that ends by itself, in a process of its own where that is asked for. */
export async function refusedStart(
  place: Pick<Place, 'dir' | 'env'>,
  { env: more = {}, isAlone = true }: RefusedOptions = {},
): Promise<RefusedStart> {
  const own = { CHANCERY_PORT: '0', ...place.env, ...more }
  const start = { cwd: place.dir, env: { PATH: process.env['PATH'], ...own } }
  if (!isAlone && isHosted({ env: own, maybeHosted: true })) return refusedInHost(start)
  const child = spawn(process.execPath, [chanceryBin, 'start'], { ...start, timeout: 60_000 })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const [code] = await once(child, 'close')
  return { code, said }
}

async function refusedInHost(start: Parameters<typeof startHosted>[0]): Promise<RefusedStart> {
  const { child, ended, endedInHost } = startHosted(start, { isRefused: true })
  let said = ''
  const collect = (chunk: Buffer) => {
    said += chunk.toString()
  }
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', collect)
  await ended
  for (const stream of [child.stdout, child.stderr]) stream?.off('data', collect)
  const code = endedInHost() ? Number(endOfServer.exec(said)?.[1]) : child.exitCode
  return { code, said: said.replaceAll(new RegExp(endOfServer, 'g'), '') }
}

/** Directories of stores in files that a start has made, by its environment. */
const madeStores = new Map<string, Promise<string>>()

/** A store as a first start leaves it; those in files are copies of one. */
async function makeStore(place: Place, env: Readonly<Record<string, string>> = {}): Promise<void> {
  if (place.database !== undefined) return startAndStop(place.dir, { ...place.env, ...env })
  const key = JSON.stringify(env)
  let first = madeStores.get(key)
  if (first === undefined) {
    first = (async () => {
      const dir = mkdtempSync(join(tmpdir(), 'chancery-made-'))
      process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
      await startAndStop(dir, { CHANCERY_STORE: `sqlite:${join(dir, 'chancery.db')}`, ...env })
      return dir
    })()
    madeStores.set(key, first)
  }
  cpSync(await first, place.dir, { recursive: true, preserveTimestamps: true })
}

async function startAndStop(dir: string, env: Readonly<Record<string, string>>): Promise<void> {
  await (await startServer({ dir, env, maybeHosted: true })).stop()
}

export interface Refusal {
  readonly what: string
  readonly engine: Engine
  /** False: there was no store of ours. */
  readonly made: boolean
  readonly spoil: (place: Place) => Promise<unknown> | undefined
  readonly said: RegExp
  /** Of the first start, and of the one that is refused. */
  readonly env?: {
    readonly made?: Readonly<Record<string, string>>
    readonly refused: Readonly<Record<string, string>>
  }
}

/** Puts the master key of another server in the place of this one. */
export const otherMasterKey = async (place: Place) => {
  renameSync(join(place.dir, 'keys'), join(place.dir, 'keys.aside'))
  // Valid, and of another server.
  const other = mkdtempSync(join(place.dir, 'other-'))
  await startAndStop(other, {})
  renameSync(join(other, 'keys'), join(place.dir, 'keys'))
}

/** Starts with another issuer than the store was used with. */
export const issuerChanges = (engine: Engine): readonly Refusal[] =>
  [
    {
      what: 'another issuer than the store was used with',
      refused: { CHANCERY_ISSUER: 'https://new.example' },
    },
    { what: 'an issuer that is no longer given', refused: {} },
    {
      what: 'a change of issuer that is confirmed for another one',
      refused: {
        CHANCERY_ISSUER: 'https://new.example',
        CHANCERY_PREVIOUS_ISSUER: 'https://other.example',
      },
    },
  ].map(({ what, refused }) => ({
    what,
    engine,
    made: true,
    spoil: () => undefined,
    env: { made: { CHANCERY_ISSUER: 'https://old.example' }, refused },
    said: /the issuer of this store is `https:\/\/old\.example` and would become .*CHANCERY_PREVIOUS_ISSUER=https:\/\/old\.example/,
  }))

/** A test for each: the server ends with 1, says why, and leaves the store as it was. */
export function testRefusals(refusals: readonly Refusal[]): void {
  for (const [at, { what, engine, made, spoil, said, env }] of refusals.entries())
    test(`${engine}: ${what} stops the start and says what to do`, async (t) => {
      if (engine === 'mongodb') {
        const why = await withoutServer()
        if (why) return t.skip(why)
      }
      const place = await placeOf(engine, t)
      if (made) await makeStore(place, env?.made)
      for (const beside of ['-wal', '-shm']) rmSync(place.file + beside, { force: true })
      await spoil(place)
      const found = () =>
        existsSync(place.file) && createHash('sha256').update(readFileSync(place.file)).digest('hex')
      const before = found()
      const start = await refusedStart(place, { env: env?.refused, isAlone: at === 0 })
      assert.equal(start.code, 1)
      assert.match(start.said, /^chancery did not start: /)
      assert.match(start.said, said)
      assert.doesNotMatch(start.said, /\n\s+at /)
      assert.deepEqual(found(), before, 'it is as it was')
    })
}
