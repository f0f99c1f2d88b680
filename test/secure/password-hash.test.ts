// Password hashes of other programs: read, bounded, verified, and marked for renewal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PasswordHasher } from '../../src/secure/password/password.ts'
import { parsePasswordHash, sampleOf, workOf } from '../../src/secure/password/password-hash.ts'
import { Secret } from '../../src/secure/secret.ts'
import { foreignHashes } from './foreign-hashes.ts'

const timeout = 120_000
/** Cheap, and other than any of the hashes below. */
const quick = { memoryKiB: 72, passes: 1 }

for (const { by, password, hash } of foreignHashes)
  test(`a hash of ${by} verifies with its password alone, and is renewed: ${hash.slice(0, 24)}…`, {
    timeout,
  }, async () => {
    const hasher = new PasswordHasher(quick)
    assert.notEqual(parsePasswordHash(hash).kind, 'refused')
    assert.equal(await hasher.verify(hash, new Secret(password)), true)
    assert.equal(await hasher.verify(hash, new Secret(`x${password}`)), false)
    assert.equal(hasher.needsRehash(hash), true)
    const renewed = await hasher.hash(new Secret(password))
    assert.equal(hasher.needsRehash(renewed), false)
  })

test('bcrypt uses 72 bytes of a password, and no password with NUL matches', { timeout }, async () => {
  const hasher = new PasswordHasher(quick)
  // Python's bcrypt: hashpw(b'a', b'$2b$04$abcdefghijklmnopqrstuu').
  const short = '$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC'
  assert.equal(await hasher.verify(short, new Secret('a')), true)
  assert.equal(await hasher.verify(short, new Secret('a\u0000a')), false)
  const long = foreignHashes.find(({ by }) => by === 'bcrypt 72 bytes')
  assert.ok(long)
  assert.equal(await hasher.verify(long.hash, new Secret('a'.repeat(72))), true)
  assert.equal(await hasher.verify(long.hash, new Secret('a'.repeat(71))), false)
})

const salt = 'AAAAAAAAAAAAAAAAAAAAAA'
const tag = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const bcrypt = (prefix: string) => `${prefix}${'a'.repeat(53)}`

/** What is refused, with what the refusal names. */
const refused: readonly (readonly [string, RegExp])[] = [
  ['', /accepted form/],
  ['correct horse battery staple', /accepted form/],
  ['5f4dcc3b5aa765d61d8327deb882cf99', /accepted form/],
  ['{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr', /accepted form/],
  ['$1$O3JMY.Tw$AdLnLjQ/5jXF9.MTp3gHv/', /accepted form/],
  [bcrypt('$2x$10$'), /accepted form/],
  [bcrypt('$2$10$'), /accepted form/],
  [`${bcrypt('$2b$10$')}\n`, /accepted form/],
  [bcrypt('$2b$03$'), /cost of 3; at least 4/],
  [bcrypt('$2b$14$'), /cost of 14; at most 13/],
  [bcrypt('$2b$31$'), /cost of 31; at most 13/],
  [`$argon2i$v=19$m=256,t=2,p=1$${salt}$${tag}`, /accepted form/],
  [`$argon2id$m=256,t=2,p=1$${salt}$${tag}`, /accepted form/],
  [`$argon2id$v=19$m=2097152,t=1,p=1$${salt}$${tag}`, /memory cost of 2097152 KiB; at most 262144/],
  [`$argon2id$v=19$m=4,t=1,p=1$${salt}$${tag}`, /memory cost of 4 KiB; at least 8/],
  [`$argon2id$v=19$m=262144,t=4,p=1$${salt}$${tag}`, /memory times time cost of 1048576 KiB; at most 786432/],
  [`$argon2id$v=19$m=64,t=4294967295,p=1$${salt}$${tag}`, /time cost of 4294967295; at most 10/],
  [`$argon2id$v=19$m=64,t=0,p=1$${salt}$${tag}`, /time cost of 0; at least 1/],
  [`$argon2id$v=19$m=8192,t=1,p=64$${salt}$${tag}`, /parallelism of 64; at most 8/],
  [`$argon2id$v=19$m=64,t=1,p=1$AAAA$${tag}`, /salt of 3 bytes; at least 8/],
  [`$argon2id$v=19$m=64,t=1,p=1$${salt}$AAAA`, /result of 3 bytes; at least 16/],
  [`$argon2id$v=19$m=64,t=1,p=1$${salt}$${'A'.repeat(400)}`, /result of 300 bytes; at most 128/],
  [`$scrypt$ln=18,r=8,p=1$${salt}$${tag}`, /memory of 268435456 bytes; at most 134217728/],
  [`$scrypt$ln=99,r=8,p=1$${salt}$${tag}`, /memory of .*; at most 134217728/],
  [`$scrypt$ln=16,r=8,p=3$${salt}$${tag}`, /cost \(N × r × p\) of 1572864; at most 1048576/],
  [`$scrypt$ln=0,r=8,p=1$${salt}$${tag}`, /N that is not a power of two/],
  [`$scrypt$ln=4,r=0,p=1$${salt}$${tag}`, /block size of 0; at least 1/],
  [`scrypt$12345$saltsalt$8$1$${tag}=`, /N that is not a power of two/],
  [`$pbkdf2-sha256$2000001$${salt}$${tag}`, /iterations of 2000001; at most 2000000/],
  [`$pbkdf2-sha256$0$${salt}$${tag}`, /iterations of 0; at least 1/],
  [`pbkdf2_sha512$1000001$saltsalt$${tag}=`, /iterations of 1000001; at most 1000000/],
  [`$pbkdf2-sha256$900000$${salt}$${'A'.repeat(128)}`, /iterations times blocks of 2700000; at most 2000000/],
  [`$pbkdf2-md5$1000$${salt}$${tag}`, /accepted form/],
  [`pbkdf2_sha256$1000$saltsalt$${tag.slice(0, 3)}`, /result of 2 bytes; at least 16/],
  [`pbkdf2_sha256$1000$${'s'.repeat(600)}$${tag}=`, /accepted form/],
]

for (const [hash, reason] of refused)
  test(`refused: ${JSON.stringify(hash.slice(0, 48))}`, { timeout }, async () => {
    const read = parsePasswordHash(hash)
    assert.ok(read.kind === 'refused')
    assert.match(read.reason, reason)
    assert.ok(hash === '' || !read.reason.includes(hash), 'the hash is in the message')
    assert.equal(await new PasswordHasher(quick).verify(hash, new Secret('password')), false)
  })

test('the sample of a hash takes its work, and no password has it', { timeout }, async () => {
  const hasher = new PasswordHasher(quick)
  for (const { hash, password } of foreignHashes) {
    const read = parsePasswordHash(hash)
    assert.ok(read.kind !== 'refused')
    const sample = parsePasswordHash(sampleOf(read))
    assert.ok(sample.kind !== 'refused', sampleOf(read))
    assert.deepEqual(workOf(sample), workOf(read))
    if (workOf(read).work < 100_000)
      assert.equal(await hasher.verify(sampleOf(read), new Secret(password)), false)
  }
})

test('every refusal has its time at once after its work began, whatever the hash', { timeout }, async () => {
  const pauses: number[] = []
  let now = 0
  let step = 5
  const hasher = new PasswordHasher({
    ...quick,
    // Each look at the clock is a step later, so that every hash takes one.
    clock: () => {
      now += step
      return now
    },
    pause: async (ms) => {
      pauses.push(ms)
    },
  })
  const samples = ['$2b$08$', '$2b$07$'].map((start) => start + '.'.repeat(53))
  await hasher.check(undefined, new Secret('wrong'), samples)
  step = 1
  const hashes = [undefined, 'not a hash', ...foreignHashes.slice(7).map(({ hash }) => hash)]
  for (const hash of hashes) await (await hasher.check(hash, new Secret('wrong'), samples)).refusal()
  await (await hasher.check(hashes[3], new Secret(''), samples)).refusal()
  // Twice the slowest sample, less the two steps of a check.
  const seen = new Set(pauses)
  assert.equal(pauses.length, hashes.length + 1)
  assert.deepEqual(seen, new Set([8]))
})

test('without hashes of other programs no refusal waits', { timeout }, async () => {
  const hasher = new PasswordHasher({ ...quick, pause: () => assert.fail('it waited') })
  for (const { hash } of foreignHashes.slice(7))
    await (await hasher.check(hash, new Secret('wrong'), [])).refusal()
})
