import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CircuitBreaker } from '../../../src/federation/outbound/circuit-breaker.ts'
import { Problem } from '../../../src/problem.ts'

function stage() {
  let time = 0
  let calls = 0
  const breaker = new CircuitBreaker({ failures: 3, pauseMs: 1000, now: () => time })
  const call = (code: 'idp_communication_error' | 'denied' | undefined, key = 'ldap') =>
    breaker
      .run(key, async () => {
        calls++
        if (code) throw new Problem(code, 'no')
        return 'done'
      })
      .catch((error: Problem) => error.detail ?? error.code)
  return { call, pass: (ms: number) => (time += ms), calls: () => calls }
}

test('after three failures in a row nobody calls, for a while', async () => {
  const { call, calls, pass } = stage()
  for (let i = 0; i < 3; i++) assert.equal(await call('idp_communication_error'), 'idp_communication_error')
  assert.equal(await call(undefined), 'left alone for a while after 3 failures in a row')
  pass(999)
  assert.match(await call(undefined), /left alone/)
  assert.equal(calls(), 3)
  assert.equal(await call(undefined, 'another'), 'done')
})

test('after the pause one tries; the others are refused until it has succeeded', async () => {
  const { call, pass } = stage()
  for (let i = 0; i < 3; i++) await call('idp_communication_error')
  pass(1000)
  const [first, second] = await Promise.all([call(undefined), call(undefined)])
  assert.equal(first, 'done')
  assert.match(second, /left alone/)
  assert.equal(await call(undefined), 'done')
})

test('one failure after the pause is enough to pause again', async () => {
  const { call, pass, calls } = stage()
  for (let i = 0; i < 3; i++) await call('idp_communication_error')
  pass(1000)
  await call('idp_communication_error')
  assert.match(await call(undefined), /left alone/)
  assert.equal(calls(), 4)
})

test('a success, and a refusal too, shows that the other side is well', async () => {
  const { call } = stage()
  for (const good of [undefined, 'denied'] as const) {
    await call('idp_communication_error')
    await call('idp_communication_error')
    await call(good)
  }
  await call('idp_communication_error')
  assert.equal(await call(undefined), 'done')
})
