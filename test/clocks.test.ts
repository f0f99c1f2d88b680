// attacks 44: a machine whose clock is wrong at the first start, or jumps while the server runs. The real process serves
// whatever its clock says, and `/readyz` says so only while it does.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Credentials } from '../src/secure/sigv4/sign.ts'
import { element, formOf, type Said, saidBy, signed } from './support/aws-call.ts'
import { clockIs } from './support/clock/clock-seen.ts'
import { atPassword, enrol } from './support/person.ts'
import { type Running, startServer } from './support/server.ts'

const hour = 3600
const day = 24 * hour
const shiftedClock = resolve(import.meta.dirname, 'support/clock/shifted-clock.ts')

interface Machine {
  /** Seconds that its clock is ahead from now on, or from the next start. */
  set(ahead: number): void
  /** Resolves when the clock that was set is what the running server has. */
  taken(): Promise<void>
  start(): Promise<Running>
}

function machine(t: TestContext): Machine {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-clock-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'clock')
  let milliseconds = 0
  return {
    set(ahead) {
      milliseconds = ahead * 1000
      writeFileSync(file, String(milliseconds))
    },
    taken: () => clockIs(file, milliseconds),
    async start() {
      const nodeFlags = ['--import', shiftedClock]
      const server = await startServer({ dir, nodeFlags, env: { CLOCK_FILE: file } })
      t.after(() => server.stop())
      return server
    },
  }
}

/** A call by somebody whose clock is as far ahead as the server's. */
async function callAhead(
  { url }: Running,
  credentials: Credentials,
  ahead: number,
  action: string,
  params: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const body = formOf('sts', action, params)
  const now = Math.floor(Date.now() / 1000) + ahead
  const headers = signed({ url: `${url}/`, service: 'sts', credentials, body, now })
  const response = await fetch(url, { method: 'POST', headers, body })
  return saidBy(response.status, await response.text())
}

/** Everything that signs or derives: a session is made and used, keys are published, a sign-in page has its cookie. */
async function assertServes(server: Running, ahead: number): Promise<void> {
  const root = { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret }
  const RoleArn = `arn:aws:iam::${server.accountId}:role/reader`
  const assumed = await callAhead(server, root, ahead, 'AssumeRole', { RoleArn, RoleSessionName: 'clock' })
  assert.equal(assumed.status, 200, assumed.text)
  const session = {
    accessKeyId: element(assumed.text, 'AccessKeyId') ?? '',
    secretAccessKey: element(assumed.text, 'SecretAccessKey') ?? '',
    sessionToken: element(assumed.text, 'SessionToken') ?? '',
  }
  const used = await callAhead(server, session, ahead, 'GetCallerIdentity')
  assert.equal(used.status, 200, used.text)
  const { keys } = (await (await fetch(`${server.url}/jwks`)).json()) as { keys: readonly unknown[] }
  assert.ok(keys.length >= 2)
  assert.equal((await atPassword(server)).page.status, 200)
  const ready = await fetch(`${server.url}/readyz`)
  assert.equal(ready.status, 200)
  assert.deepEqual(await ready.json(), {
    status: 'ready',
    checks: { store: 'ok', keys: 'ok', audit: 'ok' },
  })
}

/** Longer than the server keeps what it computed for a second. */
const aSecond = () => new Promise((done) => setTimeout(done, 1_200))

test('44: a first start two hours ahead serves, and so does the restart at the true time', {
  timeout: 60_000,
}, async (t) => {
  const { set, start } = machine(t)
  set(2 * hour)
  const first = await start()
  await assertServes(first, 2 * hour)
  await first.stop()
  set(0)
  const second = await start()
  await assertServes(second, 0)
  const person = await enrol(second)
  assert.equal(person.home.status, 200)
})

test('44: a clock that jumps back and forth while the server runs leaves it serving', {
  timeout: 60_000,
}, async (t) => {
  const { set, taken, start } = machine(t)
  set(0)
  const server = await start()
  for (const ahead of [-2 * hour, 0, 3 * day, -day, 100 * day, 0]) {
    set(ahead)
    await taken()
    await aSecond()
    await assertServes(server, ahead)
  }
})
