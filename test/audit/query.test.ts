// The lookups of the trail, in a store of this version and in one of the version before.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { AuditEvent } from '../../src/audit/event.ts'
import { type AuditFilter, readTrail } from '../../src/audit/read.ts'
import { openTrail } from '../../src/audit/trail.ts'
import { verifyTrail } from '../../src/audit/verify.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { timeOrderedUuid } from '../../src/secure/random.ts'
import { auditLookupValue } from '../../src/store/audit-lookups.ts'
import { bodyToText } from '../../src/store/sqlite/body.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const accountId = '123456789012'
/** As requests have it; the others are of earlier versions. */
const timed = timeOrderedUuid()
const key = { kid: 'audit-1', secret: Buffer.alloc(32, 1) }

async function written(store: Store): Promise<void> {
  const trail = await openTrail({ store, key: () => key, clock: () => 1_800_000_000 })
  const base: AuditEvent = {
    at: 1_800_000_000,
    accountId,
    action: 'iam:GetUser',
    who: 'arn:a',
    outcome: 'done',
    requestId: 'r0',
    sourceIp: '::1',
  }
  await trail.record(base)
  await trail.record({ ...base, requestId: 'r1', outcome: 'denied', resource: 'arn:r' })
  await trail.record({
    ...base,
    requestId: 'r2',
    action: 'sts:AssumeRole',
    actor: { kind: 'session', session: 'jti', accessKeyId: 'ASIA1', sourceIdentity: 'ada' },
    details: { accessKeyId: 'ASIA2' },
  })
  await trail.record({ ...base, requestId: 'r3', accountId: '999999999999', outcome: 'denied' })
  await trail.record({ ...base, requestId: timed, who: 'arn:timed' })
}

const filters: readonly (readonly [AuditFilter, readonly string[]])[] = [
  [{}, ['r0', 'r1', 'r2', timed]],
  [{ request: 'r1' }, ['r1']],
  [{ who: 'arn:a' }, ['r0', 'r1', 'r2']],
  [{ who: 'arn:b' }, []],
  [{ outcome: 'done' }, ['r0', 'r2', timed]],
  [{ outcome: 'denied' }, ['r1']],
  [{ outcome: 'failed' }, []],
  [{ resource: 'arn:r' }, ['r1']],
  [{ session: 'jti' }, ['r2']],
  [{ session: 'ASIA1' }, ['r2']],
  [{ session: 'ASIA2' }, ['r2']],
  [{ sourceIdentity: 'ada' }, ['r2']],
  [{ action: 'sts:AssumeRole' }, ['r2']],
  [{ action: 'sts:AssumeRole', outcome: 'denied' }, []],
  [{ request: 'r3' }, []],
  [{ request: timed }, [timed]],
  [{ request: timed.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }, []],
]

async function check(store: Store): Promise<void> {
  for (const [filter, expected] of filters)
    for (const order of ['oldest', 'newest'] as const) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await readTrail(store, { accountId, ...filter, order, limit: 1, after })
        seen.push(...page.records.map(({ requestId }) => requestId))
        after = page.next
      } while (after !== undefined)
      const inOrder = order === 'oldest' ? expected : expected.toReversed()
      assert.deepEqual(seen, inOrder, JSON.stringify(filter))
    }
}

function opening(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-audit-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const path = join(dir, 'chancery.db')
  const masterKey = openMasterKey(dir, { storeExists: false })
  return { path, open: () => openSqlite(path, { masterKey }) }
}

test('each filter finds its entries of the account, page by page in both orders', async (t) => {
  const { open } = opening(t)
  const store = await open()
  t.after(() => store.close())
  await written(store)
  await check(store)
})

test('a query by two values reads the entries that have both, and stops at its instant', async (t) => {
  const { open } = opening(t)
  const store = await open()
  t.after(() => store.close())
  const trail = await openTrail({ store, key: () => key, clock: () => 1_800_000_000 })
  const many = 300
  await Promise.all(
    Array.from({ length: many }, (_, n) =>
      trail.record({
        at: 1_800_000_000,
        accountId,
        action: n % 100 === 7 ? 'iam:DeleteUser' : 'iam:GetUser',
        who: `arn:${n % 5}`,
        outcome: n % 4 === 3 ? 'denied' : 'done',
        requestId: `n${n}`,
        sourceIp: '::1',
      }),
    ),
  )
  let read = 0
  const counting: Pick<Store, 'find'> = {
    async find(kind, lookup, page) {
      const found = await store.find(kind, lookup, page)
      read += found.records.length
      return found
    },
  }
  const asked = async (filter: AuditFilter, limit = 50) => {
    read = 0
    const { records, next } = await readTrail(counting, { accountId, ...filter, order: 'oldest', limit })
    return { ids: records.map(({ requestId }) => requestId).toSorted(), next, read }
  }
  const both = { action: 'iam:DeleteUser', outcome: 'denied' } as const
  assert.deepEqual(await asked(both), { ids: ['n107', 'n207', 'n7'], next: undefined, read: 3 })
  assert.deepEqual(await asked({ ...both, who: 'arn:2' }), {
    ids: ['n107', 'n207', 'n7'],
    next: undefined,
    read: 3,
  })
  assert.deepEqual(await asked({ ...both, who: 'arn:1' }), { ids: [], next: undefined, read: 0 })
  assert.deepEqual((await asked({ ...both, outcome: 'failed' })).ids, [])
  // Nothing is looked for beyond the end of the time that was asked for.
  const before = { ...both, to: 1_700_000_000 }
  assert.deepEqual(await asked(before), { ids: [], next: undefined, read: 3 })
})

test('values of requests are in the order of their time, so that an index gets them at its end', () => {
  const values = Array.from({ length: 50 }, (_, n) =>
    auditLookupValue('request', accountId, timeOrderedUuid(1_800_000_000_000 + n)),
  )
  assert.deepEqual(values, values.toSorted())
  const withoutTime = auditLookupValue('request', accountId, 'r1')
  assert.equal(withoutTime, auditLookupValue('who', accountId, 'r1'), 'an id of an earlier version')
  assert.notEqual(withoutTime, auditLookupValue('request', '999999999999', 'r1'))
})

test('a store of version 4 gets the lookups when it is opened', async (t) => {
  const { open, path } = opening(t)
  const first = await open()
  await written(first)
  await first.close()
  const db = new DatabaseSync(path)
  for (const name of ['request', 'sourceIdentity', 'resource', 'who', 'outcome', 'action'])
    db.exec(`DROP INDEX "auditEntry by ${name}"; ALTER TABLE "auditEntry" DROP COLUMN "by_${name}"`)
  db.exec('DROP TABLE "auditEntry_session"; PRAGMA user_version = 4')
  db.close()
  const store = await open()
  t.after(() => store.close())
  await check(store)
})

test('a store of version 7, whose entries are in one JSON each, is read as it is and goes on', async (t) => {
  const { open, path } = opening(t)
  const first = await open()
  await written(first)
  await first.close()
  const db = new DatabaseSync(path)
  const update = db.prepare('UPDATE "auditEntry" SET body = ? WHERE id = ?')
  for (const { id, body } of db.prepare('SELECT id, body FROM "auditEntry"').all())
    update.run(bodyToText('auditEntry', String(body)), id as string)
  const former = db.prepare('SELECT json_extract(body, \'$.event\') AS event FROM "auditEntry"').all()
  assert.equal(former.length, 6)
  db.exec('PRAGMA user_version = 7')
  db.close()
  const store = await open()
  t.after(() => store.close())
  await check(store)
  const trail = await openTrail({ store, key: () => key, clock: () => 1_800_000_000 })
  await trail.record({
    at: 1_800_000_000,
    accountId,
    action: 'iam:GetUser',
    who: 'arn:new',
    outcome: 'done',
    requestId: 'r9',
    sourceIp: '::1',
  })
  const { records } = await readTrail(store, { accountId, who: 'arn:new', limit: 10 })
  assert.deepEqual(
    records.map(({ requestId }) => requestId),
    ['r9'],
  )
  assert.deepEqual(await verifyTrail({ store, findKey: () => key }), { chains: 2, entries: 8, breaks: [] })
})
