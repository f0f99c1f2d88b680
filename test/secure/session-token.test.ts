import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import {
  accessKeyIdOf,
  deriveSecret,
  maxTokenLength,
  mintBearer,
  mintSession,
  type SessionGrant,
  type SessionVerification,
  verifySessionToken,
} from '../../src/secure/session/session-token.ts'
import { deriveKeyPair } from '../../src/secure/sigv4/sigv4a-key.ts'
import { claimsOf } from '../support/session-claims.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const tokenKey = { kid: 'tk1', alg: 'ES256', privateKey, publicKey }
const secretKey = { kid: 'sk1', secret: randomBytes(32) }
const by = { token: tokenKey, secret: secretKey }
const now = 1_800_000_000
const grant: SessionGrant = {
  iss: 'https://chancery.example',
  aud: '*',
  sub: 'arn:aws:sts::123456789012:assumed-role/reader/ci-1',
  iat: now,
  nbf: now,
  exp: now + 3600,
  acct: '123456789012',
  role: { arn: 'arn:aws:iam::123456789012:role/reader', id: 'AROAEXAMPLE' },
  rsn: 'ci-1',
  sp: [['{"Version":"2012-10-17","Statement":[]}']],
}
const reading = (change: Partial<SessionVerification> = {}): SessionVerification => ({
  type: 'sts+jwt',
  issuer: grant.iss,
  now,
  findKey: (kid) => (kid === 'tk1' ? tokenKey : undefined),
  ...change,
})
const fails = (code: ProblemCode) => (error: unknown) => error instanceof Problem && error.code === code
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Signed by our own key, whatever it says. */
function forged(header: object, claims: object): string {
  const text = `${encode(header)}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

test('a minted session verifies with the same claims', async () => {
  const session = await mintSession(grant, by)
  const claims = await verifySessionToken(session.token, reading())
  assert.deepEqual(claims, claimsOf(session))
  assert.deepEqual(claims.sp, grant.sp)
  assert.equal(session.expiration, grant.exp)
  assert.match(session.accessKeyId, /^ASIA[A-Z2-7]{16}$/)
  assert.match(session.secretAccessKey.reveal(), /^[A-Za-z0-9+/]{40}$/)
})

test('the secret is derived again from the key ring, and from nothing public', async () => {
  const session = await mintSession(grant, by)
  const { secretAccessKey, token } = session
  const claims = claimsOf(session)
  assert.equal(claims.sk, 'sk1')
  assert.ok(secretAccessKey.equals(deriveSecret(secretKey, claims).reveal()))
  assert.ok(!secretAccessKey.equals(deriveSecret({ kid: 'sk1', secret: randomBytes(32) }, claims).reveal()))
  // What shipping brokers did: the secret as a hash of the token, or of what it holds (attacks.md 14).
  for (const key of ['', token, claims.jti, 'sk1']) {
    assert.ok(
      !secretAccessKey.equals(deriveSecret({ kid: 'sk1', secret: Buffer.from(key) }, claims).reveal()),
    )
    assert.notEqual(
      createHmac('sha256', key).update(token).digest('base64').slice(0, 40),
      secretAccessKey.reveal(),
    )
  }
  assert.equal(inspect(secretAccessKey), '[secret]')
})

test('every part of jti, sub and exp changes the secret', () => {
  const of = { jti: 'a', sub: 'b', exp: 1 }
  const secrets = [of, { ...of, jti: 'ab', sub: '' }, { ...of, sub: 'c' }, { ...of, exp: 2 }].map((one) =>
    deriveSecret(secretKey, one).reveal(),
  )
  assert.equal(new Set(secrets).size, 4)
  assert.throws(() => deriveSecret({ kid: 'x' }, of), TypeError)
})

test('the access key id is bound to the session: those of two sessions never fit', async () => {
  const one = await mintSession(grant, by)
  const two = await mintSession(grant, by)
  assert.equal(accessKeyIdOf(claimsOf(one).jti), one.accessKeyId)
  assert.notEqual(one.accessKeyId, two.accessKeyId)
  assert.notEqual(claimsOf(one).jti, claimsOf(two).jti)
})

test('`cnf.jwk` is the public half of the SigV4A key pair of the credentials', async () => {
  const session = await mintSession(grant, by)
  const { accessKeyId, secretAccessKey } = session
  const claims = claimsOf(session)
  const { publicJwk } = deriveKeyPair(accessKeyId, secretAccessKey.reveal())
  assert.ok(claims.cnf && 'jwk' in claims.cnf)
  assert.deepEqual({ ...claims.cnf.jwk }, { kty: 'EC', crv: 'P-256', x: publicJwk.x, y: publicJwk.y })
})

test('a bearer token holds no SigV4 key and no secret key, and may be bound to a DPoP key', async () => {
  const { token, claims } = await mintBearer(grant, by)
  assert.equal(claims.cnf, undefined)
  assert.equal(claims.sk, undefined)
  assert.deepEqual(await verifySessionToken(token, reading({ type: 'at+jwt' })), claims)
  const bound = await mintBearer(grant, by, { jkt: 'thumb' })
  assert.deepEqual((await verifySessionToken(bound.token, reading({ type: 'at+jwt' }))).cnf, { jkt: 'thumb' })
})

test('a signed session is never a bearer, nor a bearer a signed session', async () => {
  const session = await mintSession(grant, by)
  const bearer = await mintBearer(grant, by)
  await assert.rejects(
    verifySessionToken(session.token, reading({ type: 'at+jwt' })),
    fails('unauthenticated'),
  )
  await assert.rejects(verifySessionToken(bearer.token, reading()), fails('unauthenticated'))
  // The two signs must agree, whichever was tampered with by a careless issuer.
  const crossed = forged({ alg: 'ES256', typ: 'at+jwt', kid: 'tk1' }, claimsOf(session))
  await assert.rejects(verifySessionToken(crossed, reading({ type: 'at+jwt' })), fails('unauthenticated'))
  const { cnf: _, ...without } = claimsOf(session)
  const bare = forged({ alg: 'ES256', typ: 'sts+jwt', kid: 'tk1' }, without)
  await assert.rejects(verifySessionToken(bare, reading()), fails('unauthenticated'))
  const { sk: __, ...keyless } = claimsOf(session)
  const unnamed = forged({ alg: 'ES256', typ: 'sts+jwt', kid: 'tk1' }, keyless)
  await assert.rejects(verifySessionToken(unnamed, reading()), fails('unauthenticated'))
})

const times: readonly (readonly [
  title: string,
  at: number,
  leeway: number,
  code: ProblemCode | undefined,
])[] = [
  ['a second before its end', now + 3599, 0, undefined],
  ['at its end', now + 3600, 0, 'expired_token'],
  ['at its end with leeway', now + 3600, 5, undefined],
  ['past the leeway', now + 3605, 5, 'expired_token'],
  ['before it begins', now - 1, 0, 'unauthenticated'],
  ['before it begins with leeway', now - 1, 5, undefined],
]
for (const [title, at, leeway, code] of times) {
  test(`${title} a token ${code ? `is ${code}` : 'holds'}`, async () => {
    const { token } = await mintSession(grant, by)
    const read = verifySessionToken(token, reading({ now: at, leeway }))
    await (code ? assert.rejects(read, fails(code)) : read)
  })
}

test('another issuer, an unknown kid, a key of another kind and a deleted key are refused', async () => {
  const { token } = await mintSession(grant, by)
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const changes: Partial<SessionVerification>[] = [
    { issuer: 'https://other.example' },
    { findKey: () => undefined },
    { findKey: () => ({ alg: 'ES256', publicKey: other }) },
    { findKey: () => ({ alg: 'RS256', publicKey }) },
    { findKey: () => ({ alg: 'ES256', publicKey: undefined }) },
  ]
  for (const change of changes)
    await assert.rejects(verifySessionToken(token, reading(change)), fails('unauthenticated'))
  const nameless = forged({ alg: 'ES256', typ: 'sts+jwt' }, claimsOf(await mintSession(grant, by)))
  await assert.rejects(verifySessionToken(nameless, reading()), fails('unauthenticated'))
})

const broken: readonly (readonly [title: string, change: Record<string, unknown>])[] = [
  ['no end', { exp: undefined }],
  ['an end that is a string', { exp: '1800003600' }],
  ['a negative start', { iat: -1 }],
  ['no account', { acct: undefined }],
  ['an account of eleven digits', { acct: '12345678901' }],
  ['a role without an id', { role: { arn: 'x' } }],
  ['a role with more', { role: { arn: 'x', id: 'y', extra: 1 } }],
  ['tags that are an object', { tags: { a: 'b' } }],
  ['a tag of three', { tags: [['a', 'b', 'c']] }],
  ['a session policy that is a string', { sp: '{}' }],
  ['a session policy link that is null', { sp: [null] }],
  ['a session policy that is not text', { sp: [[{}]] }],
  ['a policy base of neither form', { pb: { id: 'x' } }],
  ['an actor without a name', { act: {} }],
  ['an actor nested without a name', { act: { sub: 'a', act: { iss: 'b' } } }],
  ['an empty source identity', { src: '' }],
  ['a confirmation of another kind', { cnf: { kid: 'x' } }],
  ['two confirmations', { cnf: { jkt: 'x', jwk: {} } }],
  ['a claim of a later version', { narrows: true }],
]
for (const [title, change] of broken) {
  test(`a token of ours with ${title} is refused: it is never read as no limit`, async () => {
    const claims = claimsOf(await mintSession(grant, by))
    const token = forged({ alg: 'ES256', typ: 'sts+jwt', kid: 'tk1' }, { ...claims, ...change })
    await assert.rejects(verifySessionToken(token, reading()), fails('unauthenticated'))
  })
}

test('a token with all claims verifies with all of them', async () => {
  const full: SessionGrant = {
    ...grant,
    aud: ['https://docs.example', 'https://files.example'],
    src: 'alice',
    act: { sub: 'arn:aws:iam::123456789012:user/alice', act: { iss: 'https://ci.example', sub: 'repo' } },
    tags: [
      ['Team', 'blue'],
      ['__proto__', 'x'],
      ['Empty', ''],
    ],
    ttk: ['Team'],
    amr: ['pwd', 'otp'],
    acr: 'mfa',
    auth_time: now - 10,
    sp: [['{}'], { h: 'hash' }],
    pb: { id: 'AROAEXAMPLE', v: 'v' },
    fed: 'arn:aws:iam::123456789012:oidc-provider/ci.example',
    uid: 'AIDAEXAMPLE',
    client_id: 'app',
    scope: 'docs.read',
  }
  const { token } = await mintSession(full, by)
  const { jti, sk, cnf, ...given } = await verifySessionToken(token, reading())
  assert.ok(jti && sk && cnf)
  assert.deepEqual(given, full)
  const docs = await mintSession({ ...grant, pb: { docs: ['{}'] } }, by)
  assert.deepEqual((await verifySessionToken(docs.token, reading())).pb, { docs: ['{}'] })
})

test('a token is never longer than 4,096 characters', async () => {
  const large = { ...grant, sp: [['x'.repeat(3000)]] }
  await assert.rejects(mintSession(large, by), fails('packed_policy_too_large'))
  await assert.rejects(mintBearer(large, by), fails('packed_policy_too_large'))
  await assert.rejects(
    verifySessionToken('x'.repeat(maxTokenLength + 1), reading()),
    fails('unauthenticated'),
  )
})

test('what is no token is refused in one sentence, the reason kept for the log', async () => {
  for (const text of ['', 'x', 'a.b.c', `${encode({ alg: 'none' })}.${encode(grant)}.`]) {
    await assert.rejects(verifySessionToken(text, reading()), (error) => {
      assert.ok(error instanceof Problem)
      assert.equal(error.message, 'The security token included in the request is invalid.')
      assert.ok(error.detail)
      return true
    })
  }
})
