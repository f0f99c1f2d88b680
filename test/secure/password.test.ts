import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { test } from 'node:test'
import { PasswordHasher } from '../../src/secure/password/password.ts'
import { Secret } from '../../src/secure/secret.ts'

/** Cheap, for rules that do not concern the cost. */
const quick = { memoryKiB: 64, passes: 1 }
const right = new Secret('correct horse battery staple')

test('a password verifies against its own hash alone', async () => {
  const hasher = new PasswordHasher()
  const hash = await hasher.hash(right)
  assert.match(hash, /^\$argon2id\$v=19\$m=32768,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.ok(await hasher.verify(hash, right))
  assert.ok(!(await hasher.verify(hash, new Secret('correct horse battery stapl'))))
  assert.notEqual(hash, await hasher.hash(right))
})

test('a hash made by the reference implementation verifies', async () => {
  // phc-winner-argon2, test.c: hashtest(version, 2, 8 (256 KiB), 1, "password", "somesalt", …, Argon2_id)
  const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
  assert.ok(await new PasswordHasher(quick).verify(hash, new Secret('password')))
})

test('no hash and a hash that cannot be read are false', async () => {
  const hasher = new PasswordHasher(quick)
  const broken = [
    undefined,
    '',
    'right',
    '$argon2id$v=19$m=64,t=1,p=1$$',
    '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=256,t=999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=256,t=2,p=99$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=1,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  ]
  for (const hash of broken) assert.equal(await hasher.verify(hash, right), false, hash)
})

test('an unknown person costs what a known one costs', async () => {
  const hasher = new PasswordHasher()
  const hash = await hasher.hash(right)
  const timed = async (stored: string | undefined): Promise<number> => {
    const rounds: number[] = []
    for (let i = 0; i < 5; i++) {
      const start = process.cpuUsage()
      await hasher.verify(stored, new Secret('wrong'))
      const { user, system } = process.cpuUsage(start)
      rounds.push((user + system) / 1000)
    }
    return Math.min(...rounds)
  }
  const [known, unknown] = [await timed(hash), await timed(undefined)]
  assert.ok(unknown > known / 3 && unknown < known * 3, `${known} ms and ${unknown} ms`)
})

test('an empty or overlong password is refused before it is hashed', async () => {
  const hasher = new PasswordHasher(quick)
  for (const password of ['', 'x'.repeat(1025), 'ü'.repeat(513), 'x'.repeat(1 << 20)]) {
    await assert.rejects(hasher.hash(new Secret(password)), { code: 'validation' })
    assert.equal(await hasher.verify(undefined, new Secret(password)), false)
  }
  assert.ok(
    await hasher.verify(await hasher.hash(new Secret('x'.repeat(1024))), new Secret('x'.repeat(1024))),
  )
})

test('composed and decomposed letters and other blanks are the same password', async () => {
  const hasher = new PasswordHasher(quick)
  const hash = await hasher.hash(new Secret('Zu\u0308rich\u00a01'))
  assert.ok(await hasher.verify(hash, new Secret('Z\u00fcrich 1')))
})

test('NUL does not end a password', async () => {
  const hasher = new PasswordHasher(quick)
  assert.ok(!(await hasher.verify(await hasher.hash(new Secret('a\u0000b')), new Secret('a\u0000c'))))
})

test('a full queue is refused with Retry-After, and those who waited are served', async () => {
  const hasher = new PasswordHasher({ ...quick, concurrency: 1, queue: 3 })
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => hasher.hash(right)))
  const refused = all.filter((one) => one.status === 'rejected')
  assert.equal(refused.length, 6)
  for (const { reason } of refused) {
    assert.equal(reason.code, 'throttled')
    assert.ok(reason.retryAfter >= 1)
  }
  assert.ok(await hasher.verify(await hasher.hash(right), right))
})

for (const [people, refused] of [
  [200, 0],
  [400, 400 - 256 - 2],
] as const)
  test(`of ${people} people at once, ${refused} are refused`, async () => {
    const hasher = new PasswordHasher({ ...quick, concurrency: 2 })
    const all = await Promise.allSettled(
      Array.from({ length: people }, () => hasher.verify(undefined, right)),
    )
    assert.equal(all.filter(({ status }) => status === 'rejected').length, refused)
  })

test('a hash of another cost is outdated', async () => {
  const old = await new PasswordHasher(quick).hash(right)
  assert.equal(new PasswordHasher(quick).needsRehash(old), false)
  assert.equal(new PasswordHasher().needsRehash(old), true)
  assert.equal(new PasswordHasher().needsRehash('plain'), true)
})

test('23: threads that hash have a lower priority than the one that answers requests', {
  skip: process.platform !== 'linux' && 'threads have a priority of their own on Linux alone',
}, async () => {
  await new PasswordHasher(quick).hash(right)
  const tasks = '/proc/self/task'
  const pool = readdirSync(tasks).filter(
    (thread) => readFileSync(`${tasks}/${thread}/comm`, 'utf8').trim() === 'libuv-worker',
  )
  assert.ok(pool.length > 0)
  for (const thread of pool)
    assert.ok(getPriority(Number(thread)) >= constants.priority.PRIORITY_BELOW_NORMAL)
})
