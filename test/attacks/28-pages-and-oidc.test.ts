// attacks.md 28, on pages and OIDC endpoints: too much, too deep, too slow, not text at all.
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { basic, post } from '../oidc/browser.ts'
import { formBrowser } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let signInForm: string
const machine = basic('machine', 'machine-secret-machine')
before(async () => {
  server = await startServer({
    config: `clients:
  - client_id: machine
    client_secret: machine-secret-machine
    grant_types: [client_credentials]
`,
  })
  const page = await formBrowser(server.url).open('/sign-in')
  signInForm = `${new URL(page.url).pathname}/password`
})
after(() => server.stop())

/** Still there, still quick. */
async function alive(): Promise<void> {
  const { status } = await post(`${server.url}/token`, { grant_type: 'client_credentials' }, machine)
  assert.equal(status, 200)
}

const places = ['/token', '/par', '/introspect', '/device/auth', '/device', '/sign-out', 'the sign-in form']
const pathOf = (place: string): string => (place === 'the sign-in form' ? signInForm : place)
const form = 'application/x-www-form-urlencoded'

function dial(): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => {})
  return socket
}

/** What is answered to this head and the start of a body, until the server closes or has said its status. */
function said(head: readonly string[], body = ''): Promise<string> {
  const socket = dial()
  return new Promise((done) => {
    let text = ''
    socket.on('data', (part) => {
      text += part
      if (text.includes('\r\n')) socket.destroy()
    })
    socket.on('close', () => done(text))
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
}

for (const place of places) {
  test(`28: ${place} does not read a body of 100 MB`, async () => {
    const text = await said(
      [`POST ${pathOf(place)} HTTP/1.1`, 'Host: a', `Content-Type: ${form}`, 'Content-Length: 104857600'],
      'a=',
    )
    assert.match(text, /^HTTP\/1.1 4\d\d/)
    await alive()
  })

  test(`28: ${place} takes no 100,000 parameters, no bytes that are no text, nothing compressed`, async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `${i}=`).join('&')
    const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
      fetch(server.url + pathOf(place), {
        method: 'POST',
        body: body as string,
        headers: { 'content-type': form, ...headers },
        redirect: 'manual',
      })
    for (const body of [many, 'a=%ff', 'a=%00', 'a=%', Buffer.from([0x61, 0x3d, 0xff, 0xfe])]) {
      const { status } = await send(body)
      assert.ok(status >= 400 && status < 500, `${status} for ${String(body).slice(0, 20)}`)
    }
    const { status } = await send(gzipSync('a=b'), { 'content-encoding': 'gzip' })
    assert.ok(status >= 400 && status < 500, `${status} for gzip`)
    await alive()
  })
}

test('28: invalid UTF-8 and NUL in parameters give neither a token nor an account page', async () => {
  for (const tail of ['%ff', '%c0%af', '%ed%a0%80', 'a%00', '%', '%zz']) {
    const answer = await fetch(`${server.url}/token`, {
      method: 'POST',
      headers: { 'content-type': form, ...machine },
      body: `grant_type=client_credentials&scope=${tail}`,
    })
    // A lone `%` stands for itself (WHATWG URL §5.1): a scope that nobody knows.
    assert.equal(answer.status, 400, tail)
    assert.equal('access_token' in ((await answer.json()) as object), false)
    const asked = await fetch(`${server.url}/authorize?client_id=${tail}`, { redirect: 'manual' })
    assert.equal(asked.status, 400, tail)
    const page = await fetch(`${server.url}/sign-in/${tail}`, { redirect: 'manual' })
    assert.ok(page.status === 404 || page.status === 400, `${tail}: ${page.status}`)
  }
  await alive()
})

test('28: JSON nested 10,000 deep registers nothing', async () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  for (const body of [deep, `{"redirect_uris":${deep}}`, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`]) {
    const { status } = await fetch(`${server.url}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
      body,
    })
    assert.ok(status >= 400 && status < 500, String(status))
  }
  await alive()
})

test('28: a header of 1 MB and an address of 1 MB are refused', async () => {
  const large = 'a'.repeat(1024 * 1024)
  for (const head of [
    ['GET /authorize HTTP/1.1', 'Host: a', `Cookie: ${large}`],
    [`GET /authorize?state=${large} HTTP/1.1`, 'Host: a'],
  ])
    assert.match(await said(head), /^(HTTP\/1.1 (431|414|400)|$)/)
  await alive()
})

test('28: a hundred request bodies that never end delay no other request', async () => {
  const sockets = Array.from({ length: 100 }, (_, i) => {
    const socket = dial()
    const path = pathOf(places[i % places.length] ?? '')
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${form}\r\nContent-Length: 1000\r\n\r\na=`,
    )
    return socket
  })
  await new Promise((done) => setTimeout(done, 100))
  await alive()
  assert.equal((await fetch(`${server.url}/`)).status, 200)
  for (const socket of sockets) socket.destroy()
  await alive()
})
