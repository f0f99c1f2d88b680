// The end of a server that people use: nothing in flight is cut off.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { signRequest } from '../../src/secure/sigv4-sign.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
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
const later = (ms: number) => new Promise((next) => setTimeout(next, ms))

async function started(t: TestContext, env: Record<string, string> = {}): Promise<Running> {
  const server = await startServer({ config, env, timeoutMs: 30_000 })
  t.after(() => server.stop())
  return server
}

/** Asks it to end; the exit code, and after how many milliseconds. */
async function end(server: Running): Promise<{ readonly code: unknown; readonly after: number }> {
  const began = performance.now()
  const exited = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  const [code] = await exited
  return { code, after: performance.now() - began }
}

async function open(server: Running): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function all(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

for (const workers of ['1', '2']) {
  test(`of ${workers} processes that end under load no request is cut off, and no further one is let in`, async (t) => {
    const server = await started(t, { CHANCERY_WORKERS: workers })
    const agent = new Agent({ keepAlive: true })
    t.after(() => agent.destroy())
    const loops = (count: number, ask: () => Promise<Ended>) =>
      Promise.all(Array.from({ length: count }, () => keepAsking(ask))).then((all) => all.flat())
    const kept = loops(8, () => askOnce(`${server.url}/token`, agent, token))
    const fresh = loops(4, () => askOnce(`${server.url}/jwks`, false))
    await later(500)
    const { code } = await end(server)
    const ended = [...(await kept), ...(await fresh)]
    assert.equal(code, 0)
    assert.ok(ended.filter(({ how }) => how === 'answered').length > 10)
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

test('a body that is still on its way is read to its end and answered, also when SIGTERM comes twice', async (t) => {
  const server = await started(t)
  const socket = await open(server)
  socket.write(
    `POST /token HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${form['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
  )
  await later(100)
  const ended = end(server)
  await later(1500)
  server.process.kill('SIGTERM')
  socket.write(body.slice(20))
  const text = await all(socket)
  assert.match(text, /^HTTP\/1\.1 200 /)
  assert.match(text, /\r\nconnection: close\r\n/i)
  assert.match(text, /"access_token"/)
  assert.equal((await ended).code, 0)
})

test('a held request is answered at once, and a connection by which nothing comes holds nothing up', async (t) => {
  const server = await started(t)
  const silent = await open(server)
  const url = `${server.url}/v1/revocations`
  const ask = (query: string) => {
    const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    const now = Math.floor(Date.now() / 1000)
    const common = { method: 'GET', credentials, region: 'us-east-1', service: 'decision', now }
    return fetch(url + query, { headers: signRequest({ ...common, url: url + query, headers: {} }) })
  }
  const claims = JSON.parse(
    Buffer.from((await (await ask('')).text()).split('.')[1] ?? '', 'base64url').toString(),
  ) as { cursor: string }
  const held = ask(`?cursor=${claims.cursor}&wait=30`)
  await later(300)
  const ended = end(server)
  const answer = await held
  assert.equal(answer.status, 200)
  assert.match(await answer.text(), /^ey/)
  const { code, after } = await ended
  assert.equal(code, 0)
  // The whole patience of the drain is 10 s, and that of the request 30 s.
  assert.ok(after < 9000, `${after} ms`)
  silent.destroy()
})
