// `chancery agent` as a process beside unmodified clients, over three ends of a session and a restart of the server. The
// clocks of the server, the agent and the clients are moved together.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../support/outside-tool.ts'
import { startRoleServer } from '../support/role-server.ts'
import { accountId, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const root = resolve(import.meta.dirname, '../..')
const shifted = ['--import', join(root, 'test/support/clock/shifted-clock.ts')]
const roleArn = `arn:aws:iam::${accountId}:role/deploy`
/** Of two generations, where both are installed. */
const clients = ['aws', ...(existsSync('/usr/bin/aws') ? ['/usr/bin/aws'] : [])]
/** Seconds; the shortest session that the server issues. */
const lifetime = 900

test('the aws client and the JavaScript SDK go on over three expiries and a restart', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-agent-'))
  const file = (name: string) => join(dir, name)
  const clock = { CLOCK_FILE: file('clock') }
  writeFileSync(clock.CLOCK_FILE, '0')
  const setup = await startRoleServer({ dir, nodeFlags: shifted, env: clock })
  t.after(async () => {
    await setup.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const { url } = setup.server
  let offset = 0
  const now = () => Date.now() + offset * 1000
  const writeToken = async () => {
    const iat = Math.floor(now() / 1000)
    writeFileSync(file('token.next'), await setup.token({ iat, nbf: iat, exp: iat + 300 }))
    renameSync(file('token.next'), file('token'))
  }
  await writeToken()

  const settings = [
    '--url',
    url,
    '--role',
    roleArn,
    '--duration',
    String(lifetime),
    '--session-name',
    'agent',
  ]
  const files = ['--token-file', file('token'), '--authorization-file', file('authorization')]
  const agent = start(
    t,
    [
      join(root, 'src/bin.js'),
      'agent',
      ...settings,
      ...files,
      '--port',
      '0',
      '--environment-file',
      file('env'),
    ],
    clock,
  )
  await agent.next(/credentials of .*role\/deploy until/)
  assert.equal(statSync(file('env')).mode & 0o777, 0o600)
  const endpoint = /FULL_URI=(\S+)/.exec(readFileSync(file('env'), 'utf8'))?.[1] ?? ''
  const authorization = readFileSync(file('authorization'), 'utf8')
  const variables = {
    ...clock,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  }
  const sdk = start(t, [join(root, 'test/agent/sdk-caller.ts')], { ...variables, AWS_ENDPOINT_URL: url })
  const bySdk = async () => {
    const line = sdk.next(/.+\n/)
    sdk.child.stdin?.write(`${now() - 1000}\n`)
    return (await line).trim()
  }
  const byCli = async (client: string) => {
    const python = {
      PYTHONPATH: join(root, 'test/support/clock/shifted-python'),
      PYTHONDONTWRITEBYTECODE: '1',
    }
    const call = ['--endpoint-url', url, 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
    const { out, err } = await run(client, call, { ...variables, ...python })
    return out.trim() || err
  }
  const served = async () => {
    const answer = await fetch(endpoint, { headers: { authorization } })
    const { Expiration = '', AccessKeyId = '' } = (await answer.json()) as Record<string, string>
    return { id: AccessKeyId, end: Date.parse(Expiration) }
  }
  /** Moves all clocks, and waits for credentials that were issued after that. */
  const advance = async (seconds: number) => {
    offset += seconds
    await writeToken()
    writeFileSync(clock.CLOCK_FILE, String(offset * 1000))
    await until(
      'credentials of the new time are served',
      async () => (await served()).end >= now() + (lifetime - 30) * 1000,
    )
  }

  const arn = `arn:aws:sts::${accountId}:assumed-role/deploy/agent`
  const ids = new Set<string>()
  for (let round = 0; round <= 3; round++) {
    if (round > 0) await advance(lifetime + 1)
    const [line, cli] = [await bySdk(), await byCli(clients[round % clients.length] ?? 'aws')]
    const [who, id = ''] = line.split(' ')
    assert.deepEqual([who, cli], [arn, arn], line)
    ids.add(id)
  }
  assert.equal(ids.size, 4)

  const before = await served()
  await setup.server.kill()
  offset += lifetime - 60
  writeFileSync(clock.CLOCK_FILE, String(offset * 1000))
  await until('the agent says that the server is away', async () => {
    assert.equal((await served()).id, before.id, 'what has not expired is served while the server is away')
    return /cannot reach/.test(agent.text())
  })
  const again = await startServer({
    dir,
    config: readFileSync(join(dir, 'config.yaml'), 'utf8'),
    nodeFlags: shifted,
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1', CHANCERY_PORT: new URL(url).port, ...clock },
  })
  t.after(() => again.stop())
  await advance(61)
  assert.notEqual((await served()).id, before.id)
  assert.match(await bySdk(), new RegExp(`^${arn} `))
  agent.child.kill('SIGTERM')
  assert.equal(await agent.exited, 0, agent.text())
})

interface Started {
  readonly child: ChildProcess
  /** Everything printed so far. */
  readonly text: () => string
  /** The first match in what is printed from now on. */
  readonly next: (pattern: RegExp) => Promise<string>
  readonly exited: Promise<number | null>
}

function start(t: TestContext, args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, [...shifted, ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      child.emit('text')
    })
  const exited = new Promise<number | null>((done) => child.once('exit', done))
  return {
    child,
    text: () => text,
    exited,
    next(pattern) {
      const from = text.length
      return new Promise((done, fail) => {
        const look = () => {
          const found = pattern.exec(text.slice(from))
          if (found === null) return
          child.off('text', look)
          done(found[0])
        }
        child.on('text', look)
        void exited.then(() => fail(new Error(`it ended: ${text}`)))
      })
    },
  }
}
