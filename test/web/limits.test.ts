import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddressLimit,
  throttleUnauthenticated,
  unauthenticatedRecordLimit,
} from '../../src/web/request/limits.ts'

const counted: readonly (readonly [string, string, boolean])[] = [
  ['GET', '/authorize', true],
  ['GET', '/authorize/uid', true],
  ['GET', '/sign-in', true],
  ['GET', '/account/password', true],
  ['POST', '/device/auth', true],
  ['POST', '/par', true],
  ['POST', '/register', true],
  ['GET', '/logout', true],
  ['POST', '/token', false],
  ['GET', '/jwks', false],
  ['GET', '/signed-out', false],
  ['GET', '/authorizer', false],
  ['GET', '/', false],
]
for (const [method, path, counts] of counted) {
  test(`${method} ${path} ${counts ? 'counts as' : 'is not'} a way to make records`, () => {
    const admit = throttleUnauthenticated(new AddressLimit({ perSecond: 1, burst: 1, clock: () => 0 }))
    admit('192.0.2.1', { method, path })
    const again = () => admit('192.0.2.1', { method, path })
    if (counts) assert.throws(again, { code: 'throttled', retryAfter: 1 })
    else again()
    admit('192.0.2.2', { method, path })
  })
}

test('one address may make five hundred records at once and a hundred a second after', () => {
  let time = 0
  const limit = new AddressLimit({ ...unauthenticatedRecordLimit, clock: () => time })
  const taken = () => {
    let n = 0
    while (limit.allows('192.0.2.1')) n += 1
    return n
  }
  assert.equal(taken(), 500)
  time += 1000
  assert.equal(taken(), 100)
})
