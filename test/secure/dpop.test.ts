import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { sha256base64url } from '../../src/secure/digest.ts'
import { checkDpop, type DpopRule, thumbprint } from '../../src/secure/dpop.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = publicKey.export({ format: 'jwk' }) as Record<string, unknown>
const now = 1_800_000_000
const rule: DpopRule = {
  method: 'GET',
  url: 'https://docs.example/documents/1?page=2',
  accessToken: 'token',
  jkt: thumbprint(jwk),
  now,
  window: 60,
}
const claims = {
  htm: 'GET',
  htu: 'https://docs.example/documents/1',
  iat: now,
  jti: 'one',
  ath: sha256base64url('token'),
}
const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function proof(over: object = {}, header: object = {}, key: KeyObject = privateKey): string {
  const signed = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })}.${encode({ ...claims, ...over })}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

test('a proof of this key for this request and token gives its id', async () => {
  assert.equal(await checkDpop(proof(), rule), 'one')
  assert.equal(await checkDpop(proof({ htu: 'HTTPS://DOCS.example:443/documents/1#x' }), rule), 'one')
})

const refused: readonly [string, string][] = [
  ['another method', proof({ htm: 'POST' })],
  ['another path', proof({ htu: 'https://docs.example/documents/2' })],
  ['another host', proof({ htu: 'https://evil.example/documents/1' })],
  ['no URL', proof({ htu: 'documents/1' })],
  ['too old', proof({ iat: now - 61 })],
  ['of the future', proof({ iat: now + 61 })],
  ['a date that is no number', proof({ iat: String(now) })],
  ['another token', proof({ ath: sha256base64url('other') })],
  ['no token hash', proof({ ath: undefined })],
  ['no id', proof({ jti: '' })],
  ['an endless id', proof({ jti: 'x'.repeat(257) })],
  ['another type', proof({}, { typ: 'JWT' })],
  ['a critical header', proof({}, { crit: ['x'] })],
  ['no algorithm', proof({}, { alg: 'none' })],
  ['an algorithm that is not the key’s', proof({}, { alg: 'RS256' })],
  ['no key', proof({}, { jwk: undefined })],
  ['a private key', proof({}, { jwk: privateKey.export({ format: 'jwk' }) })],
  ['a symmetric key', proof({}, { jwk: { kty: 'oct', k: 'AAAA' } })],
  ['a key that is none', proof({}, { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } })],
  [
    'a signature by another key',
    proof({}, {}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  ],
  ['no signature', proof().split('.').slice(0, 2).join('.')],
  ['four parts', `${proof()}.x`],
  ['too long', `${proof()}${'A'.repeat(5000)}`],
  ['a header that is no object', `${encode([])}.${encode(claims)}.AAAA`],
  ['a header that repeats a name', `${encode('{"typ":"dpop+jwt","typ":"dpop+jwt"}')}.${encode(claims)}.AAAA`],
]
for (const [name, text] of refused) {
  test(`refuses a proof: ${name}`, () => assert.rejects(checkDpop(text, rule), { code: 'unauthenticated' }))
}

test('another key with a proof of its own is not the token’s', async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const own = proof({}, { jwk: other.publicKey.export({ format: 'jwk' }) }, other.privateKey)
  await assert.rejects(checkDpop(own, rule), /not the one the token is bound to/)
})

test('the thumbprint of RFC 7638 §3.1', () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
  assert.equal(
    thumbprint({ kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' }),
    'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  )
})
