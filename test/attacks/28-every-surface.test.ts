// attacks.md 28, on every surface of the running server: requests that no client library writes. Each gets the
// surface's own refusal; none of them a 500, and none hangs.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type Running, startServer } from '../support/server.ts'

let server: Running
before(async () => {
  server = await startServer()
})
after(() => server.stop())

interface Said {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Sends bytes as they are and reads until the server closes. */
async function say(bytes: string): Promise<Said> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const parts: Buffer[] = []
  socket.write(bytes, 'latin1')
  try {
    for await (const part of socket) parts.push(part as Buffer)
  } catch (error) {
    if (parts.length === 0) throw error
  }
  const text = Buffer.concat(parts).toString()
  const type = /^content-type: ([^;\r]+)/im.exec(text)?.[1] ?? ''
  return { status: Number(text.slice(9, 12)), type, text }
}

const form = 'application/x-www-form-urlencoded'
const ask = (method: string, target: string, body = '', headers = '') =>
  say(
    `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${form}\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`,
  )

const xml = 'text/xml'
const json = 'application/json'
const problem = 'application/problem+json'
const page = 'text/html'

describe('28: another method is refused in the words of its surface, and the right one is named', () => {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['PUT', '/', 405, problem],
    ['GET', '/token', 405, json],
    ['TRACE', '/token', 405, json],
    ['PUT', '/introspect', 405, json],
    ['DELETE', '/par', 405, json],
    ['PUT', '/authorize', 405, json],
    ['POST', '/jwks', 405, json],
    ['PUT', '/userinfo', 405, json],
    ['PATCH', '/authorize/nothing', 404, json],
    ['GET', '/v1/signing-key', 405, problem],
    ['POST', '/v1/policies', 405, problem],
    ['PUT', '/v1/revocations', 405, problem],
    ['GET', '/access/v1/evaluation', 405, problem],
    ['PUT', '/access/v1/search/subject', 405, problem],
    ['POST', '/account', 405, problem],
    ['POST', '/healthz', 405, problem],
  ]
  for (const [method, path, status, type] of cases) {
    test(`${method} ${path}`, async () => {
      const said = await ask(method, path, method === 'TRACE' ? '' : 'a=b')
      assert.deepEqual([said.status, said.type], [status, type], said.text)
      assert.match(said.text, status === 405 ? /^allow: [A-Z, ]+\r$/im : /there is nothing/)
    })
  }
})

describe('28: a device form that was never shown causes no 500, and the next one is accepted', () => {
  for (const [method, path] of [
    ['POST', '/device'],
    ['GET', '/device/nothing'],
    ['GET', '/device/auth'],
  ] as const) {
    test(`${method} ${path}`, async () => {
      const said = await ask(
        method,
        path,
        method === 'POST' ? 'user_code=AAAA-BBBB' : '',
        'Accept: text/html\r\n',
      )
      assert.deepEqual([said.status, said.type], [400, page], said.text)
      const cookie = /^set-cookie: (chancery-session=[^;\r]+)/im.exec(said.text)?.[1]
      const signature = /^set-cookie: (chancery-session\.sig=[^;\r]+)/im.exec(said.text)?.[1]
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(said.text)?.[1]
      assert.ok(cookie && signature && xsrf)
      const again = await ask(
        'POST',
        '/device',
        `xsrf=${xsrf}&user_code=AAAA-BBBB`,
        `Accept: text/html\r\nCookie: ${cookie}; ${signature}\r\n`,
      )
      assert.equal(again.status, 200, 'the form is drawn again: there is no such code')
    })
  }
})

describe('28: what is not HTTP as we speak it ends with 400 and the connection', () => {
  const cases: Readonly<Record<string, string>> = {
    'HTTP/1.1 without Host': 'GET /healthz HTTP/1.1\r\n\r\n',
    'length and chunks together': `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'two lengths': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'a negative length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    'a broken chunk': `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${form}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    'a bare line feed': 'GET /healthz HTTP/1.1\nHost: a\n\n',
    'bytes of another protocol': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'an unknown method': 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n',
  }
  for (const [title, bytes] of Object.entries(cases)) {
    test(title, async () => {
      assert.equal((await say(bytes)).status, 400)
    })
  }
})

test('28: a header of 1 MB is 431, a line of 100,000 characters too', async () => {
  assert.equal((await ask('GET', '/healthz', '', `X-A: ${'a'.repeat(1_000_000)}\r\n`)).status, 431)
  assert.equal((await ask('GET', `/${'a'.repeat(100_000)}`)).status, 431)
})

test('28: HTTP/1.0 without Host and a whole URL as target reach the same surface', async () => {
  const old = await say('GET /healthz HTTP/1.0\r\n\r\n')
  assert.equal(old.status, 200)
  const unsigned = 'Action=ListUsers&Version=2010-05-08'
  for (const target of ['/', 'http://evil.example/', 'https://evil.example']) {
    const said = await ask('POST', target, unsigned)
    assert.deepEqual([said.status, said.type], [403, xml], target)
    assert.match(said.text, /MissingAuthenticationToken/)
  }
  const { text } = await ask('GET', 'https://evil.example/account')
  assert.match(text, /^location: \/sign-in/im)
  assert.ok(!text.includes('evil.example'))
})

test('28: requests sent one behind the other are answered one behind the other', async () => {
  const one = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
  const { text } = await say(one + one + one.replace('Host: a', 'Host: a\r\nConnection: close'))
  assert.equal(text.split('{"status":"ok"').length, 4)
})

describe('28: names of the prototype, arrays, NUL and broken UTF-8 are refused as what they are', () => {
  const cases: readonly (readonly [string, string, number, RegExp])[] = [
    ['/token', 'grant_type=__proto__&client_id=__proto__', 401, /invalid_client/],
    ['/token', 'grant_type[]=client_credentials&client_id=workload', 400, /invalid_request/],
    ['/token', 'grant_type=a&grant_type=b&client_id=workload', 400, /must not be provided twice/],
    ['/token', 'grant_type=client_credentials&client_id=%00', 401, /invalid_client/],
    ['/token', 'grant_type=client_credentials&client_id=\xff\xfe', 401, /invalid_client/],
    ['/token', `client_id=workload&x=${'a'.repeat(200_000)}`, 400, /failed to parse/],
    ['/', 'Action=constructor&Version=2010-05-08', 400, /InvalidAction/],
    ['/', 'Action=ListUsers&Version=toString', 400, /InvalidAction/],
    ['/', 'Action=ListUsers%00&Version=2010-05-08', 400, /NUL/],
    ['/', 'Action=ListUsers&Action=ListRoles&Version=2010-05-08', 400, /more than once/],
  ]
  for (const [path, body, status, words] of cases) {
    test(`${path} ${JSON.stringify(body.slice(0, 60))}`, async () => {
      const said = await ask('POST', path, body)
      assert.equal(said.status, status, said.text)
      assert.match(said.text, words)
    })
  }
})
