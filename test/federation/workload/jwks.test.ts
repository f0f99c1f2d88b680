import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { readKeySet, readUsableKeySet } from '../../../src/federation/workload/jwks.ts'
import { Problem } from '../../../src/problem.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = (key: typeof rsa.publicKey, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more })
const set = (...keys: unknown[]) => JSON.stringify({ keys })

test('finds a key by kid and algorithm, and every fitting one for a token without kid', () => {
  const keys = readKeySet(set(jwk(rsa.publicKey, { kid: 'a' }), jwk(ec.publicKey, { kid: 'b' })))
  assert.equal(keys.find('a', 'RS256').length, 1)
  assert.equal(keys.find('a', 'ES256').length, 0)
  assert.equal(keys.find('b', 'RS256').length, 0)
  assert.equal(keys.find(undefined, 'ES256').length, 1)
  assert.equal(keys.find('c', 'RS256').length, 0)
})

test('passes over what it cannot use', () => {
  const keys = readKeySet(
    set(
      jwk(rsa.publicKey, { kid: 'enc', use: 'enc' }),
      jwk(rsa.publicKey, { kid: 'ops', key_ops: ['encrypt'] }),
      { kty: 'new', kid: 'n' },
      jwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, { kid: 'weak' }),
      jwk(rsa.publicKey, { kid: 'ok', use: 'sig', key_ops: ['verify'], alg: 'RS256' }),
    ),
  )
  assert.equal(keys.size, 1)
  assert.equal(keys.find('ok', 'RS256').length, 1)
  assert.equal(keys.find('ok', 'PS256').length, 0)
})

test('a set of no usable key is read and finds nothing; given by an administrator it is refused', () => {
  for (const text of [set(), set(jwk(rsa.publicKey, { use: 'enc' })), set({ kty: 'oct', k: 'c2VjcmV0' })]) {
    assert.equal(readKeySet(text).size, 0)
    assert.throws(() => readUsableKeySet(text), { code: 'invalid_input' })
  }
})

test('a key without kid is not the key of a token that names one', () => {
  const keys = readKeySet(set(jwk(rsa.publicKey), jwk(ec.publicKey, { kid: 'b' })))
  assert.equal(keys.find('a', 'RS256').length, 0)
  assert.equal(keys.find('', 'RS256').length, 0)
  assert.equal(keys.find(undefined, 'RS256').length, 1)
})

test('the alg of a key names its family, and not the hash', () => {
  const keys = readKeySet(set(jwk(rsa.publicKey, { kid: 'a', alg: 'RS512' })))
  assert.equal(keys.find('a', 'RS256').length, 1)
  assert.equal(keys.find('a', 'PS512').length, 0)
})

test('100 keys of each type are taken, and more of one type bar that type alone', () => {
  const many = (count: number, key: typeof rsa.publicKey) =>
    Array.from({ length: count }, (_, i) => jwk(key, { kid: `${key.asymmetricKeyType}${i}` }))
  const full = readKeySet(set(...many(100, rsa.publicKey), ...many(100, ec.publicKey)))
  assert.equal(full.size, 200)
  assert.equal(full.find('rsa99', 'RS256').length, 1)
  assert.equal(full.find(undefined, 'RS256').length, 64)
  const over = readKeySet(set(...many(101, rsa.publicKey), ...many(1, ec.publicKey)))
  assert.equal(over.find('rsa0', 'RS256').length, 0)
  assert.equal(over.find('ec0', 'ES256').length, 1)
})

test('a symmetric key is passed over beside a good one', () => {
  const keys = readKeySet(set(jwk(rsa.publicKey, { kid: 'a' }), { kty: 'oct', k: 'c2VjcmV0', kid: 'a' }))
  assert.equal(keys.find('a', 'RS256').length, 1)
  assert.equal(keys.size, 1)
})

const refused: readonly (readonly [title: string, text: string])[] = [
  ['a text that is no JSON', 'x'],
  ['a list', '[]'],
  ['null', 'null'],
  ['no keys', '{}'],
  ['keys that are no list', '{"keys":{}}'],
  ['a key that is a string', set('k')],
  ['a private key', set(jwk(rsa.privateKey))],
  ['a duplicate key name', `{"keys":[],"keys":[${JSON.stringify(jwk(ec.publicKey))}]}`],
]
for (const [title, text] of refused) {
  test(`refuses a set with ${title}`, () => {
    assert.throws(
      () => readKeySet(text),
      (error) => error instanceof Problem && error.code === 'invalid_input',
    )
  })
}
