// A worker pauses after each connection that it accepts, so that the others accept too. Whether bursts are shared then depends on how
// busy the machine is; test/processes/workers.test.ts sends some to real workers.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { bind, httpServer, listen } from '../../src/web/listen.ts'
import { until } from '../support/waiting.ts'

test('each connection of a burst on the socket of the workers is followed by a pause of less than a millisecond', {
  timeout: 60_000,
}, async (t) => {
  const place = { host: '127.0.0.1', port: 0 }
  const { handle, port } = await bind(place)
  const server = httpServer(undefined, (_request, response) => void response.end())
  const wait = t.mock.method(Atomics, 'wait')
  await listen(server, place, handle)
  t.after(() => server.close())
  let accepted = 0
  server.on('connection', () => {
    accepted += 1
  })
  const sockets = Array.from({ length: 48 }, () => connect(port, '127.0.0.1'))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
  })
  await until('all connections are accepted', () => accepted === 48)
  assert.equal(wait.mock.callCount(), 48)
  for (const { arguments: given } of wait.mock.calls) assert.ok(Number(given[3]) < 1)
})
