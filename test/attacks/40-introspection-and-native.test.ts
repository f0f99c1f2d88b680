// attacks.md 40: an answer goes to whom it is for. Introspection answers the token's client, its resource server and who the
// operator names; a code goes to a native client only after its person said so.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { Browser, basic, codeFor, pkce, post } from '../oidc/browser.ts'
import { auditorSecret, clients, open, type Running, webSecret } from '../oidc/open.ts'
import { web, webTokens } from './oidc-stage.ts'

const vault = 'https://vault.example/'
const secret = 'a-secret-of-some-length'
let at: Running
before(
  async () => {
    const others = [
      { client_id: 'vault-api', introspects: [vault] },
      { client_id: 'docs-api', introspects: ['https://docs.example/'] },
      { client_id: vault },
    ].map((one) => ({ ...one, client_secret: secret, grant_types: ['client_credentials'] }))
    const loopback = [
      { client_id: 'loopback', redirect_uris: ['http://127.0.0.1/cb'], first_party: true },
      {
        client_id: 'with-secret',
        client_secret: secret,
        redirect_uris: ['http://127.0.0.1/cb'],
        first_party: true,
      },
    ]
    at = await open({ clients: [...clients, ...clientsSchema.parse([...others, ...loopback])] })
  },
  { timeout: 60_000 },
)
after(() => at?.close())

const machineToken = async (): Promise<string> => {
  const form = { grant_type: 'client_credentials', resource: vault, scope: 'vault:read' }
  const { status, body } = await post(`${at.issuer}/token`, form, basic('machine', 'machine-secret-machine'))
  assert.equal(status, 200, JSON.stringify(body))
  return String(body['access_token'])
}
const askers: readonly (readonly [who: string, secret: string, active: boolean])[] = [
  ['machine', 'machine-secret-machine', true],
  ['vault-api', secret, true],
  [vault, secret, true],
  ['auditor', auditorSecret, true],
  ['docs-api', secret, false],
  ['web', webSecret, false],
  ['third', 'third-secret-third', false],
]
for (const [who, key, active] of askers) {
  test(`40: introspection by ${who} of a token for the vault is ${active ? 'active' : 'inactive'}`, {
    timeout: 60_000,
  }, async () => {
    const token = await machineToken()
    const { status, body } = await post(`${at.issuer}/introspect`, { token }, basic(who, key))
    assert.equal(status, 200)
    if (!active) return assert.deepEqual(body, { active: false })
    assert.deepEqual([body['active'], body['aud'], body['scope']], [true, vault, 'vault:read'])
  })
}

test('40: introspection by the user’s client has no consent and session ids', {
  timeout: 60_000,
}, async () => {
  const { access, refresh } = await webTokens(at)
  for (const token of [access, refresh]) {
    const { body } = await post(`${at.issuer}/introspect`, { token }, web)
    assert.equal(body['active'], true)
    for (const name of ['grant_id', 'session', 'sid', 'session_uid']) assert.equal(name in body, false, name)
    const other = await post(`${at.issuer}/introspect`, { token }, basic('third', 'third-secret-third'))
    assert.deepEqual(other.body, { active: false })
  }
})

interface Silent {
  readonly client: string
  readonly back: string
  readonly silent: boolean
}
// biome-ignore format: a table
const silence: readonly Silent[] = [
  { client: 'cli', back: 'http://127.0.0.1:50123/cb', silent: false },
  { client: 'cli', back: 'com.example.cli:/cb', silent: false },
  { client: 'loopback', back: 'http://127.0.0.1/cb', silent: false },
  { client: 'spa', back: 'https://spa.example/cb', silent: true },
  { client: 'web', back: 'https://app.example/cb', silent: true },
  { client: 'with-secret', back: 'http://127.0.0.1/cb', silent: true },
]
for (const { client, back, silent } of silence) {
  test(`40: the operator’s client ${client} gets a code at ${back} ${silent ? 'in silence' : 'only when its person says so'}`, {
    timeout: 60_000,
  }, async () => {
    const browser = new Browser(at.issuer)
    const ask = { client_id: client, redirect_uri: back }
    await codeFor(browser, ask)
    const { challenge } = pkce()
    const query = new URLSearchParams({
      ...ask,
      response_type: 'code',
      scope: 'openid',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    const step = await browser.step(`/authorize?${query}`)
    const where = step.headers.get('location') ?? ''
    assert.equal(where.startsWith(back), silent, where)
    const none = await browser.go(`/authorize?${query}&prompt=none`)
    assert.equal(new URL(none.url).searchParams.get('error'), silent ? null : 'interaction_required')
  })
}
