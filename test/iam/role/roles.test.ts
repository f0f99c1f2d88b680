import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountId, allow, openIamFixture, otherAccountId, text, trusting } from '../fixture.ts'

const toAccount = trusting({ AWS: accountId })

test('a role is created, read, changed and deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const made = await iam.createRole(root, { roleName: 'Deploy', trust: toAccount, maxSessionDuration: 7200 })
  assert.match(made.id, /^AROA[A-Z2-7]{17}$/)
  assert.equal((await iam.getRole(root, { roleName: 'deploy' })).maxSessionDuration, 7200)
  await iam.updateRole(root, { roleName: 'deploy', description: 'ships' })
  const changed = await iam.getRole(root, { roleName: 'deploy' })
  assert.deepEqual([changed.description, changed.maxSessionDuration], ['ships', 7200])
  await iam.updateRole(root, { roleName: 'deploy', maxSessionDuration: 3600 })
  const lowered = await iam.getRole(root, { roleName: 'deploy' })
  assert.deepEqual([lowered.description, lowered.maxSessionDuration], ['ships', 3600])
  assert.equal(
    (await iam.updateRoleDescription(root, { roleName: 'deploy', description: 'x' })).description,
    'x',
  )
  await iam.deleteRole(root, { roleName: 'DEPLOY' })
  await assert.rejects(iam.getRole(root, { roleName: 'deploy' }), {
    code: 'not_found',
    message: 'The role with name deploy cannot be found.',
  })
})

test('a role name is unique, its duration is bounded, and it cannot be deleted while policies are attached', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createRole(root, { roleName: 'r', trust: toAccount })
  await assert.rejects(iam.createRole(root, { roleName: 'R', trust: toAccount }), {
    code: 'conflict',
    message: 'Role with name R already exists.',
  })
  for (const maxSessionDuration of [3599, 43201, 3600.5, Number.NaN])
    await assert.rejects(iam.createRole(root, { roleName: 'd', trust: toAccount, maxSessionDuration }), {
      code: 'validation',
    })
  await iam.putRolePolicy(root, { name: 'r', policyName: 'p', document: text(allow('s3:*')) })
  await assert.rejects(iam.deleteRole(root, { roleName: 'r' }), {
    code: 'delete_conflict',
    message: 'Cannot delete entity, must delete policies first.',
  })
  const policyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await iam.attachRolePolicy(root, { name: 'r', policyArn })
  await assert.rejects(iam.deleteRole(root, { roleName: 'r' }), {
    code: 'delete_conflict',
    message: 'Cannot delete entity, must detach all policies first.',
  })
})

test('a trust policy is stored with unique ids and returned with ARNs', async (t) => {
  const { iam, root, store } = await openIamFixture(t)
  const alice = await iam.createUser(root, { userName: 'alice', path: '/eng/' })
  const arn = `arn:aws:iam::${accountId}:user/eng/alice`
  const role = await iam.createRole(root, { roleName: 'r', trust: trusting({ AWS: arn }) })
  assert.equal(role.trust, trusting({ AWS: arn }))
  assert.equal((await store.get('role', role.id))?.trust, trusting({ AWS: alice.id }))
  await iam.updateUser(root, { userName: 'alice', newUserName: 'alice2', newPath: '/' })
  const { trust } = await iam.getRole(root, { roleName: 'r' })
  assert.equal(trust, trusting({ AWS: `arn:aws:iam::${accountId}:user/alice2` }))
})

test('15: a principal created again under the same name is not trusted; the deleted one is shown by its id', async (t) => {
  const { iam, root, store } = await openIamFixture(t)
  const first = await iam.createUser(root, { userName: 'alice' })
  const arn = `arn:aws:iam::${accountId}:user/alice`
  const role = await iam.createRole(root, { roleName: 'r', trust: trusting({ AWS: [arn, accountId] }) })
  await iam.deleteUser(root, { userName: 'alice' })
  const second = await iam.createUser(root, { userName: 'alice' })
  assert.notEqual(second.id, first.id)
  const shown = trusting({ AWS: [first.id, accountId] })
  assert.equal((await iam.getRole(root, { roleName: 'r' })).trust, shown)
  assert.ok(!(await store.get('role', role.id))?.trust.includes(second.id))
  // Saving what is shown is refused: it names someone who is not there.
  await assert.rejects(iam.updateAssumeRolePolicy(root, { roleName: 'r', trust: shown }), {
    code: 'malformed_policy',
    message: `Invalid principal in policy: "AWS":"${first.id}"`,
  })
})

test('34: a trusted session is stored with the unique id of its role: a role created again under the name is not trusted', async (t) => {
  const { iam, root, store } = await openIamFixture(t)
  const session = `arn:aws:sts::${accountId}:assumed-role/worker/s1`
  const first = await iam.createRole(root, { roleName: 'worker', trust: toAccount })
  const role = await iam.createRole(root, { roleName: 'r', trust: trusting({ AWS: session }) })
  assert.equal(role.trust, trusting({ AWS: session }))
  const byId = trusting({ AWS: `${first.id}:s1` })
  assert.equal((await store.get('role', role.id))?.trust, byId)
  await iam.deleteRole(root, { roleName: 'worker' })
  await iam.createRole(root, { roleName: 'worker', trust: toAccount })
  assert.equal((await iam.getRole(root, { roleName: 'r' })).trust, byId)
})

const invalidPrincipals = [
  `arn:aws:iam::${accountId}:user/nobody`,
  `arn:aws:iam::${accountId}:role/nobody`,
  `arn:aws:iam::${accountId}:group/g`,
  `arn:aws:iam::${accountId}:user/wrong/path/alice`,
  `arn:aws:iam::${accountId}:user/ALICE`,
  `arn:aws:iam::${otherAccountId}:user/alice`,
  `arn:aws:iam::${accountId}:user/*`,
  `arn:aws:sts::${accountId}:assumed-role/nobody/session`,
  'AROAAAAAAAAAAAAAAAAAA:session',
  'AIDAAAAAAAAAAAAAAAAAA',
  'alice',
]
for (const principal of invalidPrincipals)
  test(`${principal} is refused as a trusted principal`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    await iam.createUser(root, { userName: 'alice' })
    await assert.rejects(iam.createRole(root, { roleName: 'r', trust: trusting({ AWS: principal }) }), {
      code: 'malformed_policy',
    })
    await assert.rejects(iam.getRole(root, { roleName: 'r' }), { code: 'not_found' })
  })

test('accounts, *, sessions and providers are accepted as principals and returned as written', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createRole(root, { roleName: 'r', trust: toAccount })
  const principals = [
    { AWS: accountId },
    { AWS: `arn:aws:iam::${otherAccountId}:root` },
    { AWS: '*' },
    '*',
    { AWS: `arn:aws:sts::${accountId}:assumed-role/r/session` },
    { Service: 'ec2.amazonaws.com' },
    { Federated: `arn:aws:iam::${accountId}:oidc-provider/issuer.example` },
  ]
  for (const [n, principal] of principals.entries()) {
    const action = 'Federated' in Object(principal) ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole'
    const trust = trusting(principal, { Action: action })
    assert.equal((await iam.createRole(root, { roleName: `r${n}`, trust })).trust, trust)
  }
})

test('a trust policy has at most 2,048 characters', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const trust = trusting({ AWS: accountId }, { Sid: 'S'.repeat(2048) })
  await assert.rejects(iam.createRole(root, { roleName: 'r', trust }), {
    code: 'limit_exceeded',
    message: 'Cannot exceed quota for ACLSizePerRole: 2048',
  })
})

const shared = 'token.actions.githubusercontent.com'
const trustOf = (issuer: string, condition?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(condition && { Condition: condition }),
    },
  })
const tests = (operator: string, claim: string, value: unknown = 'repo:acme/app:ref:refs/heads/main') => ({
  StringEquals: { [`${shared}:aud`]: 'sts.amazonaws.com' },
  ...(operator === 'StringEquals'
    ? { StringEquals: { [`${shared}:aud`]: 'sts.amazonaws.com', [`${shared}:${claim}`]: value } }
    : { [operator]: { [`${shared}:${claim}`]: value } }),
})
for (const [title, trust, taken] of [
  ['no condition', trustOf(shared), false],
  [
    'the audience alone',
    trustOf(shared, { StringEquals: { [`${shared}:aud`]: 'sts.amazonaws.com' } }),
    false,
  ],
  ['the subject', trustOf(shared, tests('StringEquals', 'sub')), true],
  ['the subject in other case', trustOf(shared, tests('StringEqualsIgnoreCase', 'SUB')), true],
  ['a pattern of the subject', trustOf(shared, tests('StringLike', 'sub', 'repo:acme/*')), true],
  ['the workflow', trustOf(shared, tests('StringLike', 'job_workflow_ref', 'acme/x/.github/*')), true],
  ['only a wildcard', trustOf(shared, tests('StringLike', 'sub', '*')), false],
  ['a wildcard among subjects', trustOf(shared, tests('StringLike', 'sub', ['repo:acme/*', '*'])), false],
  ['IfExists', trustOf(shared, tests('StringEqualsIfExists', 'sub')), false],
  ['Null', trustOf(shared, tests('Null', 'sub', 'false')), false],
  ['ForAllValues', trustOf(shared, tests('ForAllValues:StringEquals', 'sub')), false],
  ['a negated operator', trustOf(shared, tests('StringNotEquals', 'sub')), false],
  ['an issuer of one tenant', trustOf('ci.example'), true],
  ['the subject of another issuer', trustOf('gitlab.com', tests('StringEquals', 'sub')), false],
] as const) {
  test(`a trust policy with ${title} for an identity provider is ${taken ? 'taken' : 'refused'}`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    const made = iam.createRole(root, { roleName: 'r', trust })
    if (taken) await made
    else await assert.rejects(made, { code: 'malformed_policy', message: /must test/ })
    await iam.createRole(root, { roleName: 'other', trust: toAccount })
    const changed = iam.updateAssumeRolePolicy(root, { roleName: 'other', trust })
    if (taken) await changed
    else await assert.rejects(changed, { code: 'malformed_policy' })
  })
}

test('a trust policy may name principals of unknown accounts, which are stored as written', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const elsewhere = [
    '999999999999',
    'arn:aws:iam::999999999999:role/ci',
    'arn:aws:iam::888888888888:user/ada',
  ]
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: elsewhere }, Action: 'sts:AssumeRole' }],
  })
  const { trust: kept } = await iam.createRole(root, { roleName: 'shared', trust })
  assert.equal(kept, trust)
})
