// Readiness reaches the socket of systemd, and a service manager that is not there is no failure.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { notifyReady } from '../../src/agent/systemd.ts'
import { lacking } from '../support/outside-tool.ts'

/** Prints the first message on a datagram socket of the Unix family, which Node has none of. */
const receiver = `
import socket, sys
taken = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
taken.bind(sys.argv[1])
print('bound', flush=True)
print(taken.recv(4096).decode(), flush=True)
taken.recv(4096)
`

test('the agent reports to systemd that it is ready', {
  skip: lacking('systemd-notify', '--version'),
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-notify-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const socket = join(dir, 'notify')
  const listening = spawn('python3', ['-c', receiver, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => listening.kill())
  let text = ''
  listening.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await once(listening.stdout, 'data')
  const env = { PATH: process.env['PATH'], NOTIFY_SOCKET: socket }
  const [failure] = await Promise.all([notifyReady(env), once(listening.stdout, 'data')])
  assert.equal(failure, undefined)
  assert.match(text, /READY=1/)
})

test('without NOTIFY_SOCKET nothing is run; a socket that is gone is reported', {
  skip: lacking('systemd-notify', '--version'),
}, async () => {
  assert.equal(await notifyReady({ PATH: '/nonexistent' }), undefined)
  const env = { PATH: process.env['PATH'], NOTIFY_SOCKET: '/nonexistent/notify' }
  assert.match((await notifyReady(env)) ?? '', /systemd-notify failed/)
})
