// The agent's endpoint over HTTP: what it serves, and to whom not.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fromHttp, fromInstanceMetadata } from '@aws-sdk/credential-providers'
import { authorizationToken } from '../../src/agent/endpoint/authorization-token.ts'
import { InstanceMetadata } from '../../src/agent/endpoint/instance-metadata.ts'
import { type Endpoint, startEndpoint } from '../../src/agent/endpoint/server.ts'
import type { SessionCredentials } from '../../src/agent/session-credentials.ts'
import { Problem } from '../../src/problem.ts'
import { run } from '../support/outside-tool.ts'

const roleArn = 'arn:aws:iam::123456789012:role/machines/web'
const dir = mkdtempSync(join(tmpdir(), 'chancery-endpoint-'))
const authorization = authorizationToken(join(dir, 'token'))
let endpoint: Endpoint
let problem: Problem | undefined
let clock = 1_800_000_000
const current = async (): Promise<SessionCredentials> => {
  if (problem) throw problem
  return {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'session-token',
    expiration: 4_000_000_000,
    roleArn,
  }
}

before(async () => {
  const users = new Set([process.getuid?.() ?? 0])
  const metadata = new InstanceMetadata({ current, region: 'eu-test-1', users, now: () => clock })
  endpoint = await startEndpoint({ port: 0, authorization, current, metadata })
})
after(async () => {
  await endpoint.close()
  rmSync(dir, { recursive: true })
})

interface Said {
  readonly status: number
  readonly body: string
}
interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Said> {
  return new Promise((done, fail) => {
    const sent = request(`${endpoint.url}${path}`, { method, headers, agent: false }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      answer.on('end', () => done({ status: answer.statusCode ?? 0, body: text }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}
const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }
const newToken = async () => (await ask('/latest/api/token', { method: 'PUT', headers: ttl })).body
const credentialsPath = '/latest/meta-data/iam/security-credentials/'

test('container credentials for who has the token', async () => {
  const { status, body } = await ask('/credentials', { headers: { authorization: authorization.reveal() } })
  assert.equal(status, 200)
  assert.deepEqual(JSON.parse(body), {
    AccessKeyId: 'ASIAEXAMPLE',
    SecretAccessKey: 'secret',
    Token: 'session-token',
    Expiration: '2096-10-02T07:06:40Z',
    RoleArn: roleArn,
    AccountId: '123456789012',
  })
})

test('the metadata service: token, role, credentials, region', async () => {
  const headers = { 'x-aws-ec2-metadata-token': await newToken() }
  const get = async (path: string) => (await ask(path, { headers })).body
  assert.equal(await get(credentialsPath), 'web')
  assert.equal(await get(credentialsPath.slice(0, -1)), 'web')
  assert.equal((JSON.parse(await get(`${credentialsPath}web`)) as { Code: string }).Code, 'Success')
  assert.equal(await get('/latest/meta-data/placement/region'), 'eu-test-1')
  assert.match(await get('/latest/meta-data/iam/info'), /instance-profile\/web/)
  assert.match(await get('/latest/dynamic/instance-identity/document'), /"region":"eu-test-1"/)
  assert.equal((await ask(`${credentialsPath}other`, { headers })).status, 404)
})

test('the JavaScript SDK reads both', async (t) => {
  const fromContainer = fromHttp({
    awsContainerCredentialsFullUri: `${endpoint.url}/credentials`,
    awsContainerAuthorizationTokenFile: join(dir, 'token'),
  })
  assert.equal((await fromContainer()).accessKeyId, 'ASIAEXAMPLE')
  process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = endpoint.url
  t.after(() => delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'])
  assert.equal((await fromInstanceMetadata({ maxRetries: 0 })()).sessionToken, 'session-token')
})

const good = () => ({ authorization: authorization.reveal() })
type Case = readonly [title: string, path: string, asked: () => Asked, status: number]
const refused: readonly Case[] = [
  ['no token', '/credentials', () => ({}), 401],
  ['another token', '/credentials', () => ({ headers: { authorization: 'guess' } }), 401],
  ['POST for credentials', '/credentials', () => ({ method: 'POST', headers: good() }), 405],
  ['an unknown path', '/credential', () => ({ headers: good() }), 404],
  ['metadata without a token (version 1)', credentialsPath, () => ({}), 401],
  [
    'metadata with a made-up token',
    credentialsPath,
    () => ({ headers: { 'x-aws-ec2-metadata-token': 'x' } }),
    401,
  ],
  ['metadata with the container token', credentialsPath, () => ({ headers: good() }), 401],
  ['a metadata token by GET', '/latest/api/token', () => ({ headers: ttl }), 405],
  ['a metadata token without a lifetime', '/latest/api/token', () => ({ method: 'PUT' }), 400],
  ...['0', '21601', '1e3', '-1', ''].map(
    (seconds): Case => [
      `a metadata token for \`${seconds}\` seconds`,
      '/latest/api/token',
      () => ({ method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': seconds } }),
      400,
    ],
  ),
]
for (const [title, path, asked, status] of refused)
  test(`refused with ${status}: ${title}`, async () => {
    const said = await ask(path, asked())
    assert.equal(said.status, status)
    assert.doesNotMatch(said.body, /secret|session-token/)
  })

/** What a page in a browser or a proxy adds to a request; each alone is enough for a refusal, on every path. */
const foreign: readonly (readonly [title: string, headers: Readonly<Record<string, string>>])[] = [
  ['a page of another origin', { origin: 'https://evil.example' }],
  ['a page with an opaque origin', { origin: 'null' }],
  ['a page that includes it as a script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ['the address bar', { 'sec-fetch-site': 'none' }],
  ['a name that was made to resolve to loopback', { host: 'rebind.evil.example' }],
  ['such a name with the port', { host: 'rebind.evil.example:1338' }],
  ['loopback on another port', { host: '127.0.0.1:1' }],
  ['a proxy', { 'x-forwarded-for': '203.0.113.9' }],
  ['a proxy of RFC 7239', { forwarded: 'for=203.0.113.9' }],
  ['a proxy of RFC 9110', { via: '1.1 proxy' }],
]
for (const [title, headers] of foreign)
  test(`refused with 403: ${title}`, async () => {
    const token = await newToken()
    const known = { ...good(), 'x-aws-ec2-metadata-token': token, ...headers }
    for (const path of ['/credentials', credentialsPath, `${credentialsPath}web`])
      assert.equal((await ask(path, { headers: known })).status, 403, path)
    const issued = await ask('/latest/api/token', { method: 'PUT', headers: { ...ttl, ...headers } })
    assert.equal(issued.status, 403)
  })

test('a body is refused before it is read', async () => {
  const big = { 'content-length': String(10 ** 12) }
  for (const path of ['/credentials', credentialsPath]) {
    const said = await new Promise<number>((done, fail) => {
      const sent = request(
        `${endpoint.url}${path}`,
        { headers: { ...good(), ...big }, agent: false },
        (answer) => {
          done(answer.statusCode ?? 0)
          sent.destroy()
        },
      )
      sent.on('error', fail)
      sent.flushHeaders()
    })
    assert.equal(said, 413)
    assert.equal((await ask(path, { headers: { 'transfer-encoding': 'chunked' }, body: 'x' })).status, 413)
  }
  assert.equal((await ask('/credentials', { headers: { filler: 'x'.repeat(10_000) } })).status, 431)
})

test('a program that uses the fetch of Node is served', async () => {
  const { status } = await fetch(`${endpoint.url}/credentials`, { headers: good() })
  assert.equal(status, 200)
})

test('a metadata token ends', async () => {
  const headers = { 'x-aws-ec2-metadata-token': await newToken() }
  clock += 59
  assert.equal((await ask(credentialsPath, { headers })).status, 200)
  clock += 1
  assert.equal((await ask(credentialsPath, { headers })).status, 401)
})

test('without credentials the answer is 503 with the reason', async (t) => {
  problem = new Problem('unavailable', 'cannot reach the server')
  t.after(() => {
    problem = undefined
  })
  const { status, body } = await ask('/credentials', { headers: good() })
  assert.equal(status, 503)
  assert.match(body, /cannot reach the server/)
})

test('another user of the machine gets neither token nor metadata', {
  skip: process.getuid?.() === 0 ? false : 'only root can act as another user',
}, async () => {
  const nobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups']
  const put = [
    'curl',
    '-sS',
    '-X',
    'PUT',
    '-H',
    'X-aws-ec2-metadata-token-ttl-seconds: 60',
    `${endpoint.url}/latest/api/token`,
  ]
  assert.match((await run('setpriv', [...nobody, ...put])).out, /this user of the machine may not ask/)
  assert.match((await run('setpriv', ['--reuid', '0', ...put])).out, /^[\w-]{43}$/)
  chmodSync(dir, 0o755)
  assert.notEqual((await run('setpriv', [...nobody, 'cat', join(dir, 'token')])).code, 0)
})

test('the token file is private, kept by the next run, and never one that others can read', () => {
  const file = join(dir, 'token')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(authorizationToken(file).equals(authorization.reveal()))
  const readable = join(dir, 'readable')
  writeFileSync(readable, readFileSync(file), { mode: 0o644 })
  assert.throws(() => authorizationToken(readable), /nobody else can read/)
  symlinkSync(file, join(dir, 'link'))
  assert.throws(() => authorizationToken(join(dir, 'link')), Problem)
})

test('a port that is taken is a refusal that names it', async () => {
  const port = Number(new URL(endpoint.url).port)
  await assert.rejects(
    startEndpoint({ port, authorization, current, metadata: undefined }),
    /cannot listen on 127\.0\.0\.1/,
  )
})
