// What the specifications have as default is our default: ID tokens, PKCE, as a table of clients.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { Browser, basic, codeFor, post } from './browser.ts'
import { clients, open, type Running } from './open.ts'

const secret = 'a-secret-of-some-length'
const back = 'https://rp.example/cb'
const confidential = (client_id: string, more: object = {}) => ({
  client_id,
  client_secret: secret,
  redirect_uris: [back],
  first_party: true,
  ...more,
})

let at: Running
let strict: Running
before(
  async () => {
    const more = clientsSchema.parse([
      confidential('usual'),
      ...['RS256', 'ES256', 'EdDSA', 'Ed25519'].map((alg) =>
        confidential(`with-${alg}`, { id_token_signed_response_alg: alg }),
      ),
      confidential('careful', { require_pkce: true }),
      confidential('desktop', { application_type: 'native' }),
    ])
    at = await open({ clients: [...clients, ...more] })
    strict = await open({ clients: [...clients, ...more], requirePkce: true })
  },
  { timeout: 60_000 },
)
after(async () => {
  await at?.close()
  await strict?.close()
})

const algorithms = [
  ['usual', 'RS256'],
  ['with-RS256', 'RS256'],
  ['with-ES256', 'ES256'],
  ['with-EdDSA', 'EdDSA'],
  ['with-Ed25519', 'Ed25519'],
] as const
for (const [client_id, alg] of algorithms) {
  test(`an ID token for the client \`${client_id}\` is signed with ${alg}`, { timeout: 60_000 }, async () => {
    const { code, verifier } = await codeFor(new Browser(at.issuer), { client_id, redirect_uri: back })
    const { status, body } = await post(
      `${at.issuer}/token`,
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back },
      basic(client_id, secret),
    )
    assert.equal(status, 200, JSON.stringify(body))
    const token = String(body['id_token'])
    assert.equal(decodeProtectedHeader(token).alg, alg)
    const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
    await jwtVerify(token, keys, { issuer: at.issuer, audience: client_id, algorithms: [alg] })
  })
}

// biome-ignore format: a table
const pkceCases: readonly (readonly [client: string, server: () => Running, needed: boolean, redirect?: string])[] = [
  ['usual', () => at, false],
  ['careful', () => at, true],
  ['desktop', () => at, true],
  ['spa', () => at, true, 'https://spa.example/cb'],
  ['usual', () => strict, true],
]
for (const [client_id, server, needed, redirect_uri = back] of pkceCases) {
  test(`\`${client_id}\` ${needed ? 'needs' : 'may do without'} PKCE${server === pkceCases[4]?.[1] ? ' where the server requires it' : ''}`, {
    timeout: 60_000,
  }, async () => {
    const { issuer } = server()
    const query = new URLSearchParams({ client_id, redirect_uri, response_type: 'code', scope: 'openid' })
    const answer = await new Browser(issuer).go(`/authorize?${query}`)
    const code = new URL(answer.url).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri }
    if (needed) {
      assert.equal(new URL(answer.url).searchParams.get('error'), 'invalid_request', answer.url)
      return
    }
    const verified = await post(
      `${issuer}/token`,
      { ...form, code_verifier: 'x'.repeat(43) },
      basic(client_id, secret),
    )
    assert.deepEqual([verified.status, verified.body['error']], [400, 'invalid_grant'])
    const again = await new Browser(issuer).go(`/authorize?${query}`)
    const fresh = new URL(again.url).searchParams.get('code') ?? ''
    const { status, body } = await post(`${issuer}/token`, { ...form, code: fresh }, basic(client_id, secret))
    assert.equal(status, 200, JSON.stringify(body))
  })
}

test('PKCE that was sent is checked, whoever the client is', { timeout: 60_000 }, async () => {
  for (const code_verifier of ['x'.repeat(43), undefined]) {
    const { code } = await codeFor(new Browser(at.issuer), { client_id: 'usual', redirect_uri: back })
    const { status, body } = await post(
      `${at.issuer}/token`,
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: back,
        ...(code_verifier ? { code_verifier } : {}),
      },
      basic('usual', secret),
    )
    assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
  }
})

const authorize = (browser: Browser, more: Readonly<Record<string, string>>) =>
  browser.go(
    `/authorize?${new URLSearchParams({ client_id: 'usual', redirect_uri: back, response_type: 'code', scope: 'openid', ...more })}`,
  )
const asked = (browser: Browser): number =>
  browser.visited.filter((path) => path.startsWith('/sign-in/')).length

const mfa = 'urn:chancery:acr:mfa'
const essential = (acr: object) => JSON.stringify({ id_token: { acr: { essential: true, ...acr } } })
// biome-ignore format: a table
const acrCases: readonly (readonly [what: string, more: Record<string, string>, questions: number, error: string | null])[] = [
  ['an unknown voluntary class', { acr_values: 'urn:mace:incommon:iap:silver' }, 0, null],
  ['an unknown class beside one that is reached', { acr_values: `unknown ${mfa}` }, 0, null],
  ['an essential class that is reached', { claims: essential({ value: mfa }) }, 0, null],
  ['an unknown essential class', { claims: essential({ value: 'urn:mace:incommon:iap:silver' }) }, 0, 'unmet_authentication_requirements'],
  ['one of several essential classes', { claims: essential({ values: ['unknown', mfa] }) }, 0, null],
  ['an essential class that no sign-in reaches', { claims: essential({ value: 'phr' }) }, 1, 'unmet_authentication_requirements'],
]
for (const [what, more, questions, error] of acrCases) {
  test(`${what}: ${questions} questions, ${error ?? 'a code'}`, { timeout: 60_000 }, async () => {
    const browser = new Browser(at.issuer)
    await authorize(browser, {})
    const before = asked(browser)
    const answer = await authorize(browser, more)
    assert.equal(new URL(answer.url).searchParams.get('error'), error, answer.url)
    assert.equal(asked(browser) - before, questions)
  })
}

test('prompt=select_account asks a signed-in user which account to use, once', {
  timeout: 60_000,
}, async () => {
  const browser = new Browser(at.issuer)
  const first = await authorize(browser, { prompt: 'select_account' })
  assert.ok(new URL(first.url).searchParams.get('code'), first.url)
  assert.equal(asked(browser), 1)
  const second = await authorize(browser, { prompt: 'select_account' })
  assert.ok(new URL(second.url).searchParams.get('code'), second.url)
  assert.equal(asked(browser), 2)
})
