// `chancery credentials` against a running server: each source, the cache, and an unmodified aws client that runs it.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { chanceryBin } from '../support/chancery-bin.ts'
import { runCommand } from '../support/command-line.ts'
import { run } from '../support/outside-tool.ts'
import { audience, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId, rootKey } from '../support/server.ts'

const roleArn = `arn:aws:iam::${accountId}:role/deploy`
const machineArn = `arn:aws:iam::${accountId}:role/machine`
const dir = mkdtempSync(join(tmpdir(), 'chancery-credentials-'))
const tokenPath = join(dir, 'token')
let setup: RoleServer

before(
  async () => {
    setup = await startRoleServer()
    await setup.role('machine', {
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'sts:AssumeRole',
    })
    const { iam } = setup
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'web' }))
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'web', RoleName: 'machine' }))
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'empty' }))
  },
  { timeout: 60_000 },
)
after(async () => {
  await setup.stop()
  rmSync(dir, { recursive: true })
})

type Env = Readonly<Record<string, string>>
const now = () => Math.floor(Date.now() / 1000)
const credentials = (args: readonly string[], env: Env = {}) =>
  runCommand(['credentials', '--url', setup.server.url, ...args], { env: () => ({ HOME: dir, ...env }), now })

interface ProcessOutput {
  readonly Version: number
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  readonly Expiration: string
}

async function callerOf(out: string): Promise<string | undefined> {
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse(out) as ProcessOutput
  assert.equal(Version, 1)
  assert.match(Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  assert.ok(Date.parse(Expiration) > Date.now())
  const client = setup.sts({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  })
  const { Arn } = await client.send(new GetCallerIdentityCommand({}))
  client.destroy()
  return Arn
}
const sessionOf = (role: string, name: string) => `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`
const key: Env = { AWS_ACCESS_KEY_ID: rootKey.id, AWS_SECRET_ACCESS_KEY: rootKey.secret }

test('a token file', async () => {
  writeFileSync(tokenPath, `${await setup.token()}\n`)
  const given = ['--role', roleArn, '--token-file', tokenPath, '--session-name', 'pod']
  const { code, out, err } = await credentials(given)
  assert.deepEqual([code, err], [0, ''])
  assert.equal(await callerOf(out), sessionOf('deploy', 'pod'))
})

test('the variables that AWS SDKs read for a token file', async () => {
  writeFileSync(tokenPath, await setup.token())
  const { out } = await credentials([], {
    AWS_ROLE_ARN: roleArn,
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenPath,
    AWS_ROLE_SESSION_NAME: 'from-env',
  })
  assert.equal(await callerOf(out), sessionOf('deploy', 'from-env'))
})

test('a GitHub Actions job: its token endpoint is asked for the audience', async (t) => {
  let asked = ''
  const github = createServer((req, res) => {
    asked = `${req.headers.authorization} ${req.url}`
    void setup.token().then((value) => res.end(JSON.stringify({ value })))
  })
  await new Promise<void>((done) => github.listen(0, '127.0.0.1', done))
  t.after(() => github.close())
  const port = (github.address() as AddressInfo).port
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-secret',
  }
  const given = ['--role', roleArn, '--audience', audience, '--session-name', 'ci']
  const { out } = await credentials(given, env)
  assert.equal(asked, `Bearer runner-secret /token?api-version=2.0&audience=${audience}`)
  assert.equal(await callerOf(out), sessionOf('deploy', 'ci'))
})

test('a GitLab job: the variable with its token', async () => {
  const env = { GITLAB_CI: 'true', CHANCERY_TOKEN: await setup.token() }
  const { out } = await credentials(
    ['--role', roleArn, '--token-variable', 'CHANCERY_TOKEN', '--session-name', 'gl'],
    env,
  )
  assert.equal(await callerOf(out), sessionOf('deploy', 'gl'))
})

test('an access key, and the role of an instance profile', async () => {
  const direct = await credentials(['--role', machineArn, '--session-name', 'vm', '--duration', '900'], key)
  assert.equal(await callerOf(direct.out), sessionOf('machine', 'vm'))
  const ofProfile = await credentials(['--instance-profile', 'web', '--session-name', 'vm2'], key)
  assert.equal(await callerOf(ofProfile.out), sessionOf('machine', 'vm2'))
})

const refusals: readonly (readonly [title: string, args: readonly string[], env: Env, says: RegExp])[] = [
  ['no role', [], key, /name either the role with --role or an --instance-profile/],
  ['both', ['--role', 'r', '--instance-profile', 'web'], key, /name either the role/],
  [
    'a profile by token',
    ['--instance-profile', 'web', '--source', 'gitlab'],
    {},
    /needs the source `access-key`/,
  ],
  ['a profile without a role', ['--instance-profile', 'empty'], key, /`empty` has no role/],
  ['an unknown profile', ['--instance-profile', 'none'], key, /GetInstanceProfile: NoSuchEntity/],
  [
    'no token file',
    ['--role', roleArn, '--token-file', '/nonexistent/t'],
    {},
    /cannot read the token file .*ENOENT/,
  ],
  ['no file named', ['--role', roleArn, '--source', 'token-file'], {}, /name the token file/],
  ['no GitHub job', ['--role', roleArn, '--source', 'github'], {}, /permissions: id-token: write/],
  ['no GitLab token', ['--role', roleArn, '--source', 'gitlab'], {}, /GITLAB_OIDC_TOKEN is not set/],
  ['a name instead of an ARN', ['--role', 'deploy'], key, /`deploy` is not the ARN of a role, such as /],
  ['a role that denies', ['--role', roleArn], key, /AssumeRole: AccessDenied/],
  [
    'no server',
    ['--role', roleArn, '--url', 'http://127.0.0.1:1'],
    key,
    /cannot reach `http:\/\/127.0.0.1:1`/,
  ],
]
for (const [title, args, env, says] of refusals)
  test(`refused: ${title}`, async () => {
    const { code, out, err } = await credentials(args, env)
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, says)
  })

test('a token file that is replaced while it is read is read again', async () => {
  const [header = ''] = (await setup.token()).split('.')
  writeFileSync(tokenPath, header)
  const running = credentials(['--role', roleArn, '--token-file', tokenPath, '--session-name', 'late'])
  writeFileSync(tokenPath, await setup.token())
  assert.equal(await callerOf((await running).out), sessionOf('deploy', 'late'))
})

test('the cache: private, for these settings, and until five minutes before the end', async () => {
  const file = join(dir, 'cache.json')
  const given = ['--role', machineArn, '--cache', file]
  const first = await credentials(given, key)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal((await credentials(given, key)).out, first.out)
  assert.notEqual((await credentials([...given, '--session-name', 'other'], key)).out, first.out)

  const renewed = await credentials(given, key)
  chmodSync(file, 0o644)
  const replaced = await credentials(given, key)
  assert.notEqual(replaced.out, renewed.out)
  assert.equal(statSync(file).mode & 0o777, 0o600)

  const kept = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...kept, expiration: now() + 299 }))
  assert.notEqual((await credentials(given, key)).out, replaced.out)
})

test('the aws client runs it as a credential_process, and a profile that runs itself ends', {
  timeout: 60_000,
}, async () => {
  const command = `${process.execPath} ${chanceryBin} credentials --url ${setup.server.url} --role ${machineArn} --session-name cli`
  writeFileSync(
    join(dir, 'aws-config'),
    `[profile machine]\ncredential_process = ${command} --profile key\n[profile circle]\ncredential_process = ${command} --profile circle\n`,
  )
  writeFileSync(
    join(dir, 'aws-credentials'),
    `[key]\naws_access_key_id = ${rootKey.id}\naws_secret_access_key = ${rootKey.secret}\n`,
  )
  const files = {
    AWS_CONFIG_FILE: join(dir, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(dir, 'aws-credentials'),
  }
  const args = ['--endpoint-url', setup.server.url, '--region', 'us-east-1', 'sts', 'get-caller-identity']
  const { code, out, err } = await run('aws', args, { ...files, AWS_PROFILE: 'machine' })
  assert.equal(code, 0, err)
  assert.match(out, /assumed-role\/machine\/cli/)
  const circle = await credentials(['--role', machineArn, '--profile', 'circle'], files)
  assert.match(circle.err, /runs itself/)
})
