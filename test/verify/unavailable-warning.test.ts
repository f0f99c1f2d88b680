import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../src/problem.ts'
import { unavailableWarning } from '../../src/verify/unavailable-warning.ts'

test('the reason is said once a minute, each of them', () => {
  const said: string[] = []
  let now = 0
  const warn = unavailableWarning(
    () => now,
    (text) => said.push(text),
  )
  const refused = new Problem('unavailable', 'a signing key could not be obtained', {
    detail: 'answered 403',
  })
  const cause = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED\n') })
  warn(refused)
  now = 59
  warn(refused)
  warn(new Problem('unavailable', 'not reached', { cause }))
  now = 60
  warn(refused)
  assert.deepEqual(said, [
    'a request was answered with 503: a signing key could not be obtained (answered 403)',
    'a request was answered with 503: not reached (connect ECONNREFUSED)',
    'a request was answered with 503: a signing key could not be obtained (answered 403)',
  ])
})
