// The command under an older Node, and by npm: the server hears every signal, and nothing outlives what was started.
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isLongForm, variantsOf } from './support/long-form.ts'
import { type Running, startServer } from './support/server.ts'
import { until } from './support/waiting.ts'

const bin = resolve(import.meta.dirname, '../src/bin.js')
const later = (ms: number) => new Promise((next) => setTimeout(next, ms))

/** One that the machine has of itself, not the one npm put first. */
function olderNode(): string | undefined {
  const places = ['/usr/bin', '/usr/local/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  return places
    .map((place) => join(place, 'node'))
    .filter((file) => existsSync(file) && realpathSync(file) !== realpathSync(process.execPath))
    .find((file) => {
      const [major = 0, minor = 0] = execFileSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' })
        .split('.')
        .map(Number)
      return major < 24 || (major === 24 && minor < 21)
    })
}
const node = olderNode()
const skip = node === undefined && 'no Node older than ours is on this machine'

const innerOf = ({ process: { pid } }: Running): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())

/** Resolves once the process has ended. */
async function gone(pid: number): Promise<void> {
  await until(`process ${pid} has ended`, () => {
    try {
      return /\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    } catch {
      return true
    }
  })
}

async function started(t: TestContext, env: Record<string, string> = {}) {
  const server = await startServer({ ...(node !== undefined && { node }), bin, env })
  t.after(() => server.stop())
  const inner = innerOf(server)
  assert.notEqual(realpathSync(`/proc/${inner}/exe`), realpathSync(`/proc/${server.process.pid}/exe`))
  return { server, inner }
}

const body = 'Action=GetCallerIdentity&Version=2011-06-15'
const head = `POST / HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n`

const endings = [
  ['SIGTERM', '1'],
  ['SIGTERM', '2'],
  ['SIGINT', '1'],
  ['SIGINT', '2'],
] as const
for (const [signal, workers] of isLongForm ? endings : endings.slice(0, 1))
  test(`${signal} to an older Node: ${workers} in the locked one answer what is on its way, then both end`, {
    skip,
  }, async (t) => {
    const { server, inner } = await started(t, { CHANCERY_WORKERS: workers })
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(head + body.slice(0, 10))
    // The server has read the head (RFC 9110 §10.1.1).
    await once(socket, 'data')
    socket.pause()
    const exited = once(server.process, 'exit')
    server.process.kill(signal)
    await later(1000)
    socket.write(body.slice(10))
    let text = ''
    for await (const chunk of socket) text += chunk
    assert.match(text, /^HTTP\/1\.1 403 /)
    assert.match(text, /\r\nconnection: close\r\n/i)
    assert.match(text, /MissingAuthenticationToken/)
    assert.deepEqual(await exited, [0, null])
    await gone(inner)
  })

if (isLongForm)
  test('an older Node ends by the signal that ended the locked one', { skip }, async (t) => {
    const { server, inner } = await started(t)
    const exited = once(server.process, 'exit')
    process.kill(inner, 'SIGKILL')
    assert.deepEqual(await exited, [null, 'SIGKILL'])
  })

if (isLongForm)
  test('SIGHUP is passed on, and the locked one reloads its configuration', { skip }, async (t) => {
    const { server } = await started(t)
    server.process.kill('SIGHUP')
    await until('the configuration was reloaded', () =>
      /the configuration was reloaded/.test(server.output()),
    )
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
  })

if (isLongForm)
  test('when the older Node is killed, the locked one ends too', { skip }, async (t) => {
    const { server, inner } = await started(t)
    await server.kill()
    await gone(inner)
  })

test('a command under an older Node says and ends as under ours', { skip }, () => {
  const run = (file: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(file, [bin, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    })
    return { status, stdout, stderr }
  }
  const older = run(node ?? '', 'no-such-command')
  assert.deepEqual(older, run(process.execPath, 'no-such-command'))
  assert.notEqual(older.status, 0)
})

const clone = resolve(import.meta.dirname, '..')
// A Ctrl-C reaches all of a terminal's group by itself; what ends one process alone is SIGTERM.
for (const [signal, ...how] of variantsOf([
  ['SIGTERM', 'npm', 'start'],
  ['SIGINT', 'npm', 'start'],
  ['SIGTERM', 'npx', 'chancery', 'start'],
] as const))
  test(`${signal} to ${how.join(' ')} ends the server, and nothing stays behind`, async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'chancery-npm-'))
    t.after(() => rmSync(dir, { recursive: true, force: true }))
    const [command = '', ...args] = how
    const npm = spawn(command, args, {
      cwd: clone,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        CHANCERY_PORT: '0',
        CHANCERY_DATA: join(dir, 'data'),
        CHANCERY_KEYS: join(dir, 'keys'),
      },
    })
    t.after(() => {
      npm.kill('SIGKILL')
      npm.stdout.destroy()
      npm.stderr.destroy()
    })
    let url: string | undefined
    for await (const chunk of npm.stdout) {
      url = /is ready at (\S+)/.exec(String(chunk))?.[1]
      if (url !== undefined) break
    }
    const port = Number(new URL(url ?? '').port)
    const serving = connect(port, '127.0.0.1')
    await once(serving, 'connect')
    npm.kill(signal)
    // The server lets go of a connection by which nothing comes.
    await once(serving, 'close')
    await assert.rejects(once(connect(port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' })
  })
