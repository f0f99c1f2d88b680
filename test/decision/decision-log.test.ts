// Which decisions go on record, and that nobody waits for them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditEvent, eventOf, writeEvent } from '../../src/audit/event.ts'
import { authzenDecisions, type DecisionLogOptions, decisionLog } from '../../src/decision/decision-log.ts'
import type { Signed } from '../../src/decision/ports.ts'

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
  const log = decisionLog({
    mode: 'full',
    rate: 0,
    random: () => 0.5,
    onLost: (count) => lost.push(count),
    trail: { record: async (event) => void events.push(eventOf(writeEvent(event).text)) },
    ...options,
  })
  return { events, lost, record: log && authzenDecisions(log) }
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

test('when the trail fails or hangs, entries are lost and that is logged, without an exception', async () => {
  const failing = opened({ trail: { record: () => Promise.reject(new Error('disk')) } })
  for (let at = 0; at < 5; at++) failing.record?.(signed, question, deny)
  await new Promise((done) => setImmediate(done))
  assert.deepEqual(failing.lost, [1, 2, 4])
  const hanging = opened({ trail: { record: () => new Promise(() => {}) } })
  for (let at = 0; at < 1002; at++) hanging.record?.(signed, question, deny)
  assert.deepEqual(hanging.lost, [1, 2])
})
