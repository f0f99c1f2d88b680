// Attack 9: client assertion `jti` replay (Hydra CVE-2020-5300), a replay cache that grows without bound (Keycloak
// CVE-2025-2559), unbounded registration records.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { spendOnce } from '../../src/oidc/library/replay-detection.ts'
import type { Store } from '../../src/store/store.ts'
import { post } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'

let at: Running
let key: CryptoKey
before(async () => {
  const pair = await generateKeyPair('ES256')
  key = pair.privateKey
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', use: 'sig', alg: 'ES256' }
  at = await open({
    clients: clientsSchema.parse([
      { client_id: 'signer', jwks: { keys: [jwk] }, grant_types: ['client_credentials'] },
    ]),
  })
})
after(() => at.close())

const assertion = (expiresIn: string, jti: string = randomUUID()) =>
  new SignJWT({ jti })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer('signer')
    .setSubject('signer')
    .setAudience(at.issuer)
    .setExpirationTime(expiresIn)
    .sign(key)

const ask = (client_assertion: string) =>
  post(`${at.issuer}/token`, {
    grant_type: 'client_credentials',
    client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })

test('9: a client assertion counts once, also when twenty show it together', async () => {
  const one = await assertion('2m')
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(one)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.equal((await ask(one)).status, 401)
  assert.equal((await ask(await assertion('2m'))).status, 200)
})

test('9: an assertion that would have to be remembered for long is refused', async () => {
  assert.equal((await ask(await assertion('1d'))).status, 401)
  assert.equal((await ask(await assertion('2m', 'x'.repeat(600)))).status, 401)
})

test('9: what was spent is known to be so by a process whose clock has jumped since', async (t) => {
  const { sqlitePlace } = await import('../store/sqlite-place.ts')
  const place = await sqlitePlace()
  let now = 2_000_000_000
  const store = await place.open({ clock: () => now })
  t.after(async () => {
    await store.close()
    await place.remove()
  })
  const spend = spendOnce(store)
  const expiresAt = now + 300
  assert.equal(await spend('signer', 'one', expiresAt), true)
  // Judged live a moment before, spent a moment after the jump.
  now += 600
  assert.equal(await spend('signer', 'one', expiresAt), false)
})

test('9: what was spent until a fraction of a second is kept until the next whole one', async () => {
  const kept: number[] = []
  const create = async (_: string, record: { readonly expiresAt: number }) => void kept.push(record.expiresAt)
  await spendOnce({ create } as unknown as Store)('signer', 'one', 2_000_000_000.25)
  assert.deepEqual(kept, [2_000_000_001])
})

const register = (body: object, token?: string) =>
  fetch(`${at.issuer}/register`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })

test('9: registration without an initial access token is refused', async () => {
  const body = { redirect_uris: ['https://new.example/cb'] }
  assert.ok([400, 401].includes((await register(body)).status))
  assert.equal((await register(body, 'guess')).status, 401)
  const token = await at.oidc.createInitialAccessToken({ expiresIn: 600 })
  const made = await register(body, token)
  assert.equal(made.status, 201, await made.clone().text())
})

const hostile: readonly (readonly [string, object])[] = [
  ['the operator’s marks', { redirect_uris: ['https://new.example/cb'], first_party: true }],
  ['a script as redirect', { redirect_uris: ['javascript:alert(1)'] }],
  [
    'a script as redirect of a native client',
    { redirect_uris: ['javascript:alert(1)'], application_type: 'native' },
  ],
  ['a script as logo', { redirect_uris: ['https://new.example/cb'], logo_uri: 'javascript:alert(1)' }],
  ['plain http', { redirect_uris: ['http://new.example/cb'] }],
  ['userinfo', { redirect_uris: ['https://new.example@evil.test/cb'] }],
  [
    'implicit grants',
    { redirect_uris: ['https://new.example/cb'], grant_types: ['implicit'], response_types: ['token'] },
  ],
  ['a name that hides', { redirect_uris: ['https://new.example/cb'], client_name: 'Bank\u202egro' }],
  ['a long name', { redirect_uris: ['https://new.example/cb'], client_name: 'x'.repeat(5000) }],
  [
    'a hundred redirects',
    { redirect_uris: Array.from({ length: 100 }, (_, i) => `https://new.example/${i}`) },
  ],
]
for (const [what, body] of hostile) {
  test(`9, 24: ${what} cannot be registered`, async () => {
    const token = await at.oidc.createInitialAccessToken({ expiresIn: 600 })
    const answer = await register(body, token)
    assert.equal(answer.status, 400, await answer.text())
  })
}
