import assert from 'node:assert/strict'
import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { Problem } from '../../src/problem.ts'
import { webApp } from '../../src/web/app.ts'
import { httpServer } from '../../src/web/listen.ts'
import { discardBody, parseForm, parseJsonObject, readForm, readJson } from '../../src/web/request/body.ts'

const forms: readonly (readonly [string, string, readonly (readonly [string, string])[] | string])[] = [
  [
    'pairs',
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['a plus as a space', 'a=x+y', [['a', 'x y']]],
  ['escapes of UTF-8', 'a=%C3%A4', [['a', 'ä']]],
  ['a name without value', 'a', [['a', '']]],
  [
    'names of the prototype',
    '__proto__=1&constructor=2',
    [
      ['__proto__', '1'],
      ['constructor', '2'],
    ],
  ],
  [
    'brackets as letters',
    'a[b]=1&a[]=2',
    [
      ['a[b]', '1'],
      ['a[]', '2'],
    ],
  ],
  ['the same name twice', 'a=1&a=2', 'twice'],
  ['the same name spelled two ways', 'a=1&%61=2', 'twice'],
  ['a broken escape', 'a=%G1', 'percent'],
  ['bytes that are no UTF-8', 'a=%FF%FE', 'UTF-8'],
  ['an overlong NUL', 'a=%C0%80', 'UTF-8'],
  ['a NUL', 'a=%00', 'NUL'],
  ['too many parameters', Array.from({ length: 501 }, (_, i) => `p${i}=`).join('&'), 'more than 500'],
]
for (const [what, text, expected] of forms) {
  test(`a form with ${what} is ${typeof expected === 'string' ? 'refused' : 'read'}`, () => {
    if (typeof expected !== 'string') return assert.deepEqual([...parseForm(text)], expected)
    assert.throws(
      () => parseForm(text),
      (e) => e instanceof Problem && e.code === 'validation' && e.message.includes(expected),
    )
  })
}

test('JSON has no prototypes, no depth, no key twice', () => {
  const value = parseJsonObject('{"__proto__":{"x":1},"a":[{"constructor":2}]}')
  assert.equal(Object.getPrototypeOf(value), null)
  assert.deepEqual(Object.keys(value), ['__proto__', 'a'])
  assert.equal(({} as { x?: number }).x, undefined)
  for (const text of [
    '[1]',
    '"x"',
    'null',
    '{',
    '{"a":1,"a":2}',
    `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
  ]) {
    assert.throws(
      () => parseJsonObject(text),
      (e) => e instanceof Problem && e.code === 'validation',
      text.slice(0, 30),
    )
  }
})

let server: Server
let port = 0
const logged: unknown[] = []
before(async () => {
  const log = { error: (f: object) => void logged.push(f), warn() {}, info() {} }
  const open = { access: 'public' } as const
  const app = webApp(
    [
      {
        ...open,
        method: 'POST',
        path: '/form',
        async run(ctx) {
          ctx.body = JSON.stringify([...(await readForm(ctx, { maxBytes: 1000, timeout: 300 }))])
        },
      },
      {
        ...open,
        method: 'POST',
        path: '/discarded',
        async run(ctx) {
          const refused = await readForm(ctx, { maxBytes: 10 }).then(
            () => false,
            () => true,
          )
          ctx.body = JSON.stringify([
            refused,
            await discardBody(ctx.req, { maxBytes: 1_000_000, timeout: 300 }),
          ])
        },
      },
      {
        ...open,
        method: 'POST',
        path: '/json',
        async run(ctx) {
          ctx.body = JSON.stringify(await readJson(ctx))
        },
      },
      {
        ...open,
        method: 'GET',
        path: '/of/:name',
        run(ctx) {
          ctx.body = String(ctx['params'].name)
        },
      },
      {
        ...open,
        method: 'GET',
        path: '/bug',
        run() {
          throw new Error('secret detail')
        },
      },
      ...(['GET', 'POST'] as const).map((method) => ({
        method,
        path: '/mine',
        access: 'session' as const,
        run(ctx: { body: unknown }) {
          ctx.body = 'mine'
        },
      })),
    ],
    {
      issuer: 'https://id.example',
      trustedProxies: [],
      errorPage: (page) => `<p>${page.status} ${page.message} ${page.requestId}</p>`,
      log,
      signedIn: async (ctx) => ctx.get('x-signed-in') === 'yes',
      startSignIn: async (ctx, returnTo) => ctx.redirect(`/sign-in?to=${encodeURIComponent(returnTo)}`),
    },
  )
  server = httpServer(undefined, app.callback())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
after(() => {
  server.close()
  server.closeAllConnections()
})

const call = (path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
const form = { 'content-type': 'application/x-www-form-urlencoded' }

test('a body that is too large, of another type, or compressed is refused', async () => {
  assert.equal((await call('/form', { method: 'POST', headers: form, body: 'a=1' })).status, 200)
  assert.equal(
    (await call('/form', { method: 'POST', headers: form, body: `a=${'x'.repeat(2000)}` })).status,
    413,
  )
  assert.equal(
    (await call('/form', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'a=1' })).status,
    400,
  )
  assert.equal(
    (await call('/form', { method: 'POST', headers: { ...form, 'content-encoding': 'gzip' }, body: 'a=1' }))
      .status,
    400,
  )
  assert.equal(
    (
      await call('/json', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from([0x7b, 0xff, 0x7d]),
      })
    ).status,
    400,
  )
})

test('a chunked body without a stated length is bounded too', async () => {
  const status = await new Promise((done, fail) => {
    const req = request({ port, method: 'POST', path: '/form', headers: form }, (res) =>
      done(res.resume().statusCode),
    )
    req.on('error', fail)
    for (let i = 0; i < 30; i += 1) req.write('x'.repeat(100))
    req.end()
  })
  assert.equal(status, 413)
})

test('what is left of a refused body is discarded, up to a limit and for some time', async () => {
  const discarded = async (init: RequestInit) =>
    (await call('/discarded', { method: 'POST', headers: form, ...init })).json()
  assert.deepEqual(await discarded({ body: `a=${'x'.repeat(900_000)}` }), [true, true])
  const chunked = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 90; i++) controller.enqueue(Buffer.from('x'.repeat(10_000)))
      controller.close()
    },
  })
  assert.deepEqual(await discarded({ body: chunked, duplex: 'half' }), [true, true])
  const length = (bytes: number) =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          `POST /discarded HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${bytes}\r\n\r\na=`,
        ),
      )
      socket.on('data', (chunk) => {
        socket.destroy()
        done(chunk.toString())
      })
    })
  // More than the limit, and less, of which the rest never comes.
  assert.match(await length(1_000_001), /\[true,false\]/)
  assert.match(await length(900_000), /\[true,false\]/)
})

test('a request body that does not arrive times out', async () => {
  const answer = await new Promise<string>((done) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        'POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\na=',
      ),
    )
    socket.on('data', (chunk) => {
      socket.destroy()
      done(chunk.toString())
    })
  })
  assert.match(answer, /^HTTP\/1.1 400/)
})

test('answers carry the headers that keep pages safe', async () => {
  const { headers } = await call('/of/x')
  assert.match(headers.get('content-security-policy') ?? '', /script-src 'self';.*frame-ancestors 'none'/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('strict-transport-security'), 'max-age=31536000')
  assert.match(headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/)
})

test('a bug is a 500 with a request id and no detail', async () => {
  const answer = await call('/bug', { headers: { accept: 'text/html' } })
  const text = await answer.text()
  assert.equal(answer.status, 500)
  assert.ok(!text.includes('secret'))
  assert.ok(text.includes(answer.headers.get('x-request-id') ?? '?'))
  assert.equal(logged.length, 1)
})

test('a route for signed-in users is refused without a session', async () => {
  const page = await call('/mine?x=1')
  assert.equal(page.headers.get('location'), '/sign-in?to=%2Fmine%3Fx%3D1')
  assert.equal((await call('/mine', { method: 'POST' })).status, 401)
  assert.equal(await (await call('/mine', { headers: { 'x-signed-in': 'yes' } })).text(), 'mine')
})

test('what is no route is 404, another method 405, a segment is decoded once', async () => {
  assert.equal((await call('/nothing')).status, 404)
  const other = await call('/form')
  assert.deepEqual([other.status, other.headers.get('allow')], [405, 'POST'])
  assert.equal(await (await call('/of/%2561')).text(), '%61')
  assert.equal((await call('/of/%ff')).status, 404)
  assert.equal((await call('/of/%00')).status, 404)
})
