// Which decisions go on record, and how long answers wait for that.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import Koa from 'koa'
import { type AuditEvent, eventOf, writeEvent } from '../../src/audit/event.ts'
import { authzenRoutes } from '../../src/decision/authzen-routes.ts'
import { authzenDecisions, type DecisionLogOptions, decisionLog } from '../../src/decision/decision-log.ts'
import type { Signed } from '../../src/decision/ports.ts'
import { openMarkers } from '../../src/iam/paging.ts'
import { readBody } from '../../src/web/request/body.ts'

const signed: Signed = {
  caller: {
    kind: 'root',
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:root',
    accessKeyId: 'AKIAROOT',
  },
  circumstances: {
    sourceIp: '192.0.2.7',
    secure: true,
    userAgent: 'test/1',
    region: undefined,
    now: 1_750_000_000,
    requestId: 'request-1',
  },
  body: Buffer.alloc(0),
}
const question = {
  subject: { type: 'user', id: 'AIDAANN', properties: {} },
  action: 'docs:Get',
  actionProperties: {},
  resource: { type: 'document', id: '7', properties: { stage: 'open' } },
  context: { password: 'hunter2', ip: '198.51.100.1' },
}
const allow = { decision: true, context: { reason: 'allowed by x', statements: [] } }
const deny = { decision: false, context: { reason: 'denied', layer: 'identity', statements: [] } }

function opened(options: Partial<DecisionLogOptions>) {
  const events: AuditEvent[] = []
  const lost: number[] = []
  let dropped = 0
  const log = decisionLog({
    mode: 'full',
    rate: 0,
    random: () => 0.5,
    onLost: (count) => lost.push(count),
    onDropped: () => dropped++,
    trail: { record: async (event) => void events.push(eventOf(writeEvent(event).text)) },
    ...options,
  })
  return { events, lost, dropped: () => dropped, record: log && authzenDecisions(log) }
}

// mode, rate, entries after an allow and a deny
const cases: readonly [DecisionLogOptions['mode'], number, readonly string[]][] = [
  ['off', 1, []],
  ['sampled', 0, ['deny']],
  ['sampled', 0.5, ['deny']],
  ['sampled', 0.51, ['allow', 'deny']],
  ['full', 0, ['allow', 'deny']],
]
for (const [mode, rate, expected] of cases)
  test(`${mode} at ${rate} records ${expected.join(' and ') || 'nothing'}`, () => {
    const { events, record } = opened({ mode, rate })
    record?.(signed, question, allow)
    record?.(signed, question, deny)
    assert.deepEqual(
      events.map(({ details }) => details?.['decision']),
      expected,
    )
  })

test('an entry has the caller, the subject and the reason, and no secret', () => {
  const { events, record } = opened({})
  record?.(signed, question, deny)
  const [event] = events
  assert.equal(event?.action, 'decision:Evaluate')
  assert.equal(event?.who, 'arn:aws:iam::111122223333:root')
  assert.equal(event?.details?.['subject'], 'user/AIDAANN')
  assert.equal(event?.details?.['reason'], 'denied')
  assert.deepEqual(event?.details?.['context'], { password: '[secret]', ip: '198.51.100.1' })
})

const nextTurn = () => new Promise((done) => setImmediate(done))

test('when the trail fails, entries are lost and that is logged, without an exception', async () => {
  const { lost, record } = opened({ trail: { record: () => Promise.reject(new Error('disk')) } })
  for (let at = 0; at < 5; at++) assert.equal(record?.(signed, question, deny), undefined)
  await nextTurn()
  assert.deepEqual(lost, [1, 2, 4])
})

test('answers wait for room when the trail is slower than they are, and every entry is written', async () => {
  const writes: (() => void)[] = []
  let most = 0
  const record = () =>
    new Promise<void>((done) => {
      writes.push(done)
      most = Math.max(most, writes.length)
    })
  const log = opened({ trail: { record } })
  let answered = 0
  const all = Array.from({ length: 3000 }, async () => {
    await log.record?.(signed, question, deny)
    answered++
  })
  await nextTurn()
  assert.deepEqual([writes.length, answered], [1000, 1000])
  for (let written = 0; written < 3000; written++) {
    writes.shift()?.()
    if (written % 100 === 99) await nextTurn()
    else await Promise.resolve()
  }
  await Promise.all(all)
  assert.deepEqual([answered, most, log.lost, log.dropped()], [3000, 1000, [], 0])
})

test('when the trail hangs, answers wait for five seconds once, and what is lost is counted', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let finish = (): void => {}
  const hangs = () => new Promise<void>((done) => (finish = done))
  const log = opened({ trail: { record: hangs } })
  for (let at = 0; at < 1000; at++) assert.equal(log.record?.(signed, question, deny), undefined)
  const waits = log.record?.(signed, question, deny)
  assert.ok(waits instanceof Promise)
  t.mock.timers.tick(4999)
  assert.equal(log.dropped(), 0)
  t.mock.timers.tick(1)
  await waits
  assert.equal(log.record?.(signed, question, deny), undefined, 'the trail is known to hang')
  assert.deepEqual([log.lost, log.dropped()], [[1, 2], 2])
  finish()
  await nextTurn()
  assert.equal(log.record?.(signed, question, deny), undefined, 'there is room')
  assert.ok(log.record?.(signed, question, deny) instanceof Promise, 'and it is waited for again')
})

test('a batch goes on when the decision log has room', async (t) => {
  const seen: string[] = []
  const second = Promise.withResolvers<void>()
  const room = Promise.withResolvers<void>()
  const routes = authzenRoutes({
    authenticate: async (ctx, maxBytes) => ({ ...signed, body: await readBody(ctx.req, { maxBytes }) }),
    authorize: async () => {},
    policiesOf: async () => undefined,
    issuer: 'http://id.example',
    clock: () => signed.circumstances.now,
    markers: openMarkers(() => Buffer.alloc(32, 7)),
    recordDecision(_call, { resource }) {
      seen.push(resource.id)
      if (seen.length !== 2) return undefined
      second.resolve()
      return room.promise
    },
  })
  const route = routes.find(({ path }) => path === '/access/v1/evaluations')
  const server = new Koa().use((ctx) => route?.run(ctx)).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const evaluations = ['1', '2', '3'].map((id) => ({ resource: { type: 'record', id } }))
  const answer = fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ subject: { type: 'user', id: 'nobody' }, action: { name: 'read' }, evaluations }),
  })
  await second.promise
  for (let turn = 0; turn < 20; turn++) await nextTurn()
  assert.deepEqual(seen, ['1', '2'])
  room.resolve()
  const { evaluations: answers } = (await (await answer).json()) as { evaluations: unknown[] }
  assert.deepEqual([answers.length, seen], [3, ['1', '2', '3']])
})
