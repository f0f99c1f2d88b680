// A refusal names the value that was refused, on the page and in the log, and both name the request.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { refusalEvents } from '../../src/oidc/refusals.ts'
import { Browser, basic, codeFor, post } from './browser.ts'
import { clients, open, type Running, webSecret } from './open.ts'

const machine = basic('machine', 'machine-secret-machine')
let at: Running
before(
  async () => {
    const native = { client_id: 'six', application_type: 'native', redirect_uris: ['http://[::1]/cb'] }
    at = await open({ clients: [...clients, ...clientsSchema.parse([native])] })
  },
  { timeout: 60_000 },
)
after(() => at?.close())

const page = async (query: Record<string, string>) => {
  const response = await fetch(`${at.issuer}/authorize?${new URLSearchParams(query)}`, {
    headers: { accept: 'text/html' },
    redirect: 'manual',
  })
  return { status: response.status, text: await response.text(), id: response.headers.get('x-request-id') }
}

test('a redirect URI that is not registered is named with its client, on the page and in the log', {
  timeout: 60_000,
}, async () => {
  const redirect_uri = 'https://app.example/cb/'
  const { status, text, id } = await page({ client_id: 'web', redirect_uri, response_type: 'code' })
  assert.equal(status, 400)
  assert.match(text, /redirect_uri `https:\/\/app\.example\/cb\/` is not registered for the client `web`/)
  const line = at.logged.find(({ fields }) => 'requestId' in fields && fields.requestId === id)
  assert.deepEqual(line && { ...line.fields, message: line.message }, {
    requestId: id,
    clientId: 'web',
    path: '/authorize',
    error: 'invalid_redirect_uri',
    reason: `redirect_uri \`${redirect_uri}\` is not registered for the client \`web\``,
    detail: undefined,
    message: 'an OAuth request was refused',
  })
})

test('a value named in an error cannot add markup or lines to the page or the log', {
  timeout: 60_000,
}, async () => {
  const hostile = `https://evil.test/<script>alert(1)</script>\r\nSet-Cookie: a=b\u202e${'x'.repeat(2000)}`
  const { status, text } = await page({ client_id: 'web', redirect_uri: hostile, response_type: 'code' })
  assert.equal(status, 400)
  assert.doesNotMatch(text, /<script|\u202e|\r|x{600}/)
})

const back = 'https://app.example/cb'
const webAuth = basic('web', webSecret)
const freshCode = async (scope = 'openid') => {
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id: 'web',
    redirect_uri: back,
    scope,
  })
  return { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back }
}
const usedCode = async () => {
  const form = await freshCode()
  const response = await fetch(`${at.issuer}/token`, {
    method: 'POST',
    headers: webAuth,
    body: new URLSearchParams(form),
  })
  assert.equal(response.status, 200)
  return form
}
const otherGrants = [
  ['machine', 'authorization_code', () => machine],
  ['machine', 'refresh_token', () => machine],
  ['machine', 'urn:ietf:params:oauth:grant-type:token-exchange', () => machine],
  ['spa', 'client_credentials', () => ({ client_id: 'spa' })],
] as const

interface Named {
  readonly what: string
  readonly path?: string
  readonly form: () => Promise<Record<string, string>> | Record<string, string>
  readonly auth?: Readonly<Record<string, string>>
  readonly error: string
  readonly description: RegExp
}
// biome-ignore format: a table
const named: readonly Named[] = [
  { what: 'a wrong secret', form: () => ({ grant_type: 'client_credentials' }), auth: basic('machine', 'wrong'), error: 'invalid_client', description: /^there is no client `machine`, or it did not authenticate$/ },
  { what: 'an unknown client', form: () => ({ grant_type: 'client_credentials', client_id: 'nobody' }), auth: {}, error: 'invalid_client', description: /^there is no client `nobody`, or it did not authenticate$/ },
  { what: 'an unknown grant', form: () => ({ grant_type: 'password' }), error: 'unsupported_grant_type', description: /^grant_type `password` is not supported$/ },
  { what: 'a wrong verifier', form: async () => ({ ...(await freshCode()), code_verifier: 'x'.repeat(43) }), error: 'invalid_grant', description: /^`code_verifier` does not match/ },
  { what: 'no verifier', form: async () => { const { code_verifier: _, ...form } = await freshCode(); return form }, error: 'invalid_grant', description: /^`code_verifier` is missing/ },
  { what: 'another redirect URI', form: async () => ({ ...(await freshCode()), redirect_uri: 'https://app.example/other' }), error: 'invalid_grant', description: /^redirect_uri `https:\/\/app\.example\/other` is not that of/ },
  { what: 'an unknown code', form: () => ({ grant_type: 'authorization_code', code: 'x', redirect_uri: back }), error: 'invalid_grant', description: /^the code is not valid: it is unknown, was used before/ },
  { what: 'a code that was used', form: usedCode, error: 'invalid_grant', description: /^the code is not valid: it is unknown, was used before/ },
  { what: 'an unknown refresh token', form: () => ({ grant_type: 'refresh_token', refresh_token: 'x' }), error: 'invalid_grant', description: /^the refresh token is not valid: it is unknown, was used before/ },
  { what: 'an unknown resource', form: () => ({ grant_type: 'client_credentials', resource: 'https://x.example/' }), error: 'invalid_target', description: /`https:\/\/x\.example\/`$/ },
  { what: 'an unknown scope', form: () => ({ grant_type: 'client_credentials', scope: 'x:y' }), error: 'invalid_scope', description: /`x:y`$/ },
  { what: 'a redirect URI that is not registered, pushed', path: '/par', form: () => ({ client_id: 'web', response_type: 'code', redirect_uri: 'https://app.example/x' }), error: 'invalid_request', description: /^redirect_uri `https:\/\/app\.example\/x` is not registered for the client `web`$/ },
  ...otherGrants.map(([client, grant_type, auth]): Named => ({
    what: `the grant ${grant_type} of the client ${client}`,
    form: () => (client === 'spa' ? { grant_type, client_id: 'spa' } : { grant_type }),
    auth: client === 'spa' ? {} : { ...auth() } as Record<string, string>,
    error: 'unauthorized_client',
    description: new RegExp(`^the client \`${client}\` may not use the grant \`${grant_type}\`$`),
  })),
  { what: 'the device grant of a client without it', path: '/device/auth', form: () => ({ client_id: 'spa' }), auth: {}, error: 'unauthorized_client', description: /^the client `spa` may not use the grant/ },
]
for (const { what, path = '/token', form, auth = webAuth, error, description } of named)
  test(`a JSON error names what was refused, and so does the log: ${what}`, { timeout: 60_000 }, async () => {
    const response = await fetch(`${at.issuer}${path}`, {
      method: 'POST',
      headers: auth,
      body: new URLSearchParams(await form()),
    })
    const body = (await response.json()) as Record<string, string>
    assert.equal(body['error'], error, JSON.stringify(body))
    assert.match(body['error_description'] ?? '', description)
    const id = response.headers.get('x-request-id')
    const line = at.logged.find(({ fields }) => 'requestId' in fields && fields.requestId === id)
    const logged = { ...line?.fields } as Record<string, string>
    assert.equal(logged['reason'], body['error_description'])
    assert.equal(logged['error'], error)
    assert.ok(logged['clientId'], 'the log names the client')
  })

// biome-ignore format: a table
const everywhere: readonly (readonly [method: string, path: string, form?: Readonly<Record<string, string>>])[] = [
  ['GET', '/authorize?client_id=nobody'],
  ['POST', '/par', {}],
  ['POST', '/device/auth', {}],
  ['POST', '/device', { xsrf: 'x', user_code: 'x' }],
  ['POST', '/token', {}],
  ['POST', '/introspect', { token: 'x' }],
  ['POST', '/revoke', { token: 'x' }],
  ['GET', '/userinfo'],
  ['GET', '/logout?id_token_hint=x'],
  ['POST', '/logout/confirm', { xsrf: 'x' }],
  ['POST', '/register', {}],
  ['GET', '/register/x'],
  ['PUT', '/register/x'],
  ['DELETE', '/register/x'],
]
for (const [method, path, form] of everywhere)
  test(`a refusal of ${method} ${path} is logged with the request id of its response`, {
    timeout: 60_000,
  }, async () => {
    const response = await fetch(`${at.issuer}${path}`, {
      method,
      headers: { origin: at.issuer },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    assert.ok(response.status >= 400, String(response.status))
    const id = response.headers.get('x-request-id')
    assert.ok(at.logged.some(({ fields }) => 'requestId' in fields && fields.requestId === id))
  })

test('every refusal event of oidc-provider is in the list, or is of an endpoint that is off', () => {
  const root = resolve(import.meta.dirname, '../../node_modules/oidc-provider/lib')
  const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('')
  const off = [
    'backchannel',
    'backchannel_authentication',
    'challenge',
    'credential',
    'openid_credential_issuer',
  ]
  const found = new Set([...text.matchAll(/'([a-z_]+)\.error'/g)].map(([, name = '']) => name))
  for (const name of off) assert.ok(found.delete(name), name)
  assert.deepEqual([...found].map((name) => `${name}.error`).sort(), [...refusalEvents].sort())
})

test('what a JSON error names has only the characters of RFC 6749 §5.2', { timeout: 60_000 }, async () => {
  const grant_type = 'pass"word\\\r\n\u202e<script>é'
  const { body } = await post(`${at.issuer}/token`, { grant_type }, webAuth)
  assert.equal(body['error_description'], 'grant_type `pass?word?<script>?` is not supported')
})

test('a refused client is in the log with the reason', { timeout: 60_000 }, async () => {
  await post(`${at.issuer}/token`, { grant_type: 'client_credentials' }, basic('machine', 'wrong'))
  const { fields } = at.logged.at(-1) ?? { fields: {} }
  const { clientId, error, path } = fields as Record<string, unknown>
  assert.deepEqual([clientId, error, path], ['machine', 'invalid_client', '/token'])
})

const docs = 'https://docs.example/'
interface ScopeCase {
  readonly form: Record<string, string>
  /** Status, then the scope or the error of the answer. */
  readonly want: readonly [number, string | undefined]
  readonly aud?: string
}
// biome-ignore format: a table
const scopeCases: readonly ScopeCase[] = [
  { form: { resource: docs, scope: 'docs:read docs:delete' }, want: [200, 'docs:read'], aud: docs },
  { form: { resource: docs, scope: 'docs:delete' }, want: [400, 'invalid_scope'] },
  { form: { scope: 'docs:read' }, want: [400, 'invalid_scope'] },
  { form: { resource: docs }, want: [200, undefined], aud: docs },
  { form: { audience: docs, scope: 'docs:read' }, want: [200, 'docs:read'], aud: docs },
  { form: { audience: docs, resource: 'https://vault.example/', scope: 'vault:read' }, want: [200, 'vault:read'] },
  { form: { audience: 'https://unknown.example/' }, want: [200, undefined] },
]
for (const { form, want, aud } of scopeCases) {
  test(`client credentials with ${new URLSearchParams(form)}: ${want[0]} ${want[1] ?? 'no scope'}`, {
    timeout: 60_000,
  }, async () => {
    const { status, body } = await post(
      `${at.issuer}/token`,
      { grant_type: 'client_credentials', ...form },
      machine,
    )
    assert.deepEqual([status, status === 200 ? body['scope'] : body['error']], want, JSON.stringify(body))
    if (aud === undefined) return
    const payload = String(body['access_token']).split('.')[1] ?? ''
    assert.equal(JSON.parse(Buffer.from(payload, 'base64url').toString()).aud, aud)
  })
}

test('`audience` at the authorization endpoint is the resource of the code', {
  timeout: 60_000,
}, async () => {
  const redirect_uri = 'https://app.example/cb'
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id: 'web',
    redirect_uri,
    audience: docs,
    scope: 'docs:read',
  })
  const { status, body } = await post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
    basic('web', webSecret),
  )
  assert.deepEqual([status, body['scope']], [200, 'docs:read'], JSON.stringify(body))
})

test('a native client may use any port of the loopback address it registered, IPv6 too (RFC 8252 §7.3)', {
  timeout: 60_000,
}, async () => {
  const redirect_uri = 'http://[::1]:49152/cb'
  const { back } = await codeFor(new Browser(at.issuer), { client_id: 'six', redirect_uri })
  assert.equal(back.origin, 'http://[::1]:49152')
  const other = await page({ client_id: 'six', redirect_uri: 'http://[::2]:49152/cb', response_type: 'code' })
  assert.equal(other.status, 400)
})
