import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEvent } from '../../../src/audit/event.ts'
import { audited } from '../../../src/iam/audit/with-audit.ts'
import type { Call } from '../../../src/iam/caller.ts'
import { Problem } from '../../../src/problem.ts'

const call: Call = {
  caller: {
    kind: 'root',
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:root',
    accessKeyId: 'k',
  },
  circumstances: {
    sourceIp: '192.0.2.1',
    secure: true,
    userAgent: 'cli',
    region: undefined,
    now: 7,
    requestId: 'r1',
  },
}

function stage(trailDown = false) {
  const events: AuditEvent[] = []
  const record = async (event: AuditEvent) => {
    if (trailDown) throw new Problem('unavailable', 'the trail cannot be written')
    events.push(event)
  }
  const done: string[] = []
  const useCases = {
    createThing: async (_: Call, input: { readonly name: string; readonly code1?: string }) => {
      done.push(input.name)
      return input.name
    },
    getThing: async (_: Call, input: { readonly name: string }) => input.name,
    refuseThing: async (_: Call): Promise<void> => {
      throw new Problem('denied', 'no', { detail: 'for the log' })
    },
    breakThing: async (_: Call): Promise<void> => {
      throw new TypeError('a bug')
    },
  }
  return { events, done, ...audited({ record }, 'iam', useCases) }
}

test('a change is audited with caller, input, origin and outcome, without the codes', async () => {
  const { events, createThing } = stage()
  assert.equal(await createThing(call, { name: 'x', code1: '123456' }), 'x')
  assert.deepEqual(events, [
    {
      at: 7,
      action: 'iam:CreateThing',
      accountId: '111122223333',
      who: 'arn:aws:iam::111122223333:root',
      actor: { kind: 'root', id: '111122223333', accessKeyId: 'k' },
      outcome: 'done',
      requestId: 'r1',
      sourceIp: '192.0.2.1',
      userAgent: 'cli',
      region: undefined,
      details: { name: 'x' },
    },
  ])
})

test('a refusal is audited with its detail, an internal error without its message', async () => {
  const { events, refuseThing, breakThing } = stage()
  await assert.rejects(refuseThing(call), { code: 'denied', message: 'no' })
  await assert.rejects(breakThing(call), TypeError)
  assert.deepEqual(
    events.map(({ action, outcome, reason }) => [action, outcome, reason]),
    [
      ['iam:RefuseThing', 'denied', 'denied: no (for the log)'],
      ['iam:BreakThing', 'failed', 'internal error'],
    ],
  )
})

test('a change that cannot be audited fails; a read does not', async () => {
  const { createThing, getThing } = stage(true)
  await assert.rejects(createThing(call, { name: 'x' }), { code: 'unavailable' })
  assert.equal(await getThing(call, { name: 'x' }), 'x')
})

test('an anonymous caller is audited as anonymous', async () => {
  const { events, createThing } = stage()
  await createThing({ ...call, caller: { kind: 'anonymous' } }, { name: 'x' })
  assert.deepEqual(
    [events[0]?.who, events[0]?.accountId, events[0]?.actor],
    ['anonymous', '', { kind: 'anonymous' }],
  )
})
