// The provider's endpoints as plain HTTP: headers, caching, origins, methods, shapes of errors, duplicates.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import request from 'supertest'
import { Problem } from '../../src/problem.ts'
import { spaTokens } from '../attacks/oidc-stage.ts'
import { Browser, basic, codeFor } from './browser.ts'
import { open, type Running, webSecret } from './open.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const web = basic('web', webSecret)
const agent = () => request(at.issuer)

test('every response has a request id and the headers against sniffing, framing and caching', async () => {
  const statuses = [
    ['/.well-known/openid-configuration', 200],
    ['/jwks', 200],
    ['/authorize', 400],
    ['/userinfo', 401],
    ['/device', 200],
  ] as const
  for (const [path, expected] of statuses) {
    const { status, headers } = await agent().get(path)
    assert.equal(status, expected, path)
    assert.match(headers['x-request-id'] ?? '', /^[\da-f-]{36}$/, path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    assert.equal(headers['x-frame-options'], 'DENY', path)
    assert.match(headers['cache-control'] ?? '', /no-store/, path)
  }
})

test('token responses are JSON that is not cached (RFC 6749 §5.1)', async () => {
  const { headers, body } = await agent()
    .post('/token')
    .set(web)
    .type('form')
    .send({ grant_type: 'client_credentials' })
    .expect(200)
    .expect('content-type', /application\/json/)
  assert.match(headers['cache-control'] ?? '', /no-store/)
  assert.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'token_type'])
})

const refused: readonly (readonly [
  what: string,
  form: string,
  headers: object,
  status: number,
  error: string,
])[] = [
  ['no client', 'grant_type=client_credentials', {}, 400, 'invalid_request'],
  ['an unknown client', 'grant_type=client_credentials', basic('nobody', 'x'), 401, 'invalid_client'],
  ['a wrong secret', 'grant_type=client_credentials', basic('web', 'wrong'), 401, 'invalid_client'],
  ['no grant type', 'scope=openid', web, 400, 'invalid_request'],
  ['an unknown grant type', 'grant_type=password', web, 400, 'unsupported_grant_type'],
  ['a grant type twice', 'grant_type=client_credentials&grant_type=password', web, 400, 'invalid_request'],
  ['a scope twice', 'grant_type=client_credentials&scope=openid&scope=email', web, 400, 'invalid_request'],
  [
    'a grant not this client’s',
    'grant_type=client_credentials&client_id=spa',
    {},
    400,
    'unauthorized_client',
  ],
  ['an unknown code', 'grant_type=authorization_code&code=x&redirect_uri=y', web, 400, 'invalid_grant'],
  ['an array as name', 'grant_type[]=client_credentials', web, 400, 'invalid_request'],
  ['a prototype as name', 'grant_type=__proto__', web, 400, 'unsupported_grant_type'],
]
for (const [what, form, headers, status, error] of refused) {
  test(`/token with ${what}: ${status} ${error}`, async () => {
    const answer = await agent()
      .post('/token')
      .set({ ...headers })
      .type('form')
      .send(form)
    assert.equal(answer.status, status, answer.text)
    assert.equal(answer.body.error, error)
    assert.equal(typeof answer.body.error_description, 'string')
    assert.deepEqual(
      Object.keys(answer.body).filter((name) => !['error', 'error_description', 'scope'].includes(name)),
      [],
    )
    if (status === 401 && 'authorization' in headers)
      assert.match(answer.headers['www-authenticate'] ?? '', /^Basic/)
  })
}

test('a body that is not a form is refused; JSON is accepted only where it is expected', async () => {
  await agent().post('/token').set(web).send({ grant_type: 'client_credentials' }).expect(400)
  await agent().post('/register').type('form').send('redirect_uris=x').expect(400)
})

const wrongMethods: readonly (readonly ['get' | 'post' | 'put' | 'delete', string])[] = [
  ['get', '/token'],
  ['delete', '/token'],
  ['put', '/authorize'],
  ['get', '/introspect'],
  ['get', '/revoke'],
  ['get', '/par'],
  ['post', '/jwks'],
  ['post', '/.well-known/openid-configuration'],
]
for (const [method, path] of wrongMethods) {
  test(`${method.toUpperCase()} ${path} is refused with an OAuth error`, async () => {
    const answer = await agent()[method](path).set('Accept', 'application/json')
    assert.equal(answer.status, 405)
    assert.equal(answer.body.error, 'invalid_request')
  })
}

test('discovery and keys are read from any origin (Fetch, CORS)', async () => {
  for (const path of ['/.well-known/openid-configuration', '/jwks']) {
    const { status, headers } = await agent().get(path).set('Origin', 'https://anyone.example')
    assert.equal(status, 200, path)
    assert.equal(headers['access-control-allow-origin'], 'https://anyone.example', path)
    assert.equal(headers['access-control-allow-credentials'], undefined, path)
  }
})

const preflights: readonly (readonly [path: string, method: 'GET' | 'POST'])[] = [
  ['/.well-known/openid-configuration', 'GET'],
  ['/.well-known/oauth-authorization-server', 'GET'],
  ['/jwks', 'GET'],
  ['/token', 'POST'],
  ['/userinfo', 'GET'],
  ['/introspect', 'POST'],
  ['/revoke', 'POST'],
  ['/par', 'POST'],
  ['/device/auth', 'POST'],
]
for (const [path, method] of preflights) {
  test(`a preflight for ${path} is a 204 that allows ${method} (Fetch, CORS)`, async () => {
    const { status, headers, text } = await agent().options(path).set({
      Origin: 'https://spa.example',
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'authorization,dpop',
    })
    assert.deepEqual([status, text], [204, ''])
    assert.equal(headers['access-control-allow-origin'], 'https://spa.example')
    assert.equal(headers['access-control-allow-headers'], 'authorization,dpop')
    assert.match(headers['access-control-allow-methods'] ?? '', new RegExp(method))
  })
}

test('a browser application calls userinfo with its token, and /token from its own origin alone', async () => {
  const { access } = await spaTokens(at)
  const userinfo = await agent()
    .get('/userinfo')
    .set({ Origin: 'https://spa.example', Authorization: `Bearer ${access}` })
  assert.deepEqual(
    [userinfo.status, userinfo.headers['access-control-allow-origin']],
    [200, 'https://spa.example'],
  )
  const elsewhere = await agent()
    .get('/userinfo')
    .set({ Origin: 'https://evil.test', Authorization: `Bearer ${access}` })
  assert.deepEqual([elsewhere.status, elsewhere.headers['access-control-allow-origin']], [400, undefined])
})

test('a registered client is deleted with a 204 and is gone (RFC 7592 §2.3)', async () => {
  const token = await at.oidc.createInitialAccessToken({ expiresIn: 600 })
  const made = await agent()
    .post('/register')
    .set('Authorization', `Bearer ${token}`)
    .send({ redirect_uris: ['https://new.example/cb'] })
  assert.equal(made.status, 201, made.text)
  const path = new URL(String(made.body.registration_client_uri)).pathname
  const bearer = { Authorization: `Bearer ${made.body.registration_access_token}` }
  const gone = await agent().delete(path).set(bearer)
  assert.deepEqual([gone.status, gone.text], [204, ''])
  assert.equal((await agent().get(path).set(bearer)).status, 401)
})

test('userinfo says by its challenge what is wrong (RFC 6750 §3)', async () => {
  const none = await agent().get('/userinfo')
  assert.equal(none.status, 401)
  assert.match(none.headers['www-authenticate'] ?? '', /^Bearer /)
  const wrong = await agent().get('/userinfo').set('Authorization', 'Bearer wrong')
  assert.equal(wrong.status, 401)
  assert.match(wrong.headers['www-authenticate'] ?? '', /^Bearer .*error="invalid_token"/)
})

test('an invalid authorization request is shown to the user and not redirected', async () => {
  const answer = await agent()
    .get('/authorize?client_id=web&redirect_uri=https%3A%2F%2Fevil.test&response_type=code')
    .set('Accept', 'text/html')
  assert.equal(answer.status, 400)
  assert.equal(answer.headers['location'], undefined)
  assert.match(answer.headers['content-type'] ?? '', /html/)
  const twice = await agent().get('/authorize?client_id=web&client_id=spa').set('Accept', 'text/html')
  assert.equal(twice.status, 400)
})

// biome-ignore format: a table
const whileFull: readonly (readonly [what: string, method: 'get' | 'post', path: string, accept: string, form: string, type: string, said: RegExp])[] = [
  ['client credentials',    'post', '/token',  '*/*',       'grant_type=client_credentials', 'application/json', /"temporarily_unavailable"/],
  ['the page of a sign-out', 'get', '/logout', 'text/html', '',                              'text/html',        /^<p>the store is not reachable/],
  ['the same for no browser', 'get', '/logout', 'application/json', '',                      'application/json', /"temporarily_unavailable"/],
  ['the page of a device',   'get', '/device', 'text/html', '',                              'text/html',        /^<p>the store is not reachable/],
  ['a page of ours',         'get', '/leave',  'text/html', '',                              'text/html',        /the store is full/],
]
for (const [what, method, path, accept, form, type, said] of whileFull) {
  test(`${what}, while the store takes no change: unavailable, and when to try again`, async (t) => {
    const full = await open()
    t.after(() => full.close())
    const browser = new Browser(full.issuer)
    if (path === '/leave')
      await codeFor(browser, { client_id: 'web', redirect_uri: 'https://app.example/cb' })
    const refuse = () => Promise.reject(new Problem('unavailable', 'the store is full', { retryAfter: 1 }))
    Object.assign(full.store, { create: refuse, update: refuse, delete: refuse })
    const cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const asked = request(full.issuer)
      [method](path)
      .set({ ...web, accept, cookie })
    const answer = await (method === 'post' ? asked.type('form').send(form) : asked)
    assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '1'], answer.text)
    assert.ok(answer.headers['content-type']?.startsWith(type), answer.headers['content-type'])
    assert.match(answer.text, said)
    const [{ fields, message } = { fields: {}, message: '' }] = full.logged
    assert.deepEqual([full.logged.length, message], [1, 'request failed'])
    assert.match(
      JSON.stringify(fields),
      /"err":.*"requestId":"[\da-f-]{36}"|"requestId":"[\da-f-]{36}".*"err":/,
    )
  })
}
