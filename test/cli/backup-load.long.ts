// What a backup holds that is made while others write, on each engine; and a restore that is killed in the middle.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createConnection } from 'mongoose'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { writeBackup } from '../../src/store/backup/file.ts'
import { backUp } from '../../src/store/backup/format.ts'
import { storeCollection } from '../../src/store/mongo/layout.ts'
import { openMongo } from '../../src/store/mongo/mongo.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { epoch, setting } from '../store/sample.ts'
import { testDatabase, withoutServer } from '../support/databases/mongo-server.ts'
import { type Ran, run } from '../support/outside-tool.ts'
import { onMongo } from '../support/store.ts'
import { until } from '../support/waiting.ts'

const cli = resolve(import.meta.dirname, '../../src/bin.js')
const without = await withoutServer()
type Engine = 'sqlite' | 'mongodb'
/** With the suites on MongoDB, that. */
const engines: readonly Engine[] = [onMongo ? 'mongodb' : 'sqlite']

interface At {
  /** What the commands are given. */
  readonly env: Readonly<Record<string, string>>
  open(): Promise<Store>
  /** Whether a restore has begun to write here and has not ended. */
  isRestoring(): Promise<boolean>
}

const noted = (t: TestContext): string => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-backup-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** An empty place for a store, under the master key of `keys`. */
async function place(t: TestContext, engine: Engine, keys: string): Promise<At> {
  const dir = noted(t)
  const key = () => openMasterKey(keys, { storeExists: true })
  const common = { CHANCERY_KEYS: keys, CHANCERY_DATA: dir, HOME: dir }
  if (engine === 'sqlite') {
    const path = join(dir, 'chancery.db')
    const env = { ...common, CHANCERY_STORE: `sqlite:${path}` }
    return {
      env,
      open: async () => openSqlite(path, { masterKey: key() }),
      isRestoring: async () => restoreFiles(dir).length > 0,
    }
  }
  const { url, drop } = await testDatabase()
  t.after(drop)
  const database = await createConnection(url).asPromise()
  t.after(() => database.destroy())
  const marked = database.collection(storeCollection)
  return {
    env: { ...common, CHANCERY_STORE: url },
    open: async () => (await openMongo(url, { masterKey: key })).store,
    isRestoring: async () => (await marked.findOne({ restoring: { $exists: true } })) !== null,
  }
}

const restoreFiles = (dir: string): string[] =>
  readdirSync(dir).filter((name) => name.includes('.restoring.'))

const chancery = (args: readonly string[], { env }: At): Promise<Ran> =>
  run(process.execPath, [cli, ...args], env)

const succeeded = ({ code, err }: Ran): string => {
  assert.equal(code, 0, err)
  return err
}

/** Settings that count up, until `stop`: made, changed and deleted in lanes that share none. */
function writers(store: Store, seeds: readonly string[]) {
  /** What was acknowledged last; deleted ones are not here from before they were asked to be deleted. */
  const there = new Map(seeds.map((id) => [id, 0]))
  const gone = new Set<string>()
  /** Asked for, whether answered or not. */
  const most = new Map(there)
  let going = true
  /** Deletes nothing, so that something it changed is there after the backup, however long that takes. */
  const keepingLane = 2
  const lane = async (number: number, mine: string[]) => {
    for (let n = 0; going; n++) {
      const id = mine[(n * 7919) % mine.length] ?? ''
      const value = there.get(id) ?? 0
      if (n % 3 === 0) {
        const made = `made-${number}-${n}`
        most.set(made, 0)
        await store.create('setting', setting(made, '0'))
        there.set(made, 0)
        mine.push(made)
      } else if (n % 3 === 1) {
        most.set(id, value + 1)
        await store.update('setting', id, (old) => ({ ...old, value: String(Number(old.value) + 1) }))
        there.set(id, value + 1)
      } else if (number !== keepingLane && mine.length > 50) {
        there.delete(id)
        mine.splice(mine.indexOf(id), 1)
        assert.equal(await store.delete('setting', id), true)
        gone.add(id)
      }
    }
  }
  const share = (of: number) => seeds.filter((_, at) => at % 4 === of)
  // One lane in four touches nothing, so that some records are exactly as they were.
  const lanes = [0, 1, 2].map((number) => lane(number, share(number)))
  return {
    there,
    gone,
    most,
    untouched: share(3),
    async stop() {
      going = false
      await Promise.all(lanes)
    },
  }
}

for (const engine of engines)
  test(`a backup of ${engine} under load holds whatever was acknowledged before and not deleted since`, {
    skip: engine === 'mongodb' && without,
  }, async (t) => {
    const dir = noted(t)
    const keys = join(dir, 'keys')
    openMasterKey(keys, { storeExists: false })
    const home = await place(t, engine, keys)
    const store = await home.open()
    t.after(() => store.close())
    const seeds = Array.from({ length: 2000 }, (_, n) => `seed-${(n * 7919) % 2000}`)
    for (let at = 0; at < seeds.length; at += 50)
      await Promise.all(seeds.slice(at, at + 50).map((id) => store.create('setting', setting(id, '0'))))
    const load = writers(store, seeds)
    // Enough that some of each lane is in the backup.
    const changed = () => [...load.there].filter(([id, value]) => id.startsWith('made') || value > 0).length
    await until(
      'enough was changed',
      () => load.gone.size >= 10 && load.most.size >= seeds.length + 40 && changed() >= 400,
      { probes: 10_000 },
    )

    const [before, gone] = [new Map(load.there), new Set(load.gone)]
    const file = join(dir, 'b.jsonl')
    const said = succeeded(await chancery(['backup', '--out', file], home))
    // SQLite reads one moment; a server that only speaks the protocol is read kind by kind, and that is said.
    if (engine === 'mongodb' && !process.env['CHANCERY_TEST_MONGODB']) assert.match(said, /no snapshots/)
    const after = new Set(load.there.keys())
    await load.stop()

    const moved = await place(t, 'sqlite', keys)
    succeeded(await chancery(['restore', file], moved))
    const other = await moved.open()
    t.after(() => other.close())
    const kept = [...before].filter(([id]) => after.has(id))
    for (const [id, least] of kept) {
      const value = Number((await other.get('setting', id))?.value)
      assert.ok(value >= least && value <= (load.most.get(id) ?? 0), `${id}: ${value} of ${least}`)
    }
    for (const id of load.untouched)
      assert.deepEqual(await other.get('setting', id), await store.get('setting', id))
    for (const id of gone) assert.equal(await other.get('setting', id), undefined, id)
    const touched = kept.filter(([id]) => id.startsWith('made') || (before.get(id) ?? 0) > 0).length
    assert.ok(touched > 20 && gone.size > 5, `there was a load: ${touched} ${gone.size}`)
    t.diagnostic(`${kept.length} kept, ${touched} of them touched, ${gone.size} gone before`)
  })

const halves = /is not complete: wait for `chancery restore` to end, or run it again/
/** Of the lines of a backup, how many a restore is given before it is killed; it writes a thousand at a time. */
const given = { 'the header': 1, 'in the middle': 1500, 'the last but one': 3001 }

/** A backup under the master key of a new directory, and its lines: a header, `many` settings, the end. */
async function linesToRestore(t: TestContext) {
  const dir = noted(t)
  const keys = join(dir, 'keys')
  const key = openMasterKey(keys, { storeExists: false })
  const file = join(dir, 'b.jsonl')
  const bodies = Array.from({ length: many }, (_, n) => JSON.stringify(setting(`s-${n}`, padding)))
  await writeBackup(
    file,
    backUp(
      {
        engine: 'sqlite',
        name: 'lines',
        consistency: 'snapshot',
        bodies: (kind) => (kind === 'setting' ? bodies : []),
        close: async () => undefined,
      },
      key,
      { now: epoch, counts: new Map() },
    ),
  )
  const lines = readFileSync(file, 'utf8').split(/(?<=\n)/)
  assert.equal(lines.length, many + 2)
  return { dir, keys, file, lines }
}
const padding = 'x'.repeat(500)
const many = given['the last but one'] - given['the header']

for (const engine of engines)
  for (const [what, count] of Object.entries(given))
    test(`a restore into ${engine} that is killed after a line (${what}) leaves nothing that is taken for a store; the next one succeeds`, {
      skip: engine === 'mongodb' && without,
    }, async (t) => {
      const { dir, keys, file, lines } = await linesToRestore(t)
      const at = await place(t, engine, keys)
      const aside = () => restoreFiles(at.env['CHANCERY_DATA'] ?? '')
      const child = spawn(process.execPath, [cli, 'restore', '-'], {
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { PATH: process.env['PATH'], ...at.env },
      })
      const exited = once(child, 'exit')
      // It waits for the lines that it is not given, so it cannot have ended.
      child.stdin.on('error', () => undefined).write(lines.slice(0, count).join(''))
      await until('it has begun to write', at.isRestoring)
      await until('it has read what it was given', () => child.stdin.writableLength === 0)
      child.kill('SIGKILL')
      await exited
      const source = await chancery(['backup', '--out', join(dir, 'half')], at)
      assert.notEqual(source.code, 0)
      if (engine === 'sqlite') assert.ok(aside().length > 0)
      else assert.match(source.err, halves)
      const start = await run(process.execPath, [cli, 'start'], { ...at.env, CHANCERY_PORT: '0' })
      assert.deepEqual([start.code, halves.test(start.err + start.out)], [1, true], start.err)
      succeeded(await chancery(['restore', file], at))
      assert.deepEqual(aside(), [])
      const store = await at.open()
      t.after(() => store.close())
      for (let n = 0; n < many; n += 499) assert.equal((await store.get('setting', `s-${n}`))?.value, padding)
      assert.equal((await store.get('setting', `s-${many - 1}`))?.value, padding)
    })
