// attacks.md 10: what an outside token may not be, on every way in, against the running server.
import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { after, before, test } from 'node:test'
import { audience, awsFault, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { forgedToken } from '../support/upstreams/issuer.ts'

let server: RoleServer
before(async () => {
  server = await startRoleServer()
})
after(() => server?.stop())

const now = Math.floor(Date.now() / 1000)
const claims = () => ({ iss: server.ci.url, sub: 'repo:acme/app', aud: audience, iat: now, exp: now + 300 })

/** Refused as AWS refuses it, and at /token in every part it can play; afterwards a good token still works. */
async function refusedEverywhere(token: string, fault = 'InvalidIdentityTokenException'): Promise<void> {
  await assert.rejects(server.web(token), awsFault(fault))
  for (const [answer, error] of [
    [await server.exchange({ subject_token: token }), 'invalid_request'],
    [await server.jwtBearer({ assertion: token }), 'invalid_grant'],
    [await server.asClient({ client_assertion: token }), 'invalid_client'],
  ] as const) {
    assert.ok(answer.status === 400 || answer.status === 401)
    assert.equal(answer.body['error'], error)
    assert.equal(answer.body['access_token'], undefined)
  }
  assert.match((await server.web(await server.token())).accessKeyId, /^ASIA/)
}

const forged: readonly (readonly [title: string, token: () => string | Promise<string>])[] = [
  ['alg none', () => forgedToken({ alg: 'none' }, claims())],
  ['alg nOnE', () => forgedToken({ alg: 'nOnE' }, claims())],
  [
    'HMAC under the public key (Keycloak CVE-2026-11800)',
    () => {
      const jwk = server.ci.keys[0]?.jwk ?? {}
      const pem = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
        .export({ type: 'spki', format: 'pem' })
        .toString()
      return forgedToken({ alg: 'HS256', kid: server.ci.keys[0]?.kid }, claims(), pem)
    },
  ],
  [
    'a key of another issuer under the right kid',
    () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      return server.ci.mint(claims(), { kid: server.ci.keys[0]?.kid ?? '', alg: 'RS256', privateKey })
    },
  ],
  ['an unknown kid', () => server.ci.mint(claims(), { ...server.ci.keys[0]!, kid: 'nobody' })],
]
for (const [title, token] of forged) {
  test(`10: a token with ${title} is refused`, async () => refusedEverywhere(await token()))
}

const changes: readonly (readonly [title: string, change: Record<string, unknown>])[] = [
  ['no aud (ZITADEL CVE-2026-55669)', { aud: undefined }],
  ['another aud', { aud: 'else' }],
  ['no exp', { exp: undefined }],
  ['no iat', { iat: undefined }],
  ['no sub', { sub: undefined }],
  ['a future iat', { iat: now + 3600, nbf: undefined, exp: now + 7200 }],
  ['a negative exp', { exp: -1 }],
  ['a huge exp', { exp: 1e15 }],
  ['an exp that is a string', { exp: '99999999999' }],
  ['the issuer with a slash', { iss: 'slash' }],
]
for (const [title, change] of changes) {
  test(`10: a token with ${title} is refused`, async () => {
    const iss = change['iss'] === 'slash' ? `${server.ci.url}/` : server.ci.url
    await refusedEverywhere(await server.token({ ...change, iss }))
  })
}

test('10: an expired token is refused as such', async () => {
  await refusedEverywhere(
    await server.token({ iat: now - 600, nbf: now - 600, exp: now - 1 }),
    'ExpiredTokenException',
  )
})
