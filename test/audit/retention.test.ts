// Retention: what is removed, that the rest verifies, and that nothing but what a checkpoint names may be missing.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { mock, type TestContext, test } from 'node:test'
import { entriesFrom } from '../../src/audit/chain-reads.ts'
import { newestCheckpoint } from '../../src/audit/checkpoint.ts'
import { readTrail } from '../../src/audit/read.ts'
import { removeOldEntries } from '../../src/audit/retention.ts'
import { RetentionSchedule } from '../../src/audit/retention-schedule.ts'
import { openTrail, type ReadyTrail } from '../../src/audit/trail.ts'
import { verifyTrail } from '../../src/audit/verify.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const account = '111122223333'
const sealer = { seal: (plain: string) => plain, open: (sealed: string) => sealed }
const day = 86_400_000
const birth = 1_800_000_000_000

/** A trail that grows day by day, by the clock of the test. */
async function growing(t: TestContext) {
  mock.timers.enable({ apis: ['Date'], now: birth })
  t.after(() => mock.timers.reset())
  const dir = mkdtempSync(join(tmpdir(), 'retention-'))
  const path = join(dir, 'store.db')
  const store = await openSqlite(path, { masterKey: sealer })
  const db = new DatabaseSync(path)
  t.after(async () => {
    db.close()
    await store.close()
    rmSync(dir, { recursive: true })
  })
  await store.create('account', {
    id: account,
    accountId: account,
    alias: undefined,
    createdAt: birth / 1000,
  })
  const keys = new Map([1, 2].map((n) => [`audit-${n}`, { kid: `audit-${n}`, secret: randomBytes(32) }]))
  const open = (kid = 'audit-1') => {
    const key = keys.get(kid)
    if (!key) throw new Error('no such key')
    return openTrail({ store, key: () => key, clock: () => Math.floor(Date.now() / 1000) })
  }
  return {
    store,
    db,
    open,
    /** Entries named after their days, `count` a day. */
    async write(trail: ReadyTrail, from: number, to: number, count = 2) {
      for (let at = from; at <= to; at++) {
        mock.timers.setTime(birth + at * day)
        for (let n = 0; n < count; n++)
          await trail.record({
            at: Math.floor(Date.now() / 1000),
            accountId: account,
            action: 'sts:AssumeRole',
            who: 'ann',
            outcome: 'done',
            requestId: `day ${at}`,
            sourceIp: '192.0.2.1',
          })
      }
    },
    remove: (trail: ReadyTrail, days: number, endedBefore = 0) =>
      removeOldEntries({
        store,
        record: (checkpoint) => trail.recordCheckpoint(checkpoint),
        cutoff: Date.now() - days * day,
        endedBefore,
      }),
    verify: () => verifyTrail({ store, findKey: (kid) => keys.get(kid) }),
    async days(): Promise<readonly string[]> {
      const { records } = await readTrail(store, { accountId: account, limit: 1000, order: 'oldest' })
      return [...new Set(records.map(({ requestId }) => requestId))]
    },
  }
}

const dayNames = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `day ${from + at}`)

test('old entries are removed from the beginning of each chain, and the rest verifies', async (t) => {
  const { open, write, remove, verify, days } = await growing(t)
  const [one, other] = [await open(), await open()]
  await write(one, 1, 10)
  await write(other, 5, 20)
  const removed = await remove(one, 10)
  // The openings, days 1 to 9 of one chain and 5 to 9 of the other.
  assert.equal(removed, 2 + 2 * 9 + 2 * 5)
  assert.deepEqual(await days(), dayNames(10, 20))
  const verified = await verify()
  assert.deepEqual([verified.breaks, verified.begins], [[], birth + 10 * day])
  // Both chains go on, and so does retention.
  await write(one, 21, 30)
  await write(other, 25, 31)
  await remove(other, 5)
  assert.deepEqual((await verify()).breaks, [])
  assert.deepEqual(await days(), dayNames(26, 31))
  assert.equal(await remove(other, 5), 0, 'nothing is left to remove')
})

test('chains of an earlier key go as a whole, although later openings name them', async (t) => {
  const { open, store, write, remove, verify, days } = await growing(t)
  await write(await open(), 1, 5)
  await write(await open(), 6, 9)
  mock.timers.setTime(birth + 20 * day)
  const later = await open('audit-2')
  await write(later, 21, 22)
  await remove(later, 10, birth + 20 * day)
  const { breaks, chains } = await verify()
  assert.deepEqual([breaks, chains], [[], 1])
  assert.deepEqual(await days(), dayNames(21, 22))
  const checkpoint = await newestCheckpoint(store)
  assert.deepEqual([checkpoint?.starts.length, checkpoint?.gone.length], [0, 2])
})

test('an interrupted run is no break, and the next one removes what is left', async (t) => {
  const { open, store, write, verify, days, remove } = await growing(t)
  const trail = await open()
  await write(trail, 1, 20)
  let deleted = 0
  await assert.rejects(
    removeOldEntries({
      store: {
        find: (...given) => store.find(...given),
        delete: async (kind, id) => {
          if (++deleted > 7) throw new Error('killed')
          return store.delete(kind, id)
        },
      },
      record: (checkpoint) => trail.recordCheckpoint(checkpoint),
      cutoff: Date.now() - 10 * day,
      endedBefore: 0,
    }),
    /killed/,
  )
  assert.deepEqual((await verify()).breaks, [])
  await remove(trail, 10)
  assert.deepEqual([(await verify()).breaks, await days()], [[], dayNames(10, 20)])
})

/** What someone with the store, but without the key, could do after retention ran at day 20 with 10 days. */
const tampering: readonly (readonly [
  string,
  (world: { db: DatabaseSync; chain: string; first: number }) => void,
  RegExp,
])[] = [
  [
    'more of the oldest entries was removed',
    ({ db, first }) => db.exec(`DELETE FROM auditEntry WHERE id LIKE '%-${String(first).padStart(10, '0')}'`),
    /entries \d+ to \d+ are missing/,
  ],
  [
    'the checkpoint was removed',
    ({ db }) => db.exec(`DELETE FROM auditEntry WHERE body LIKE '%audit:Checkpoint%'`),
    /missing|opening/,
  ],
  [
    'the checkpoint claims that more was removed',
    ({ db, first }) => {
      db.exec(`DELETE FROM auditEntry WHERE id LIKE '%-${String(first).padStart(10, '0')}'`)
      db.exec(
        `UPDATE auditEntry SET body = replace(body, '"seq":${first},', '"seq":${first + 1},') WHERE body LIKE '%audit:Checkpoint%'`,
      )
    },
    /changed|missing/,
  ],
  [
    'an entry that is kept was changed',
    ({ db }) => db.exec(`UPDATE auditEntry SET body = replace(body, 'day 15', 'day 14')`),
    /was changed/,
  ],
]

for (const [title, tamper, what] of tampering)
  test(`after retention it is noticed that ${title}`, async (t) => {
    const { open, db, store, write, remove, verify } = await growing(t)
    const trail = await open()
    await write(trail, 1, 20)
    await remove(trail, 10)
    await write(trail, 21, 22)
    assert.deepEqual((await verify()).breaks, [])
    const start = (await newestCheckpoint(store))?.starts[0]
    const chain = start?.chain ?? ''
    const [first] = await entriesFrom(store, chain, 0, 1)
    assert.equal(first?.seq, start?.seq)
    tamper({ db, chain, first: first?.seq ?? 0 })
    const { breaks } = await verify()
    assert.match(breaks[0]?.what ?? 'no break', what)
    // Another run of retention does not make it good, unless the entries would be gone by then.
    mock.timers.setTime(birth + 23 * day)
    await remove(await open(), 13)
    assert.notDeepEqual((await verify()).breaks, [])
  })

test('what retention kept of a chain may not disappear, nor be explained by the next run', async (t) => {
  const { open, db, write, remove, verify, store } = await growing(t)
  const [one, other] = [await open(), await open()]
  await write(one, 1, 20)
  await write(other, 15, 20)
  await remove(other, 10)
  const checkpoint = await newestCheckpoint(store)
  // Not the chain that the checkpoint is in: without the checkpoint, entries of the other are missing.
  const trimmed = checkpoint?.starts.find(({ chain }) => chain !== checkpoint.entry.chain)?.chain ?? ''
  assert.notEqual(trimmed, '')
  db.prepare(`DELETE FROM auditEntry WHERE by_chain = ?`).run(trimmed)
  assert.match((await verify()).breaks[0]?.what ?? '', /whole chain is gone/)
  await write(other, 21, 30)
  await remove(other, 5)
  assert.match((await verify()).breaks[0]?.what ?? '', /whole chain is gone/)
})

test('a clock that jumped removes nothing, and of several processes one runs in an hour', async (t) => {
  const { open, store, write, days } = await growing(t)
  const trail = await open()
  await write(trail, 1, 20)
  const warnings: string[] = []
  let steady = 0
  const schedule = (on: Store = store) =>
    new RetentionSchedule({
      store: on,
      record: (checkpoint) => trail.recordCheckpoint(checkpoint),
      days: 10,
      clock: Date.now,
      steady: () => steady,
      keyActiveAt: () => 0,
      log: { warn: (fields) => warnings.push(JSON.stringify(fields)) },
    })
  const running = schedule()
  mock.timers.setTime(birth + 400 * day)
  assert.equal(await running.runIfDue(), undefined)
  assert.match(warnings[0] ?? '', /moved by/)
  // Started with a clock that is far ahead of everything in the trail.
  const started = schedule()
  assert.equal(await started.runIfDue(), undefined)
  assert.match(warnings[1] ?? '', /newest entry before the start/)
  assert.deepEqual(await days(), dayNames(1, 20))
  mock.timers.setTime(birth + 21 * day)
  const right = schedule()
  assert.ok(Number(await right.runIfDue()) > 0)
  assert.deepEqual(await days(), dayNames(11, 20))
  assert.equal(await schedule().runIfDue(), undefined, 'another process has just run')
  mock.timers.setTime(birth + 21 * day + 3_600_000)
  steady += 3_600_000
  assert.equal(typeof (await right.runIfDue()), 'number')
})
