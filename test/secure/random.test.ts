import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type IdPrefix, randomBase32, randomDigits, randomToken, uniqueId } from '../../src/secure/random.ts'

test('unique ids have the length and alphabet of AWS ids', () => {
  const lengths: readonly (readonly [IdPrefix, number])[] = [
    ['AIDA', 21],
    ['AROA', 21],
    ['AGPA', 21],
    ['ANPA', 21],
    ['AKIA', 20],
    ['ASIA', 20],
  ]
  for (const [prefix, length] of lengths) {
    const id = uniqueId(prefix)
    assert.equal(id.length, length)
    assert.match(id, new RegExp(`^${prefix}[A-Z2-7]+$`))
  }
})

test('random values do not repeat and are as long as asked', () => {
  assert.equal(new Set(Array.from({ length: 1000 }, () => randomToken())).size, 1000)
  assert.equal(Buffer.from(randomToken(48), 'base64url').length, 48)
  assert.match(randomDigits(8), /^\d{8}$/)
  assert.equal(randomDigits(0), '')
  assert.equal(randomBase32(40).length, 40)
})

test('every base32 letter and every digit occurs', () => {
  assert.equal(new Set(randomBase32(5000)).size, 32)
  assert.equal(new Set(randomDigits(2000)).size, 10)
})
