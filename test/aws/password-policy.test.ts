// The account's password policy through the AWS SDK, and what it does to passwords wherever they are set.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { SignInCredentials } from '../../src/iam/sign-in/credentials.ts'
import { OwnCredentials } from '../../src/iam/sign-in/own-credentials.ts'
import { Secret } from '../../src/secure/secret.ts'
import { htmlText } from '../../views/html.ts'
import { translator } from '../../views/language.ts'
import { passwordRuleText } from '../../views/password-rule.ts'
import { accountId, type IamFixture } from '../iam/fixture.ts'
import { open } from './open-iam.ts'

const none = {
  name: 'NoSuchEntityException',
  message: `The Password Policy with domain name ${accountId} cannot be found.`,
}
const noneToDelete = {
  name: 'NoSuchEntityException',
  message: 'The account policy with name PasswordPolicy cannot be found.',
}
const strict = {
  MinimumPasswordLength: 12,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  MaxPasswordAge: 90,
  PasswordReusePrevention: 3,
  HardExpiry: false,
}
const from = { ip: '192.0.2.9', userAgent: undefined, requestId: 'r' }

const pagesOf = ({ store, hasher, trail, clock }: IamFixture) => {
  const signIn = new SignInCredentials({
    store,
    hasher,
    trail,
    now: () => clock.now,
    accountId,
    issuerName: async () => 'chancery.example',
  })
  return { signIn, own: new OwnCredentials({ store, hasher, trail, now: () => clock.now, signIn }) }
}

test('the password policy is set, read, set back to its defaults and deleted', async (t) => {
  const { client } = await open(t)
  const read = async () => (await client.send(new sdk.GetAccountPasswordPolicyCommand({}))).PasswordPolicy
  await assert.rejects(read(), none)
  await assert.rejects(client.send(new sdk.DeleteAccountPasswordPolicyCommand({})), noneToDelete)
  await client.send(new sdk.UpdateAccountPasswordPolicyCommand(strict))
  assert.deepEqual(await read(), { ...strict, ExpirePasswords: true })
  await client.send(new sdk.UpdateAccountPasswordPolicyCommand({ RequireNumbers: true }))
  assert.deepEqual(await read(), {
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    RequireNumbers: true,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: false,
    ExpirePasswords: false,
  })
  await assert.rejects(
    client.send(new sdk.UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 25 })),
    { name: 'ValidationError' },
  )
  await client.send(new sdk.DeleteAccountPasswordPolicyCommand({}))
  await assert.rejects(read(), none)
})

const good = 'Zebra-quilt 47 harbour'
const refused: readonly (readonly [password: string, message: string])[] = [
  ['Short-pass 1', ''],
  ['Short-pas 1', 'Password should have a minimum length of 12'],
  ['zebra-quilt 47 harbour', 'Password should have at least one uppercase letter'],
  ['ZEBRA-QUILT 47 HARBOUR', 'Password should have at least one lowercase letter'],
  ['Zebra-quilt harbour', 'Password should have at least one number'],
  ['Zebra quilt 47 harbour', 'Password should have at least one symbol'],
]
for (const [password, message] of refused.slice(1))
  test(`every place where a password is set refuses: ${message}`, async (t) => {
    const { client, fixture } = await open(t)
    await client.send(new sdk.UpdateAccountPasswordPolicyCommand(strict))
    const user = await fixture.iam.createUser(fixture.root, { userName: 'ada' })
    const violation = { code: 'password_policy_violation', message }
    const { iam, root } = fixture
    const next = new Secret(password)
    await assert.rejects(iam.createLoginProfile(root, { userName: 'ada', password: next }), violation)
    const given = new Secret(good)
    await iam.createLoginProfile(root, { userName: 'ada', password: given, mustChange: true })
    await assert.rejects(iam.updateLoginProfile(root, { userName: 'ada', password: next }), violation)
    await assert.rejects(
      iam.changePassword(fixture.as(user), { oldPassword: given, newPassword: next }),
      violation,
    )
    const { signIn, own } = pagesOf(fixture)
    await assert.rejects(signIn.replaceGivenPassword(user.id, password, from), violation)
    await assert.rejects(own.changePassword(user.id, good, password, from), violation)
    const shown = passwordRuleText(translator('en'), await signIn.passwordRule(user.id))
    assert.match(htmlText(shown), /^At least 12 characters, at least one uppercase letter/)
  })

test('only the file that checks passwords, generated ones and a renewed hash make hashes', () => {
  const src = join(import.meta.dirname, '../../src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const hashing = files.filter((file) => /hasher\.hash\(/.test(readFileSync(join(src, file), 'utf8')))
  assert.deepEqual(hashing.sort(), [
    'iam/bootstrap.ts',
    'iam/password/new-password.ts',
    'iam/people/reset-administrator.ts',
    'iam/sign-in/credentials.ts',
  ])
})

test('recent passwords cannot be set again, by the user or an administrator', async (t) => {
  const { client, fixture } = await open(t)
  await client.send(new sdk.UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 3 }))
  await client.send(new sdk.CreateUserCommand({ UserName: 'ada' }))
  const set = (Password: string) =>
    client.send(new sdk.UpdateLoginProfileCommand({ UserName: 'ada', Password }))
  const reuse = {
    name: 'PasswordPolicyViolationException',
    message: 'Policy constraint violation with password reuse prevention during password change.',
  }
  await client.send(new sdk.CreateLoginProfileCommand({ UserName: 'ada', Password: 'first-one' }))
  await assert.rejects(set('first-one'), reuse)
  await set('second-one')
  await set('third-one')
  await assert.rejects(set('first-one'), reuse)
  await set('fourth-one')
  await set('first-one')
  const ada = await fixture.store.getBy('user', 'name', `${accountId}/ada`)
  assert.equal(ada?.login?.previous?.length, 2, 'no more hashes are kept than are compared')
})

test('a password that has expired is replaced at sign-in, or by an administrator only', async (t) => {
  const { client, fixture } = await open(t)
  const user = await fixture.iam.createUser(fixture.root, { userName: 'ada' })
  await fixture.iam.createLoginProfile(fixture.root, { userName: 'ada', password: new Secret(good) })
  await client.send(new sdk.UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 1 }))
  const { signIn } = pagesOf(fixture)
  const must = async () => (await signIn.signInStatus(user.id))?.mustChangePassword
  assert.equal(await must(), false)
  fixture.clock.now += 86_400
  assert.equal(await must(), true)
  assert.ok(await signIn.checkPassword('ada', good, from))
  await fixture.store.update('account', accountId, (old) => ({
    ...old,
    passwordPolicy: old.passwordPolicy && { ...old.passwordPolicy, hardExpiry: true },
  }))
  assert.equal(await signIn.checkPassword('ada', good, from), undefined)
  await fixture.iam.updateLoginProfile(fixture.root, { userName: 'ada', password: new Secret('fresh one 1') })
  assert.ok(await signIn.checkPassword('ada', 'fresh one 1', from))
  assert.equal(await must(), false)
})

test('AllowUsersToChangePassword lets users change their own password, and a Deny still stands', async (t) => {
  const { client, fixture } = await open(t)
  const ada = await fixture.userWho('ada')
  const bob = await fixture.userWho('bob', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'iam:ChangePassword', Resource: '*' }],
  })
  for (const userName of ['ada', 'bob'])
    await fixture.iam.createLoginProfile(fixture.root, { userName, password: new Secret(good) })
  const change = { oldPassword: new Secret(good), newPassword: new Secret('Another-one 48 harbour') }
  await assert.rejects(fixture.iam.changePassword(ada, change), { code: 'denied' })
  await client.send(new sdk.UpdateAccountPasswordPolicyCommand(strict))
  assert.equal((await fixture.iam.getAccountPasswordPolicy(ada)).minimumLength, 12)
  await assert.rejects(fixture.iam.changePassword(bob, change), { code: 'denied' })
  await fixture.iam.changePassword(ada, change)
})
