import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { AuditEvent } from '../../src/audit/event.ts'
import { readTrail } from '../../src/audit/read.ts'
import { openTrail } from '../../src/audit/trail.ts'
import { verifyTrail } from '../../src/audit/verify.ts'
import { Problem } from '../../src/problem.ts'
import { auditValuesOf } from '../../src/store/audit-lookups.ts'
import type { AuditEntry } from '../../src/store/records.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const account = '111122223333'
const key = { kid: 'audit-1', secret: randomBytes(32) }
const findKey = (kid: string) => (kid === key.kid ? key : undefined)
const sealer = { seal: (plain: string) => plain, open: (sealed: string) => sealed }
let clock = 1_800_000_000

const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  at: clock,
  accountId: account,
  action: 'sts:AssumeRole',
  who: `arn:aws:iam::${account}:user/ann`,
  outcome: 'done',
  requestId: 'r1',
  sourceIp: '192.0.2.1',
  ...more,
})

async function opened(t: TestContext): Promise<{ store: Store; path: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'trail-'))
  const path = join(dir, 'store.db')
  const store = await openSqlite(path, { masterKey: sealer, clock: () => clock })
  t.after(async () => {
    await store.close()
    rmSync(dir, { recursive: true })
  })
  await store.create('account', { id: account, accountId: account, alias: undefined, createdAt: clock })
  return { store, path }
}

const trailOn = (store: Pick<Store, 'create' | 'find'>) =>
  openTrail({ store, key: () => key, clock: () => clock })

/** Two chains: five entries, then three. */
async function written(t: TestContext): Promise<{ store: Store; db: DatabaseSync }> {
  const { store, path } = await opened(t)
  for (const count of [5, 3]) {
    const trail = await trailOn(store)
    for (let at = 0; at < count; at++) await trail.record(event({ requestId: `r${at}` }))
  }
  const db = new DatabaseSync(path)
  t.after(() => db.close())
  return { store, db }
}

test('what was recorded is read back, and every chain is whole', async (t) => {
  const { store } = await written(t)
  const { records } = await readTrail(store, { accountId: account, limit: 100 })
  assert.equal(records.length, 8)
  assert.equal(records[0]?.requestId, 'r2')
  assert.deepEqual(await verifyTrail({ store, findKey }), { chains: 2, entries: 10, breaks: [] })
})

test('entries are stored under the values that parsing their text would give', async (t) => {
  const { store } = await opened(t)
  const stored: AuditEntry[] = []
  const trail = await trailOn({
    find: store.find.bind(store),
    async create(kind, record) {
      if (kind === 'auditEntry') stored.push(record as AuditEntry)
      await store.create(kind, record)
    },
  })
  const details = { accessKeyId: 'ASIAISSUED', jti: 'j', sourceIdentity: 'ann' }
  const actor = { kind: 'session', id: 'AROAX', session: 's', accessKeyId: 'ASIAACTED' } as const
  for (const one of [
    event(),
    event({ actor, details, resource: 'arn:aws:iam::111122223333:role/x' }),
    event({ actor: { ...actor, sourceIdentity: 'bob' }, details, outcome: 'denied', who: 'x'.repeat(9000) }),
    event({ who: '\ud800', requestId: '', details: { jti: 7, accessKeyId: 'AKIALONGTERM' } }),
    event({ details: { ...details, list: Array(50).fill('x'.repeat(8000)) } }),
    event({ details: JSON.parse('{"__proto__":{"jti":"polluted"}}') }),
  ])
    await trail.record(one)
  assert.equal(stored.length, 7)
  for (const entry of stored) assert.deepEqual(auditValuesOf(entry), auditValuesOf({ ...entry }), entry.event)
})

test('fifty at once are recorded in one chain without a gap', async (t) => {
  const { store } = await opened(t)
  const trail = await trailOn(store)
  await Promise.all(Array.from({ length: 500 }, (_, at) => trail.record(event({ requestId: `r${at}` }))))
  assert.deepEqual(await verifyTrail({ store, findKey }), { chains: 1, entries: 501, breaks: [] })
})

test('two processes write chains of their own', async (t) => {
  const { store } = await opened(t)
  const trails = await Promise.all([trailOn(store), trailOn(store)])
  await Promise.all(trails.flatMap((trail) => [trail.record(event()), trail.record(event())]))
  assert.deepEqual(await verifyTrail({ store, findKey }), { chains: 2, entries: 6, breaks: [] })
})

/** SQL: the JSON and the event of a body (src/store/sqlite/body.ts). */
const fieldsOfBody = `substr(body, 1, instr(body, char(9)) - 1)`
const eventOfBody = `substr(body, instr(body, char(9)))`

/** SQL that someone with the store, but without the key, could run; where the first break is then named. */
const tampering: readonly (readonly [string, string, number, RegExp])[] = [
  [
    'an event was changed',
    `UPDATE auditEntry SET body = replace(body, '"outcome":"done"', '"outcome":"failed"') WHERE id LIKE '%-0000000003'`,
    3,
    /was changed/,
  ],
  [
    'an entry was taken out',
    `DELETE FROM auditEntry WHERE id LIKE '%-0000000002'`,
    2,
    /entries 2 to 2 are missing/,
  ],
  [
    'an opening was taken out',
    `DELETE FROM auditEntry WHERE id LIKE '%-0000000000'`,
    0,
    /entries 0 to 0 are missing/,
  ],
  [
    'an entry was moved to another account',
    `UPDATE auditEntry SET by_account = '000000000000', body = json_set(${fieldsOfBody}, '$.accountId', '000000000000') || ${eventOfBody} WHERE id LIKE '%-0000000001'`,
    1,
    /was changed/,
  ],
  [
    'a time was changed',
    `UPDATE auditEntry SET body = json_set(${fieldsOfBody}, '$.at', 5) || ${eventOfBody} WHERE id LIKE '%-0000000002'`,
    2,
    /was changed/,
  ],
  [
    'the end of an older chain was cut off',
    `DELETE FROM auditEntry WHERE id LIKE '%-0000000005'`,
    5,
    /entries 5 to 5 are missing at the end/,
  ],
  [
    'a whole older chain was removed',
    `DELETE FROM auditEntry WHERE by_chain = (SELECT by_chain FROM auditEntry ORDER BY id LIMIT 1)`,
    0,
    /the whole chain is gone/,
  ],
]
for (const [what, sql, seq, sentence] of tampering)
  test(`verify notices that ${what}, and where`, async (t) => {
    const { store, db } = await written(t)
    db.exec(sql)
    const { breaks } = await verifyTrail({ store, findKey })
    assert.ok(breaks.length >= 1)
    assert.equal(breaks[0]?.seq, seq)
    assert.match(breaks[0]?.what ?? '', sentence)
  })

test('a forged opening that excuses a loss is itself noticed', async (t) => {
  const { store, db } = await written(t)
  const { id } = db.prepare('SELECT id FROM auditEntry ORDER BY id LIMIT 1').get() as { id: string }
  const first = await store.get('auditEntry', id)
  assert.ok(first)
  db.exec(`DELETE FROM auditEntry WHERE id LIKE '%-0000000004'`)
  const details = { kid: key.kid, heads: [], abandoned: [{ chain: first.chain, from: 1 }] }
  const forged = { ...JSON.parse(first.event), details }
  await store.create('auditEntry', {
    id: '9-x-0',
    accountId: '000000000000',
    chain: 'x',
    seq: 0,
    at: clock,
    event: JSON.stringify(forged),
    mac: 'x',
  })
  const { breaks } = await verifyTrail({ store, findKey })
  assert.deepEqual(
    breaks.map(({ chain }) => chain),
    ['x'],
  )
})

test('entries under an unknown key, or with an unreadable opening, fail verification', async (t) => {
  const { store, db } = await written(t)
  const without = await verifyTrail({ store, findKey: () => undefined })
  assert.match(without.breaks[0]?.what ?? '', /key `audit-1` of the chain is unknown/)
  for (const text of ['x', '{}', '{"action":"audit:Open"}', '{"action":"audit:Open","details":{"kid":1}}']) {
    db.prepare(
      `UPDATE auditEntry SET body = ${fieldsOfBody} || char(9) || ? WHERE id LIKE '%-0000000000'`,
    ).run(text)
    const { breaks } = await verifyTrail({ store, findKey })
    assert.match(breaks[0]?.what ?? '', /does not begin with an opening/)
  }
})

test('when the store fails, recording fails; afterwards a new chain goes on and the trail is whole', async (t) => {
  const { store } = await opened(t)
  const failing = new Set<number>()
  let calls = 0
  const flaky: Pick<Store, 'create' | 'find'> = {
    find: (...args) => store.find(...args),
    create: async (kind, record) => {
      const call = calls++
      // Answers out of order: a later entry may be stored before an earlier one has failed.
      if (failing.has(call)) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        throw new Problem('unavailable', 'the disk is full')
      }
      await store.create(kind, record)
    },
  }
  const trail = await trailOn(flaky)
  await trail.record(event({ requestId: 'before' }))
  failing.add(calls + 2) // the third of six
  const all = await Promise.allSettled(
    Array.from({ length: 6 }, (_, at) => trail.record(event({ requestId: `r${at}` }))),
  )
  assert.deepEqual(
    all.map(({ status }) => status === 'fulfilled'),
    [true, true, false, true, true, true],
  )
  await trail.record(event({ requestId: 'after' }))
  const { breaks, chains } = await verifyTrail({ store, findKey })
  assert.deepEqual(breaks, [])
  assert.equal(chains, 2)
  const { records } = await readTrail(store, { accountId: account, limit: 100 })
  const seen = new Set(records.map(({ requestId }) => requestId))
  assert.deepEqual([...seen].toSorted(), ['after', 'before', 'r0', 'r1', 'r3', 'r4', 'r5'])
})

test('a long outage fails every record and leaves no break behind', async (t) => {
  const { store } = await opened(t)
  let down = false
  const trail = await trailOn({
    find: (...args) => store.find(...args),
    create: (kind, record) =>
      down ? Promise.reject(new Problem('unavailable', 'down')) : store.create(kind, record),
  })
  await trail.record(event())
  down = true
  for (let at = 0; at < 5; at++) await assert.rejects(trail.record(event()), { code: 'unavailable' })
  down = false
  await trail.record(event())
  assert.deepEqual((await verifyTrail({ store, findKey })).breaks, [])
})

test('when the audit key turns, a new chain begins under the new key', async (t) => {
  const { store } = await opened(t)
  const keys = [key, { kid: 'audit-2', secret: randomBytes(32) }]
  let current = 0
  const trail = await openTrail({ store, key: () => keys[current] ?? key, clock: () => clock })
  await trail.record(event())
  current = 1
  await trail.record(event())
  const find = (kid: string) => keys.find((one) => one.kid === kid)
  assert.deepEqual(await verifyTrail({ store, findKey: find }), { chains: 2, entries: 4, breaks: [] })
})

test('an entry of an anonymous caller belongs to the server account', async (t) => {
  const { store } = await opened(t)
  await (await trailOn(store)).record(event({ accountId: '', who: 'anonymous' }))
  const { records } = await readTrail(store, {
    accountId: '000000000000',
    limit: 10,
    action: 'sts:AssumeRole',
  })
  assert.equal(records[0]?.who, 'anonymous')
  assert.deepEqual((await verifyTrail({ store, findKey })).breaks, [])
})

test('pages go from the newest or the oldest, and a filter may leave a page short', async (t) => {
  const { store } = await opened(t)
  const trail = await trailOn(store)
  for (let at = 0; at < 25; at++)
    await trail.record(
      event({ requestId: `r${at}`, action: at % 10 === 0 ? 'iam:CreateUser' : 'iam:GetUser' }),
    )
  for (const order of ['newest', 'oldest'] as const) {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await readTrail(store, { accountId: account, order, limit: 4, after })
      seen.push(...page.records.map(({ requestId }) => requestId))
      after = page.next
    } while (after !== undefined)
    const expected = Array.from({ length: 25 }, (_, at) => `r${at}`)
    assert.deepEqual(seen, order === 'newest' ? expected.toReversed() : expected)
  }
  const rare = await readTrail(store, {
    accountId: account,
    order: 'oldest',
    limit: 2,
    action: 'iam:CreateUser',
  })
  assert.deepEqual(
    rare.records.map(({ requestId }) => requestId),
    ['r0', 'r10'],
  )
  const rest = await readTrail(store, {
    accountId: account,
    order: 'oldest',
    limit: 2,
    action: 'iam:CreateUser',
    after: rare.next,
  })
  assert.deepEqual(
    rest.records.map(({ requestId }) => requestId),
    ['r20'],
  )
  assert.equal(rest.next, undefined)
  assert.equal((await readTrail(store, { accountId: account, limit: 5, who: 'nobody' })).records.length, 0)
})

test('a span of time holds what was written in it', async (t) => {
  const { store } = await opened(t)
  const trail = await trailOn(store)
  await trail.record(event())
  const now = Math.floor(Date.now() / 1000)
  const count = async (from: number | undefined, to: number | undefined) => {
    const counts = await Promise.all(
      (['newest', 'oldest'] as const).map((order) =>
        readTrail(store, { accountId: account, limit: 10, order, from, to }),
      ),
    )
    return counts.map(({ records }) => records.length)
  }
  assert.deepEqual(await count(now - 60, now + 60), [1, 1])
  assert.deepEqual(await count(now + 60, undefined), [0, 0])
  assert.deepEqual(await count(undefined, now - 60), [0, 0])
})

test('one account`s entries are not another`s, and a made-up marker is refused', async (t) => {
  const { store } = await opened(t)
  const trail = await trailOn(store)
  await trail.record(event())
  await trail.record(event({ accountId: '999999999999' }))
  assert.equal((await readTrail(store, { accountId: account, limit: 10 })).records.length, 1)
  for (const after of ['x', 'W10', "' OR 1=1 --"])
    await assert.rejects(readTrail(store, { accountId: account, limit: 10, after }), {
      code: 'invalid_input',
    })
  clock += 1
})
