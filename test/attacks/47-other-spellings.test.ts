// attacks.md 19, 35 and 47: oidc-provider's router takes a path in another case and with a slash at its end, while the
// checks before it (origin, wrong device codes, throttles, bytes) compare paths exactly. Every other spelling is answered 404
// and reaches nothing; HEAD is counted as GET.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '../../src/oidc/configuration.ts'
import { ownsPath } from '../../src/oidc/own-paths.ts'
import {
  admitAnonymousRecords,
  anonymousRecords,
  ByteBudget,
} from '../../src/web/request/anonymous-records.ts'
import { AddressLimit, throttleUnauthenticated } from '../../src/web/request/limits.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 60_000 }
let server: Running
before(async () => {
  server = await startServer()
})
after(() => server?.stop())

const exact = [...Object.values(routes), '/logout/confirm', '/logout/success']
const otherSpellings = (path: string): readonly string[] => [
  `${path}/`,
  `${path}//`,
  path.toUpperCase(),
  `${path.toUpperCase()}/`,
  path.slice(0, -1) + path.slice(-1).toUpperCase(),
  // The long s: its upper case is S.
  path.replace('s', '\u017f'),
  encodeURI(path.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`)),
]

for (const path of exact) {
  test(`47: only ${path} itself is answered, no other spelling of it`, limit, async () => {
    assert.ok(ownsPath(path))
    for (const other of otherSpellings(path)) {
      if (other === path) continue
      assert.equal(ownsPath(other), false, other)
      for (const method of ['GET', 'HEAD', 'POST']) {
        const answer = await fetch(server.url + other, {
          method,
          redirect: 'manual',
          ...(method === 'POST' ? { body: new URLSearchParams({ client_id: 'x', user_code: 'A' }) } : {}),
        })
        assert.equal(answer.status, 404, `${method} ${other}`)
        assert.deepEqual(answer.headers.getSetCookie(), [], `${method} ${other}`)
      }
    }
  })
}

test('47: paths with an id are still answered', () => {
  for (const folder of ['/authorize', '/device', '/register']) {
    assert.ok(ownsPath(`${folder}/hDkd7x_8-A`), folder)
    for (const rest of ['/', '/a/', '/a/b', '/a%2fb', '/%61']) assert.equal(ownsPath(folder + rest), false)
  }
})

test('35: HEAD is counted as GET, in requests and in bytes', () => {
  const context = {
    method: 'HEAD',
    path: '/authorize',
    querystring: 'a'.repeat(10_000),
    request: { length: 0 },
  }
  const requests = throttleUnauthenticated(new AddressLimit({ burst: 2, perSecond: 0.001 }))
  const budget = new ByteBudget(anonymousRecords.interaction, () => 0)
  const bytes = admitAnonymousRecords(() => budget)
  for (let i = 0; i < 2; i++) requests('192.0.2.1', context)
  assert.throws(() => requests('192.0.2.1', context), { code: 'throttled' })
  // @ts-expect-error: of the request only its length is read
  const once = () => bytes('192.0.2.1', context)
  assert.throws(() => {
    for (let i = 0; i < 10_000; i++) once()
  }, /too many requests/)
})
