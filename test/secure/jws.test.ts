import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { compactVerify, SignJWT } from 'jose'
import { Problem } from '../../src/problem.ts'
import {
  algorithmsFor,
  isSignatureValid,
  type JwsAlgorithm,
  parseJws,
  signJws,
  verifyingKey,
} from '../../src/secure/jws.ts'

const pair = (type: 'ec' | 'rsa' | 'ed25519', options: object = {}) =>
  (generateKeyPairSync as (t: string, o: object) => { publicKey: KeyObject; privateKey: KeyObject })(
    type,
    options,
  )
const p256 = pair('ec', { namedCurve: 'P-256' })
const p384 = pair('ec', { namedCurve: 'P-384' })
const p521 = pair('ec', { namedCurve: 'P-521' })
const rsa = pair('rsa', { modulusLength: 2048 })
const ed = pair('ed25519')

const limit = 4096
const b64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const claims = { sub: 'me', n: 1 }

/** A token with any header and any payload text, signed with ES256 all the same. */
function signed(header: unknown, payload: unknown = claims, key = p256.privateKey): string {
  const text = `${b64(header)}.${b64(payload)}`
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

test('what we sign, jose checks', async () => {
  for (let i = 0; i < 50; i++) {
    const token = await signJws(
      'sts+jwt',
      { ...claims, i },
      { kid: 'k1', alg: 'ES256', privateKey: p256.privateKey },
    )
    const { protectedHeader, payload } = await compactVerify(token, p256.publicKey)
    assert.deepEqual(protectedHeader, { alg: 'ES256', typ: 'sts+jwt', kid: 'k1' })
    assert.deepEqual(JSON.parse(Buffer.from(payload).toString()), { ...claims, i })
  }
})

const everyAlgorithm: readonly (readonly [JwsAlgorithm, typeof p256])[] = [
  ['ES256', p256],
  ['ES384', p384],
  ['ES512', p521],
  ['RS256', rsa],
  ['RS384', rsa],
  ['RS512', rsa],
  ['PS256', rsa],
  ['PS384', rsa],
  ['PS512', rsa],
  ['EdDSA', ed],
]
for (const [alg, keys] of everyAlgorithm) {
  test(`${alg}: we check what jose signs, and jose checks what we sign`, async () => {
    const by = { key: keys.publicKey, algorithms: [alg] }
    // Several: ECDSA integers are sometimes short.
    for (let i = 0; i < 20; i++) {
      const theirs = await new SignJWT({ i }).setProtectedHeader({ alg }).sign(keys.privateKey)
      assert.equal(await isSignatureValid(parseJws(theirs, limit), by), true)
      const ours = await signJws('JWT', { i }, { kid: 'k', alg, privateKey: keys.privateKey })
      await compactVerify(ours, keys.publicKey)
    }
  })
  test(`${alg}: a changed payload or signature does not hold`, async () => {
    const token = await new SignJWT(claims).setProtectedHeader({ alg }).sign(keys.privateKey)
    const [header, , signature] = token.split('.')
    const by = { key: keys.publicKey, algorithms: [alg] }
    const other = `${header}.${b64({ sub: 'you' })}.${signature}`
    assert.equal(await isSignatureValid(parseJws(other, limit), by), false)
    const bytes = Buffer.from(signature ?? '', 'base64url')
    bytes[7] = (bytes[7] ?? 0) ^ 1
    const flipped = `${token.slice(0, token.lastIndexOf('.'))}.${bytes.toString('base64url')}`
    assert.equal(await isSignatureValid(parseJws(flipped, limit), by), false)
  })
}

test('the algorithm is the key’s, whatever the header wishes', async () => {
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'PS256' }).sign(rsa.privateKey)
  assert.equal(
    await isSignatureValid(parseJws(token, limit), { key: rsa.publicKey, algorithms: ['RS256'] }),
    false,
  )
  const other = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(rsa.privateKey)
  assert.equal(
    await isSignatureValid(parseJws(other, limit), { key: p256.publicKey, algorithms: ['RS256'] }),
    false,
  )
  const ec = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(p256.privateKey)
  assert.equal(
    await isSignatureValid(parseJws(ec, limit), { key: p384.publicKey, algorithms: ['ES256'] }),
    false,
  )
  assert.equal(
    await isSignatureValid(parseJws(ec, limit), { key: p256.privateKey, algorithms: ['ES256'] }),
    false,
  )
})

const hmacToken = (() => {
  const text = `${b64({ alg: 'HS256' })}.${b64(claims)}`
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' })
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`
})()

const token = signed({ alg: 'ES256' })
const [header = '', payload = '', signature = ''] = token.split('.')
const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
const refusals: readonly (readonly [title: string, token: string])[] = [
  ['alg none', `${b64({ alg: 'none' })}.${payload}.`],
  ['alg none with a signature', `${b64({ alg: 'none' })}.${payload}.${signature}`],
  ['alg None', `${b64({ alg: 'None' })}.${payload}.${signature}`],
  ['HMAC with the public key', hmacToken],
  ['an algorithm of a prototype', signed({ alg: 'constructor' })],
  ['no algorithm', signed({ typ: 'JWT' })],
  ['an algorithm that is a list', signed({ alg: ['ES256'] })],
  ['crit', signed({ alg: 'ES256', crit: ['exp'] })],
  ['an embedded key', signed({ alg: 'ES256', jwk: p256.publicKey.export({ format: 'jwk' }) })],
  ['a key set’s address', signed({ alg: 'ES256', jku: 'https://evil.example/jwks' })],
  ['an embedded certificate', signed({ alg: 'ES256', x5c: ['MII'] })],
  ['a certificate’s address', signed({ alg: 'ES256', x5u: 'https://evil.example' })],
  ['an unencoded payload', signed({ alg: 'ES256', b64: false })],
  ['kid with a path up', signed({ alg: 'ES256', kid: '../../etc/passwd' })],
  ['kid with an absolute path', signed({ alg: 'ES256', kid: '/dev/null' })],
  ['kid with SQL', signed({ alg: 'ES256', kid: "x' OR '1'='1" })],
  ['kid with NUL', signed({ alg: 'ES256', kid: 'a\0b' })],
  ['kid that is an object', signed({ alg: 'ES256', kid: { $ne: '' } })],
  ['kid too long', signed({ alg: 'ES256', kid: 'k'.repeat(257) })],
  ['empty kid', signed({ alg: 'ES256', kid: '' })],
  ['typ that is a number', signed({ alg: 'ES256', typ: 1 })],
  ['header that is a list', signed(['ES256'])],
  ['header that is null', signed('null')],
  ['header with a duplicate key', signed('{"alg":"none","alg":"ES256"}')],
  ['payload with a duplicate key', signed({ alg: 'ES256' }, '{"sub":"a","sub":"b"}')],
  ['payload with a nested duplicate key', signed({ alg: 'ES256' }, '{"a":{"b":1,"b":2}}')],
  [
    'payload with a duplicate key written as an escape',
    signed({ alg: 'ES256' }, '{"sub":"a","s\\u0075b":"b"}'),
  ],
  ['payload that is a string', signed({ alg: 'ES256' }, '"me"')],
  ['payload that is no JSON', signed({ alg: 'ES256' }, '{sub:1}')],
  ['payload nested too deeply', signed({ alg: 'ES256' }, deep(40))],
  [
    'payload that is not UTF-8',
    `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`,
  ],
  ['padding', `${header}.${payload}==.${signature}`],
  ['white space', `${header}.${payload} .${signature}`],
  ['a line break at the end', `${token}\n`],
  ['plain base64 letters', `${header}.${payload}.${signature.slice(0, -2)}+/`],
  ['two parts', `${header}.${payload}`],
  ['four parts', `${token}.x`],
  ['five parts, as an encrypted token', `${token}.x.y`],
  ['no header', `.${payload}.${signature}`],
  ['no payload', `${header}..${signature}`],
  ['no signature', `${header}.${payload}.`],
  ['nothing', ''],
  ['longer than the limit', `${token}${'A'.repeat(limit)}`],
]
for (const [title, bad] of refusals) {
  test(`refuses ${title}`, () => {
    assert.throws(
      () => parseJws(bad, limit),
      (error) => error instanceof Problem && error.code === 'invalid_identity_token',
    )
  })
}

test('refuses stray trailing bits: one signature has one spelling', () => {
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const spellings = [...last].filter((letter) => {
    try {
      return parseJws(`${token.slice(0, -1)}${letter}`, limit).signature.equals(
        parseJws(token, limit).signature,
      )
    } catch {
      return false
    }
  })
  assert.deepEqual(spellings, [token.at(-1)])
})

test('a depth of ten thousand ends in a refusal', () => {
  assert.throws(() => parseJws(signed({ alg: 'ES256' }, deep(10_000)), 100_000), Problem)
})

test('`__proto__` in a payload is a claim like any other', () => {
  const { claims: read } = parseJws(signed({ alg: 'ES256' }, '{"__proto__":{"admin":true}}'), limit)
  assert.equal(Object.hasOwn(read, '__proto__'), true)
  assert.equal(({} as { admin?: boolean }).admin, undefined)
})

test('an ECDSA signature of zeros does not hold', async () => {
  const zeros = `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`
  assert.equal(
    await isSignatureValid(parseJws(zeros, limit), { key: p256.publicKey, algorithms: ['ES256'] }),
    false,
  )
  const short = `${header}.${payload}.${Buffer.alloc(63).toString('base64url')}`
  assert.equal(
    await isSignatureValid(parseJws(short, limit), { key: p256.publicKey, algorithms: ['ES256'] }),
    false,
  )
})

test('a key is for the algorithms that fit it', () => {
  assert.deepEqual(algorithmsFor(p256.publicKey), ['ES256'])
  assert.deepEqual(algorithmsFor(ed.publicKey), ['EdDSA', 'Ed25519'])
  assert.deepEqual(algorithmsFor(rsa.publicKey), ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])
  assert.deepEqual(algorithmsFor(pair('rsa', { modulusLength: 1024 }).publicKey), [])
  assert.deepEqual(algorithmsFor(pair('ec', { namedCurve: 'secp256k1' }).publicKey), [])
  const x25519 = generateKeyPairSync('x25519').publicKey
  assert.deepEqual(algorithmsFor(x25519), [])
})

test('a JWK with `alg` is for that algorithm alone, and one that fits none is of no use', () => {
  const jwk = rsa.publicKey.export({ format: 'jwk' }) as Record<string, unknown>
  assert.deepEqual(verifyingKey({ ...jwk, alg: 'PS256' })?.algorithms, ['PS256'])
  assert.equal(verifyingKey({ ...jwk, alg: 'ES256' }), undefined)
  assert.equal(verifyingKey({ kty: 'oct', k: 'AAAA' }), undefined)
  assert.equal(verifyingKey({}), undefined)
})

test('a key that cannot sign is a fault of ours', async () => {
  await assert.rejects(signJws('JWT', {}, { kid: 'k', alg: 'ES256' }), TypeError)
  await assert.rejects(signJws('JWT', {}, { kid: 'k', alg: 'HS256', privateKey: p256.privateKey }), TypeError)
  await assert.rejects(signJws('JWT', {}, { kid: 'k', alg: 'RS256', privateKey: p256.publicKey }))
})
