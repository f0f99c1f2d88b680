// The summary of a day: what it counts, its bounds, and what it keeps.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type AuditEvent, writeEvent } from '../../src/audit/event.ts'
import { readTrail } from '../../src/audit/read.ts'
import { ActivitySummary, mostPerHour, type SummaryHour } from '../../src/audit/summary.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const limit = { timeout: 60_000 }
const accountId = '123456789012'
/** Half past an hour. */
const now = 1_800_000_000 - (1_800_000_000 % 3600) + 1800

const base: AuditEvent = {
  at: now,
  accountId,
  action: 'signin:SignIn',
  who: 'arn:aws:iam::123456789012:user/ada',
  outcome: 'done',
  requestId: 'r',
  sourceIp: '::1',
}

interface Written extends Partial<AuditEvent> {
  /** Seconds before `now`. */
  readonly ago: number
  readonly times?: number
}

async function opened(t: TestContext, entries: readonly Written[]): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-summary-'))
  const store = await openSqlite(join(dir, 'store.db'), {
    masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
  })
  t.after(async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  // As trail.ts writes them, at other times than now.
  let seq = 0
  for (const { ago, times = 1, ...given } of entries) {
    const event = { ...base, ...given, at: now - ago }
    const records = Array.from({ length: times }, () => ({
      id: `${event.at * 1000}-chain-${String(++seq).padStart(10, '0')}`,
      accountId: event.accountId,
      chain: 'chain',
      seq,
      at: event.at,
      event: writeEvent(event).text,
      mac: '',
    }))
    await Promise.all(records.map((record) => store.create('auditEntry', record)))
  }
  return store
}

/** A store that counts the records that were read. */
function counting(store: Store): { readonly store: Pick<Store, 'find'>; records: number; finds: number } {
  const seen = {
    records: 0,
    finds: 0,
    store: {
      find: (async (...given: Parameters<Store['find']>) => {
        const page = await store.find(...given)
        seen.finds++
        seen.records += page.records.length
        return page
      }) as Store['find'],
    },
  }
  return seen
}

const partsOf = (hours: readonly SummaryHour[], at: number) =>
  (hours[at]?.parts ?? []).map(({ outcome, action, reason, count }) => [outcome, action ?? reason, count])

test('each hour has what was done by action, and the rest by outcome and reason', limit, async (t) => {
  const store = await opened(t, [
    { ago: 60, times: 3 },
    { ago: 60, outcome: 'refused', reason: 'wrong password' },
    { ago: 60, outcome: 'denied', reason: 'denied: not by `ada`', action: 'iam:GetUser', times: 2 },
    { ago: 60, action: 'iam:GetUser' },
    { ago: 60, accountId: '999999999999', times: 5 },
    { ago: 3600, action: 'sts:AssumeRole' },
    { ago: 23 * 3600, action: 'sts:ExchangeToken', outcome: 'failed', reason: 'unavailable: down' },
    { ago: 25 * 3600, times: 7 },
  ])
  const hours = await new ActivitySummary(store).of(accountId, now)
  assert.equal(hours.length, 24)
  assert.deepEqual(partsOf(hours, 0), [
    ['done', 'signin:SignIn', 3],
    ['refused', 'wrong password', 1],
    ['denied', 'denied', 2],
  ])
  assert.deepEqual(partsOf(hours, 1), [['done', 'sts:AssumeRole', 1]])
  assert.deepEqual(partsOf(hours, 23), [['failed', 'unavailable', 1]])
  assert.ok(hours.every(({ read, more }) => read && !more))
  const other = await new ActivitySummary(store).of('999999999999', now)
  assert.deepEqual(partsOf(other, 0), [['done', 'signin:SignIn', 5]])
})

test('what a part counts is what the filter of its link finds', limit, async (t) => {
  const store = await opened(t, [
    { ago: 60, outcome: 'denied', reason: 'denied: a' },
    { ago: 60, outcome: 'denied', reason: 'insufficient_scope: a', times: 2 },
    { ago: 60 },
  ])
  const [hour] = await new ActivitySummary(store).of(accountId, now)
  for (const { outcome, action, reason, count } of hour?.parts ?? []) {
    const query = { accountId, outcome, action, reason, limit: 100 }
    assert.equal((await readTrail(store, query)).records.length, count)
  }
  const byReason = await readTrail(store, { accountId, reason: 'insufficient_scope', limit: 100 })
  assert.equal(byReason.records.length, 2)
})

test('an hour counts to its limit and says that there may be more', limit, async (t) => {
  const store = await opened(t, [
    { ago: 60, times: mostPerHour + 20 },
    { ago: 3600, times: mostPerHour - 1 },
  ])
  const hours = await new ActivitySummary(store).of(accountId, now)
  assert.deepEqual(partsOf(hours, 0), [['done', 'signin:SignIn', mostPerHour]])
  assert.equal(hours[0]?.more, true)
  assert.deepEqual(partsOf(hours, 1), [['done', 'signin:SignIn', mostPerHour - 1]])
  assert.equal(hours[1]?.more, false)
})

test('one summary reads a bounded number of entries, the next the rest, and then only the current hour', {
  timeout: 200_000,
}, async (t) => {
  const busy = Array.from({ length: 24 }, (_, at) =>
    ['signin:SignIn', 'sts:AssumeRole', 'sts:ExchangeToken'].flatMap((action): Written[] => [
      { ago: at * 3600, action, times: 120 },
      { ago: at * 3600, action, times: 40, outcome: 'refused', reason: 'throttled: x' },
    ]),
  ).flat()
  const seen = counting(await opened(t, busy))
  const summary = new ActivitySummary(seen.store)
  const first = await summary.of(accountId, now)
  assert.ok(first.some(({ read }) => !read))
  assert.ok(seen.records < 3000, `${seen.records} entries`)
  for (let views = 0; views < 24; views++)
    if ((await summary.of(accountId, now)).every(({ read }) => read)) break
  assert.ok((await summary.of(accountId, now)).every(({ read, more }) => read && more))
  seen.records = 0
  seen.finds = 0
  await summary.of(accountId, now)
  assert.ok(seen.records <= 1200 && seen.finds <= 12, `${seen.records} entries in ${seen.finds} pages`)
})
