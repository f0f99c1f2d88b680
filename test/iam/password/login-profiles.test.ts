import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../../src/secure/secret.ts'
import { allow, openIamFixture } from '../fixture.ts'

const good = new Secret('correct horse battery')
const other = new Secret('staple of the year')

test('a login profile is created once, returned without its hash, changed and deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  const made = await iam.createLoginProfile(root, { userName: 'u', password: good, mustChange: true })
  assert.equal(made.login.mustChange, true)
  await assert.rejects(iam.createLoginProfile(root, { userName: 'u', password: good }), {
    code: 'conflict',
    message: 'Login Profile for user u already exists.',
  })
  await iam.updateLoginProfile(root, { userName: 'u', mustChange: false })
  assert.equal((await iam.getLoginProfile(root, { userName: 'u' })).login.mustChange, false)
  await iam.deleteLoginProfile(root, { userName: 'u' })
  await assert.rejects(iam.getLoginProfile(root, { userName: 'u' }), {
    code: 'not_found',
    message: 'Login Profile for User u cannot be found.',
  })
})

const bad: readonly (readonly [string, string])[] = [
  ['short', 'Password should have a minimum length of 8'],
  ['x'.repeat(129), 'Password should have a maximum length of 128'],
  ['the-user-name', 'Password should not be the user name'],
  ['THE-USER-NAME', 'Password should not be the user name'],
  ['Password123', 'Password is too common'],
  ['zzzzzzzzzz', 'Password is too common'],
]
for (const [password, message] of bad)
  test(`\`${password.slice(0, 20)}\` is refused as a password: ${message}`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    const userName = 'the-user-name'
    await iam.createUser(root, { userName })
    await assert.rejects(iam.createLoginProfile(root, { userName, password: new Secret(password) }), {
      code: 'password_policy_violation',
      message,
    })
    await assert.rejects(iam.getLoginProfile(root, { userName }), { code: 'not_found' })
  })

test('a user changes their own password with the old one', async (t) => {
  const { iam, root, userWho, hasher, store } = await openIamFixture(t)
  const alice = await userWho('alice', allow('iam:ChangePassword'))
  await iam.createLoginProfile(root, { userName: 'alice', password: good, mustChange: true })
  await assert.rejects(iam.changePassword(alice, { oldPassword: other, newPassword: other }), {
    code: 'denied',
    message: 'The old password was incorrect.',
  })
  await iam.changePassword(alice, { oldPassword: good, newPassword: other })
  const user = await store.getBy('user', 'name', '111122223333/alice')
  assert.equal(await hasher.verify(user?.login?.hash, other), true)
  assert.equal(user?.login?.mustChange, false)
  await assert.rejects(iam.changePassword(root, { oldPassword: good, newPassword: other }), {
    code: 'denied',
  })
})

test('19: attempts through ChangePassword count like those at the sign-in page', async (t) => {
  const { iam, root, userWho, clock } = await openIamFixture(t)
  const alice = await userWho('alice', allow('iam:ChangePassword'))
  await iam.createLoginProfile(root, { userName: 'alice', password: good })
  const guesses = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) =>
      iam.changePassword(alice, { oldPassword: new Secret(`guess ${n}`), newPassword: other }),
    ),
  )
  const codes = guesses.map((guess) => guess.status === 'rejected' && guess.reason.code)
  assert.equal(codes.filter((code) => code === 'denied').length, 5)
  assert.equal(codes.filter((code) => code === 'throttled').length, 25)
  clock.now += 3600
  await iam.changePassword(alice, { oldPassword: good, newPassword: other })
})

test('audit entries contain no secrets', async (t) => {
  const { iam, root, record } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  await iam.createLoginProfile(root, { userName: 'u', password: good })
  const { key } = await iam.createAccessKey(root, { userName: 'u' })
  const { device } = await iam.createVirtualMFADevice(root, { name: 'd' })
  const given = { userName: 'u', serialNumber: device.id, code1: '123456', code2: '654321' }
  await assert.rejects(iam.enableMFADevice(root, given))
  const text = JSON.stringify(record)
  for (const secret of [good.reveal(), key.secret.reveal(), device.seed.reveal(), '123456', '654321'])
    assert.ok(!text.includes(secret))
})
