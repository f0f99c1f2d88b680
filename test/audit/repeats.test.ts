// How often somebody was refused, or failed, at the same thing within an hour.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type AuditEvent, type AuditRecord, writeEvent } from '../../src/audit/event.ts'
import { readTrail } from '../../src/audit/read.ts'
import { repeatsOf } from '../../src/audit/repeats.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const accountId = '123456789012'
const start = 1_800_000_000
const limit = { timeout: 60_000 }

const denied: Omit<AuditEvent, 'at' | 'requestId'> = {
  accountId,
  action: 'iam:GetUser',
  who: 'arn:ada',
  resource: 'arn:r',
  outcome: 'denied',
  sourceIp: '192.0.2.1',
}

/** What was tried, after so many seconds. */
type Tried = readonly [after: number, event?: Partial<AuditEvent>]

async function trailOf(t: TestContext, tried: readonly Tried[]): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-repeats-'))
  const store = await openSqlite(join(dir, 'store.db'), {
    masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
  })
  t.after(async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  // As trail.ts writes them, at other times than now.
  await Promise.all(
    tried.map(([after, event], at) => {
      const content: AuditEvent = { ...denied, ...event, at: start + after, requestId: `r${at}` }
      return store.create('auditEntry', {
        id: `${content.at * 1000}-chain-${String(at).padStart(10, '0')}`,
        accountId,
        chain: 'chain',
        seq: at,
        event: writeEvent(content).text,
        mac: '',
        at: content.at,
      })
    }),
  )
  return store
}

async function newest(store: Store, filter: object = {}): Promise<readonly AuditRecord[]> {
  return (await readTrail(store, { accountId, limit: 50, ...filter })).records
}

/** By the number of the request, for those that say something. */
async function countsOf(
  store: Store,
  entries: readonly AuditRecord[],
): Promise<Readonly<Record<string, number>>> {
  const repeats = await repeatsOf(store, entries)
  return Object.fromEntries(
    entries.flatMap(({ id, requestId }) => {
      const count = repeats.get(id)
      return count === undefined ? [] : [[requestId, count]]
    }),
  )
}

const cases: Readonly<Record<string, readonly [readonly Tried[], Readonly<Record<string, number>>]>> = {
  'the first is none, and each after it counts those before': [[[0], [10], [20]], { r1: 2, r2: 3 }],
  'what was done between does not count': [[[0], [10, { outcome: 'done' }], [20]], { r2: 2 }],
  'whatever its reason and outcome': [
    [
      [0, { outcome: 'refused', reason: 'wrong password' }],
      [10, { outcome: 'failed', reason: 'wrong code' }],
    ],
    { r1: 2 },
  ],
  'another caller, action or resource is something else': [
    [[0], [10, { who: 'arn:ben' }], [20, { action: 'iam:GetRole' }], [30, { resource: 'arn:s' }], [40]],
    { r4: 2 },
  ],
  'without a resource it is not the same as with one': [
    [[0], [10, { resource: undefined }], [20]],
    { r2: 2 },
  ],
  'what is an hour old does not count': [[[0], [3599], [3600], [7300]], { r1: 2, r2: 2 }],
  'callers who are unknown are told apart by their address': [
    [
      [0, { who: 'unknown' }],
      [10, { who: 'unknown', sourceIp: '192.0.2.2' }],
      [20, { who: 'unknown' }],
    ],
    { r2: 2 },
  ],
  'so are tokens that were not verified, and they by their reason as well': [
    [
      [0, { who: 'an unverified token', reason: 'expired_token: at 1' }],
      [10, { who: 'an unverified token', reason: 'invalid_identity_token: audience' }],
      [20, { who: 'an unverified token', reason: 'expired_token: at 2', sourceIp: '192.0.2.2' }],
      [30, { who: 'an unverified token', reason: 'expired_token: at 3' }],
    ],
    { r3: 2 },
  ],
  'the same caller counts from every address': [[[0], [10, { sourceIp: '192.0.2.2' }]], { r1: 2 }],
  'from the tenth on it is many': [
    Array.from({ length: 13 }, (_, at) => [at] as const),
    { r1: 2, r2: 3, r3: 4, r4: 5, r5: 6, r6: 7, r7: 8, r8: 9, r9: 10, r10: 11, r11: 11, r12: 11 },
  ],
}

for (const [title, [tried, expected]] of Object.entries(cases))
  test(`repeated refusals: ${title}`, limit, async (t) => {
    const store = await trailOf(t, tried)
    assert.deepEqual(await countsOf(store, await newest(store)), expected)
  })

test('what is on other pages counts as well', limit, async (t) => {
  const store = await trailOf(t, [[0], [10], [20, { who: 'arn:ben' }], [30], [40, { outcome: 'done' }]])
  const counts: Record<string, number> = {}
  for (let after: string | undefined, at = 0; at < 5; at++) {
    const page = await readTrail(store, { accountId, limit: 1, after })
    Object.assign(counts, await countsOf(store, page.records))
    after = page.next
  }
  assert.deepEqual(counts, { r1: 2, r3: 3 })
})

test(
  'nothing is said where the hour before is more than is read, unless that was enough',
  limit,
  async (t) => {
    const others = (from: number, count: number): readonly Tried[] =>
      Array.from({ length: count }, (_, at) => [from + at, { who: `arn:${from + at}` }] as const)
    const ben = { who: 'arn:ben' }
    const store = await trailOf(t, [
      [0],
      ...others(1, 600),
      [700],
      ...Array.from({ length: 11 }, (_, at) => [710 + at, ben] as const),
    ])
    const counts = await countsOf(store, await newest(store))
    assert.equal(counts['r601'], undefined)
    assert.equal(counts['r612'], 11)
    assert.equal(counts['r611'], undefined)
    // A list of one caller alone reads theirs alone.
    assert.equal((await countsOf(store, await newest(store, { who: denied.who })))['r601'], 2)
  },
)

test('the trail is read once for a list, 500 entries at most', limit, async (t) => {
  const store = await trailOf(
    t,
    Array.from({ length: 700 }, (_, at) => [at, { who: `arn:${at}` }] as const),
  )
  let read = 0
  const counting: Pick<Store, 'find'> = {
    async find(kind, lookup, page) {
      const found = await store.find(kind, lookup, page)
      read += found.records.length
      return found
    },
  }
  const entries = await newest(store)
  await repeatsOf(counting, entries)
  assert.ok(read > 0 && read <= 500, `${read}`)
})
