import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { readKeySet } from '../../../src/federation/workload/jwks.ts'
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

const refused: readonly (readonly [title: string, text: string])[] = [
  ['a text that is no JSON', 'x'],
  ['a list', '[]'],
  ['null', 'null'],
  ['no keys', '{}'],
  ['keys that are no list', '{"keys":{}}'],
  ['no key at all', set()],
  ['only keys of no use', set(jwk(rsa.publicKey, { use: 'enc' }))],
  ['a key that is a string', set('k')],
  ['a private key', set(jwk(rsa.privateKey))],
  ['a shared key', set({ kty: 'oct', k: 'c2VjcmV0' })],
  ['a shared key beside a good one', set(jwk(rsa.publicKey), { kty: 'oct', k: 'c2VjcmV0' })],
  ['sixty-five keys', set(...Array.from({ length: 65 }, () => jwk(ec.publicKey)))],
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
