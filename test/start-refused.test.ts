// A store in a file that must not be started on: the server ends with 1, says what is wrong and what to do, and leaves what
// it found as it was.
import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import {
  issuerChanges,
  otherMasterKey,
  type Place,
  placeOf,
  type Refusal,
  refusedStart,
  testRefusals,
} from './support/refused-start.ts'
import { startServer } from './support/server.ts'

function inFile({ file }: Place, work: (db: DatabaseSync) => void): undefined {
  const db = new DatabaseSync(file)
  work(db)
  db.close()
}

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

testRefusals([
  ...filesOfOthers,
  ...issuerChanges('sqlite'),
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
])

test('a changed issuer that is confirmed is kept from then on', { timeout: 60_000 }, async (t) => {
  const { dir } = await placeOf('sqlite', t)
  const start = async (env: Readonly<Record<string, string>>) =>
    (await startServer({ dir, env, maybeHosted: true })).stop()
  await start({ CHANCERY_ISSUER: 'https://old.example' })
  const changed = { CHANCERY_ISSUER: 'https://new.example', CHANCERY_PREVIOUS_ISSUER: 'https://old.example' }
  await start(changed)
  await start(changed)
  await start({ CHANCERY_ISSUER: 'https://new.example' })
  const back = await refusedStart(
    { dir, env: {} },
    { env: { CHANCERY_ISSUER: 'https://old.example' }, isAlone: false },
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
  await (await startServer({ dir, maybeHosted: true })).stop()
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
  await (await startServer({ dir, maybeHosted: true })).stop()
  chmodSync(join(dir, 'keys/master-key.json'), 0o660)
  chmodSync(join(dir, 'data/chancery.db'), 0o660)
  await (await startServer({ dir, maybeHosted: true })).stop()
})
