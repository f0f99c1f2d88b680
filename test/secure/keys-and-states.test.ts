// Formats of secure/ that are read from outside: SSH and private keys, the `state` of a sign-in, challenges of passkeys.
import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { isProblem } from '../../src/problem.ts'
import { isPrivateKey, readDecryptionKey, readPrivateKey } from '../../src/secure/key/private-key.ts'
import { openChallenge, sealChallenge } from '../../src/secure/passkey-challenge.ts'
import { Secret } from '../../src/secure/secret.ts'
import { readSshPublicKey, writeSshPublicKey } from '../../src/secure/ssh-public-key.ts'
import { openState, sealState } from '../../src/secure/state.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (key: KeyObject, type: 'pkcs8' | 'spki' = 'pkcs8') => String(key.export({ type, format: 'pem' }))
const jwk = (key: KeyObject, more: object = {}) =>
  JSON.stringify({ ...key.export({ format: 'jwk' }), ...more })

test('an RSA public key is the same in the encoding of SSH and in PEM', () => {
  const written = writeSshPublicKey(rsa.publicKey, 'SSH')
  for (const text of [written, `${written} ann@laptop`, `\n${pem(rsa.publicKey, 'spki')}\n`]) {
    const { key, fingerprint } = readSshPublicKey(text)
    assert.equal(writeSshPublicKey(key, 'SSH'), written)
    assert.equal(writeSshPublicKey(key, 'PEM'), pem(rsa.publicKey, 'spki'))
    assert.match(fingerprint, /^[0-9a-f]{2}(:[0-9a-f]{2}){15}$/)
  }
})

test('other public keys are refused', () => {
  const [, base64 = ''] = writeSshPublicKey(rsa.publicKey, 'SSH').split(' ')
  const cut = Buffer.from(base64, 'base64').subarray(0, -5).toString('base64')
  for (const [text, code] of [
    [writeSshPublicKey(small.publicKey, 'SSH'), 'invalid_public_key'],
    [pem(ec.publicKey, 'spki'), 'invalid_public_key'],
    [`ssh-rsa ${cut}`, 'invalid_public_key'],
    ['ssh-rsa AAAA', 'invalid_public_key'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA', 'invalid_public_key'],
    [`ssh-rsa ${base64}\nssh-rsa ${base64}`, 'unrecognized_public_key_encoding'],
    [base64, 'unrecognized_public_key_encoding'],
    ['', 'unrecognized_public_key_encoding'],
  ] as const)
    assert.throws(
      () => readSshPublicKey(text),
      (error) => isProblem(error, code),
      text.slice(0, 40),
    )
})

test('a private key is a JWK or PEM; its algorithm is its own, or the first that fits', () => {
  for (const [text, alg, kid] of [
    [pem(rsa.privateKey), 'RS256', undefined],
    [pem(ec.privateKey), 'ES256', undefined],
    [jwk(ec.privateKey, { kid: 'k1' }), 'ES256', 'k1'],
    [jwk(rsa.privateKey, { alg: 'RS256' }), 'RS256', undefined],
  ] as const) {
    const read = readPrivateKey(new Secret(text))
    assert.deepEqual([read.alg, read.kid], [alg, kid])
    assert.ok(isPrivateKey(new Secret(text)))
  }
  for (const text of [
    '',
    '{',
    '{}',
    'a key',
    pem(rsa.publicKey, 'spki'),
    jwk(ec.privateKey, { alg: 'RS256' }),
  ])
    assert.equal(isPrivateKey(new Secret(text)), false, text.slice(0, 20))
})

test('a key for decryption is one RSA key of 2048 bits or more', () => {
  const read = readDecryptionKey(new Secret(pem(rsa.privateKey)))
  assert.equal(read.reveal(), pem(rsa.privateKey))
  for (const text of [pem(small.privateKey), pem(ec.privateKey), jwk(rsa.privateKey), ''])
    assert.throws(() => readDecryptionKey(new Secret(text)), { code: 'invalid_input' })
})

test('a state is of one sign-in and one provider, under a current key', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const state = sealState(key, 'interaction-1', 'okta')
  assert.ok(state.length <= 80)
  assert.equal(openState([other, key], state, 'okta'), 'interaction-1')
  assert.equal(openState([other], state, 'okta'), undefined)
  assert.equal(openState([key], state, 'entra'), undefined)
  for (const changed of ['', 'a', 'a.b', `${state}.c`, state.replace('1', '2'), `${state}${'x'.repeat(80)}`])
    assert.equal(openState([key], changed, 'okta'), undefined, changed)
  assert.throws(() => sealState(key, 'a'.repeat(60), 'okta'), TypeError)
  assert.throws(() => sealState(key, 'a.b', 'okta'), TypeError)
})

test('a challenge is for one purpose, and until it expires', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const challenge = sealChallenge(key, 'sign-in a', 2000)
  assert.equal(openChallenge([other, key], 'sign-in a', challenge, 1999), 2000)
  for (const [keys, purpose, given, now] of [
    [[key], 'sign-in a', challenge, 2000],
    [[key], 'sign-in b', challenge, 1000],
    [[other], 'sign-in a', challenge, 1000],
    [[], 'sign-in a', challenge, 1000],
    [[key], 'sign-in a', challenge.slice(1), 1000],
    [[key], 'sign-in a', '', 1000],
    [[key], 'sign-in a', 'A'.repeat(200), 1000],
  ] as const)
    assert.equal(openChallenge(keys, purpose, given, now), undefined)
})
