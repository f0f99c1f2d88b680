import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openSignInCredentials } from '../../../src/iam/sign-in/credentials.ts'
import { openOwnCredentials } from '../../../src/iam/sign-in/own-credentials.ts'
import { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import { accountId, openHouse } from '../house.ts'

const password = 'correct horse battery'
const next = 'staple of the year'
const from = (ip = '192.0.2.1') => ({ ip, userAgent: 'test', requestId: 'r' })

async function open(t: TestContext) {
  const house = await openHouse(t)
  const { iam, root, store, hasher, trail, clock } = house
  const user = await iam.createUser(root, { userName: 'alice' })
  await iam.createLoginProfile(root, { userName: 'alice', password: new Secret(password) })
  const now = () => clock.now
  const signIn = openSignInCredentials({
    store,
    hasher,
    trail,
    now,
    accountId,
    issuerName: 'chancery.example',
  })
  return { house, user, signIn, own: openOwnCredentials({ store, hasher, trail, now, signIn }) }
}

test('a person changes their password with the current one, by the rule', async (t) => {
  const { own, user, signIn, house } = await open(t)
  assert.equal(await own.changePassword(user.id, 'wrong', next, from()), undefined)
  await assert.rejects(own.changePassword(user.id, password, 'short', from()), {
    code: 'password_policy_violation',
  })
  const before = (await own.profile(user.id))?.passwordChangedAt ?? 0
  house.clock.now -= 600
  assert.equal(await own.changePassword(user.id, password, next, from()), before + 1, 'whatever the clock')
  assert.deepEqual(await signIn.checkPassword('alice', next, from()), {
    userId: user.id,
    passwordChangedAt: before + 1,
  })
})

test('19: the page for changing a password is no other door to guess at', async (t) => {
  const { own, user, signIn } = await open(t)
  const guesses = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      own.changePassword(user.id, `guess ${n}`, next, from(`198.51.100.${n}`)),
    ),
  )
  assert.equal(guesses.filter(({ status }) => status === 'fulfilled').length, 5)
  await assert.rejects(signIn.checkPassword('alice', password, from()), { code: 'throttled' })
})

test('of two changes with the same current password one holds', async (t) => {
  const { own, user } = await open(t)
  const both = await Promise.all([
    own.changePassword(user.id, password, `${next} one`, from()),
    own.changePassword(user.id, password, `${next} two`, from()),
  ])
  assert.equal(both.filter(Boolean).length, 1)
})

test("a person sees and removes their own authenticator, and nobody else's", async (t) => {
  const { own, user, house } = await open(t)
  const { device, key } = await own.beginTotp(user.id, undefined)
  const code = codeOf(new Secret(key), Math.floor(house.clock.now / 30))
  assert.equal(await own.finishTotp(user.id, device, code, from()), true)
  const mallory = await house.iam.createUser(house.root, { userName: 'mallory' })
  assert.equal(await own.removeTotp(mallory.id, device, from()), false)
  assert.deepEqual(
    (await own.profile(user.id))?.authenticators.map(({ id }) => id),
    [device],
  )
  assert.equal(await own.removeTotp(user.id, device, from()), true)
  assert.equal(await own.removeTotp(user.id, device, from()), false)
  assert.deepEqual((await own.profile(user.id))?.authenticators, [])
})

test('who is disabled has no page of their own', async (t) => {
  const { own, user, house } = await open(t)
  await house.store.update('user', user.id, (old) => ({ ...old, disabled: true }))
  assert.equal(await own.profile(user.id), undefined)
  assert.equal(await own.changePassword(user.id, password, next, from()), undefined)
  assert.equal(await own.removeTotp(user.id, 'x', from()), false)
})
