import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import { Secret } from '../../src/secure/secret.ts'

const secret = new Secret('hunter2')

test('a secret is shown only by reveal()', () => {
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }),
    format('%s %o', secret, secret),
  ]
  for (const text of shown) assert.doesNotMatch(text, /hunter2/)
  assert.deepEqual(Object.keys(secret), [])
  assert.equal(secret.reveal(), 'hunter2')
})

test('a secret does not survive structured clone', () => {
  assert.doesNotMatch(inspect(structuredClone(secret)), /hunter2/)
})

test('secrets are compared by content', () => {
  assert.ok(secret.equals('hunter2'))
  assert.ok(!secret.equals('hunter'))
  assert.ok(!secret.equals(''))
})
