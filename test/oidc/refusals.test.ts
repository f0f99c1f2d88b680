// A refusal names the value that was refused, on the page and in the log, and both name the request.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { Browser, basic, codeFor, post } from './browser.ts'
import { clients, open, type Running, webSecret } from './open.ts'

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

test('what is named cannot write markup, lines or pages of its own', { timeout: 60_000 }, async () => {
  const hostile = `https://evil.test/<script>alert(1)</script>\r\nSet-Cookie: a=b\u202e${'x'.repeat(2000)}`
  const { status, text } = await page({ client_id: 'web', redirect_uri: hostile, response_type: 'code' })
  assert.equal(status, 400)
  assert.doesNotMatch(text, /<script|\u202e|\r|x{600}/)
})

test('a refused client is in the log with the reason', { timeout: 60_000 }, async () => {
  await post(`${at.issuer}/token`, { grant_type: 'client_credentials' }, basic('machine', 'wrong'))
  const { fields } = at.logged.at(-1) ?? { fields: {} }
  const { clientId, error, path } = fields as Record<string, unknown>
  assert.deepEqual([clientId, error, path], ['machine', 'invalid_client', '/token'])
})

const machine = basic('machine', 'machine-secret-machine')
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

test('`audience` at the authorization endpoint names the resource of the code', {
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

test('a native client takes any port of the loopback address it registered, IPv6 too (RFC 8252 §7.3)', {
  timeout: 60_000,
}, async () => {
  const redirect_uri = 'http://[::1]:49152/cb'
  const { back } = await codeFor(new Browser(at.issuer), { client_id: 'six', redirect_uri })
  assert.equal(back.origin, 'http://[::1]:49152')
  const other = await page({ client_id: 'six', redirect_uri: 'http://[::2]:49152/cb', response_type: 'code' })
  assert.equal(other.status, 400)
})
