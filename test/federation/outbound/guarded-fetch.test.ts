import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Address } from '../../../src/federation/outbound/checked-address.ts'
import { guardedFetch } from '../../../src/federation/outbound/guarded-fetch.ts'
import { Problem } from '../../../src/problem.ts'

async function serve(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}
const at =
  (...addresses: string[]) =>
  async (): Promise<Address[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
const failure = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem)
  assert.equal(error.code, 'idp_communication_error')
  assert.match(error.detail ?? '', pattern)
  // What is inside our network is not told to who asked.
  assert.doesNotMatch(error.message, /\d+\.\d+/)
  return true
}
const nowhere = new Set<string>()

const refused: readonly (readonly [url: string, why: RegExp])[] = [
  ['http://idp.example/jwks', /not https/],
  ['ftp://idp.example/jwks', /not https/],
  ['file:///etc/passwd', /not https/],
  ['data:application/json,{}', /not https/],
  ['javascript:1', /not https/],
  ['not a url', /not a URL/],
  ['', /not a URL/],
  ['https://user:pass@idp.example/', /user name/],
  ['https://127.0.0.1/', /not public/],
  ['https://2130706433/', /not public/],
  ['https://0x7f.1/', /not public/],
  ['https://0177.0.0.1/', /not public/],
  ['https://127.1/', /not public/],
  ['https://[::1]/', /not public/],
  ['https://[::ffff:127.0.0.1]/', /not public/],
  ['https://[fd00:ec2::254]/', /not public/],
  ['https://169.254.169.254/latest/meta-data/', /not public/],
  ['https://①②⑦.⓪.⓪.①/', /not public/],
]
for (const [url, why] of refused) {
  test(`never connects to \`${url}\``, async () => {
    const fetch = guardedFetch({ allow: nowhere, resolve: at('8.8.8.8') })
    await assert.rejects(fetch(url), failure(why))
  })
}

test('a name is refused when any of its addresses is not public', async () => {
  for (const addresses of [['10.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['2606:4700::1', 'fe80::1']]) {
    const fetch = guardedFetch({ allow: nowhere, resolve: at(...addresses) })
    await assert.rejects(fetch('https://idp.example/'), failure(/not public/))
  }
})

test('a name without an address, and one that does not resolve, fail', async () => {
  await assert.rejects(
    guardedFetch({ allow: nowhere, resolve: at() })('https://x.example/'),
    failure(/no address/),
  )
  const resolve = () => Promise.reject(new Error('ENOTFOUND'))
  await assert.rejects(
    guardedFetch({ allow: nowhere, resolve })('https://x.example/'),
    failure(/does not resolve/),
  )
})

test('the address that was checked is the one connected to: a second lookup cannot rebind it', async (t) => {
  const port = await serve(t, (req, res) => res.end(`hello ${req.headers.host}`))
  let lookups = 0
  const resolve = async () => {
    lookups++
    return [{ address: lookups === 1 ? '127.0.0.1' : '10.9.9.9', family: 4 }]
  }
  const fetch = guardedFetch({ allow: new Set(['idp.test']), resolve })
  const { status, body } = await fetch(`http://idp.test:${port}/`)
  assert.equal(status, 200)
  assert.equal(body.toString(), `hello idp.test:${port}`)
  assert.equal(lookups, 1)
})

test('an allowed host may be loopback and plain http; host:port allows that port alone', async (t) => {
  const port = await serve(t, (_req, res) => res.end('ok'))
  const url = `http://127.0.0.1:${port}/`
  assert.equal((await guardedFetch({ allow: new Set(['127.0.0.1']) })(url)).status, 200)
  assert.equal((await guardedFetch({ allow: new Set([`127.0.0.1:${port}`]) })(url)).status, 200)
  await assert.rejects(guardedFetch({ allow: new Set(['127.0.0.1:1']) })(url), failure(/not https/))
  await assert.rejects(guardedFetch({ allow: new Set(['localhost']) })(url), failure(/not https/))
})

test('a redirect is checked like the first address', async (t) => {
  const port = await serve(t, (req, res) => {
    const to = new URLSearchParams((req.url ?? '').split('?')[1]).get('to') ?? ''
    res.writeHead(302, { location: to }).end()
  })
  const fetch = guardedFetch({ allow: new Set(['idp.test']), resolve: at('127.0.0.1') })
  const via = (to: string) => fetch(`http://idp.test:${port}/?to=${encodeURIComponent(to)}`)
  await assert.rejects(via('http://169.254.169.254/'), failure(/not https/))
  await assert.rejects(via('https://169.254.169.254/'), failure(/not public/))
  await assert.rejects(via(`http://other.test:${port}/`), failure(/not https/))
  await assert.rejects(via('file:///etc/passwd'), failure(/not https/))
  await assert.rejects(via(''), failure(/redirects/))
})

test('follows three redirects, and leaves those of a POST alone', async (t) => {
  const port = await serve(t, (req, res) => {
    const n = Number(/\d+/.exec(req.url ?? '')?.[0] ?? 0)
    if (n === 0) res.end('there')
    else res.writeHead(307, { location: `/${n - 1}` }).end()
  })
  const fetch = guardedFetch({ allow: new Set(['127.0.0.1']) })
  assert.equal((await fetch(`http://127.0.0.1:${port}/3`)).body.toString(), 'there')
  await assert.rejects(fetch(`http://127.0.0.1:${port}/4`), failure(/redirects/))
  assert.equal((await fetch(`http://127.0.0.1:${port}/1`, { method: 'POST', body: 'x' })).status, 307)
})

test('a redirect without a location fails', async (t) => {
  const port = await serve(t, (_req, res) => res.writeHead(302).end())
  await assert.rejects(
    guardedFetch({ allow: new Set(['127.0.0.1']) })(`http://127.0.0.1:${port}/`),
    failure(/location/),
  )
})

test('a body over one mebibyte, a packed body and a slow one fail', async (t) => {
  const port = await serve(t, (req, res) => {
    if (req.url === '/large') res.end(Buffer.alloc(1024 * 1024 + 1))
    else if (req.url === '/gzip') res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}'))
    else if (req.url === '/slow') res.write('{')
    else res.end(Buffer.alloc(1024 * 1024))
  })
  const allow = new Set(['127.0.0.1'])
  const fetch = guardedFetch({ allow, timeoutMs: 120_000 })
  const url = `http://127.0.0.1:${port}`
  assert.equal((await fetch(`${url}/most`)).body.length, 1024 * 1024)
  await assert.rejects(fetch(`${url}/large`), failure(/body over/))
  await assert.rejects(fetch(`${url}/gzip`), failure(/content-encoding/))
  await assert.rejects(guardedFetch({ allow, timeoutMs: 300 })(`${url}/slow`), failure(/failed/))
})

test('a name server that does not answer is given up on', async () => {
  const fetch = guardedFetch({ allow: nowhere, resolve: () => new Promise(() => {}), timeoutMs: 50 })
  await assert.rejects(fetch('https://idp.example/'), failure(/does not resolve/))
})

test('at most eight requests run at one host, and at most sixty-four wait', async (t) => {
  let running = 0
  let most = 0
  const port = await serve(t, (_req, res) => {
    running++
    most = Math.max(most, running)
    setTimeout(() => {
      running--
      res.end('ok')
    }, 20)
  })
  const fetch = guardedFetch({ allow: new Set(['127.0.0.1']), timeoutMs: 120_000 })
  const all = await Promise.allSettled(Array.from({ length: 80 }, () => fetch(`http://127.0.0.1:${port}/`)))
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 72)
  assert.ok(most <= 8, `${most} at once`)
})

test('who waits for a busy host is given up on in time', async (t) => {
  const port = await serve(t, () => {})
  const fetch = guardedFetch({ allow: new Set(['127.0.0.1']), timeoutMs: 100 })
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}/`)))
  assert.ok(all.every(({ status }) => status === 'rejected'))
})

test('the caller may end it', async (t) => {
  const port = await serve(t, () => {})
  const fetch = guardedFetch({ allow: new Set(['127.0.0.1']) })
  await assert.rejects(
    fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(20) }),
    failure(/failed/),
  )
})
