import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { clientAuthenticationMethods } from '../../../src/federation/oauth2/client-authentication.ts'
import { Problem } from '../../../src/problem.ts'
import { Secret } from '../../../src/secure/secret.ts'

const at = { issuer: 'https://idp.example/', token_endpoint: 'https://idp.example/token' }
const now = () => Math.floor(Date.now() / 1000)

async function sent(
  auth: Parameters<typeof clientAuthenticationMethods>[0]['auth'],
  secret: string | undefined,
  id = 'us',
) {
  const ways = clientAuthenticationMethods(
    { id, auth, secret: secret === undefined ? undefined : new Secret(secret) },
    now,
  )
  return Promise.all(
    ways.map(async (way) => {
      const body = new URLSearchParams()
      const headers = new Headers()
      await way(at, { client_id: id }, body, headers)
      return { body, authorization: headers.get('authorization') }
    }),
  )
}

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

const secrets: readonly (readonly [id: string, secret: string, authorizations: readonly string[]])[] = [
  ['us', 'plain-secret_1.2*3', [basic('us:plain-secret_1.2*3')]],
  ['us', 'a b', [basic('us:a+b'), basic('us:a b')]],
  ['us', 'p%q:r/s+t', [basic('us:p%25q%3Ar%2Fs%2Bt'), basic('us:p%q:r/s+t')]],
  ['https://us.example', 's', [basic('https%3A%2F%2Fus.example:s'), basic('https://us.example:s')]],
  ['us', 'gehörig', [basic('us:geh%C3%B6rig'), basic('us:gehörig')]],
]
for (const [id, secret, authorizations] of secrets) {
  test(`Basic credentials of ${id} and \`${secret}\` go form-encoded first, then as they are if that differs`, async () => {
    const all = await sent('client_secret_basic', secret, id)
    assert.deepEqual(
      all.map(({ authorization }) => authorization),
      authorizations,
    )
    assert.ok(all.every(({ body }) => !body.has('client_secret')))
  })
}

test('client_secret_post and none go in the body, in one way', async () => {
  const [post, ...more] = await sent('client_secret_post', 's+/ %')
  assert.equal(more.length, 0)
  assert.deepEqual(Object.fromEntries(post?.body ?? []), { client_id: 'us', client_secret: 's+/ %' })
  const [none] = await sent('none', undefined)
  assert.deepEqual(Object.fromEntries(none?.body ?? []), { client_id: 'us' })
})

const pairs = {
  'an EC key as JWK': ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'jwk'],
  'an RSA key as PEM': ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'pem'],
  'an Ed25519 key as PEM': ['EdDSA', generateKeyPairSync('ed25519'), 'pem'],
} as const
for (const [title, [alg, { privateKey, publicKey }, form]] of Object.entries(pairs)) {
  test(`private_key_jwt with ${title}: for the issuer first, then for the token endpoint, never twice the same`, async () => {
    const text =
      form === 'jwk'
        ? JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k1' })
        : String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const all = await sent('private_key_jwt', text)
    const assertions = all.map(({ body }) => body.get('client_assertion') ?? '')
    const audiences: unknown[] = []
    for (const assertion of assertions) {
      const { payload, protectedHeader } = await jwtVerify(assertion, publicKey, {
        subject: 'us',
        issuer: 'us',
      })
      audiences.push(payload.aud)
      assert.equal(protectedHeader.alg, alg)
      assert.ok((payload.exp ?? 0) - (payload.iat ?? 0) <= 60)
    }
    assert.deepEqual(audiences, [at.issuer, at.token_endpoint])
    assert.notEqual(decodeJwt(assertions[0] ?? '').jti, decodeJwt(assertions[1] ?? '').jti)
    assert.equal(decodeProtectedHeader(assertions[0] ?? '').kid, form === 'jwk' ? 'k1' : undefined)
  })
}

const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
  format: 'pem',
  type: 'pkcs8',
})
for (const [title, text] of [
  ['a text', 'not a key'],
  ['half a JWK', '{"kty":"EC"'],
  ['a public JWK', JSON.stringify(pairs['an EC key as JWK'][1].publicKey.export({ format: 'jwk' }))],
  [
    'a JWK of another algorithm',
    JSON.stringify({ ...pairs['an EC key as JWK'][1].privateKey.export({ format: 'jwk' }), alg: 'RS256' }),
  ],
  ['a weak key', String(weak)],
] as const) {
  test(`${title} is no private key, and nothing of it is repeated`, async () => {
    await assert.rejects(sent('private_key_jwt', text), (error: unknown) => {
      assert.ok(error instanceof Problem && error.code === 'invalid_input', String(error))
      assert.ok(!error.message.includes(text) && error.cause === undefined)
      return true
    })
  })
}
