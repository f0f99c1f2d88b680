// OpenID Connect Core as the OpenID Foundation certifies a Basic OP: a test for each module of the conformance plan
// `oidcc-basic-certification-test-plan` (client_secret_basic, code, default response mode), named as the module is.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  UnsecuredJWT,
} from 'jose'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { type Answer, Browser, basic, pkce, post, type TokenAnswer } from './browser.ts'
import { alice, open, type Running } from './open.ts'

const back = 'https://rp.example/cb'
const secret = 'a-secret-of-some-length-for-basic'
type Params = Readonly<Record<string, string | undefined>>

let at: Running
/** Seconds that the server's clock is ahead. */
let ahead = 0
before(
  async () => {
    const entry = { client_secret: secret, redirect_uris: [back] }
    const clients = clientsSchema.parse([
      { client_id: 'basic', ...entry, grant_types: ['authorization_code', 'refresh_token'] },
      { client_id: 'form', ...entry, token_endpoint_auth_method: 'client_secret_post' },
      { client_id: 'second', ...entry, redirect_uris: ['https://second.example/cb'] },
    ])
    at = await open({ clients, clock: () => Date.now() + ahead * 1000 })
  },
  { timeout: 60_000 },
)
after(() => at?.close())

/** The query of an authorization request; `undefined` leaves a parameter out. */
function request(more: Params = {}): URLSearchParams {
  const usual: Params = {
    client_id: 'basic',
    redirect_uri: back,
    response_type: 'code',
    scope: 'openid',
    state: 'some-state',
    nonce: 'some-nonce',
  }
  const given = Object.entries({ ...usual, ...more }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return new URLSearchParams(given)
}
const authorize = (more?: Params, browser = new Browser(at.issuer)): Promise<Answer> =>
  browser.go(`/authorize?${request(more)}`)

/** Parameters with which the browser came back to the client. */
function returned(answer: Answer): URLSearchParams {
  assert.ok(answer.url.startsWith(`${back}?`), `${answer.status} ${answer.url} ${answer.body}`)
  const params = new URL(answer.url).searchParams
  assert.equal(params.get('state'), 'some-state')
  assert.equal(params.get('iss'), at.issuer)
  return params
}
function codeOf(answer: Answer): string {
  const code = returned(answer).get('code')
  assert.ok(code, answer.url)
  return code
}

const redeem = (code: string, more: Readonly<Record<string, string>> = {}): Promise<TokenAnswer> =>
  post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, redirect_uri: back, ...more },
    basic('basic', secret),
  )

interface SignedIn {
  readonly access: string
  readonly claims: JWTPayload
  readonly body: TokenAnswer['body']
}
/** Redeems the code of an answer and checks the ID token as OpenID Connect Core §3.1.3.7 asks. */
async function signedIn(answer: Answer, nonce: string | null = 'some-nonce'): Promise<SignedIn> {
  const { status, body } = await redeem(codeOf(answer))
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(String(body['token_type']).toLowerCase(), 'bearer')
  const { payload } = await jwtVerify(
    String(body['id_token']),
    createRemoteJWKSet(new URL(`${at.issuer}/jwks`)),
    {
      issuer: at.issuer,
      audience: 'basic',
      algorithms: ['RS256'],
      currentDate: new Date(Date.now() + ahead * 1000),
    },
  )
  assert.equal(payload['nonce'] ?? null, nonce)
  return { access: String(body['access_token']), claims: payload, body }
}

async function userinfo(
  access: string,
  init: RequestInit = { headers: { authorization: `Bearer ${access}` } },
) {
  const response = await fetch(`${at.issuer}/userinfo`, init)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
  return (await response.json()) as Readonly<Record<string, unknown>>
}

async function discovery(): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${at.issuer}/.well-known/openid-configuration`)
  assert.equal(response.status, 200)
  return (await response.json()) as Readonly<Record<string, unknown>>
}

/** How often the person was asked to sign in. */
const asked = (browser: Browser): number =>
  browser.visited.filter((path) => path.startsWith('/sign-in/')).length

/** Signs in, sends a second request in the same browser, and says how often it asked. */
async function again(more: Params) {
  const browser = new Browser(at.issuer)
  const first = await signedIn(await authorize({}, browser))
  const before = asked(browser)
  const answer = await authorize(more, browser)
  return { first, answer, questions: asked(browser) - before }
}

/** Claims of each scope, at userinfo and in the ID token, of a person who has all of them. */
const claimsByScope: Readonly<Record<string, readonly string[]>> = {
  profile: ['name', 'preferred_username'],
  email: ['email', 'email_verified'],
  // The server has no postal address; a scope it does not know is ignored (§3.1.2.1).
  address: [],
  phone: ['phone_number'],
}
async function scopeBringsClaims(scope: string): Promise<void> {
  at.people.set(alice.id, { ...alice, attributes: { phoneNumber: '+15550100' } })
  const { access, body } = await signedIn(await authorize({ scope }))
  const info = await userinfo(access)
  const asked = scope.split(' ').filter((name) => name !== 'openid')
  for (const claim of asked.flatMap((name) => claimsByScope[name] ?? []))
    assert.ok(claim in info, `${claim} of ${JSON.stringify(info)}`)
  const granted = String(body['scope']).split(' ')
  assert.deepEqual(
    granted.toSorted(),
    scope
      .split(' ')
      .filter((name) => name !== 'address')
      .toSorted(),
  )
}

/** A parameter that changes nothing for who does not use it. */
const succeedsWith = (more: Params) => async () => {
  await signedIn(await authorize(more))
}

/** Refused, which OpenID Connect Core §6 allows, and not announced in the discovery document. */
async function refusesUnsigned(claims: object): Promise<void> {
  const error = returned(await authorize({ request: unsigned(claims) })).get('error')
  assert.equal(error, 'invalid_request_object')
  const { request_object_signing_alg_values_supported: algorithms } = await discovery()
  assert.ok(Array.isArray(algorithms) && !algorithms.includes('none'))
}
const unsigned = (claims: object): string =>
  new UnsecuredJWT({ ...Object.fromEntries(request()), ...claims })
    .setIssuer('basic')
    .setAudience(at.issuer)
    .encode()

const modules: Readonly<Record<string, () => Promise<void>>> = {
  'oidcc-server': async () => {
    const { claims, body } = await signedIn(await authorize())
    assert.equal(claims.sub, alice.id)
    assert.ok(Math.abs(Number(claims.iat) - Date.now() / 1000) < 600)
    assert.ok(Number(body['expires_in']) > 0)
    const hash = createHash('sha256').update(String(body['access_token'])).digest().subarray(0, 16)
    if (claims['at_hash'] !== undefined) assert.equal(claims['at_hash'], hash.toString('base64url'))
  },
  'oidcc-response-type-missing': async () => {
    const answer = await authorize({ response_type: undefined })
    assert.match(returned(answer).get('error') ?? '', /^(invalid_request|unsupported_response_type)$/)
  },
  'oidcc-idtoken-signature': async () => {
    const { body } = await signedIn(await authorize())
    const { alg, kid } = decodeProtectedHeader(String(body['id_token']))
    const { keys } = (await (await fetch(`${at.issuer}/jwks`)).json()) as JSONWebKeySet
    assert.equal(alg, 'RS256')
    assert.equal(keys.filter((key) => key.kid === kid && key.kty === 'RSA').length, 1)
  },
  // An unsigned ID token is offered to nobody, which the plan accepts.
  'oidcc-idtoken-unsigned': async () => {
    const { id_token_signing_alg_values_supported: algorithms } = await discovery()
    assert.ok(Array.isArray(algorithms) && algorithms.includes('RS256') && !algorithms.includes('none'))
  },
  'oidcc-userinfo-get': async () => {
    const { access, claims } = await signedIn(await authorize())
    assert.equal((await userinfo(access))['sub'], claims.sub)
  },
  'oidcc-userinfo-post-header': async () => {
    const { access, claims } = await signedIn(await authorize())
    const info = await userinfo(access, { method: 'POST', headers: { authorization: `Bearer ${access}` } })
    assert.equal(info['sub'], claims.sub)
  },
  'oidcc-userinfo-post-body': async () => {
    const { access, claims } = await signedIn(await authorize())
    const info = await userinfo(access, {
      method: 'POST',
      body: new URLSearchParams({ access_token: access }),
    })
    assert.equal(info['sub'], claims.sub)
  },
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': async () => {
    const { claims } = await signedIn(await authorize({ nonce: undefined }), null)
    assert.ok(!('nonce' in claims))
  },
  'oidcc-scope-profile': () => scopeBringsClaims('openid profile'),
  'oidcc-scope-email': () => scopeBringsClaims('openid email'),
  'oidcc-scope-address': () => scopeBringsClaims('openid address'),
  'oidcc-scope-phone': () => scopeBringsClaims('openid phone'),
  'oidcc-scope-all': () => scopeBringsClaims('openid profile email address phone'),
  'oidcc-ensure-other-scope-order-succeeds': () => scopeBringsClaims('email openid'),
  'oidcc-display-page': succeedsWith({ display: 'page' }),
  'oidcc-display-popup': succeedsWith({ display: 'popup' }),
  'oidcc-prompt-login': async () => {
    const { first, answer, questions } = await again({ prompt: 'login' })
    const { claims } = await signedIn(answer)
    assert.equal(questions, 1)
    assert.ok(Number(claims['auth_time']) >= Number(first.claims['auth_time'] ?? 0))
  },
  'oidcc-prompt-none-not-logged-in': async () => {
    const error = returned(await authorize({ prompt: 'none' })).get('error')
    assert.match(error ?? '', /^(login_required|interaction_required)$/)
  },
  'oidcc-prompt-none-logged-in': async () => {
    const { first, answer, questions } = await again({ prompt: 'none' })
    const { claims } = await signedIn(answer)
    assert.deepEqual([questions, claims.sub], [0, first.claims.sub])
  },
  'oidcc-max-age-1': async () => {
    const browser = new Browser(at.issuer)
    const first = await signedIn(await authorize({ max_age: '10000' }, browser))
    // The library counts from the system clock, in whole seconds.
    await pause(2000)
    const before = asked(browser)
    const { claims } = await signedIn(await authorize({ max_age: '1' }, browser))
    assert.equal(asked(browser) - before, 1)
    assert.ok(Number(claims['auth_time']) > Number(first.claims['auth_time']))
  },
  'oidcc-max-age-10000': async () => {
    const { answer, questions } = await again({ max_age: '10000' })
    const { claims } = await signedIn(answer)
    assert.equal(questions, 0)
    assert.ok(Number.isInteger(claims['auth_time']))
  },
  'oidcc-ensure-request-with-unknown-parameter-succeeds': succeedsWith({ extra: 'foobar' }),
  'oidcc-id-token-hint': async () => {
    const browser = new Browser(at.issuer)
    const first = await signedIn(await authorize({}, browser))
    const hint = String(first.body['id_token'])
    const { claims } = await signedIn(await authorize({ prompt: 'none', id_token_hint: hint }, browser))
    assert.equal(claims.sub, first.claims.sub)
  },
  'oidcc-login-hint': succeedsWith({ login_hint: 'buffy@id.example' }),
  'oidcc-ui-locales': succeedsWith({ ui_locales: 'se' }),
  'oidcc-claims-locales': succeedsWith({ claims_locales: 'se' }),
  'oidcc-ensure-request-with-acr-values-succeeds': succeedsWith({ acr_values: '1 2' }),
  'oidcc-codereuse': async () => {
    const code = codeOf(await authorize())
    const first = await redeem(code)
    const second = await redeem(code)
    assert.deepEqual([first.status, second.status, second.body['error']], [200, 400, 'invalid_grant'])
  },
  'oidcc-codereuse-30seconds': async () => {
    const code = codeOf(await authorize())
    const { body } = await redeem(code)
    ahead += 30
    const second = await redeem(code)
    assert.deepEqual([second.status, second.body['error']], [400, 'invalid_grant'])
    const headers = { authorization: `Bearer ${body['access_token']}` }
    assert.equal((await fetch(`${at.issuer}/userinfo`, { headers })).status, 401)
  },
  'oidcc-ensure-registered-redirect-uri': async () => {
    const answer = await authorize({ redirect_uri: `${back}/not-registered` })
    assert.equal(answer.status, 400)
    assert.ok(answer.url.startsWith(at.issuer))
  },
  'oidcc-ensure-post-request-succeeds': async () => {
    const fields = Object.fromEntries(request())
    await signedIn(await new Browser(at.issuer).submit('/authorize', fields))
  },
  'oidcc-server-client-secret-post': async () => {
    const code = codeOf(await authorize({ client_id: 'form' }))
    const fields = { grant_type: 'authorization_code', code, redirect_uri: back }
    const { status, body } = await post(`${at.issuer}/token`, {
      ...fields,
      client_id: 'form',
      client_secret: secret,
    })
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(decodeJwt(String(body['id_token'])).aud, 'form')
  },
  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': async () => {
    const answer = await authorize({ request_uri: 'https://rp.example/request.jwt' })
    assert.equal(returned(answer).get('error'), 'request_uri_not_supported')
    assert.equal((await discovery())['request_uri_parameter_supported'], false)
  },
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': () => refusesUnsigned({}),
  'oidcc-claims-essential': async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } })
    const { access } = await signedIn(await authorize({ claims }))
    assert.equal((await userinfo(access))['name'], alice.displayName)
  },
  'oidcc-ensure-request-object-with-redirect-uri': () =>
    refusesUnsigned({ redirect_uri: 'https://other.example/cb' }),
  'oidcc-refresh-token': async () => {
    const { body, claims } = await signedIn(
      await authorize({ scope: 'openid offline_access', prompt: 'consent' }),
    )
    const refresh = (refresh_token: string, client = 'basic') =>
      post(`${at.issuer}/token`, { grant_type: 'refresh_token', refresh_token }, basic(client, secret))
    const stranger = await refresh(String(body['refresh_token']), 'second')
    assert.deepEqual([stranger.status, stranger.body['error']], [400, 'invalid_grant'])
    const next = await refresh(String(body['refresh_token']))
    assert.equal(next.status, 200, JSON.stringify(next.body))
    const renewed = decodeJwt(String(next.body['id_token']))
    for (const claim of ['iss', 'sub', 'aud', 'auth_time'] as const)
      assert.deepEqual(renewed[claim], claims[claim])
  },
  'oidcc-ensure-request-with-valid-pkce-succeeds': async () => {
    const { verifier, challenge } = pkce()
    const answer = await authorize({ code_challenge: challenge, code_challenge_method: 'S256' })
    const { status } = await redeem(codeOf(answer), { code_verifier: verifier })
    assert.equal(status, 200)
  },
}
for (const [name, run] of Object.entries(modules)) test(`basic OP: ${name}`, { timeout: 60_000 }, run)
