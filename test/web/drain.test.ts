import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { gracefulShutdown } from '../../src/web/drain.ts'

test('an answer that goes on within the limit is sent whole; one that does not end is cut off at the limit', async () => {
  const server = createServer((req, res) => {
    res.write('first ')
    if (req.url === '/slow') setTimeout(() => res.end('last'), 300)
  })
  const drain = gracefulShutdown(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const slow = await fetch(`http://127.0.0.1:${port}/slow`)
  const endless = await fetch(`http://127.0.0.1:${port}/endless`)
  const drained = drain({ limit: 1500, linger: 20 })
  assert.equal(await slow.text(), 'first last')
  await assert.rejects(endless.text())
  await drained
})

test('an idle connection stays a little while, and its request is answered by the last answer', async () => {
  const server = createServer((_req, res) => void res.end('x'))
  const drain = gracefulShutdown(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const ask = () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  ask()
  const [first] = (await once(socket, 'data')) as [Buffer]
  assert.match(first.toString(), /keep-alive/i)
  const drained = drain({ limit: 60_000, linger: 30_000 })
  await new Promise((next) => setTimeout(next, 50))
  ask()
  const [second] = (await once(socket, 'data')) as [Buffer]
  assert.match(second.toString(), /^HTTP\/1\.1 200 OK.*connection: close/is)
  await once(socket, 'end')
  await drained
})
