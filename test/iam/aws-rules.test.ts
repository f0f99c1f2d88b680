// Rules of the real service that its clients meet: names, boundaries, context keys, provider records.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../src/secure/secret.ts'
import { accountId, allow, openIamFixture, trusting } from './fixture.ts'

const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }],
})

test('inline policy names are compared without regard to case and returned as first written', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'ada' })
  for (const policyName of ['Mixed', 'mixed'])
    await iam.putUserPolicy(root, { name: 'ada', policyName, document })
  assert.deepEqual((await iam.listUserPolicies(root, { name: 'ada' })).items, ['Mixed'])
  assert.equal((await iam.getUserPolicy(root, { name: 'ada', policyName: 'MIXED' })).policyName, 'Mixed')
  await iam.deleteUserPolicy(root, { name: 'ada', policyName: 'miXed' })
  assert.deepEqual((await iam.listUserPolicies(root, { name: 'ada' })).items, [])
})

test('a permissions boundary counts as a use of its policy; deleting a missing one is refused', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'ada' })
  const { arn } = await iam.createPolicy(root, { policyName: 'limit', document })
  const gone = { code: 'not_found', message: 'The user with name ada does not have a permissions boundary.' }
  await assert.rejects(iam.deleteUserPermissionsBoundary(root, { name: 'ada' }), gone)
  await iam.putUserPermissionsBoundary(root, { name: 'ada', boundary: arn })
  const names = async (usage?: 'PermissionsPolicy' | 'PermissionsBoundary') =>
    (await iam.listEntitiesForPolicy(root, { policyArn: arn, usage })).users.map(({ name }) => name)
  assert.deepEqual(await names(), ['ada'])
  assert.deepEqual(await names('PermissionsBoundary'), ['ada'])
  assert.deepEqual(await names('PermissionsPolicy'), [])
  await iam.attachUserPolicy(root, { name: 'ada', policyArn: arn })
  assert.deepEqual(await names(), ['ada'], 'once, although it is used in both ways')
  await iam.deleteUserPermissionsBoundary(root, { name: 'ada' })
  await assert.rejects(iam.deleteUserPermissionsBoundary(root, { name: 'ada' }), gone)
})

test('context keys are listed for policies of every kind, spelled as in the policy', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const asking = (more: object) =>
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:UserName': 'a' } },
        ...more,
      },
    })
  for (const policy of [
    asking({ Principal: '*' }),
    asking({ Principal: '*', Resource: '*' }),
    asking({ Resource: '*' }),
  ])
    assert.deepEqual(await iam.getContextKeysForCustomPolicy(root, { policies: [policy] }), ['aws:UserName'])
  await assert.rejects(iam.getContextKeysForCustomPolicy(root, { policies: ['{}'] }), {
    code: 'invalid_input',
  })
})

test('PolicySourceArn finds a user also without the path', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'ada', path: '/team/' })
  const keys = (path: string) =>
    iam.getContextKeysForPrincipalPolicy(root, { arn: `arn:aws:iam::${accountId}:user${path}ada` })
  assert.deepEqual(await keys('/team/'), [])
  assert.deepEqual(await keys('/'), [])
  await assert.rejects(keys('/other/'), { code: 'not_found' })
})

test('thumbprints are stored in lower case', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const { id: arn } = await iam.createOpenIDConnectProvider(root, {
    url: 'https://ci.example',
    thumbprints: ['AB'.repeat(20)],
  })
  assert.deepEqual((await iam.getOpenIDConnectProvider(root, { arn })).thumbprints, ['ab'.repeat(20)])
})

const urls: readonly (readonly [given: string, kept: string])[] = [
  ['https://ci.example:443', 'https://ci.example'],
  ['https://ci.example:443/tenant', 'https://ci.example/tenant'],
  ['https://ci.example:4430', 'https://ci.example:4430'],
  ['https://[2001:db8::443]', 'https://[2001:db8::443]'],
  ['https://ci.example/a:443', 'https://ci.example/a:443'],
]
for (const [given, kept] of urls)
  test(`the provider URL ${given} is stored as ${kept}`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    const made = await iam.createOpenIDConnectProvider(root, { url: given })
    assert.deepEqual(
      [made.url, made.id],
      [kept, `arn:aws:iam::${accountId}:oidc-provider/${kept.slice('https://'.length)}`],
    )
  })

test('UpdateRole changes the given fields and keeps the others', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const role = { roleName: 'r', trust: trusting({ AWS: accountId }), description: 'reads' }
  await iam.createRole(root, role)
  await iam.updateRole(root, { roleName: 'r', maxSessionDuration: 7200 })
  const changed = await iam.getRole(root, { roleName: 'r' })
  assert.deepEqual([changed.description, changed.maxSessionDuration], ['reads', 7200])
})

test('the new password must differ from the old one', async (t) => {
  const { iam, root, userWho } = await openIamFixture(t)
  const ada = await userWho('ada', allow('iam:ChangePassword'))
  const password = new Secret('Zebra-quilt 47 harbour %')
  await iam.createLoginProfile(root, { userName: 'ada', password })
  await assert.rejects(iam.changePassword(ada, { oldPassword: password, newPassword: password }), {
    code: 'denied',
  })
})

test('refusals have AWS’s messages and codes', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'ada' })
  const serialNumber = `arn:aws:iam::${accountId}:mfa/none`
  const refusals: readonly (readonly [work: () => Promise<unknown>, code: string, message: string])[] = [
    [
      () => iam.attachUserPolicy(root, { name: 'ada', policyArn: 'arn:aws:iam::x:policy/p' }),
      'validation',
      'ARN arn:aws:iam::x:policy/p is not valid.',
    ],
    [
      () => iam.putUserPermissionsBoundary(root, { name: 'ada', boundary: 'arn:aws:s3:::b' }),
      'invalid_input',
      'ARN arn:aws:s3:::b is not valid.',
    ],
    [
      () => iam.deactivateMFADevice(root, { userName: 'ada', serialNumber }),
      'not_found',
      `MFA Device with serial number ${serialNumber} does not exist.`,
    ],
  ]
  for (const [work, code, message] of refusals) await assert.rejects(work(), { code, message })
})
