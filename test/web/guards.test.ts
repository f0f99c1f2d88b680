import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import type { Context } from 'koa'
import { Problem } from '../../src/problem.ts'
import { clientAddressOf } from '../../src/web/request/client-address.ts'
import { cookieJar } from '../../src/web/request/cookies.ts'
import { forgeryGuard } from '../../src/web/request/forgery.ts'
import { AddressLimit, network } from '../../src/web/request/limits.ts'
import { sameSitePath } from '../../src/web/request/same-site.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

const chains: readonly (readonly [string, string | undefined, string])[] = [
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['203.0.113.9', '10.9.9.9', '203.0.113.9'],
  ['10.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['10.0.0.1', '1.2.3.4, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
  ['10.0.0.1', 'junk', '10.0.0.1'],
  ['10.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
]
for (const [peer, header, address] of chains) {
  test(`from ${peer} with X-Forwarded-For ${header} the client is ${address}`, () => {
    assert.equal(clientAddressOf(['10.0.0.0/8'])(from(peer, header)), address)
  })
}

test('an address is let through by its rate, an IPv6 network as one, and memory is bounded', () => {
  let now = 0
  const limit = new AddressLimit({ perSecond: 1, burst: 2, maxAddresses: 3, clock: () => now })
  limit.take('2001:db8::1')
  limit.take('2001:db8:0:0:ffff::2')
  assert.throws(
    () => limit.take('2001:db8::3'),
    (e) => e instanceof Problem && e.code === 'throttled' && e.retryAfter === 1,
  )
  limit.take('2001:db8:0:1::1')
  now = 1000
  limit.take('2001:db8::3')
  for (let i = 0; i < 10; i += 1) limit.take(`192.0.2.${i}`)
  assert.equal(limit.size, 3)
  assert.equal(network('2001:0DB8::1'), '2001:db8:0:0::/64')
})

const context = (headers: Record<string, string>) => {
  const set: string[] = []
  const ctx = {
    req: {},
    get: (name: string) => headers[name] ?? '',
    append: (_: string, line: string) => void set.push(line),
  }
  return { ctx: ctx as unknown as Context, set }
}

test("a form is accepted from this server's own pages only", () => {
  const key = Buffer.alloc(32, 1)
  const guard = forgeryGuard({ keys: () => [key], origin: 'https://id.example', cookies: cookieJar(true) })
  const page = context({})
  const csrf = guard.token(page.ctx)
  assert.match(page.set[0] ?? '', /^__Host-chancery-form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  const cookie = (page.set[0] ?? '').split(';')[0] ?? ''
  const sent =
    (headers: Record<string, string>, token = csrf) =>
    () =>
      guard.check(context(headers).ctx, new Map([['csrf', token]]))
  sent({ Cookie: cookie })()
  sent({ Cookie: cookie, Origin: 'https://id.example', 'Sec-Fetch-Site': 'same-origin' })()
  const wrong = [
    sent({}),
    sent({ Cookie: cookie }, 'x'),
    sent({ Cookie: cookie }, ''),
    sent({ Cookie: `__Host-chancery-form=${'a'.repeat(43)}` }),
    sent({ Cookie: cookie, Origin: 'https://evil.test' }),
    sent({ Cookie: cookie, Origin: 'null' }),
    sent({ Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' }),
    sent({ Cookie: cookie, 'Sec-Fetch-Site': 'same-site' }),
  ]
  for (const attempt of wrong) assert.throws(attempt, (e) => e instanceof Problem && e.code === 'denied')
})

test('a link within the site stays one', () => {
  const origin = 'https://id.example'
  assert.equal(sameSitePath('/account?x=1#y', origin), '/account?x=1#y')
  assert.equal(sameSitePath('/a/../b', origin), '/b')
  for (const text of [
    '//evil',
    '/\\evil',
    'https://evil',
    '/a b',
    '/\u0000',
    '',
    'x',
    '/..//evil',
    `/${'a'.repeat(3000)}`,
  ]) {
    assert.equal(sameSitePath(text, origin), undefined, text.slice(0, 20))
  }
})
