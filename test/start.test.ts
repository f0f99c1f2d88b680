// `npm start` as a newcomer and an operator meet it, in an empty directory: the real process where that is what matters.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { chanceryBin } from './support/chancery-bin.ts'
import { lastVariantOf } from './support/long-form.ts'
import { refusedStart } from './support/refused-start.ts'
import { startServer } from './support/server.ts'
import { until } from './support/waiting.ts'

function emptyDirectory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-start-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Nothing set but the port: what a newcomer has. */
const bare = {
  CHANCERY_ACCOUNT_ID: '',
  CHANCERY_ROOT_ACCESS_KEY_ID: '',
  CHANCERY_ROOT_SECRET_ACCESS_KEY: '',
  CHANCERY_ADMIN_PASSWORD: '',
}

/** A start that must be refused. */
const refused = (dir: string, env: Readonly<Record<string, string>>, isAlone = false) =>
  refusedStart({ dir, env: {} }, { env, isAlone })

/** What a first start leaves. */
const startedOnce = async (dir: string, env: Readonly<Record<string, string>> = {}) =>
  (await startServer({ dir, env, maybeHosted: true })).stop()

test('the first start on an empty directory says all a newcomer needs, the second says no secret', async (t) => {
  const dir = emptyDirectory(t)
  const first = await startServer({ dir, env: bare })
  const said = first.output()
  await first.stop()
  const credentials = join(dir, 'data', 'root-credentials')
  assert.match(said, /chancery is ready at http:\/\/localhost:\d+/)
  assert.match(said, /admin/)
  const password = /password\s+(\S+)/.exec(said)?.[1]
  assert.ok(password && password.length >= 16, said)
  assert.ok(said.includes(credentials), said)
  assert.match(said, /aws sts assume-role /)
  assert.equal(statSync(credentials).mode & 0o777, 0o600)
  assert.equal(statSync(join(dir, 'data')).mode & 0o077, 0)
  const secret = /aws_secret_access_key = (\S+)/.exec(readFileSync(credentials, 'utf8'))?.[1] ?? ''
  assert.ok(secret.length >= 40)
  assert.ok(!said.includes(secret), 'the root secret is in the file alone')

  const before = readFileSync(credentials, 'utf8')
  const second = await startServer({ dir, env: bare })
  const again = second.output()
  await second.stop()
  assert.doesNotMatch(again, /password|AKIA|secret/i)
  assert.equal(readFileSync(credentials, 'utf8'), before)
})

test('no file that the first start writes can be read by others', async (t) => {
  const dir = emptyDirectory(t)
  await startedOnce(dir, bare)
  for (const folder of ['data', 'keys']) {
    for (const name of readdirSync(join(dir, folder))) {
      assert.equal(statSync(join(dir, folder, name)).mode & 0o077, 0, `${folder}/${name}`)
    }
  }
})

test('the compile cache is written while the server runs, so that the next start has it whatever ends this one', async (t) => {
  const dir = emptyDirectory(t)
  const cache = join(dir, 'cache')
  const server = await startServer({ dir, env: { NODE_COMPILE_CACHE: cache } })
  t.after(() => server.kill())
  await until('the cache is written', () =>
    readdirSync(cache, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile()),
  )
})

test('a missing master key beside a store stops the start and says what to do', async (t) => {
  const dir = emptyDirectory(t)
  await startedOnce(dir)
  rmSync(join(dir, 'keys'), { recursive: true })
  const { code, said } = await refused(dir, {}, true)
  assert.equal(code, 1)
  assert.match(said, /chancery did not start: the master key .* is missing.*restore/)
  assert.doesNotMatch(said, /\n\s+at /)
})

test('a master key that others can read, or that is not one, stops the start', async (t) => {
  const dir = emptyDirectory(t)
  await startedOnce(dir)
  const key = join(dir, 'keys', readdirSync(join(dir, 'keys'))[0] ?? '')
  const text = readFileSync(key, 'utf8')
  chmodSync(key, 0o644)
  assert.match((await refused(dir, {})).said, /is readable by others: run chmod 600/)
  chmodSync(key, 0o600)
  writeFileSync(key, 'not a key')
  assert.match((await refused(dir, {})).said, /is not a master key file/)
  writeFileSync(key, text.replace(/"key": "..../, '"key": "AAAA'))
  const other = await refused(dir, {})
  assert.equal(other.code, 1)
  assert.match(other.said, /chancery did not start: .*master key/)
})

test('workers that cannot start are not started again and again', async (t) => {
  const dir = emptyDirectory(t)
  await startedOnce(dir)
  rmSync(join(dir, 'keys'), { recursive: true })
  const { code, said } = await refused(dir, { CHANCERY_WORKERS: '2' })
  assert.equal(code, 1)
  assert.match(said, /the master key .* is missing/)
})

for (const workers of lastVariantOf(['1', '2']))
  test(`a port in use says so, to ${workers} that would listen there`, async (t) => {
    const dir = emptyDirectory(t)
    const holder = createServer()
    const port = await new Promise<number>((done) => {
      holder.listen(0, '127.0.0.1', () => done((holder.address() as { port: number }).port))
    })
    t.after(() => holder.close())
    // Not spawnSync: this process holds the port and must go on answering.
    const child = spawn(process.execPath, [chanceryBin, 'start'], {
      cwd: dir,
      env: { PATH: process.env['PATH'], CHANCERY_PORT: String(port), CHANCERY_WORKERS: workers },
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const code = await new Promise((done) => child.once('exit', done))
    assert.equal(code, 1)
    assert.match(said, new RegExp(`port in use: something else listens on 127.0.0.1:${port}`))
    assert.deepEqual(readdirSync(dir), [], 'nothing was made')
  })

for (const workers of lastVariantOf(['1', '2']))
  test(`a host that has no address is named, to ${workers} that would listen there`, async (t) => {
    const dir = emptyDirectory(t)
    const { code, said } = await refused(dir, {
      CHANCERY_HOST: 'nowhere.invalid',
      CHANCERY_WORKERS: workers,
    })
    assert.equal(code, 1)
    assert.match(
      said,
      /^chancery did not start: cannot listen on nowhere\.invalid:0 \(E\w+\); set CHANCERY_HOST and CHANCERY_PORT\n$/,
    )
    assert.deepEqual(readdirSync(dir), [], 'nothing was made')
  })

// A directory under a file: nobody may make it, whoever runs this.
for (const [what, env, said] of [
  [
    'the master key',
    { CHANCERY_KEYS: 'file/keys' },
    /the master key `.*file\/keys\/.*` cannot be created \(ENOTDIR\)/,
  ],
  [
    'the root access key',
    { CHANCERY_DATA: 'file/data', CHANCERY_STORE: 'sqlite:chancery.db' },
    /the root access key cannot be written to `.*file\/data\/root-credentials` \(ENOTDIR\)/,
  ],
] as const)
  test(`a place where ${what} cannot be written is named, with what to do`, async (t) => {
    const dir = emptyDirectory(t)
    writeFileSync(join(dir, 'file'), '')
    const start = await refused(dir, env)
    assert.equal(start.code, 1)
    assert.match(
      start.said,
      /^chancery did not start: .*: the user this server runs as must own its directory; CHANCERY_\w+ names another\n$/,
    )
    assert.match(start.said, said)
  })

test('every fault of the settings is in one message and nothing is made', async (t) => {
  const dir = emptyDirectory(t)
  const { code, said } = await refused(dir, {
    CHANCERY_PROT: '1',
    CHANCERY_WORKERS: '0',
    CHANCERY_ISSUER: 'http://id.example',
  })
  assert.equal(code, 1)
  for (const part of ['CHANCERY_PROT', 'CHANCERY_WORKERS', 'CHANCERY_ISSUER'])
    assert.ok(said.includes(part), said)
  assert.deepEqual(readdirSync(dir), [])
})

test('a request in flight is answered when SIGTERM comes', async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const url = `${server.url}/.well-known/openid-configuration`
  const asked = Array.from({ length: 20 }, () => {
    // The server says when it has read the head (RFC 9110 §10.1.1).
    const asking = request(url, { headers: { expect: '100-continue' } })
    const answer = once(asking, 'response').then(
      ([response]) => (response as IncomingMessage).resume().statusCode,
    )
    asking.end()
    return { received: once(asking, 'continue'), answer }
  })
  await Promise.all(asked.map(({ received }) => received))
  server.process.kill('SIGTERM')
  for (const status of await Promise.all(asked.map(({ answer }) => answer))) assert.equal(status, 200)
})

/** Dead, though its parent may not have asked for its end yet. */
async function gone(pid: number): Promise<void> {
  const state = () => {
    try {
      return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
    } catch {
      return undefined
    }
  }
  await until(`process ${pid} has ended`, () => ['Z', 'X', undefined].includes(state()))
}

test('two workers share one port, and one that is killed is replaced', async (t) => {
  const server = await startServer({ env: { CHANCERY_WORKERS: '2' } })
  t.after(() => server.stop())
  const children = readFileSync(`/proc/${server.process.pid}/task/${server.process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
  assert.equal(children.length, 2)
  process.kill(Number(children[0]), 'SIGKILL')
  // Until it is gone it may still take a connection, which ends with it.
  await gone(Number(children[0]))
  for (let n = 0; n < 20; n++) {
    const answer = await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(10_000) })
    assert.equal(answer.status, 200)
    await new Promise((done) => setTimeout(done, 100))
  }
})

const tls = {
  CHANCERY_TLS_CERT: join(import.meta.dirname, 'support/tls/cert.pem'),
  CHANCERY_TLS_KEY: join(import.meta.dirname, 'support/tls/key.pem'),
}

test('https is served directly, with Secure cookies and an https issuer', async (t) => {
  const server = await startServer({ env: tls })
  t.after(() => server.stop())
  assert.match(server.url, /^https:\/\/localhost:/)
  const ca = readFileSync(tls.CHANCERY_TLS_CERT)
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    get(`${server.url}/sign-in`, { ca }, done).once('error', fail)
  })
  answer.resume()
  assert.ok(answer.headers['strict-transport-security'])
  const cookies = answer.headers['set-cookie'] ?? []
  assert.ok(cookies.length > 0 && cookies.every((cookie) => /; secure/i.test(cookie)), cookies.join('\n'))
})

test('TLS files that are missing or no pair stop the start and are named', async (t) => {
  const dir = emptyDirectory(t)
  const { code, said } = await refused(dir, { ...tls, CHANCERY_TLS_KEY: 'missing.pem' })
  assert.equal(code, 1)
  assert.match(said, /CHANCERY_TLS_CERT and CHANCERY_TLS_KEY cannot be used: .*missing.pem/)
  assert.doesNotMatch(said, /\n\s+at /)
})
