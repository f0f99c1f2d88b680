import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../src/secure/secret.ts'
import { codeOf } from '../../src/secure/totp.ts'
import { accountId, allow, openHouse, otherAccountId, text } from './house.ts'

test('a user is created, found whatever the case of the name, changed and deleted', async (t) => {
  const { iam, root } = await openHouse(t)
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

test('a name is taken whatever its case, in its account alone', async (t) => {
  const { iam, root, stranger } = await openHouse(t)
  await iam.createUser(root, { userName: 'bob' })
  const message = 'User with name BOB already exists.'
  await assert.rejects(iam.createUser(root, { userName: 'BOB' }), { code: 'conflict', message })
  await iam.createUser(stranger, { userName: 'bob' })
  await iam.createUser(root, { userName: 'carol' })
  await assert.rejects(iam.updateUser(root, { userName: 'carol', newUserName: 'Bob' }), {
    code: 'conflict',
    message: 'User with name Bob already exists.',
  })
})

test('a renaming that only changes the case keeps the user', async (t) => {
  const { iam, root } = await openHouse(t)
  await iam.createUser(root, { userName: 'bob' })
  assert.equal((await iam.updateUser(root, { userName: 'bob', newUserName: 'Bob' })).name, 'Bob')
})

test('no name means the caller, root is the account, and a session must say whom', async (t) => {
  const { iam, root, userWho, call } = await openHouse(t)
  const alice = await userWho('alice', allow('iam:GetUser'))
  const found = await iam.getUser(alice, {})
  assert.equal('user' in found && found.user.name, 'alice')
  assert.deepEqual(Object.keys(await iam.getUser(root, {})), ['root'])
  await assert.rejects(iam.getUser(call({ kind: 'anonymous' }), {}), { code: 'missing_credentials' })
})

test('a boundary must be there when a user is made with it', async (t) => {
  const { iam, root } = await openHouse(t)
  const arn = `arn:aws:iam::${accountId}:policy/none`
  const input = { userName: 'x', permissionsBoundary: arn }
  await assert.rejects(iam.createUser(root, input), {
    code: 'not_found',
    message: `Scope ARN: ${arn} does not exist or is not attachable.`,
  })
  await assert.rejects(iam.getUser(root, { userName: 'x' }), { code: 'not_found' })
})

test('users are listed by path and page, in order, each once', async (t) => {
  const { iam, root } = await openHouse(t)
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

test('a marker opens only the list, filter and account it was made for, and only for a day', async (t) => {
  const { iam, root, stranger, clock } = await openHouse(t)
  for (const call of [root, stranger])
    for (const userName of ['a', 'b', 'c']) await iam.createUser(call, { userName })
  const { marker } = await iam.listUsers(root, { maxItems: 1 })
  assert.ok(marker)
  const invalid = { code: 'validation', message: 'Invalid Marker.' }
  await assert.rejects(iam.listUsers(stranger, { marker }), invalid)
  await assert.rejects(iam.listRoles(root, { marker }), invalid)
  await assert.rejects(iam.listUsers(root, { marker, pathPrefix: '/x/' }), invalid)
  await assert.rejects(iam.listUsers(root, { marker: `${marker.slice(0, -2)}xx` }), invalid)
  assert.equal((await iam.listUsers(root, { marker })).items.length, 2)
  clock.now += 24 * 3600 + 1
  await assert.rejects(iam.listUsers(root, { marker }), invalid)
})

test('a user is not deleted while something hangs on it, and the refusal names what', async (t) => {
  const { iam, root, clock } = await openHouse(t)
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
      'must delete MFA device first',
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

test('16: nothing of another account is seen, changed or told apart from nothing', async (t) => {
  const { iam, root, stranger } = await openHouse(t)
  await iam.createUser(root, { userName: 'alice' })
  const { key } = await iam.createAccessKey(root, { userName: 'alice' })
  const policy = await iam.createPolicy(root, { policyName: 'p', document: text(allow('s3:*')) })
  const { device } = await iam.createVirtualMFADevice(root, { name: 'd' })
  const provider = await iam.createOpenIDConnectProvider(root, { url: 'https://issuer.example' })
  await iam.createUser(stranger, { userName: 'mallory' })
  const tries: readonly (() => Promise<unknown>)[] = [
    () => iam.getUser(stranger, { userName: 'alice' }),
    () => iam.updateAccessKey(stranger, { userName: 'mallory', accessKeyId: key.id, status: 'Inactive' }),
    () => iam.deleteAccessKey(stranger, { userName: 'mallory', accessKeyId: key.id }),
    () => iam.deleteAccessKey(stranger, { accessKeyId: key.id }),
    () => iam.getAccessKeyLastUsed(stranger, { accessKeyId: key.id }),
    () => iam.getPolicy(stranger, { policyArn: policy.arn }),
    () => iam.deletePolicy(stranger, { policyArn: policy.arn }),
    () => iam.attachUserPolicy(stranger, { name: 'mallory', policyArn: policy.arn }),
    () => iam.putUserPermissionsBoundary(stranger, { name: 'mallory', boundary: policy.arn }),
    () => iam.deleteVirtualMFADevice(stranger, { serialNumber: device.id }),
    () => iam.getMFADevice(stranger, { serialNumber: device.id, userName: 'mallory' }),
    () => iam.tagMFADevice(stranger, { serialNumber: device.id, tags: [{ key: 'a', value: 'b' }] }),
    () => iam.getOpenIDConnectProvider(stranger, { arn: provider.id }),
    () => iam.deleteOpenIDConnectProvider(stranger, { arn: provider.id }),
    () => iam.addClientIDToOpenIDConnectProvider(stranger, { arn: provider.id, clientId: 'evil' }),
  ]
  for (const attempt of tries) await assert.rejects(attempt(), { code: 'not_found' }, attempt.toString())
  const kept = await iam.getOpenIDConnectProvider(root, { arn: provider.id })
  assert.deepEqual({ ...provider, ...kept }, provider)
  assert.deepEqual(
    (await iam.listUsers(stranger, {})).items.map(({ name }) => name),
    ['mallory'],
  )
  assert.equal((await iam.getAccountSummary(stranger))['Users'], 1)
  assert.notEqual(accountId, otherAccountId)
})
