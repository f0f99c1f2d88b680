// openid-client, the library people use, against the whole server: every flow from the discovery document alone, with a
// person who answers the real pages.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { runCommandHere } from '../support/command-line.ts'
import { headingOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'
import { entriesOf } from '../support/trail.ts'
import { until } from '../support/waiting.ts'

const back = 'https://app.example/cb'
const secret = 'app-secret-app-secret'
const docs = 'https://docs.example/'
let server: Running
let person: Enrolled
let receiver: Server
const received: string[] = []

before(async () => {
  receiver = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    req.on('end', () => {
      received.push(body)
      res.end()
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const { port } = receiver.address() as AddressInfo
  server = await startServer({
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' },
    config: `clients:
  - client_id: app
    client_secret: ${secret}
    client_name: The App
    redirect_uris: ['${back}']
    post_logout_redirect_uris: ['https://app.example/bye']
    backchannel_logout_uri: 'http://127.0.0.1:${port}/logout'
    backchannel_logout_session_required: true
    grant_types: [authorization_code, refresh_token, client_credentials]
  - client_id: tv
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', refresh_token]
resources:
  - id: ${docs}
    scopes: [docs:read]
`,
  })
  person = await enrol(server)
})
after(async () => {
  await server.stop()
  receiver.close()
})

const options = { execute: [oidc.allowInsecureRequests] }
const discover = (id: string, auth: oidc.ClientAuth = oidc.None()) =>
  oidc.discovery(new URL(server.url), id, undefined, auth, options)
const app = () => discover('app', oidc.ClientSecretBasic(secret))

/** Says yes wherever the pages ask. Ends where they lead out, or at a page without a question. */
async function allowing(first: Seen): Promise<Seen> {
  let page = first
  for (let i = 0; i < 3 && page.text.includes('/allow"'); i++)
    page = await person.browser.submit(page, {}, '/allow')
  return page
}

/** Signs the person in at a client; what the client needs to redeem the code. */
async function signIn(
  config: oidc.Configuration,
  params: Readonly<Record<string, string>>,
  { par = false }: { readonly par?: boolean } = {},
) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const expectedState = oidc.randomState()
  const expectedNonce = oidc.randomNonce()
  const asked = {
    redirect_uri: back,
    scope: 'openid',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...params,
  }
  const url = par
    ? await oidc.buildAuthorizationUrlWithPAR(config, asked)
    : oidc.buildAuthorizationUrl(config, asked)
  const end = await allowing(await person.browser.open(url.href))
  assert.ok(end.location, headingOf(end))
  return { callback: new URL(end.location), checks: { pkceCodeVerifier, expectedState, expectedNonce } }
}

test('code with PKCE: each scope brings its claims, by userinfo and in the ID token', async () => {
  const config = await app()
  const { callback, checks } = await signIn(config, { scope: 'openid profile email groups' })
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks)
  const claims = tokens.claims()
  assert.ok(claims)
  assert.deepEqual(claims['amr'], ['pwd', 'otp', 'mfa'])
  assert.equal(claims['acr'], 'urn:chancery:acr:mfa')
  const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
  assert.deepEqual([info.preferred_username, info.name, info['groups']], ['admin', 'admin', []])
  const narrow = await signIn(config, { scope: 'openid' })
  const few = await oidc.authorizationCodeGrant(config, narrow.callback, narrow.checks)
  const known = Object.keys(await oidc.fetchUserInfo(config, few.access_token, claims.sub))
  assert.ok(!known.includes('preferred_username') && !known.includes('groups'), known.join())
})

test('refresh with rotation; introspection and revocation agree', async () => {
  const config = await app()
  const { callback, checks } = await signIn(config, { scope: 'openid' })
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks)
  const next = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')
  assert.notEqual(next.refresh_token, tokens.refresh_token)
  assert.equal((await oidc.tokenIntrospection(config, next.access_token)).active, true)
  await oidc.tokenRevocation(config, next.refresh_token ?? '')
  assert.equal((await oidc.tokenIntrospection(config, next.access_token)).active, false)
  await assert.rejects(oidc.refreshTokenGrant(config, next.refresh_token ?? ''), { error: 'invalid_grant' })
})

test('client credentials for a resource give a JWT that the resource checks alone', async () => {
  const config = await app()
  const { access_token } = await oidc.clientCredentialsGrant(config, { resource: docs, scope: 'docs:read' })
  const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ''))
  const { payload } = await jwtVerify(access_token, keys, {
    issuer: server.url,
    audience: docs,
    typ: 'at+jwt',
  })
  assert.equal(payload['scope'], 'docs:read')
  assert.equal(payload['client_id'], 'app')
})

test('a pushed request, and tokens bound to a DPoP key, which nobody else can use', async () => {
  const config = await app()
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair())
  const { callback, checks } = await signIn(config, {}, { par: true })
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks, undefined, { DPoP })
  assert.equal(tokens.token_type, 'dpop')
  const sub = tokens.claims()?.sub ?? ''
  assert.equal((await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).sub, sub)
  await assert.rejects(oidc.fetchUserInfo(config, tokens.access_token, sub))
})

test('a device, its code typed into the real pages', async () => {
  const config = await discover('tv')
  const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid' })
  const form = await person.browser.open('/device')
  const confirm = await person.browser.submit(form, { user_code: device.user_code })
  const end = await allowing(
    await person.browser.submit(confirm, { confirm: 'yes', user_code: device.user_code }),
  )
  assert.equal(end.status, 200, headingOf(end))
  const tokens = await oidc.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.1 })
  assert.ok(tokens.claims()?.sub.startsWith('AIDA'))
})

test('a client registers with the operator’s token and signs people in; without the token none is registered', async () => {
  const { out } = await runCommandHere(['registration-token'], {
    directory: server.dir,
    env: {
      CHANCERY_CONFIG: 'config.yaml',
      CHANCERY_ISSUER: server.url,
      ...(await storeEnv(server.dir)),
    },
  })
  const config = await oidc.dynamicClientRegistration(
    new URL(server.url),
    { redirect_uris: ['https://new.example/cb'], client_name: 'Newcomer' },
    undefined,
    { ...options, initialAccessToken: out.trim() },
  )
  const { callback, checks } = await signIn(config, { redirect_uri: 'https://new.example/cb' })
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks)
  assert.equal(tokens.claims()?.aud, config.clientMetadata().client_id)
  await assert.rejects(
    oidc.dynamicClientRegistration(new URL(server.url), { redirect_uris: [back] }, undefined, options),
    (error: { readonly cause?: unknown }) => error !== undefined,
  )
})

test('the person signs out at the application: the back channel is told, the tokens end, the trail knows it all', async () => {
  const config = await app()
  const { callback, checks } = await signIn(config, {})
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks)
  const url = oidc.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: 'https://app.example/bye',
    state: 'see-you',
  })
  const end = await person.browser.submit(await person.browser.open(url.href), { logout: 'yes' })
  assert.equal(end.location, 'https://app.example/bye?state=see-you')
  await until('the logout token has come', () => received.length > 0)
  const logout = decodeJwt(new URLSearchParams(received.at(-1)).get('logout_token') ?? '')
  assert.deepEqual([logout.aud, logout.sub], ['app', tokens.claims()?.sub])
  assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false)
  const entries = await entriesOf(server)
  const actions = new Set(entries.map(({ action }) => action))
  for (const action of [
    'signin:SignIn',
    'oidc:Authorize',
    'oidc:Consent',
    'oidc:IssueToken',
    'oidc:RegisterClient',
    'oidc:SignOut',
  ])
    assert.ok(actions.has(action), `${action} is not among ${[...actions].join()}`)
  const signedIn = entries.find(({ action }) => action === 'signin:SignIn')
  assert.match(signedIn?.who ?? '', /user\/admin$/)
  const text = JSON.stringify(entries)
  for (const value of [
    tokens.access_token,
    tokens.refresh_token,
    tokens.id_token,
    secret,
    server.admin.password,
  ])
    assert.ok(!text.includes(value ?? '-'), 'no secret is on record')
})
