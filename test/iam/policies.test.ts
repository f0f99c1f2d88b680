import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsManaged } from '../../src/iam/managed-policy/aws-managed.ts'
import { accountId, allow, openIamFixture, text } from './fixture.ts'

/** A valid policy of exactly `size` characters without white space. */
const ofSize = (size: number): string => {
  const base = text(allow('docs:*', ['a']))
  return text(allow('docs:*', ['a'.repeat(1 + size - base.length)]))
}
const document = text(allow('s3:GetObject'))

test('an inline policy is returned exactly as it was put', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  const spaced = JSON.stringify(allow('s3:*'), null, 2)
  await iam.putUserPolicy(root, { name: 'U', policyName: 'p', document: spaced })
  assert.deepEqual(await iam.getUserPolicy(root, { name: 'u', policyName: 'p' }), {
    name: 'u',
    policyName: 'p',
    document: spaced,
  })
  assert.deepEqual((await iam.listUserPolicies(root, { name: 'u' })).items, ['p'])
  await iam.deleteUserPolicy(root, { name: 'u', policyName: 'p' })
})

test("missing policies get AWS's message for their kind", async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  await iam.createGroup(root, { groupName: 'g' })
  await iam.createRole(root, {
    roleName: 'r',
    trust: text({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
    }),
  })
  const none = `arn:aws:iam::${accountId}:policy/none`
  const cases: readonly (readonly [() => Promise<unknown>, string])[] = [
    [
      () => iam.getUserPolicy(root, { name: 'u', policyName: 'x' }),
      'The user policy with name x cannot be found.',
    ],
    [
      () => iam.deleteUserPolicy(root, { name: 'u', policyName: 'x' }),
      'The user policy with name x cannot be found.',
    ],
    [
      () => iam.getGroupPolicy(root, { name: 'g', policyName: 'x' }),
      'The group policy with name x cannot be found.',
    ],
    [
      () => iam.getRolePolicy(root, { name: 'r', policyName: 'x' }),
      'The role policy with name x cannot be found.',
    ],
    [
      () => iam.putRolePolicy(root, { name: 'q', policyName: 'x', document }),
      'The role with name q cannot be found.',
    ],
    [
      () => iam.putGroupPolicy(root, { name: 'q', policyName: 'x', document }),
      'The group with name q cannot be found.',
    ],
    [() => iam.getPolicy(root, { policyArn: none }), `Policy ${none} was not found.`],
    [
      () => iam.attachUserPolicy(root, { name: 'u', policyArn: none }),
      `Policy ${none} does not exist or is not attachable.`,
    ],
    [() => iam.detachUserPolicy(root, { name: 'u', policyArn: none }), `Policy ${none} was not found.`],
  ]
  for (const [attempt, message] of cases) await assert.rejects(attempt, { code: 'not_found', message })
})

for (const [kind, quota] of [
  ['user', 2048],
  ['group', 5120],
  ['role', 10240],
] as const)
  test(`the inline policies of a ${kind} have at most ${quota} characters together, not counting white space`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    const principal = { AWS: accountId }
    const trust = text({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
    })
    if (kind === 'user') await iam.createUser(root, { userName: 'x' })
    else if (kind === 'group') await iam.createGroup(root, { groupName: 'x' })
    else await iam.createRole(root, { roleName: 'x', trust })
    const put = { user: iam.putUserPolicy, group: iam.putGroupPolicy, role: iam.putRolePolicy }[kind]
    const half = quota / 2
    await put(root, { name: 'x', policyName: 'a', document: ofSize(half) })
    const padded = ofSize(half).replaceAll('":', '" :\n')
    await put(root, { name: 'x', policyName: 'b', document: padded })
    await assert.rejects(put(root, { name: 'x', policyName: 'b', document: ofSize(half + 1) }), {
      code: 'limit_exceeded',
      message: `Maximum policy size of ${quota} bytes exceeded for ${kind} x`,
    })
  })

test('two racing puts cannot pass the inline quota together', async (t) => {
  const { iam, root, another } = await openIamFixture(t)
  const other = await another()
  await iam.createUser(root, { userName: 'u' })
  const put = (of: typeof iam, n: number) =>
    of.putUserPolicy(root, { name: 'u', policyName: `p${n}`, document: ofSize(900) })
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) => put(n % 2 ? iam : other.iam, n)),
  )
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 2)
})

test('a bad document is refused and changes nothing', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  for (const bad of ['', '{}', 'null', '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}', '[1'])
    await assert.rejects(iam.putUserPolicy(root, { name: 'u', policyName: 'p', document: bad }), {
      code: 'malformed_policy',
    })
  await assert.rejects(iam.createPolicy(root, { policyName: 'p', document: '{' }), {
    code: 'malformed_policy',
  })
  assert.deepEqual((await iam.listUserPolicies(root, { name: 'u' })).items, [])
})

test('a managed policy has at most 6,144 characters', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createPolicy(root, { policyName: 'fits', document: ofSize(6144) })
  await assert.rejects(iam.createPolicy(root, { policyName: 'not', document: ofSize(6145) }), {
    code: 'limit_exceeded',
    message: 'Cannot exceed quota for PolicySize: 6144',
  })
})

test('a policy has at most five versions, and the default one cannot be deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const { arn } = await iam.createPolicy(root, { policyName: 'p', document })
  for (let n = 2; n <= 5; n++) {
    const { version } = await iam.createPolicyVersion(root, {
      policyArn: arn,
      document,
      setAsDefault: n === 3,
    })
    assert.equal(version.id, `v${n}`)
  }
  await assert.rejects(iam.createPolicyVersion(root, { policyArn: arn, document }), {
    code: 'limit_exceeded',
    message:
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  })
  await assert.rejects(iam.deletePolicyVersion(root, { policyArn: arn, versionId: 'v3' }), {
    code: 'delete_conflict',
    message: 'Cannot delete the default version of a policy.',
  })
  await assert.rejects(iam.deletePolicyVersion(root, { policyArn: arn, versionId: 'v9' }), {
    code: 'not_found',
    message: `Policy ${arn} version v9 does not exist or is not attachable.`,
  })
  await iam.deletePolicyVersion(root, { policyArn: arn, versionId: 'v5' })
  const again = await iam.createPolicyVersion(root, { policyArn: arn, document })
  assert.equal(again.version.id, 'v6', 'an id is never used twice')
  const { versions } = await iam.listPolicyVersions(root, { policyArn: arn })
  assert.deepEqual(
    versions.items.map(({ id }) => id),
    ['v6', 'v4', 'v3', 'v2', 'v1'],
  )
  await assert.rejects(iam.deletePolicy(root, { policyArn: arn }), { code: 'delete_conflict' })
})

test('a policy that is attached or used as a boundary cannot be deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const { arn } = await iam.createPolicy(root, { policyName: 'p', document })
  await iam.createUser(root, { userName: 'u' })
  const attached = { code: 'delete_conflict', message: 'Cannot delete a policy attached to entities.' }
  await iam.attachUserPolicy(root, { name: 'u', policyArn: arn })
  await assert.rejects(iam.deletePolicy(root, { policyArn: arn }), attached)
  assert.equal((await iam.getPolicy(root, { policyArn: arn })).attachments, 1)
  await iam.detachUserPolicy(root, { name: 'u', policyArn: arn })
  await iam.putUserPermissionsBoundary(root, { name: 'u', boundary: arn })
  await assert.rejects(iam.deletePolicy(root, { policyArn: arn }), attached)
  const entities = await iam.listEntitiesForPolicy(root, { policyArn: arn, usage: 'PermissionsBoundary' })
  assert.deepEqual(
    entities.users.map(({ name }) => name),
    ['u'],
  )
  await iam.deleteUserPermissionsBoundary(root, { name: 'u' })
  await iam.deletePolicy(root, { policyArn: arn })
})

test('a policy created under the ARN of a deleted one has no attachment left over from a race', async (t) => {
  const { iam, root, store } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  for (let round = 0; round < 10; round++) {
    const { arn } = await iam.createPolicy(root, { policyName: 'p', document })
    const [attach, remove] = await Promise.allSettled([
      iam.attachUserPolicy(root, { name: 'u', policyArn: arn }),
      iam.deletePolicy(root, { policyArn: arn }),
    ])
    const { items } = await iam.listAttachedUserPolicies(root, { name: 'u' })
    const user = await store.getBy('user', 'name', `${accountId}/u`)
    if (remove.status === 'fulfilled') assert.deepEqual(user?.attached, [])
    else {
      assert.equal(attach.status, 'fulfilled')
      assert.equal(items.length, 1)
      await iam.detachUserPolicy(root, { name: 'u', policyArn: arn })
      await iam.deletePolicy(root, { policyArn: arn })
    }
  }
})

test('ten managed policies can be attached and an eleventh cannot, also concurrently', async (t) => {
  const { iam, root, another } = await openIamFixture(t)
  const other = await another()
  await iam.createUser(root, { userName: 'u' })
  const arns = await Promise.all(
    Array.from(
      { length: 14 },
      async (_, n) => (await iam.createPolicy(root, { policyName: `p${n}`, document })).arn,
    ),
  )
  const results = await Promise.allSettled(
    arns.map((policyArn, n) => (n % 2 ? iam : other.iam).attachUserPolicy(root, { name: 'u', policyArn })),
  )
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 4)
  for (const { reason } of refused)
    assert.equal(reason.message, 'Cannot exceed quota for PoliciesPerUser: 10')
  const first = arns[results.findIndex(({ status }) => status === 'fulfilled')] ?? ''
  await iam.attachUserPolicy(root, { name: 'u', policyArn: first }) // what is attached already is no eleventh
})

test('AWS managed policies are listed, read and attached, and cannot be changed', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  assert.equal((await iam.getPolicy(root, { policyArn })).policy.id, 'ANPAIWMBCKSKIEE64ZLYK')
  assert.equal((await iam.getPolicyVersion(root, { policyArn, versionId: 'v1' })).version.id, 'v1')
  const { items } = await iam.listPolicies(root, { scope: 'AWS' })
  for (const name of [
    'AdministratorAccess',
    'IAMFullAccess',
    'IAMReadOnlyAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
  ])
    assert.ok(
      items.some(({ policy }) => policy.name === name),
      name,
    )
  const attempts = [
    iam.deletePolicy(root, { policyArn }),
    iam.createPolicyVersion(root, { policyArn, document }),
    iam.tagPolicy(root, { policyArn, tags: [{ key: 'a', value: 'b' }] }),
  ]
  for (const attempt of attempts) await assert.rejects(attempt, { code: 'denied' })
})

test('policies are listed by scope, use and path', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  const used = await iam.createPolicy(root, { policyName: 'used', document, path: '/team/' })
  await iam.createPolicy(root, { policyName: 'unused', document })
  await iam.attachUserPolicy(root, { name: 'u', policyArn: used.arn })
  await iam.attachUserPolicy(root, { name: 'u', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  const names = async (filter: Parameters<typeof iam.listPolicies>[1]) =>
    (await iam.listPolicies(root, filter)).items.map(({ policy }) => policy.name).sort()
  assert.deepEqual(await names({ scope: 'Local' }), ['unused', 'used'])
  assert.deepEqual(await names({ onlyAttached: true }), ['ReadOnlyAccess', 'used'])
  assert.deepEqual(await names({ scope: 'Local', pathPrefix: '/team/' }), ['used'])
  assert.deepEqual(
    await names({ scope: 'Local', usage: 'PermissionsBoundary' }),
    ['unused', 'used'],
    'the usage filter counts beside OnlyAttached alone',
  )
  const first = await iam.listPolicies(root, { scope: 'Local', maxItems: 1 })
  const second = await iam.listPolicies(root, { scope: 'Local', maxItems: 1, marker: first.marker })
  assert.equal(first.items.length + second.items.length, 2)
  assert.equal(second.marker, undefined)
  const attached = { scope: 'Local', onlyAttached: true } as const
  assert.deepEqual(await names({ ...attached, usage: 'PermissionsBoundary' }), [])
  await iam.putUserPermissionsBoundary(root, {
    name: 'u',
    boundary: (await iam.createPolicy(root, { policyName: 'bound', document })).arn,
  })
  assert.deepEqual(await names(attached), ['bound', 'used'])
  assert.deepEqual(await names({ ...attached, usage: 'PermissionsBoundary' }), ['bound'])
  assert.deepEqual(await names({ ...attached, usage: 'PermissionsPolicy' }), ['used'])
})

for (const maxItems of [1, 2, 3, 6, 7, 100])
  test(`pages of ${maxItems} hold no more, and every policy once, AWS's first`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    for (const policyName of ['a', 'b', 'c']) await iam.createPolicy(root, { policyName, document })
    const names: string[] = []
    let marker: string | undefined
    do {
      const page = await iam.listPolicies(root, { maxItems, marker })
      assert.ok(page.items.length <= maxItems)
      names.push(...page.items.map(({ policy }) => policy.name))
      marker = page.marker
    } while (marker !== undefined)
    assert.equal(new Set(names).size, names.length)
    assert.deepEqual(names.slice(-3), ['a', 'b', 'c'])
    assert.equal(names.length, awsManaged.length + 3)
    await assert.rejects(iam.listPolicies(root, { marker: 'forged' }), { message: 'Invalid Marker.' })
  })
