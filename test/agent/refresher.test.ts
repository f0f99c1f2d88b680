// When credentials are replaced, and what is served while they cannot be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refresher } from '../../src/agent/refresher.ts'
import type { SessionCredentials } from '../../src/agent/session-credentials.ts'
import { Problem } from '../../src/problem.ts'

const roleArn = 'arn:aws:iam::123456789012:role/deploy'

/** A refresher on a clock that the test sets; its source counts and can be made to fail. */
function staged({ lifetime = 3600, random = 0.5 } = {}) {
  const state = { now: 1_000_000, asked: 0, isDown: false, failed: [] as number[] }
  const obtain = async (): Promise<SessionCredentials> => {
    state.asked += 1
    if (state.isDown) throw new Problem('unavailable', 'the server is away')
    return {
      accessKeyId: `ASIA${state.asked}`,
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: state.now + lifetime,
      roleArn,
    }
  }
  const refresher = new Refresher({
    obtain,
    now: () => state.now,
    random: () => random,
    onRefreshed: () => {},
    onFailed: (_, retryIn) => state.failed.push(retryIn),
  })
  return { state, refresher, id: async () => (await refresher.current()).accessKeyId }
}

test('credentials are replaced from five to six minutes before their end, or after half of a short life', async () => {
  const cases = fc.record({
    lifetime: fc.integer({ min: 60, max: 43_200 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  await fc.assert(
    fc.asyncProperty(cases, async ({ lifetime, random }) => {
      const { state, id } = staged({ lifetime, random })
      assert.equal(await id(), 'ASIA1')
      const start = state.now
      const due = Math.max(lifetime - 300 - random * 60, lifetime / 2)
      state.now = start + due - 0.001
      assert.equal(await id(), 'ASIA1')
      state.now = start + due
      assert.equal(await id(), 'ASIA2')
    }),
    { numRuns: 50 },
  )
})

test('of many callers at once, one asks the server', async () => {
  const { state, id } = staged()
  assert.deepEqual(new Set(await Promise.all(Array.from({ length: 50 }, id))), new Set(['ASIA1']))
  assert.equal(state.asked, 1)
})

test('while the server is away, what has not expired is served, and nothing that has', async () => {
  const { state, id } = staged()
  await id()
  state.isDown = true
  state.now += 3599
  assert.equal(await id(), 'ASIA1')
  state.now += 1
  await assert.rejects(id(), /the server is away/)
  state.isDown = false
  state.now += 60
  assert.match(await id(), /^ASIA\d+$/)
})

test('pauses between attempts double up to a minute, and callers do not shorten them', async () => {
  const { state, id } = staged({ random: 0.999_999 })
  state.isDown = true
  for (let round = 0; round < 9; round++) {
    const { asked } = state
    await assert.rejects(id())
    await assert.rejects(id())
    assert.equal(state.asked, asked + 1)
    state.now += 60
  }
  assert.deepEqual(state.failed.map(Math.round), [1, 2, 4, 8, 16, 32, 60, 60, 60])
})
