import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type IdPrefix,
  randomBase32,
  randomDigits,
  randomToken,
  timeOrderedUuid,
  uniqueId,
} from '../../src/secure/random.ts'

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

test('random values do not repeat and have the requested length', () => {
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

test('UUIDs of version 7 begin with their time and have variant 10 (RFC 9562 §5.7)', () => {
  // The time of the example in RFC 9562, appendix A.6.
  const all = Array.from({ length: 1000 }, () => timeOrderedUuid(0x017f22e279b0))
  for (const id of all) assert.match(id, /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(new Set(all).size, 1000)
  assert.equal(new Set(all.map((id) => id[19])).size, 4, 'each value of the variant')
  assert.ok(timeOrderedUuid(1_700_000_000_000) < timeOrderedUuid(1_700_000_000_001))
})
