import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '../../../src/iam/caller.ts'
import { openStsRepositories } from '../../../src/iam/sts-repositories.ts'
import type { Revocation } from '../../../src/store/records.ts'
import { until } from '../../support/waiting.ts'
import {
  accountId,
  allow,
  type IamFixture,
  openIamFixture,
  otherAccountId,
  text,
  trusting,
} from '../fixture.ts'

const resource = 'arn:aws:s3:::bucket/key'
const deny = (action: string, members: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: action, Resource: '*', ...members },
  ],
})

type Session = Extract<Caller, { kind: 'session' }>

async function roleSession(fixture: IamFixture, policy: object, more: Partial<Session> = {}) {
  const { iam, root, clock } = fixture
  const role = await iam.createRole(root, { roleName: 'worker', trust: trusting({ AWS: accountId }) })
  await iam.putRolePolicy(root, { name: 'worker', policyName: 'p', document: text(policy) })
  const caller: Session = {
    kind: 'session',
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/worker/s1`,
    roleId: role.id,
    roleArn: `arn:aws:iam::${accountId}:role/worker`,
    sessionName: 's1',
    sessionId: 'jti-of-this-session',
    accessKeyId: 'ASIAX',
    issuedAt: clock.now,
    expiresAt: clock.now + 900,
    sessionPolicies: [],
    tags: [],
    transitiveTagKeys: [],
    sourceIdentity: undefined,
    federatedProvider: undefined,
    ...more,
  }
  return { role, caller, call: fixture.call(caller) }
}

test('the denial names caller, action, resource and policy type as AWS does', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, authorizer } = fixture
  const alice = await fixture.userWho('alice')
  const ask = () => authorizer.authorize(alice, 's3:GetObject', resource)
  const said = (why: string) => ({
    code: 'denied',
    message: `User: arn:aws:iam::${accountId}:user/alice is not authorized to perform: s3:GetObject on resource: ${resource} ${why}`,
  })
  await assert.rejects(ask(), said('because no identity-based policy allows the s3:GetObject action'))
  await iam.putUserPolicy(root, { name: 'alice', policyName: 'p', document: text(allow('s3:*')) })
  assert.equal((await ask()).effect, 'allow')
  const { arn } = await iam.createPolicy(root, { policyName: 'b', document: text(allow('sqs:*')) })
  await iam.putUserPermissionsBoundary(root, { name: 'alice', boundary: arn })
  await assert.rejects(ask(), said('because no permissions boundary allows the s3:GetObject action'))
  const document = text(deny('s3:*'))
  await iam.createPolicyVersion(root, { policyArn: arn, document, setAsDefault: true })
  await assert.rejects(ask(), said('with an explicit deny in a permissions boundary'))
  await iam.deleteUserPermissionsBoundary(root, { name: 'alice' })
  await iam.putUserPolicy(root, { name: 'alice', policyName: 'p', document })
  await assert.rejects(ask(), said('with an explicit deny in an identity-based policy'))
})

test('each session of a role chain narrows the permissions', async (t) => {
  const fixture = await openIamFixture(t)
  const { authorizer } = fixture
  const { caller } = await roleSession(fixture, allow('s3:*'))
  const ask = (links: readonly (readonly string[])[], action: string) =>
    authorizer.authorize(fixture.call({ ...caller, sessionPolicies: links }), action, resource)
  const [get, put] = [text(allow('s3:GetObject')), text(allow('s3:PutObject'))]
  await ask([], 's3:PutObject')
  await ask([[get, put]], 's3:PutObject')
  await ask([[get]], 's3:GetObject')
  const message = /because no session policy allows the s3:PutObject action$/
  await assert.rejects(ask([[get]], 's3:PutObject'), { code: 'denied', message })
  await assert.rejects(ask([[get, put], [get]], 's3:PutObject'), { code: 'denied', message })
  await assert.rejects(ask([[text(allow('sqs:*'))]], 'sqs:SendMessage'), { code: 'denied' })
})

test('13: values given in the context do not change the caller’s identity', async (t) => {
  const fixture = await openIamFixture(t)
  const { authorizer } = fixture
  const lies = [
    ['aws:MultiFactorAuthPresent', 'true'],
    ['AWS:PrincipalArn', 'arn:aws:iam::1:user/boss'],
    ['aws:principaltag/team', 'bosses'],
    ['aws:SourceIp', '10.0.0.1'],
    ['aws:SourceIdentity', 'boss'],
    ['aws:username', 'boss'],
    ['aws:CurrentTime', '1999-01-01T00:00:00Z'],
    ['aws:SomethingNew', 'x'],
  ] as const
  const alice = await fixture.userWho('alice')
  const context = await authorizer.contextOf(alice.caller, alice.circumstances, lies)
  const seen = (key: string) => context.get(key.toLowerCase())
  assert.equal(seen('aws:MultiFactorAuthPresent'), undefined)
  assert.equal(seen('aws:PrincipalArn'), `arn:aws:iam::${accountId}:user/alice`)
  assert.equal(seen('aws:PrincipalTag/team'), undefined)
  assert.equal(seen('aws:SourceIp'), '192.0.2.7')
  assert.equal(seen('aws:SourceIdentity'), undefined)
  assert.equal(seen('aws:username'), 'alice')
  assert.equal(seen('aws:CurrentTime'), '2025-06-15T15:06:40Z')
  assert.equal(seen('aws:SomethingNew'), undefined)
  const ours = [
    ['s3:prefix', 'home/'],
    ['aws:RequestTag/Team', 'a'],
  ] as const
  const more = await authorizer.contextOf(alice.caller, alice.circumstances, ours)
  assert.deepEqual([more.get('s3:prefix'), more.get('aws:requesttag/team')], ['home/', 'a'])
})

test("the condition keys of a session are those of its role, and its tags override the role's", async (t) => {
  const fixture = await openIamFixture(t)
  const { caller } = await roleSession(fixture, allow('*'), {
    tags: [{ key: 'team', value: 'session' }],
    sourceIdentity: 'bob',
    federatedProvider: 'https://issuer.example',
  })
  const tags = [
    { key: 'Team', value: 'role' },
    { key: 'Cost', value: '7' },
  ]
  await fixture.iam.tagRole(fixture.root, { name: 'worker', tags })
  const context = await fixture.authorizer.contextOf(caller, fixture.root.circumstances)
  const seen = Object.fromEntries(
    [...context].filter(([key]) => !/currenttime|epoch|useragent|region/.test(key)),
  )
  assert.deepEqual(seen, {
    'aws:sourceip': '192.0.2.7',
    'aws:securetransport': 'true',
    'aws:principalarn': caller.roleArn,
    'aws:principalaccount': accountId,
    'aws:principaltype': 'AssumedRole',
    'aws:userid': `${caller.roleId}:s1`,
    'aws:principaltag/team': 'session',
    'aws:principaltag/cost': '7',
    'aws:tokenissuetime': '2025-06-15T15:06:40Z',
    'aws:sourceidentity': 'bob',
    'aws:federatedprovider': 'https://issuer.example',
    'aws:multifactorauthpresent': 'false',
  })
})

const mfaRule = (operator: string) =>
  deny('s3:*', { Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } } })
for (const [operator, keyAllowed] of [
  ['Bool', true],
  ['BoolIfExists', false],
] as const)
  test(`a deny with ${operator} on missing MFA ${keyAllowed ? 'does not apply' : 'applies'} to a long-term key`, async (t) => {
    const fixture = await openIamFixture(t)
    const { caller } = await fixture.userWho('alice', mfaRule(operator))
    const ask = (more: object) =>
      fixture.authorizer.authorize(fixture.call({ ...caller, ...more } as Caller), 's3:GetObject', resource)
    if (keyAllowed) await ask({})
    else await assert.rejects(ask({}), { code: 'denied' })
    await assert.rejects(ask({ temporary: true }), { code: 'denied' })
    await ask({ temporary: true, mfaAge: 60 })
  })

const scopes = ['role', 'session', 'source-identity', 'user', 'client'] as const
for (const scope of scopes)
  test(`a session ends when its ${scope} is revoked, and a newer one does not`, async (t) => {
    const fixture = await openIamFixture(t)
    const user = await fixture.iam.createUser(fixture.root, { userName: 'bob' })
    const more = { sourceIdentity: 'bob', userId: user.id, clientId: 'app' }
    const { role, caller } = await roleSession(fixture, allow('*'), more)
    const value = {
      role: role.id,
      session: caller.sessionId,
      'source-identity': 'bob',
      user: user.id,
      client: 'app',
    }[scope]
    const ask = (issuedAt: number) =>
      fixture.authorizer.authorize(fixture.call({ ...caller, issuedAt }), 's3:GetObject', resource)
    const before = fixture.clock.now + 1
    const floor = (owner: string): Revocation => ({
      id: `${owner} ${scope}:${value}`,
      accountId: owner,
      scope,
      value,
      before,
      at: fixture.clock.now,
      expiresAt: before + 1000,
    })
    const { saveRevocation, close } = openStsRepositories(fixture.store, fixture.authorizer)
    t.after(close)
    await ask(caller.issuedAt)
    await saveRevocation(floor(otherAccountId))
    await ask(caller.issuedAt) // another account's word does not count
    await saveRevocation(floor(accountId))
    await saveRevocation({ ...floor(accountId), before: 1 }) // an earlier floor does not lower it
    await assert.rejects(ask(caller.issuedAt), { code: 'unauthenticated' })
    await ask(before)
  })

test('7: a disabled or deleted user is denied everything, as is a session derived from that user', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, store, authorizer } = fixture
  const alice = await fixture.userWho('alice', allow('*'))
  assert.ok(alice.caller.kind === 'user')
  const { userId } = alice.caller
  const { call } = await roleSession(fixture, allow('*'), { userId })
  const ask = (who: typeof call) => authorizer.authorize(who, 's3:GetObject', resource)
  await ask(call)
  await store.update('user', userId, (old) => ({ ...old, disabled: true }))
  await assert.rejects(ask(alice), { code: 'unauthenticated' })
  await assert.rejects(ask(call), { code: 'unauthenticated' })
  await assert.rejects(authorizer.ensureLive(call.caller), { code: 'unauthenticated' })
  await store.update('user', userId, (old) => ({ ...old, disabled: false }))
  await ask(call)
  await iam.deleteRolePolicy(root, { name: 'worker', policyName: 'p' })
  await iam.deleteRole(root, { roleName: 'worker' })
  await assert.rejects(ask(call), { code: 'unauthenticated' })
})

test("a role created again under the same name is not the session's role", async (t) => {
  const fixture = await openIamFixture(t)
  const { call } = await roleSession(fixture, allow('*'))
  await fixture.iam.deleteRolePolicy(fixture.root, { name: 'worker', policyName: 'p' })
  await fixture.iam.deleteRole(fixture.root, { roleName: 'worker' })
  await fixture.iam.createRole(fixture.root, { roleName: 'worker', trust: trusting({ AWS: accountId }) })
  await fixture.iam.attachRolePolicy(fixture.root, {
    name: 'worker',
    policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  })
  await assert.rejects(fixture.authorizer.authorize(call, 's3:GetObject', resource), {
    code: 'unauthenticated',
  })
})

test('a change by another process is visible within a second', async (t) => {
  const fixture = await openIamFixture(t)
  const other = await fixture.another()
  const alice = await fixture.userWho('alice', allow('*'))
  await fixture.authorizer.authorize(alice, 's3:GetObject', resource)
  await other.iam.deleteUserPolicy(fixture.root, { name: 'alice', policyName: 'what-they-may' })
  const allowed = () =>
    fixture.authorizer.authorize(alice, 's3:GetObject', resource).then(
      () => true,
      () => false,
    )
  // A second of timers: the other one looks for changes by a timer of this process.
  await until('it is no longer allowed', async () => !(await allowed()), { probes: 50, every: 20 })
})

test('the version of a principal changes with each of its policies and tags', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, authorizer } = fixture
  const { role } = await roleSession(fixture, allow('*'))
  const { arn } = await iam.createPolicy(root, { policyName: 'm', document: text(allow('s3:*')) })
  const version = async () => (await authorizer.policiesOf({ kind: 'role', id: role.id }))?.version
  const versions = new Set([await version()])
  const name = 'worker'
  const changes = [
    () => iam.attachRolePolicy(root, { name, policyArn: arn }),
    () =>
      iam.createPolicyVersion(root, { policyArn: arn, document: text(allow('sqs:*')), setAsDefault: true }),
    () => iam.putRolePermissionsBoundary(root, { name, boundary: arn }),
    () => iam.tagRole(root, { name, tags: [{ key: 'a', value: 'b' }] }),
    () => iam.deleteRolePolicy(root, { name, policyName: 'p' }),
  ]
  for (const change of changes) {
    await change()
    versions.add(await version())
  }
  assert.equal(versions.size, changes.length + 1)
  assert.equal(await version(), await version())
  await iam.updateRole(root, { roleName: name, description: 'says nothing about what it may' })
  assert.ok(versions.has(await version()))
})

test('a user has the permissions of a group while a member of it', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, authorizer } = fixture
  const alice = await fixture.userWho('alice')
  await iam.createGroup(root, { groupName: 'g' })
  await iam.putGroupPolicy(root, { name: 'g', policyName: 'p', document: text(allow('s3:*')) })
  await iam.addUserToGroup(root, { groupName: 'g', userName: 'alice' })
  await authorizer.authorize(alice, 's3:GetObject', resource)
  await iam.removeUserFromGroup(root, { groupName: 'g', userName: 'alice' })
  await assert.rejects(authorizer.authorize(alice, 's3:GetObject', resource), { code: 'denied' })
})

test('an anonymous caller is not authorized', async (t) => {
  const { authorizer, call } = await openIamFixture(t)
  const nobody = call({ kind: 'anonymous' })
  await assert.rejects(authorizer.authorize(nobody, 's3:GetObject', resource), {
    code: 'missing_credentials',
  })
})
