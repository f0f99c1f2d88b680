// `chancery backup` beside a loaded server, `chancery restore` into either engine, and the restored server in its place.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { basic, pkce, post } from '../oidc/browser.ts'
import { call, element } from '../support/aws-call.ts'
import { chanceryBin } from '../support/chancery-bin.ts'
import { runCommandHere } from '../support/command-line.ts'
import { testDatabase, withoutServer } from '../support/databases/mongo-server.ts'
import { type FormBrowser, headingOf } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { isLongForm } from '../support/long-form.ts'
import { type Ran, run } from '../support/outside-tool.ts'
import { atSecondFactor, enrol } from '../support/person.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const secret = 'a-secret-of-the-application'
const app = basic('app', secret)
const back = 'https://app.example/cb'
const config = `clients:
  - client_id: app
    client_secret: ${secret}
    first_party: true
    redirect_uris: ['${back}']
    grant_types: [authorization_code, refresh_token]
`

function directory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-moved-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const chancery = (dir: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommandHere(args, {
    env: { CHANCERY_DATA: join(dir, 'data'), CHANCERY_KEYS: join(dir, 'keys'), ...env },
  })

/** As a process of its own, which has what stands on its standard input and output. */
const pipe = (dir: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') =>
  run(
    process.execPath,
    [chanceryBin, ...args],
    { CHANCERY_DATA: join(dir, 'data'), CHANCERY_KEYS: join(dir, 'keys'), ...env },
    input,
  )

const done = ({ code, out, err }: Ran): string => {
  assert.equal(code, 0, err)
  assert.equal(out, '')
  return err
}

async function refreshToken(browser: FormBrowser, url: string): Promise<string> {
  const { verifier, challenge } = pkce()
  const asked = new URLSearchParams({
    client_id: 'app',
    response_type: 'code',
    redirect_uri: back,
    scope: 'openid offline_access',
    prompt: 'consent',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const end = await browser.open(`/authorize?${asked}`)
  const shown = end.location?.startsWith(back) ? end : await browser.submit(end, {})
  const code = URL.parse(shown.location ?? '')?.searchParams.get('code')
  assert.ok(code, `${shown.status} ${headingOf(shown)} ${shown.location}`)
  const grant = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back }
  const { status, body } = await post(`${url}/token`, grant, app)
  assert.equal(status, 200, JSON.stringify(body))
  return String(body['refresh_token'])
}

async function roleSession(url: string) {
  const trust = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
  }
  const RoleName = 'reader'
  await call(url, root, 'iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) })
  const { text } = await call(url, root, 'sts', 'AssumeRole', {
    RoleArn: `arn:aws:iam::${accountId}:role/${RoleName}`,
    RoleSessionName: 'job',
  })
  const part = (name: string) => element(text, name) ?? assert.fail(text)
  return {
    accessKeyId: part('AccessKeyId'),
    secretAccessKey: part('SecretAccessKey'),
    sessionToken: part('SessionToken'),
  }
}

/** Users made until `stop`; those answered with 200 are acknowledged. */
function load(server: Running): { readonly acknowledged: string[]; stop(): Promise<void> } {
  const acknowledged: string[] = []
  let going = true
  const lane = async (lane: number) => {
    for (let n = 0; going; n++) {
      const UserName = `u-${lane}-${n}`
      const { status } = await call(server.url, root, 'iam', 'CreateUser', { UserName })
      if (status === 200) acknowledged.push(UserName)
    }
  }
  const lanes = [0, 1, 2].map(lane)
  return {
    acknowledged,
    async stop() {
      going = false
      await Promise.all(lanes)
    },
  }
}

async function userNames(url: string): Promise<Set<string>> {
  const names = new Set<string>()
  let marker: string | undefined
  do {
    const more = marker === undefined ? {} : { Marker: marker }
    const { text } = await call(url, root, 'iam', 'ListUsers', { MaxItems: '1000', ...more })
    for (const [, name = ''] of text.matchAll(/<UserName>([^<]+)/g)) names.add(name)
    marker = element(text, 'Marker')
  } while (marker !== undefined)
  return names
}

const requestIds = /<RequestId>[^<]*<\/RequestId>/g
const said = async (
  url: string,
  credentials: Parameters<typeof call>[1],
  of: 'iam' | 'sts',
  action: string,
) => {
  const { status, text } = await call(url, credentials, of, action)
  return { status, text: text.replace(requestIds, '') }
}

const skip = isLongForm && (await withoutServer())
for (const engine of isLongForm ? (['sqlite', 'mongodb'] as const) : (['sqlite'] as const)) {
  const title = `a backup of a loaded SQLite server restored into ${engine} answers every request alike`
  test(title, { skip: engine === 'mongodb' && skip }, async (t) => {
    const [home, moved] = [directory(t), directory(t)]
    const port = String(await freePort())
    const at = { CHANCERY_PORT: port, CHANCERY_ISSUER: `http://localhost:${port}` }
    const server = await startServer({ dir: home, config, env: at })
    t.after(() => server.stop())
    const { url } = server
    const person = await enrol(server)
    const refresh = await refreshToken(person.browser, url)
    const session = await roleSession(url)
    const asked = () =>
      Promise.all([
        said(url, session, 'sts', 'GetCallerIdentity'),
        said(url, root, 'iam', 'ListRoles'),
        said(url, root, 'iam', 'ListVirtualMFADevices'),
        fetch(`${url}/jwks`).then((answer) => answer.json()),
      ])
    const before = await asked()

    const traffic = load(server)
    await until('twenty users were made', () => traffic.acknowledged.length >= 20)
    const acknowledged = [...traffic.acknowledged]
    const file = join(home, 'b.jsonl.gz')
    const report = done(await chancery(home, ['backup', '--out', file]))
    // After lines of progress, if it took long.
    assert.match(report, /^\d+ records of .*chancery\.db are in .*b\.jsonl\.gz\nthe master key is not in it/m)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    await traffic.stop()
    await server.stop()

    cpSync(join(home, 'keys'), join(moved, 'keys'), { recursive: true })
    const database = engine === 'mongodb' ? await testDatabase() : undefined
    if (database) t.after(database.drop)
    const store = { CHANCERY_STORE: database?.url ?? `sqlite:${join(moved, 'data', 'chancery.db')}` }
    assert.match(done(await chancery(moved, ['restore', file], store)), /^\d+ records of .* are in .*: /m)
    const again = await chancery(moved, ['restore', file], store)
    assert.deepEqual([again.code, /a restore creates a new store/.test(again.err)], [1, true])

    const other = await startServer({ dir: moved, config, env: { ...at, ...store } })
    t.after(() => other.stop())
    assert.equal(other.url, url)
    const there = await userNames(url)
    assert.deepEqual(
      acknowledged.filter((name) => !there.has(name)),
      [],
    )
    assert.deepEqual(await asked(), before)
    assert.equal((await person.browser.open('/account')).status, 200, 'the browser is still signed in')
    const refreshing = { grant_type: 'refresh_token', refresh_token: refresh }
    assert.equal((await post(`${url}/token`, refreshing, app)).status, 200)
    const { browser, page } = await atSecondFactor(other)
    const way = await browser.open(`${new URL(page.url).pathname}?with=recovery`)
    const home2 = await browser.submit(way, { code: person.recoveryCodes[0] ?? '' })
    assert.equal(headingOf(home2), 'admin')
    await other.stop()
    const audit = await chancery(moved, ['audit', 'verify'], store)
    assert.deepEqual([audit.code, / 0 broken$/m.test(audit.out)], [0, true], audit.out)
  })
}

test('a backup can be piped, and each refusal says what to do', async (t) => {
  const [home, moved] = [directory(t), directory(t)]
  const nothing = await pipe(home, ['backup', '--out', '-'])
  assert.equal(nothing.code, 1)
  assert.match(nothing.err, /^chancery: there is no store at /)
  const server = await startServer({ dir: home })
  const unsealed = await pipe(home, ['backup', '--out', '-'], { CHANCERY_KEYS: join(home, 'none') })
  assert.equal(unsealed.code, 1)
  assert.match(unsealed.err, /^chancery: the master key .* is missing/)
  const piped = await pipe(home, ['backup', '--out', '-'])
  await server.stop()
  assert.equal(piped.code, 0, piped.err)
  for (const secret of [server.admin.password, rootKey.secret])
    assert.ok(!`${piped.out}${piped.err}`.includes(secret))
  const restoring = (input: string) => pipe(moved, ['restore', '-'], {}, input)
  const keyless = await restoring(piped.out)
  assert.deepEqual(
    [keyless.code, /there is no master key in .*: copy the `keys\/`/.test(keyless.err)],
    [1, true],
  )
  assert.deepEqual(readdirSync(moved), [])
  cpSync(join(home, 'keys'), join(moved, 'keys'), { recursive: true })
  const cut = await restoring(piped.out.slice(0, -40))
  assert.deepEqual([cut.code, /^chancery: the backup ends at line \d+/.test(cut.err)], [1, true], cut.err)
  assert.deepEqual(readdirSync(join(moved, 'data')), [])
  // It waits for more, and ends all the same.
  const waiting = spawn(process.execPath, [chanceryBin, 'restore', '-'], {
    env: { ...process.env, CHANCERY_DATA: join(moved, 'data'), CHANCERY_KEYS: join(moved, 'keys') },
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  waiting.stdin.write(piped.out.slice(0, -40))
  await until(
    'the restore has begun',
    () => waiting.exitCode !== null || readdirSync(join(moved, 'data')).length > 0,
  )
  waiting.kill('SIGTERM')
  const [said, [code]] = await Promise.all([text(waiting.stderr), once(waiting, 'exit')])
  assert.deepEqual([code, said], [1, 'chancery: stopped; nothing of it is left\n'])
  assert.deepEqual(readdirSync(join(moved, 'data')), [])
  done(await restoring(piped.out))
  for (const args of [['restore'], ['restore', 'a', 'b'], ['backup', '--into', 'x'], ['backup', 'x']])
    assert.equal((await chancery(home, args)).code, 2, args.join(' '))
})
