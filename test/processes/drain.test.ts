// The end of a server that people use: nothing in flight is cut off.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { lastVariantOf } from '../support/long-form.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'
import { askOnce, type Ended, keepAsking } from './asking.ts'

const config = `
clients:
  - client_id: wiki
    client_secret: a-secret-of-the-wiki-that-is-long-enough
    token_endpoint_auth_method: client_secret_post
    grant_types: [client_credentials]
`
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const body =
  'grant_type=client_credentials&client_id=wiki&client_secret=a-secret-of-the-wiki-that-is-long-enough'
const token = { method: 'POST', headers: form, body }
const halfway = 20
/** A request for a token, without the rest of its body. The server says when it has read the head (RFC 9110 §10.1.1). */
const firstPart = `POST /token HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-type: ${form['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, halfway)}`
const later = (ms: number) => new Promise((next) => setTimeout(next, ms))

async function started(t: TestContext, env: Record<string, string> = {}): Promise<Running> {
  const server = await startServer({ config, env })
  t.after(() => server.stop())
  return server
}

/** Asks it to end; resolves with the exit code. */
async function end(server: Running): Promise<unknown> {
  const exited = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  const [code] = await exited
  return code
}

async function open(server: Running): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** Begins a request for a token; the server has it when this resolves. */
async function begin(server: Running): Promise<Socket> {
  const socket = await open(server)
  socket.write(firstPart)
  const [answer] = await once(socket, 'data')
  socket.pause()
  assert.equal(String(answer), 'HTTP/1.1 100 Continue\r\n\r\n')
  return socket
}

for (const workers of lastVariantOf(['1', '2'])) {
  test(`of ${workers} processes that end under load no request is cut off, and no further one is let in`, async (t) => {
    const server = await started(t, { CHANCERY_WORKERS: workers })
    const agent = new Agent({ keepAlive: true })
    t.after(() => agent.destroy())
    let answered = 0
    const counted = (ask: () => Promise<Ended>) => async () => {
      const ended = await ask()
      if (ended.how === 'answered') answered += 1
      return ended
    }
    const loops = (count: number, ask: () => Promise<Ended>) =>
      Promise.all(Array.from({ length: count }, () => keepAsking(counted(ask)))).then((all) => all.flat())
    const kept = loops(8, () => askOnce(`${server.url}/token`, agent, token))
    const fresh = loops(4, () => askOnce(`${server.url}/jwks`, false))
    await until('it is under load', () => answered > 200)
    const code = await end(server)
    const ended = [...(await kept), ...(await fresh)]
    assert.equal(code, 0)
    assert.ok(ended.every(({ status = 200 }) => status === 200))
    assert.ok(
      ended.some(({ closes }) => closes),
      'whoever keeps a connection is told that it closes',
    )
    // A new connection may meet the very moment in which the door closes: reset by the kernel, nothing of it was read.
    assert.deepEqual(
      (await kept).filter(({ how, reused }) => how === 'cut' && reused),
      [],
    )
    assert.deepEqual(
      ended.filter(({ how, error }) => how === 'cut' && error !== 'ECONNRESET'),
      [],
    )
    assert.equal((await askOnce(`${server.url}/healthz`, false)).how, 'refused')
  })
}

test('a request body in flight is read to its end and answered, also after two SIGTERM', async (t) => {
  const server = await started(t)
  const socket = await begin(server)
  const ended = end(server)
  await later(1500)
  server.process.kill('SIGTERM')
  socket.write(body.slice(halfway))
  const answer = await text(socket)
  assert.match(answer, /^HTTP\/1\.1 200 /)
  assert.match(answer, /\r\nconnection: close\r\n/i)
  assert.match(answer, /"access_token"/)
  assert.equal(await ended, 0)
})

test('at shutdown a long poll is answered at once, and an idle connection delays nothing', async (t) => {
  const server = await started(t)
  const [silent, inFlight] = [await open(server), await begin(server)]
  const url = `${server.url}/v1/revocations`
  const signed = (query: string) =>
    signRequest({
      method: 'GET',
      url: url + query,
      headers: {},
      credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
      region: 'us-east-1',
      service: 'decision',
      now: Math.floor(Date.now() / 1000),
    })
  const first = await (await fetch(url, { headers: signed('') })).text()
  const { cursor } = JSON.parse(Buffer.from(first.split('.')[1] ?? '', 'base64url').toString())
  const query = `?cursor=${cursor}&wait=30`
  const held = request(url + query, { headers: { ...signed(query), expect: '100-continue' } })
  const answered = once(held, 'response')
  held.end()
  await once(held, 'continue')
  const ended = end(server)
  const [answer] = (await answered) as [IncomingMessage]
  assert.equal(answer.statusCode, 200)
  assert.match(await text(answer), /^ey/)
  // Without data, so that it ends only when it is closed.
  silent.resume()
  await once(silent, 'close')
  // The shutdown is not at its time limit, 10 s, which would end this request: it waits for nothing else.
  inFlight.write(body.slice(halfway))
  assert.match(await text(inFlight), /^HTTP\/1\.1 200 /)
  assert.equal(await ended, 0)
})
