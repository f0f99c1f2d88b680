import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCommandHere } from '../support/command-line.ts'
import { freePort } from '../support/free-port.ts'
import { startServer } from '../support/server.ts'

test('`chancery health` says what answered, and without a server what to do', {
  timeout: 60_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const { port } = new URL(server.url)
  const ready = await runCommandHere(['health'], { env: { CHANCERY_PORT: port } })
  assert.deepEqual([ready.code, ready.out], [0, `ready at http://127.0.0.1:${port}\n`])
  const none = await freePort()
  const { code, out, err } = await runCommandHere(['health'], { env: { CHANCERY_PORT: String(none) } })
  assert.deepEqual([code, out], [1, ''])
  assert.match(
    err,
    new RegExp(`no server that is ready answers at http://127\\.0\\.0\\.1:${none}: \`chancery start\``),
  )
})
