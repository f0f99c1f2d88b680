import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../src/secure/secret.ts'
import { codeOf } from '../../src/secure/totp.ts'
import { accountId, allow, openIamFixture, otherAccountId, text } from './fixture.ts'

test('a user is created, found without regard to case, changed and deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const made = await iam.createUser(root, {
    userName: 'Alice',
    path: '/eng/',
    tags: [{ key: 'Team', value: 'a' }],
  })
  assert.match(made.id, /^AIDA[A-Z2-7]{17}$/)
  const found = await iam.getUser(root, { userName: 'ALICE' })
  assert.deepEqual('user' in found && [found.user.id, found.user.name, found.user.tags], [
    made.id,
    'Alice',
    [{ key: 'Team', value: 'a' }],
  ])
  const renamed = await iam.updateUser(root, { userName: 'alice', newUserName: 'alice2', newPath: '/' })
  assert.equal(renamed.id, made.id)
  assert.equal(renamed.path + renamed.name, '/alice2')
  await iam.deleteUser(root, { userName: 'alice2' })
  await assert.rejects(iam.getUser(root, { userName: 'alice2' }), {
    code: 'not_found',
    message: 'The user with name alice2 cannot be found.',
  })
})

test('user names are unique per account without regard to case', async (t) => {
  const { iam, root, otherRoot } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'bob' })
  const message = 'User with name BOB already exists.'
  await assert.rejects(iam.createUser(root, { userName: 'BOB' }), { code: 'conflict', message })
  await iam.createUser(otherRoot, { userName: 'bob' })
  await iam.createUser(root, { userName: 'carol' })
  await assert.rejects(iam.updateUser(root, { userName: 'carol', newUserName: 'Bob' }), {
    code: 'conflict',
    message: 'User with name Bob already exists.',
  })
})

test('a rename that only changes the case keeps the user', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'bob' })
  assert.equal((await iam.updateUser(root, { userName: 'bob', newUserName: 'Bob' })).name, 'Bob')
})

test('GetUser without a name returns the caller or, for root, the account; a session must give a name', async (t) => {
  const { iam, root, userWho, call } = await openIamFixture(t)
  const alice = await userWho('alice', allow('iam:GetUser'))
  const found = await iam.getUser(alice, {})
  assert.equal('user' in found && found.user.name, 'alice')
  assert.deepEqual(Object.keys(await iam.getUser(root, {})), ['root'])
  await assert.rejects(iam.getUser(call({ kind: 'anonymous' }), {}), { code: 'missing_credentials' })
})

test('a permissions boundary must exist when a user is created with it', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const arn = `arn:aws:iam::${accountId}:policy/none`
  const input = { userName: 'x', permissionsBoundary: arn }
  await assert.rejects(iam.createUser(root, input), {
    code: 'not_found',
    message: `Scope ARN: ${arn} does not exist or is not attachable.`,
  })
  await assert.rejects(iam.getUser(root, { userName: 'x' }), { code: 'not_found' })
})

test('users are listed by path and in pages, in order, each once', async (t) => {
  const { iam, root } = await openIamFixture(t)
  for (let n = 0; n < 7; n++)
    await iam.createUser(root, { userName: `u${n}`, path: n % 2 ? '/odd/' : '/even/' })
  // Its name, not its path, begins like the prefix.
  await iam.createUser(root, { userName: 'odd' })
  const names: string[] = []
  let marker: string | undefined
  do {
    const page = await iam.listUsers(root, { pathPrefix: '/odd', maxItems: 2, marker })
    names.push(...page.items.map(({ name }) => name))
    marker = page.marker
  } while (marker !== undefined)
  assert.deepEqual(names, ['u1', 'u3', 'u5'])
})

test('a marker is valid only for the list, filter and account it was issued for, and only for a day', async (t) => {
  const { iam, root, otherRoot, clock } = await openIamFixture(t)
  for (const call of [root, otherRoot])
    for (const userName of ['a', 'b', 'c']) await iam.createUser(call, { userName })
  const { marker } = await iam.listUsers(root, { maxItems: 1 })
  assert.ok(marker)
  const invalid = { code: 'validation', message: 'Invalid Marker.' }
  await assert.rejects(iam.listUsers(otherRoot, { marker }), invalid)
  await assert.rejects(iam.listRoles(root, { marker }), invalid)
  await assert.rejects(iam.listUsers(root, { marker, pathPrefix: '/x/' }), invalid)
  await assert.rejects(iam.listUsers(root, { marker: `${marker.slice(0, -2)}xx` }), invalid)
  assert.equal((await iam.listUsers(root, { marker })).items.length, 2)
  clock.now += 24 * 3600 + 1
  await assert.rejects(iam.listUsers(root, { marker }), invalid)
})

test('a user cannot be deleted while something is attached, and the error names it', async (t) => {
  const { iam, root, clock } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  await iam.createGroup(root, { groupName: 'g' })
  const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const { device } = await iam.createVirtualMFADevice(root, { name: 'd' })
  const step = Math.floor(clock.now / 30)
  const [code1, code2] = [codeOf(device.seed, step), codeOf(device.seed, step + 1)]
  const { key } = await iam.createAccessKey(root, { userName: 'u' })
  await iam.attachUserPolicy(root, { name: 'u', policyArn: arn })
  await iam.putUserPolicy(root, { name: 'u', policyName: 'p', document: text(allow('s3:*')) })
  await iam.enableMFADevice(root, { userName: 'u', serialNumber: device.id, code1, code2 })
  await iam.createLoginProfile(root, { userName: 'u', password: new Secret('correct horse battery') })
  await iam.addUserToGroup(root, { groupName: 'g', userName: 'u' })
  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['must detach all policies first', () => iam.detachUserPolicy(root, { name: 'u', policyArn: arn })],
    ['must delete policies first', () => iam.deleteUserPolicy(root, { name: 'u', policyName: 'p' })],
    [
      'must delete access keys first',
      () => iam.deleteAccessKey(root, { userName: 'u', accessKeyId: key.id }),
    ],
    [
      'must remove tokens from principal first',
      () => iam.deactivateMFADevice(root, { userName: 'u', serialNumber: device.id }),
    ],
    ['must delete login profile first', () => iam.deleteLoginProfile(root, { userName: 'u' })],
    [
      'must remove users from group first',
      () => iam.removeUserFromGroup(root, { groupName: 'g', userName: 'u' }),
    ],
  ]
  for (const [what, undo] of steps) {
    const message = `Cannot delete entity, ${what}.`
    await assert.rejects(iam.deleteUser(root, { userName: 'u' }), { code: 'delete_conflict', message })
    await undo()
  }
  await iam.deleteUser(root, { userName: 'u' })
})

test('16: nothing of another account is seen, changed or distinguishable from a missing resource', async (t) => {
  const { iam, root, otherRoot } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'alice' })
  const { key } = await iam.createAccessKey(root, { userName: 'alice' })
  const policy = await iam.createPolicy(root, { policyName: 'p', document: text(allow('s3:*')) })
  const { device } = await iam.createVirtualMFADevice(root, { name: 'd' })
  const provider = await iam.createOpenIDConnectProvider(root, { url: 'https://issuer.example' })
  await iam.createUser(otherRoot, { userName: 'mallory' })
  const tries: readonly (() => Promise<unknown>)[] = [
    () => iam.getUser(otherRoot, { userName: 'alice' }),
    () => iam.updateAccessKey(otherRoot, { userName: 'mallory', accessKeyId: key.id, status: 'Inactive' }),
    () => iam.deleteAccessKey(otherRoot, { userName: 'mallory', accessKeyId: key.id }),
    () => iam.deleteAccessKey(otherRoot, { accessKeyId: key.id }),
    () => iam.getPolicy(otherRoot, { policyArn: policy.arn }),
    () => iam.deletePolicy(otherRoot, { policyArn: policy.arn }),
    () => iam.attachUserPolicy(otherRoot, { name: 'mallory', policyArn: policy.arn }),
    () => iam.putUserPermissionsBoundary(otherRoot, { name: 'mallory', boundary: policy.arn }),
    () => iam.deleteVirtualMFADevice(otherRoot, { serialNumber: device.id }),
    () => iam.getMFADevice(otherRoot, { serialNumber: device.id, userName: 'mallory' }),
    () => iam.tagMFADevice(otherRoot, { serialNumber: device.id, tags: [{ key: 'a', value: 'b' }] }),
    () => iam.getOpenIDConnectProvider(otherRoot, { arn: provider.id }),
    () => iam.deleteOpenIDConnectProvider(otherRoot, { arn: provider.id }),
    () => iam.addClientIDToOpenIDConnectProvider(otherRoot, { arn: provider.id, clientId: 'evil' }),
  ]
  for (const attempt of tries) await assert.rejects(attempt(), { code: 'not_found' }, attempt.toString())
  // As for a key that does not exist.
  for (const accessKeyId of [key.id, 'AKIANOBODYHASTHIS'])
    await assert.rejects(iam.getAccessKeyLastUsed(otherRoot, { accessKeyId }), { code: 'denied' })
  const kept = await iam.getOpenIDConnectProvider(root, { arn: provider.id })
  assert.deepEqual({ ...provider, ...kept }, provider)
  assert.deepEqual(
    (await iam.listUsers(otherRoot, {})).items.map(({ name }) => name),
    ['mallory'],
  )
  assert.equal((await iam.getAccountSummary(otherRoot))['Users'], 1)
  assert.notEqual(accountId, otherAccountId)
})
