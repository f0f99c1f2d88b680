import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { Browser, basic, codeFor, post } from './browser.ts'
import { alice, open, type Running, webSecret } from './open.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const web = () => basic('web', webSecret)

test('discovery has the documented endpoints, the algorithms of ID tokens, and S256 only', async () => {
  const found = (await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json()) as Record<
    string,
    unknown
  >
  assert.deepEqual(
    [
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
      'introspection_endpoint',
      'revocation_endpoint',
      'pushed_authorization_request_endpoint',
      'device_authorization_endpoint',
      'registration_endpoint',
      'end_session_endpoint',
      'jwks_uri',
    ].map((name) => String(found[name]).replace(at.issuer, '')),
    [
      '',
      '/authorize',
      '/token',
      '/userinfo',
      '/introspect',
      '/revoke',
      '/par',
      '/device/auth',
      '/register',
      '/logout',
      '/jwks',
    ],
  )
  assert.deepEqual(found['code_challenge_methods_supported'], ['S256'])
  assert.deepEqual(found['response_types_supported'], ['code'])
  assert.deepEqual((found['id_token_signing_alg_values_supported'] as string[]).toSorted(), [
    'ES256',
    'Ed25519',
    'EdDSA',
    'RS256',
  ])
  assert.ok(
    (found['grant_types_supported'] as string[]).includes('urn:ietf:params:oauth:grant-type:token-exchange'),
  )
  assert.deepEqual(
    ['openid', 'profile', 'email', 'groups', 'offline_access'].filter(
      (s) => !(found['scopes_supported'] as string[]).includes(s),
    ),
    [],
  )
})

test('a user signs in with code and PKCE, and the tokens identify the user', async () => {
  const browser = new Browser(at.issuer)
  const redirect_uri = 'https://app.example/cb'
  const { code, verifier, back } = await codeFor(browser, {
    client_id: 'web',
    redirect_uri,
    scope: 'openid profile email groups',
    nonce: 'n-1',
  })
  assert.equal(back.searchParams.get('state'), 'state-1')
  assert.equal(back.searchParams.get('iss'), at.issuer)
  const { status, body } = await post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
    web(),
  )
  assert.equal(status, 200, JSON.stringify(body))
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
  const { payload, protectedHeader } = await jwtVerify(String(body['id_token']), keys, {
    issuer: at.issuer,
    audience: 'web',
  })
  assert.equal(protectedHeader.alg, 'RS256')
  assert.equal(payload.sub, alice.id)
  assert.equal(payload['nonce'], 'n-1')
  assert.equal(payload['preferred_username'], 'alice')
  assert.equal(payload['name'], 'Alice Example')
  assert.equal(payload['email'], 'alice@example.com')
  assert.equal(payload['email_verified'], true)
  assert.deepEqual(payload['groups'], ['staff', 'writers'])
  assert.deepEqual(payload['amr'], ['pwd', 'otp', 'mfa'])
  assert.equal(payload['acr'], 'urn:chancery:acr:mfa')
  assert.equal(typeof payload['auth_time'], 'number')
  const userinfo = await fetch(`${at.issuer}/userinfo`, {
    headers: { authorization: `Bearer ${body['access_token']}` },
  })
  const claims = (await userinfo.json()) as Record<string, unknown>
  assert.equal(claims['sub'], alice.id)
  assert.deepEqual(claims['groups'], ['staff', 'writers'])
})

test('claims of scopes that were not requested are not delivered', async () => {
  const browser = new Browser(at.issuer)
  const redirect_uri = 'https://app.example/cb'
  const { code, verifier } = await codeFor(browser, { client_id: 'web', redirect_uri })
  const { body } = await post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
    web(),
  )
  const payload = JSON.parse(
    Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString(),
  )
  for (const name of ['email', 'name', 'groups', 'preferred_username'])
    assert.equal(payload[name], undefined, name)
})

test('a machine gets an ES256 at+jwt for a resource and an opaque token otherwise', async () => {
  const machine = basic('machine', 'machine-secret-machine')
  const jwt = await post(
    `${at.issuer}/token`,
    { grant_type: 'client_credentials', resource: 'https://docs.example/', scope: 'docs:read' },
    machine,
  )
  assert.equal(jwt.status, 200, JSON.stringify(jwt.body))
  assert.equal(decodeProtectedHeader(String(jwt.body['access_token'])).typ, 'at+jwt')
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
  const { payload } = await jwtVerify(String(jwt.body['access_token']), keys, {
    issuer: at.issuer,
    audience: 'https://docs.example/',
    typ: 'at+jwt',
  })
  assert.equal(payload['scope'], 'docs:read')
  assert.equal(payload['client_id'], 'machine')
  const opaque = await post(`${at.issuer}/token`, { grant_type: 'client_credentials' }, machine)
  assert.equal(String(opaque.body['access_token']).length, 43)
  const seen = await post(`${at.issuer}/introspect`, { token: String(opaque.body['access_token']) }, machine)
  assert.equal(seen.body['active'], true)
})
