import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../src/secure/secret.ts'
import { codeOf, matchConsecutive, matchStep, newSeed, otpauthUri } from '../../src/secure/totp.ts'

// RFC 6238 appendix B, SHA-1: the seed is `12345678901234567890`; the last six of its eight digits.
const rfcSeed = new Secret('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
const vectors: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
]

for (const [now, code] of vectors) {
  test(`RFC 6238 appendix B at ${now} s is ${code}`, () => {
    assert.equal(codeOf(rfcSeed, Math.floor(now / 30)), code)
    assert.equal(matchStep(rfcSeed, code, now), Math.floor(now / 30))
  })
}

test('neither label nor issuer of an authenticator holds a colon but the one between them', () => {
  for (const [issuer, account, label] of [
    ['Acme', 'ada', 'Acme:ada'],
    ['Acme: Tools', 'ada', 'Acme Tools:ada'],
    ['localhost:24001', 'corp:ada@x', 'localhost 24001:corp ada@x'],
    ['[::1]:3000', '::', '[ 1] 3000:'],
    ['Müller & Söhne', 'ada?x=1', 'Müller & Söhne:ada?x=1'],
  ] as const) {
    const uri = new URL(otpauthUri({ seed: rfcSeed, issuer, account }))
    assert.equal(decodeURIComponent(uri.pathname.slice(1)), label)
    assert.equal(uri.searchParams.get('issuer'), label.split(':')[0])
  }
})

test('a code is good one step early and late, and its own step is named', () => {
  const step = 41152263
  const code = codeOf(rfcSeed, step)
  const near = [-2, -1, 0, 1, 2].map((delta) => matchStep(rfcSeed, code, (step + delta) * 30))
  assert.deepEqual(near, [undefined, step, step, step, undefined])
  assert.equal(matchStep(rfcSeed, code, (step + 1) * 30, 0), undefined)
})

test('two consecutive codes are found within the window, and the step of the second is named', () => {
  const step = 41152263
  const [first, second] = [codeOf(rfcSeed, step), codeOf(rfcSeed, step + 1)]
  const at = (delta: number, pair: readonly [string, string] = [first, second]) =>
    matchConsecutive(rfcSeed, pair, (step + delta) * 30, 10)
  assert.deepEqual(
    [-10, -9, 0, 1, 10, 11].map((delta) => at(delta)),
    [undefined, step + 1, step + 1, step + 1, step + 1, undefined],
  )
  for (const pair of [
    [second, first],
    [first, first],
    [first, codeOf(rfcSeed, step + 2)],
    [first, ''],
    ['', second],
  ] as const)
    assert.equal(at(0, pair), undefined)
  assert.equal(matchConsecutive(rfcSeed, [codeOf(rfcSeed, 0), codeOf(rfcSeed, 1)], 0, 10), 1)
})

test('what is not six ASCII digits is no code', () => {
  for (const code of [
    '',
    '12345',
    '1234567',
    ' 87082',
    '28708a',
    '２８７０８２',
    '287082\n',
    '-87082',
    '1e1000',
    '287 082',
  ])
    assert.equal(matchStep(rfcSeed, code, 59), undefined, JSON.stringify(code))
})

test('time zero has no step before it', () => {
  assert.equal(matchStep(rfcSeed, codeOf(rfcSeed, 0), 0), 0)
})

test('a new seed is 20 random bytes of base32', () => {
  const seed = newSeed()
  assert.match(seed.reveal(), /^[A-Z2-7]{32}$/)
  assert.notEqual(seed.reveal(), newSeed().reveal())
})

test('a seed that is not base32 is refused', () => {
  assert.throws(() => codeOf(new Secret('!!!'), 1), { code: 'invalid_input' })
})

test('the otpauth URI escapes who and where', () => {
  const uri = new URL(otpauthUri({ seed: rfcSeed, issuer: 'Acme & Söhne', account: 'a:b?secret=x' }))
  assert.equal(uri.protocol, 'otpauth:')
  assert.equal(uri.searchParams.get('secret'), rfcSeed.reveal())
  assert.equal(uri.searchParams.get('issuer'), 'Acme & Söhne')
  assert.deepEqual(uri.searchParams.getAll('secret').length, 1)
})
