import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { equals, hmacSha256, sha256base64url, sha256hex } from '../../src/secure/digest.ts'

test('SHA-256 of FIPS 180-4 `abc`', () => {
  assert.equal(sha256hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.equal(sha256base64url(Buffer.from('abc')), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
})

test('HMAC-SHA-256 of RFC 4231 §4.3', () => {
  assert.equal(
    hmacSha256('Jefe', 'what do ya want for nothing?').toString('hex'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

test('HMAC-SHA-256 is node’s own for keys and texts of every length', () => {
  for (let length = 0; length < 300; length++) {
    const key = randomBytes(length % 150)
    const data = randomBytes(length)
    assert.deepEqual(hmacSha256(key, data), createHmac('sha256', key).update(data).digest())
  }
  assert.deepEqual(hmacSha256('ключ', 'текст'), createHmac('sha256', 'ключ').update('текст').digest())
})

test('equals compares text and bytes of any length', () => {
  assert.ok(equals('a', 'a'))
  assert.ok(equals('ä', Buffer.from('ä')))
  assert.ok(equals('', ''))
  assert.ok(!equals('a', 'ab'))
  assert.ok(!equals('a', 'b'))
  assert.ok(!equals('', Buffer.of(0)))
})
