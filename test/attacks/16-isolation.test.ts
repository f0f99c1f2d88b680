// attacks.md 16: every read, list, marker and id of one account, tried by the root of another (ZITADEL CVE-2025-27507).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Iam } from '../../src/iam/iam.ts'
import { SignInCredentials } from '../../src/iam/sign-in/credentials.ts'
import { Problem } from '../../src/problem.ts'
import { Secret } from '../../src/secure/secret.ts'
import { kinds } from '../../src/store/kinds.ts'
import type { Kind } from '../../src/store/records.ts'
import {
  accountId,
  allow,
  type IamFixture,
  openIamFixture,
  otherAccountId,
  text,
  trusting,
} from '../iam/fixture.ts'

/** In the name of everything the first account has, so that an answer that shows any of it is found. */
const mark = 'tenant-a'

/** One of each, and the input that names them all. */
async function fill({ iam, root, store }: IamFixture): Promise<Readonly<Record<string, unknown>>> {
  const user = await iam.createUser(root, { userName: mark })
  await iam.createGroup(root, { groupName: mark })
  await iam.addUserToGroup(root, { userName: mark, groupName: mark })
  await iam.createRole(root, { roleName: mark, trust: trusting({ AWS: accountId }) })
  await iam.createInstanceProfile(root, { profileName: mark })
  const policy = await iam.createPolicy(root, { policyName: mark, document: text(allow('s3:*')) })
  const { key } = await iam.createAccessKey(root, { userName: mark })
  await iam.putUserPolicy(root, { name: mark, policyName: mark, document: text(allow('s3:*')) })
  await iam.createLoginProfile(root, { userName: mark, password: new Secret('correct horse battery') })
  await iam.createAccountAlias(root, { alias: mark })
  const provider = await iam.createOpenIDConnectProvider(root, {
    url: `https://${mark}.example`,
    clientIds: [mark],
    thumbprints: ['0'.repeat(40)],
  })
  const { device } = await iam.createVirtualMFADevice(root, { name: mark })
  const { credential } = await iam.createServiceSpecificCredential(root, {
    userName: mark,
    serviceName: 'decision.chancery',
  })
  const arn = 'arn' in provider ? String(provider.arn) : provider.id
  assert.ok(await store.get('user', user.id))
  return {
    name: mark,
    userName: mark,
    newUserName: 'mine',
    groupName: mark,
    roleName: mark,
    profileName: mark,
    certificateName: mark,
    policyName: mark,
    policyArn: policy.arn,
    boundary: policy.arn,
    arn,
    serialNumber: device.id,
    accessKeyId: key.id,
    credentialId: credential.id,
    sshPublicKeyId: 'APKANOTHING',
    certificateId: 'NOTHING',
    versionId: 'v1',
    status: 'Inactive',
    url: `https://${mark}.example`,
    clientId: mark,
    document: text(allow('*')),
    trust: trusting({ AWS: otherAccountId }),
    principalArn: `arn:aws:iam::${accountId}:user/${mark}`,
    policySourceArn: `arn:aws:iam::${accountId}:user/${mark}`,
    serviceName: 'decision.chancery',
    serviceNamespaces: ['iam'],
    taskId: 'task/nothing',
    jobId: 'nothing-nothing-nothing-nothing-1234',
    encoding: 'SSH',
    body: 'nothing',
    privateKey: new Secret('nothing'),
    metadata: '<nothing/>',
    tags: [{ key: 'k', value: 'v' }],
    keys: ['k'],
    thumbprints: ['1'.repeat(40)],
    policies: [],
    actions: ['s3:GetObject'],
    action: 's3:GetObject',
    resource: '*',
    minimumLength: 8,
    description: 'taken',
    alias: 'other',
    password: new Secret('correct horse battery 2'),
    oldPassword: new Secret('x'),
    newPassword: new Secret('correct horse battery 2'),
    code1: '000000',
    code2: '000001',
  }
}

/** Everything that the store has of the first account. */
async function recordsOf({ store }: IamFixture): Promise<string> {
  const found: unknown[] = []
  for (const kind of Object.keys(kinds) as Kind[]) {
    if (!('account' in kinds[kind].lookups)) continue
    const lookup = { by: 'account', value: accountId } as never
    for await (const record of store.each(kind, lookup)) found.push([kind, record])
  }
  found.push(await store.get('account', accountId))
  return JSON.stringify(found)
}

test('16: no use case of IAM reads or changes what another account has', async (t) => {
  const fixture = await openIamFixture(t)
  const input = await fill(fixture)
  const before = await recordsOf(fixture)
  assert.ok(before.includes(mark))
  for (const name of Object.keys(fixture.iam).sort() as (keyof Iam)[]) {
    const useCase = fixture.iam[name] as (call: unknown, input: unknown) => Promise<unknown>
    const outcome = await useCase(fixture.otherRoot, input).catch((error: unknown) => {
      assert.ok(error instanceof Problem, `${name}: ${String(error)}`)
      return undefined
    })
    // What the caller itself made under these names may come back; ids and ARNs of the first account may not.
    assert.ok(!(JSON.stringify(outcome) ?? '').includes(accountId), `${name} shows the other account`)
    assert.equal(await recordsOf(fixture), before, `${name} changed the other account`)
  }
})

test('16: a marker of one account opens no list of another', async (t) => {
  const { iam, root, otherRoot } = await openIamFixture(t)
  for (const userName of ['a', 'b']) {
    await iam.createUser(root, { userName })
    await iam.createUser(otherRoot, { userName })
  }
  const { marker } = await iam.listUsers(root, { maxItems: 1 })
  assert.ok(marker)
  await assert.rejects(iam.listUsers(otherRoot, { marker }), {
    code: 'validation',
    message: 'Invalid Marker.',
  })
  assert.equal((await iam.listUsers(root, { marker })).items.length, 1)
})

test('16: people of other accounts sign in as account/name, by id or alias, and by no other way', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, store, root, otherRoot, hasher, trail, clock } = fixture
  const [mine, theirs] = ['correct horse battery 1', 'correct horse battery 2']
  for (const [call, password] of [
    [root, mine],
    [otherRoot, theirs],
  ] as const) {
    await iam.createUser(call, { userName: 'ada' })
    await iam.createLoginProfile(call, { userName: 'ada', password: new Secret(password) })
  }
  await iam.createAccountAlias(otherRoot, { alias: 'acme' })
  const parts = { hasher, trail, now: () => clock.now, accountId, issuerName: async () => 'chancery.example' }
  const credentials = new SignInCredentials({ ...parts, store })
  const origin = { ip: '192.0.2.1', userAgent: 'test', requestId: 'r' }
  const accountOf = async (name: string, password: string) => {
    const found = await credentials.checkPassword(name, password, origin)
    return found && (await store.get('user', found.userId))?.accountId
  }
  assert.equal(await accountOf('ada', mine), accountId)
  assert.equal(await accountOf(`${accountId}/ada`, mine), accountId)
  assert.equal(await accountOf(`${otherAccountId}/ada`, theirs), otherAccountId)
  assert.equal(await accountOf('ACME/Ada', theirs), otherAccountId)
  for (const [name, password] of [
    ['ada', theirs],
    ['acme/ada', mine],
    ['acme/acme/ada', theirs],
    ['/ada', mine],
    ['acme/', theirs],
    ['nobody/ada', theirs],
  ] as const)
    assert.equal(await accountOf(name, password), undefined, name)
  await store.update('account', otherAccountId, (old) => ({ ...old, closedAt: clock.now }))
  assert.equal(await accountOf('acme/ada', theirs), undefined, 'a closed account')
})
