import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import { IssuerKeys } from '../../../src/federation/workload/issuer-keys.ts'
import {
  readOutsideToken,
  verifyOutsideToken,
  type WorkloadProvider,
} from '../../../src/federation/workload/outside-token.ts'
import { Problem, type ProblemCode } from '../../../src/problem.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const now = 1_800_000_000
const issuer = 'https://ci.example'
const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] })
const provider: WorkloadProvider = {
  id: 'arn:aws:iam::123456789012:oidc-provider/ci.example',
  url: issuer,
  clientIds: ['sts.example', 'other.example'],
  keys: { from: 'upload', jwks },
  once: false,
  disabled: false,
}
const good = {
  iss: issuer,
  sub: 'repo:acme/app',
  aud: 'sts.example',
  iat: now - 5,
  exp: now + 300,
  jti: 'one',
}
const token = (claims: object, header: object = {}, key = privateKey) =>
  new SignJWT({ ...claims } as Record<string, unknown>)
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
    .sign(key)
const noNetwork = () => Promise.reject(new Error('no network in this test'))
const verify = async (text: string, by = provider, at = now) =>
  verifyOutsideToken(readOutsideToken(text), by, new IssuerKeys({ fetch: noNetwork, now: () => at }), at)
const fails = (code: ProblemCode, pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error))
  assert.equal(error.code, code)
  assert.match(error.message, pattern)
  return true
}

test('a good token becomes an identity', async () => {
  const { spend, claims, ...identity } = await verify(await token(good))
  assert.deepEqual(identity, {
    provider: provider.id,
    issuer,
    subject: 'repo:acme/app',
    audience: 'sts.example',
    issuedAt: now - 5,
    expiresAt: now + 300,
  })
  assert.equal(spend, undefined)
  assert.equal(claims['jti'], 'one')
})

const bad: readonly (readonly [title: string, change: object, code: ProblemCode, message: RegExp])[] = [
  ['no iss', { iss: undefined }, 'invalid_identity_token', /claim: iss/],
  ['an iss that is a list', { iss: [issuer] }, 'invalid_identity_token', /claim: iss/],
  ['no sub', { sub: undefined }, 'invalid_identity_token', /claim: sub/],
  ['an empty sub', { sub: '' }, 'invalid_identity_token', /claim: sub/],
  ['a sub that is a number', { sub: 5 }, 'invalid_identity_token', /claim: sub/],
  ['no aud', { aud: undefined }, 'invalid_identity_token', /claim: aud/],
  ['another aud', { aud: 'else' }, 'invalid_identity_token', /Incorrect token audience/],
  ['an empty list of aud', { aud: [] }, 'invalid_identity_token', /Incorrect token audience/],
  ['an aud that is null', { aud: null }, 'invalid_identity_token', /aud/],
  ['several aud and no azp', { aud: ['sts.example', 'x'] }, 'invalid_identity_token', /several `aud`/],
  ['a foreign azp', { azp: 'else' }, 'invalid_identity_token', /Incorrect token audience/],
  ['an azp that is a list', { azp: ['sts.example'] }, 'invalid_identity_token', /azp/],
  ['an empty azp', { azp: '' }, 'invalid_identity_token', /Incorrect token audience/],
  ['an aud with an object', { aud: ['sts.example', {}] }, 'invalid_identity_token', /aud/],
  ['no exp', { exp: undefined }, 'invalid_identity_token', /claim: exp/],
  ['an exp that is a string', { exp: String(now + 300) }, 'invalid_identity_token', /exp/],
  ['an exp that is null', { exp: null }, 'invalid_identity_token', /exp/],
  ['a negative exp', { exp: -1 }, 'invalid_identity_token', /exp/],
  ['a huge exp', { exp: 1e300 }, 'invalid_identity_token', /too long/],
  ['an exp in two years', { exp: now + 2 * 366 * 86_400 }, 'invalid_identity_token', /too long/],
  [
    'an exp at this second',
    { exp: now },
    'expired_token',
    /Token expired: current date\/time 1800000000 must be before/,
  ],
  [
    'an exp before its iat',
    { iat: now + 20, exp: now + 10 },
    'invalid_identity_token',
    /expires before it was issued/,
  ],
  ['no iat', { iat: undefined }, 'invalid_identity_token', /claim: iat/],
  ['a future iat', { iat: now + 61, exp: now + 300 }, 'invalid_identity_token', /in the future/],
  ['a negative iat', { iat: -5 }, 'invalid_identity_token', /iat/],
  ['an iat that is true', { iat: true }, 'invalid_identity_token', /iat/],
  ['a future nbf', { nbf: now + 61 }, 'invalid_identity_token', /not valid yet/],
  ['an nbf that is a string', { nbf: '0' }, 'invalid_identity_token', /nbf/],
  [
    'another issuer',
    { iss: 'https://evil.example' },
    'invalid_identity_token',
    /No OpenIDConnect provider found/,
  ],
  [
    'the issuer with a slash',
    { iss: `${issuer}/` },
    'invalid_identity_token',
    /No OpenIDConnect provider found/,
  ],
  [
    'the issuer in other case',
    { iss: 'https://CI.example' },
    'invalid_identity_token',
    /No OpenIDConnect provider/,
  ],
]
for (const [title, change, code, message] of bad) {
  test(`a token with ${title} is refused`, async () => {
    await assert.rejects(async () => verify(await token({ ...good, ...change })), fails(code, message))
  })
}

const fine: readonly (readonly [title: string, change: object])[] = [
  ['an aud list of ours alone', { aud: ['other.example'] }],
  ['our azp, whatever the aud', { aud: ['x', 'y'], azp: 'other.example' }],
  ['an iat a minute ahead', { iat: now + 60 }],
  ['fractions of seconds', { iat: now - 0.5, exp: now + 0.5 }],
  ['a year of life, as Kubernetes gives', { exp: now + 365 * 86_400 }],
]
for (const [title, change] of fine) {
  test(`a token with ${title} is taken`, async () => {
    await verify(await token({ ...good, ...change }))
  })
}

test('algorithm, key and signature are the provider’s', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const none = fails('invalid_identity_token', /not signed by a key/)
  await assert.rejects(verify(await token(good, {}, other)), none)
  await assert.rejects(verify(await token(good, { kid: 'k2' })), none)
  await verify(await token(good, { kid: undefined }))
  await verify(await token(good, { alg: 'PS256' }))
  const pinned = JSON.stringify({
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' }],
  })
  const strict: WorkloadProvider = { ...provider, keys: { from: 'upload', jwks: pinned } }
  await assert.rejects(verify(await token(good, { alg: 'PS256' }), strict), none)
})

test('a disabled provider answers as if it were not there', async () => {
  const text = await token(good)
  await assert.rejects(
    verify(text, { ...provider, disabled: true }),
    fails(
      'invalid_identity_token',
      /^No OpenIDConnect provider found in your account for https:\/\/ci\.example$/,
    ),
  )
})

test('a provider that says so has its tokens spent once: by jti, or by the text that was signed', async () => {
  const once = { ...provider, once: true }
  const spend = async (claims: object) => (await verify(await token(claims), once)).spend
  const first = await spend(good)
  assert.ok(first && first.until >= now + 300)
  assert.equal((await spend({ ...good, sub: 'again' }))?.id, first.id)
  assert.notEqual((await spend({ ...good, jti: 'two' }))?.id, first.id)
  const { jti: _, ...nameless } = good
  const bare = await spend(nameless)
  assert.equal((await spend(nameless))?.id, bare?.id)
  assert.notEqual((await spend({ ...nameless, sub: 'x' }))?.id, bare?.id)
})

for (const text of ['', 'abc', 'a.b.c', 'x'.repeat(20_001), `${'a'.repeat(10)}.${'b'.repeat(19_995)}.c`]) {
  test(`\`${text.slice(0, 8)}\` of ${text.length} characters is not a JWT`, () => {
    assert.throws(() => readOutsideToken(text), fails('invalid_identity_token', /not a valid JWT/))
  })
}

test('what an issuer is called is shown short and without control characters', async () => {
  const text = await token({ ...good, iss: `https://x\u0000\n${'y'.repeat(500)}` })
  await assert.rejects(verify(text), (error) => {
    assert.ok(error instanceof Problem)
    assert.match(error.message, /^[\x20-\x7e]{1,330}$/)
    return true
  })
})
