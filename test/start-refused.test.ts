// A store that must not be started on, of either engine: the real process ends with 1, says what is wrong and what to do,
// and leaves what it found as it was.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { mongo } from 'mongoose'
import { chanceryBin } from './support/chancery-bin.ts'
import { testDatabase, withoutServer } from './support/mongo-server.ts'
import { startServer } from './support/server.ts'

/** Where a store may be, and the store there, to be spoiled. */
interface Place {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  readonly file: string
  readonly database: mongo.Db | undefined
}

type Engine = 'sqlite' | 'mongodb'

async function placeOf(engine: Engine, t: TestContext): Promise<Place> {
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

async function refusedStart(
  { dir, env }: Place,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(process.execPath, [chanceryBin, 'start'], {
    cwd: dir,
    env: { PATH: process.env['PATH'], CHANCERY_PORT: '0', ...env, ...more },
    timeout: 20_000,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const [code] = await once(child, 'close')
  return { code, said }
}

interface Refusal {
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

function inFile({ file }: Place, work: (db: DatabaseSync) => void): undefined {
  const db = new DatabaseSync(file)
  work(db)
  db.close()
}

const otherMasterKey = async (place: Place) => {
  renameSync(join(place.dir, 'keys'), join(place.dir, 'keys.aside'))
  // Valid, and of another server.
  const other = await startServer({ dir: mkdtempSync(join(place.dir, 'other-')) })
  await other.stop()
  renameSync(join(other.dir, 'keys'), join(place.dir, 'keys'))
}

const about = ({ database }: Place) => database?.collection<{ _id: string }>('store_about')

const issuerChanges = (engine: Engine): readonly Refusal[] =>
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

/** What others could do to the files of a store, done. */
const filesOfOthers: readonly Refusal[] = [
  ...[
    { name: 'the store', at: ({ file }: Place) => file },
    { name: "the store's log", at: ({ file }: Place) => `${file}-wal` },
    { name: "the store's shared memory", at: ({ file }: Place) => `${file}-shm` },
    { name: 'the master key', at: ({ dir }: Place) => join(dir, 'keys/master-key.json') },
  ].map(({ name, at }) => ({
    what: `${name} being a link`,
    engine: 'sqlite' as const,
    made: true,
    spoil: (place: Place) => {
      const path = at(place)
      const outside = join(mkdtempSync(join(place.dir, 'outside-')), 'file')
      if (existsSync(path)) renameSync(path, outside)
      symlinkSync(outside, path)
      return undefined
    },
    said: /is a symbolic link, and links are not followed here: remove it, or set CHANCERY_DATA, CHANCERY_STORE or CHANCERY_KEYS/,
  })),
  ...['data', 'keys', '.'].flatMap((name) =>
    [0o777, 0o1777, 0o757].map((mode) => ({
      what: `${name === '.' ? "the store's directory" : `${name}/`} of mode ${mode.toString(8)}`,
      engine: 'sqlite' as const,
      made: true,
      spoil: ({ dir }: Place) => {
        mkdirSync(join(dir, name), { recursive: true })
        chmodSync(join(dir, name), mode)
        return undefined
      },
      said: /others may write to the directory `.*` \(mode 1?7[57]7\): run `chmod go-w '.*'`/,
    })),
  ),
]

const refusals: readonly Refusal[] = [
  ...filesOfOthers,
  ...issuerChanges('sqlite'),
  ...issuerChanges('mongodb'),
  {
    what: 'a file that is no database',
    engine: 'sqlite',
    made: false,
    spoil: ({ file }) => void writeFileSync(file, 'something else entirely, not a database at all'),
    said: /cannot be read as a store: check the disk, or restore a backup/,
  },
  {
    what: 'a database of another program',
    engine: 'sqlite',
    made: false,
    spoil: (place) =>
      inFile(place, (db) => db.exec("CREATE TABLE theirs (a); INSERT INTO theirs VALUES ('b')")),
    said: /is a database of another program: set CHANCERY_STORE to a file of its own/,
  },
  {
    what: 'a file that was cut short',
    engine: 'sqlite',
    made: true,
    spoil: ({ file }) => void truncateSync(file, Math.floor(readFileSync(file).length / 8192) * 4096),
    said: /cannot be read as a store: check the disk, or restore a backup/,
  },
  {
    what: 'a store of a newer version',
    engine: 'sqlite',
    made: true,
    spoil: (place) => inFile(place, (db) => db.exec('PRAGMA user_version = 99')),
    said: /has version 99 and this program supports version \d+: start the newer program, or restore a backup/,
  },
  {
    what: 'a store under another master key',
    engine: 'sqlite',
    made: true,
    spoil: otherMasterKey,
    said: /sealed under another master key: set CHANCERY_KEYS to the directory that holds its key/,
  },
  {
    what: 'a store whose restore was killed',
    engine: 'sqlite',
    made: false,
    spoil: ({ file }) => void writeFileSync(`${file}.restoring.4194304.0123456789ab`, 'half'),
    said: /is not complete: wait for `chancery restore` to end, or run it again; to start with an empty store, remove /,
  },
  {
    what: 'a database of another program',
    engine: 'mongodb',
    made: false,
    spoil: ({ database }) => database?.collection('user').insertOne({ name: 'theirs' }),
    said: /belongs to another program: set CHANCERY_STORE to a database of its own/,
  },
  {
    what: 'a store that has lost what it says of itself',
    engine: 'mongodb',
    made: true,
    spoil: (place) => about(place)?.deleteOne({ _id: 'store' }),
    said: /belongs to another program: set CHANCERY_STORE to a database of its own/,
  },
  {
    what: 'a store of a newer version',
    engine: 'mongodb',
    made: true,
    spoil: (place) => about(place)?.updateOne({ _id: 'store' }, { $set: { schema: 99 } }),
    said: /has version 99 and this program supports version \d+: start the newer program, or restore a backup/,
  },
  {
    what: 'a store under another master key',
    engine: 'mongodb',
    made: true,
    spoil: otherMasterKey,
    said: /sealed under another master key: set CHANCERY_KEYS to the directory that holds its key/,
  },
]

for (const { what, engine, made, spoil, said, env } of refusals)
  test(`${engine}: ${what} stops the start and says what to do`, async (t) => {
    if (engine === 'mongodb') {
      const why = await withoutServer()
      if (why) return t.skip(why)
    }
    const place = await placeOf(engine, t)
    if (made) await (await startServer({ dir: place.dir, env: { ...place.env, ...env?.made } })).stop()
    for (const beside of ['-wal', '-shm']) rmSync(place.file + beside, { force: true })
    await spoil(place)
    const found = () =>
      existsSync(place.file) && createHash('sha256').update(readFileSync(place.file)).digest('hex')
    const before = found()
    const start = await refusedStart(place, env?.refused)
    assert.equal(start.code, 1)
    assert.match(start.said, /^chancery did not start: /)
    assert.match(start.said, said)
    assert.doesNotMatch(start.said, /\n\s+at /)
    assert.deepEqual(found(), before, 'it is as it was')
  })

test('a changed issuer that is confirmed is kept from then on', { timeout: 60_000 }, async (t) => {
  const { dir } = await placeOf('sqlite', t)
  const start = async (env: Readonly<Record<string, string>>) => (await startServer({ dir, env })).stop()
  await start({ CHANCERY_ISSUER: 'https://old.example' })
  const changed = { CHANCERY_ISSUER: 'https://new.example', CHANCERY_PREVIOUS_ISSUER: 'https://old.example' }
  await start(changed)
  await start(changed)
  await start({ CHANCERY_ISSUER: 'https://new.example' })
  const back = await refusedStart(
    { dir, env: {}, file: '', database: undefined },
    { CHANCERY_ISSUER: 'https://old.example' },
  )
  assert.equal(back.code, 1)
})

test('a link where the first start writes the root access key is replaced, and its target is as it was', {
  timeout: 60_000,
}, async (t) => {
  const { dir } = await placeOf('sqlite', t)
  mkdirSync(join(dir, 'data'), { mode: 0o700 })
  const target = join(dir, 'target')
  writeFileSync(target, 'theirs')
  const credentials = join(dir, 'data/root-credentials')
  symlinkSync(target, credentials)
  await (await startServer({ dir })).stop()
  assert.equal(readFileSync(target, 'utf8'), 'theirs')
  assert.ok(lstatSync(credentials).isFile())
  assert.equal(statSync(credentials).mode & 0o777, 0o600)
})

test('directories that the own group may write are taken', { timeout: 60_000 }, async (t) => {
  const { dir } = await placeOf('sqlite', t)
  for (const name of ['data', 'keys']) {
    mkdirSync(join(dir, name))
    chmodSync(join(dir, name), 0o2775)
  }
  await (await startServer({ dir })).stop()
  chmodSync(join(dir, 'keys/master-key.json'), 0o660)
  chmodSync(join(dir, 'data/chancery.db'), 0o660)
  await (await startServer({ dir })).stop()
})
