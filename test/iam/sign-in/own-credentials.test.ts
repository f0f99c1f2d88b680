import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SignInCredentials } from '../../../src/iam/sign-in/credentials.ts'
import { OwnCredentials } from '../../../src/iam/sign-in/own-credentials.ts'
import { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import { accountId, openIamFixture } from '../fixture.ts'

const password = 'correct horse battery'
const next = 'staple of the year'
const from = (ip = '192.0.2.1') => ({ ip, userAgent: 'test', requestId: 'r' })

async function open(t: TestContext) {
  const fixture = await openIamFixture(t)
  const { iam, root, store, hasher, trail, clock } = fixture
  const user = await iam.createUser(root, { userName: 'alice' })
  await iam.createLoginProfile(root, { userName: 'alice', password: new Secret(password) })
  const now = () => clock.now
  const signIn = new SignInCredentials({
    store,
    hasher,
    trail,
    now,
    accountId,
    issuerName: async () => 'chancery.example',
  })
  return { fixture, user, signIn, own: new OwnCredentials({ store, hasher, trail, now, signIn }) }
}

test('a user changes the password with the current one, as the password policy allows', async (t) => {
  const { own, user, signIn, fixture } = await open(t)
  assert.equal(await own.changePassword(user.id, 'wrong', next, from()), undefined)
  await assert.rejects(own.changePassword(user.id, password, 'short', from()), {
    code: 'password_policy_violation',
  })
  const before = (await own.profile(user.id))?.passwordChangedAt ?? 0
  fixture.clock.now -= 600
  assert.equal(await own.changePassword(user.id, password, next, from()), before + 1, 'whatever the clock')
  assert.deepEqual(await signIn.checkPassword('alice', next, from()), {
    userId: user.id,
    passwordChangedAt: before + 1,
  })
})

test('19: attempts at the page for changing a password are throttled as well', async (t) => {
  const { own, user, signIn } = await open(t)
  const guesses = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      own.changePassword(user.id, `guess ${n}`, next, from(`198.51.100.${n}`)),
    ),
  )
  assert.equal(guesses.filter(({ status }) => status === 'fulfilled').length, 5)
  await assert.rejects(signIn.checkPassword('alice', password, from()), { code: 'throttled' })
})

test('of two concurrent changes with the same current password one succeeds', async (t) => {
  const { own, user } = await open(t)
  const both = await Promise.all([
    own.changePassword(user.id, password, `${next} one`, from()),
    own.changePassword(user.id, password, `${next} two`, from()),
  ])
  assert.equal(both.filter(Boolean).length, 1)
})

test("a user sees, renames and removes the own authenticator, and no other user's", async (t) => {
  const { own, user, fixture } = await open(t)
  const { device, key } = await own.beginTotp(user.id, undefined)
  const code = codeOf(new Secret(key), Math.floor(fixture.clock.now / 30))
  assert.equal(await own.finishTotp(user.id, { device, code, name: 'Phone' }, from()), true)
  const mallory = await fixture.iam.createUser(fixture.root, { userName: 'mallory' })
  assert.equal(await own.removeTotp(mallory.id, device, from()), false)
  assert.deepEqual(
    (await own.profile(user.id))?.authenticators.map(({ id, name }) => [id, name]),
    [[device, 'Phone']],
  )
  const nameNow = async () => (await own.profile(user.id))?.authenticators[0]?.name
  assert.equal(await own.renameTotp(mallory.id, device, 'Stolen', from()), false)
  assert.equal(await nameNow(), 'Phone')
  for (const [given, kept] of [
    ['  Work phone ', 'Work phone'],
    ['two\nlines\u202e', 'two lines'],
    ['x'.repeat(65), 'x'.repeat(64)],
    ['😀'.repeat(65), '😀'.repeat(64)],
    [' \u0007 ', '😀'.repeat(64)],
  ] as const) {
    assert.equal(await own.renameTotp(user.id, device, given, from()), true)
    assert.equal(await nameNow(), kept)
  }
  assert.equal(await own.removeTotp(user.id, device, from()), true)
  assert.equal(await own.removeTotp(user.id, device, from()), false)
  assert.deepEqual((await own.profile(user.id))?.authenticators, [])
})

test('a disabled user has no account page', async (t) => {
  const { own, user, fixture } = await open(t)
  await fixture.store.update('user', user.id, (old) => ({ ...old, disabled: true }))
  assert.equal(await own.profile(user.id), undefined)
  assert.equal(await own.changePassword(user.id, password, next, from()), undefined)
  assert.equal(await own.removeTotp(user.id, 'x', from()), false)
})
