// What each surface says while the store does not answer: at once where nothing is asked of it, and otherwise, after its
// five seconds, that it is unavailable, in the surface's own words and with the time to try again.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Credentials, signRequest } from '../../src/secure/sigv4/sign.ts'
import { basic, pkce, post } from '../oidc/browser.ts'
import { element, formOf, makeWorker, type Service, signed } from '../support/aws-call.ts'
import { databaseUrl, type Ferretdb, ferretdb } from '../support/databases/mongo-server.ts'
import { type FormBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { atPassword, enrol } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { settlesWithin } from '../support/waiting.ts'

const root: Credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const secret = 'a-secret-of-the-application'
const back = 'https://app.example/cb'
const signer = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(signer.publicKey)), kid: 'k', use: 'sig', alg: 'ES256' }
const config = `clients:
  - client_id: signer
    jwks: ${JSON.stringify({ keys: [jwk] })}
    grant_types: [client_credentials]
  - client_id: app
    client_secret: ${secret}
    first_party: true
    redirect_uris: ['${back}']
    grant_types: [authorization_code, refresh_token, client_credentials, 'urn:ietf:params:oauth:grant-type:device_code']
`
let mongo: Ferretdb
let server: Running
let browser: FormBrowser
let otherBrowser: FormBrowser
let form: Seen
let session: Credentials
let decided: string
let tokens: Awaited<ReturnType<typeof post>>['body']

const asked = new URLSearchParams({
  client_id: 'app',
  response_type: 'code',
  redirect_uri: back,
  scope: 'openid',
  code_challenge_method: 'S256',
})
const authorizePath = (challenge = 'x'.repeat(43)) => `/authorize?${asked}&code_challenge=${challenge}`

before(async () => {
  const found = await ferretdb()
  assert.ok(found, 'no FerretDB could be built')
  mongo = found
  const env = { CHANCERY_STORE: databaseUrl(mongo.url, 'chancery') }
  server = await startServer({ env, config })
  browser = (await enrol(server)).browser
  const { browser: other, page } = await atPassword(server)
  otherBrowser = other
  form = page
  session = (await (await makeWorker(server.url, root, 'ada')).assume('job')).credentials
  const { verifier, challenge } = pkce()
  const code = URL.parse((await browser.open(authorizePath(challenge))).location ?? '')?.searchParams.get(
    'code',
  )
  const redeeming = {
    grant_type: 'authorization_code',
    code: code ?? '',
    code_verifier: verifier,
    redirect_uri: back,
  }
  tokens = (await post(`${server.url}/token`, redeeming, basic('app', secret))).body
  assert.ok(tokens['access_token'], JSON.stringify(tokens))
  const role = await aws('iam', 'GetRole', { RoleName: 'ada-role' })
  decided = JSON.stringify({
    subject: { type: 'role', id: element(role.text, 'RoleId') },
    action: { name: 'docs:GetDocument' },
    resource: { type: 'document', id: 'arn:aws:docs:::handbook/1' },
  })
  assert.equal((await decision('/access/v1/evaluation', decided)).status, 200)
  mongo.process.kill('SIGSTOP')
  // That a client is none of the store's, or a key nobody's, is remembered for a second: afterwards the store is asked.
  await pause(1500)
})
after(async () => {
  mongo.process.kill('SIGCONT')
  await server.stop()
  mongo.process.ref()
  await mongo.stop()
})

interface Said {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

async function ask(path: string, init: RequestInit = {}): Promise<Said> {
  const answer = await fetch(server.url + path, init)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
function aws(service: Service, action: string, params = {}, credentials = root): Promise<Said> {
  const body = formOf(service, action, params)
  return ask('/', {
    method: 'POST',
    body,
    headers: signed({ url: `${server.url}/`, service, credentials, body }),
  })
}
const client = (path: string, fields: Readonly<Record<string, string>>): Promise<Said> =>
  ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: basic('app', secret) })
function decision(path: string, body?: string): Promise<Said> {
  const request = { method: body === undefined ? 'GET' : 'POST', ...(body !== undefined && { body }) }
  const headers = signRequest({
    ...request,
    url: server.url + path,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    credentials: root,
    region: 'us-east-1',
    service: 'decision',
    now: Math.floor(Date.now() / 1000),
  })
  return ask(path, { ...request, headers })
}
const assertion = (): Promise<string> =>
  new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer('signer')
    .setSubject('signer')
    .setAudience(server.url)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(signer.privateKey)
const page = (path: string) => browser.get(path)
const token = () => String(tokens['access_token'])

type Row = readonly [what: string, ask: () => Promise<Said>]
// biome-ignore format: a table
const goesOn: readonly Row[] = [
  ['/healthz', () => ask('/healthz')],
  ['a decision about a role that was asked about before', () => decision('/access/v1/evaluation', decided)],
  ['/jwks', () => ask('/jwks')],
  ['the discovery document', () => ask('/.well-known/openid-configuration')],
  ['GetCallerIdentity of an access key that was used before', () => aws('sts', 'GetCallerIdentity')],
  ['GetCallerIdentity of a live session that was not used before', () => aws('sts', 'GetCallerIdentity', {}, session)],
]
// biome-ignore format: a table
const inXml: readonly Row[] = [
  ['CreateUser', () => aws('iam', 'CreateUser', { UserName: 'eve' })],
  ['ListUsers', () => aws('iam', 'ListUsers')],
  ['AssumeRole', () => aws('sts', 'AssumeRole', { RoleArn: `arn:aws:iam::${server.accountId}:role/ada-role`, RoleSessionName: 'job' })],
  ['an unknown access key', () => aws('sts', 'GetCallerIdentity', {}, { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nothing' })],
  ['malformed input, which goes on record', () => aws('sts', 'AssumeRole', { RoleSessionName: '?' })],
]
// biome-ignore format: a table
const inOAuth: readonly Row[] = [
  ['client credentials', () => client('/token', { grant_type: 'client_credentials' })],
  ['a code', () => client('/token', { grant_type: 'authorization_code', code: 'x', redirect_uri: back, code_verifier: 'x'.repeat(43) })],
  ['a refresh token', () => client('/token', { grant_type: 'refresh_token', refresh_token: 'x' })],
  ['introspection', () => client('/introspect', { token: token() })],
  ['revocation', () => client('/revoke', { token: token() })],
  ['a pushed request', () => client('/par', { ...Object.fromEntries(asked), code_challenge: 'x'.repeat(43) })],
  ['a device', () => client('/device/auth', { client_id: 'app' })],
  ['a client assertion', async () => ask('/introspect', { method: 'POST', body: new URLSearchParams({ token: token(), client_assertion: await assertion(), client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }) })],
  ['userinfo', () => ask('/userinfo', { headers: { authorization: `Bearer ${token()}` } })],
]
// biome-ignore format: a table
const inProblems: readonly Row[] = [
  ['/readyz', () => ask('/readyz')],
  ['/v1/revocations', () => decision('/v1/revocations')],
]
const onPages: readonly Row[] = [
  ['a new sign-in', () => ask('/sign-in', { headers: { accept: 'text/html' } })],
  [
    'a password',
    () => otherBrowser.send(form, { username: server.admin.name, password: server.admin.password }),
  ],
  ['/account', () => page('/account')],
  ['/sign-out', () => page('/sign-out')],
  ['/logout', () => page('/logout')],
  ['/device', () => page('/device')],
]

/** A question to the store, which has five seconds for it; less when the driver notices meanwhile that it is away. */
const askStore = () => ask('/readyz')

/** @param times how often in a row the store may be asked in vain meanwhile */
function rows(all: readonly Row[], times: number, check: (said: Said) => void): void {
  for (const [what, run] of all) test(what, async () => check(await settlesWithin(times, run(), askStore)))
}
const unavailable = ({ status, headers, text }: Said, type: string): void => {
  assert.deepEqual([status, headers.get('retry-after')], [503, '1'], text)
  assert.ok(headers.get('content-type')?.startsWith(type), `${headers.get('content-type')}`)
}

describe('while the store does not answer', { concurrency: true }, () => {
  rows(goesOn, 2, ({ status, text }) => assert.equal(status, 200, text))
  rows(inXml, 4, (said) => {
    unavailable(said, 'text/xml')
    assert.match(said.text, /<Code>ServiceUnavailable<\/Code>/)
  })
  rows(inOAuth, 4, (said) => {
    unavailable(said, 'application/json')
    assert.match(said.text, /"error":"temporarily_unavailable"/)
  })
  rows(inProblems, 4, (said) => {
    unavailable(said, 'application/problem+json')
    assert.match(said.text, /"code":"unavailable"/)
  })
  rows(onPages, 4, (said) => {
    unavailable(said, 'text/html')
    assert.equal(headingOf(said), 'Temporarily unavailable')
    assert.doesNotMatch(said.text, /the store/)
  })
  test('an application hears of it by the way back (RFC 6749 §4.1.2.1)', async () => {
    const { location } = await page(authorizePath())
    assert.equal(URL.parse(location ?? '')?.searchParams.get('error'), 'temporarily_unavailable')
  })
})
