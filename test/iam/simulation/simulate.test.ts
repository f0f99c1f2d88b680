// Policies asked what they would allow, without doing it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../src/problem.ts'
import { accountId, allow, openIamFixture, otherAccountId, text, trusting } from '../fixture.ts'

const deny = (action: string, resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: action, Resource: resource }],
})
const userArn = (name: string) => `arn:aws:iam::${accountId}:user/${name}`
const code = (wanted: string) => (error: unknown) => error instanceof Problem && error.code === wanted

test('custom policies: allowed, explicitly denied, implicitly denied, with what matched and where', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "docs:*", "Resource": "*" },
    { "Effect": "Deny", "Action": "docs:Delete", "Resource": "*" }
  ]
}`
  const { items, marker } = await iam.simulateCustomPolicy(root, {
    policies: [policy],
    actions: ['docs:Get', 'docs:Delete', 'mail:Send'],
  })
  assert.equal(marker, undefined)
  assert.deepEqual(
    items.map(({ action, resource, decision }) => [action, resource, decision]),
    [
      ['docs:Get', '*', 'allowed'],
      ['docs:Delete', '*', 'explicitDeny'],
      ['mail:Send', '*', 'implicitDeny'],
    ],
  )
  assert.deepEqual(items[1]?.matched, [
    {
      policyId: 'PolicyInputList.1',
      policyType: 'IAM Policy',
      start: { line: 5, column: 5 },
      end: { line: 5, column: 67 },
    },
  ])
  assert.deepEqual(items[2]?.matched, [])
})

test('missing context values are listed as the policy spells them, and given ones are used with their types', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const policies = [
    text({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'docs:Get',
          Resource: `arn:aws:docs:::home/$\{aws:UserName}`,
          Condition: {
            NumericLessThan: { 'docs:Size': '10' },
            'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' },
          },
        },
      ],
    }),
  ]
  assert.deepEqual(await iam.getContextKeysForCustomPolicy(root, { policies }), [
    'aws:UserName',
    'docs:Size',
    'aws:TagKeys',
  ])
  const asked = { policies, actions: ['docs:Get'], resources: ['arn:aws:docs:::home/ann'] }
  const context = [
    { name: 'aws:username', values: ['ann'], type: 'string' },
    { name: 'docs:size', values: ['3'], type: 'numeric' },
  ]
  const [without] = (await iam.simulateCustomPolicy(root, { ...asked, context })).items
  assert.equal(without?.decision, 'implicitDeny')
  assert.deepEqual(without?.missing, ['aws:TagKeys'])
  const tags = { name: 'aws:TagKeys', values: ['a'], type: 'stringList' }
  const [whole] = (await iam.simulateCustomPolicy(root, { ...asked, context: [...context, tags] })).items
  assert.equal(whole?.decision, 'allowed')
  const wrong = { name: 'docs:Size', values: ['many'], type: 'numeric' }
  await assert.rejects(iam.simulateCustomPolicy(root, { ...asked, context: [wrong] }), code('invalid_input'))
})

test("a user's own, group and attached policies, boundary and tags", async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root } = fixture
  await fixture.userWho('ann', allow('docs:Get'))
  await iam.createGroup(root, { groupName: 'writers' })
  await iam.putGroupPolicy(root, { name: 'writers', policyName: 'write', document: text(allow('docs:Put')) })
  await iam.addUserToGroup(root, { groupName: 'writers', userName: 'ann' })
  const ask = async (arn: string, ...actions: string[]) =>
    (await iam.simulatePrincipalPolicy(root, { arn, actions })).items
  const before = await ask(userArn('ann'), 'docs:Get', 'docs:Put', 'docs:Delete')
  assert.deepEqual(
    before.map(({ decision }) => decision),
    ['allowed', 'allowed', 'implicitDeny'],
  )
  assert.equal(before[1]?.matched[0]?.policyId, 'write')
  const policy = await iam.createPolicy(root, {
    policyName: 'edge',
    document: text(allow('docs:Get')),
  })
  await iam.putUserPermissionsBoundary(root, { name: 'ann', boundary: policy.arn })
  const after = await ask(userArn('ann'), 'docs:Get', 'docs:Put')
  assert.deepEqual(
    after.map(({ decision, allowedByBoundary }) => [decision, allowedByBoundary]),
    [
      ['allowed', true],
      ['implicitDeny', false],
    ],
  )
  const group = await ask(`arn:aws:iam::${accountId}:group/writers`, 'docs:Get', 'docs:Put')
  assert.deepEqual(
    group.map(({ decision }) => decision),
    ['implicitDeny', 'allowed'],
  )
  const extra = await iam.simulatePrincipalPolicy(root, {
    arn: userArn('ann'),
    actions: ['docs:Get'],
    policies: [text(deny('docs:*'))],
  })
  assert.equal(extra.items[0]?.decision, 'explicitDeny')
})

test("a role's trust policy is evaluated for the actions that assume it", async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root } = fixture
  await fixture.userWho('ann', allow('sts:AssumeRole'))
  await fixture.userWho('bob', allow('sts:AssumeRole'))
  await iam.createRole(root, { roleName: 'reader', trust: trusting({ AWS: userArn('ann') }) })
  const resources = [`arn:aws:iam::${accountId}:role/reader`]
  const become = async (name: string) =>
    (await iam.simulatePrincipalPolicy(root, { arn: userArn(name), actions: ['sts:AssumeRole'], resources }))
      .items[0]
  assert.equal((await become('ann'))?.decision, 'allowed')
  assert.equal((await become('bob'))?.decision, 'implicitDeny')
  assert.deepEqual(
    [...((await become('bob'))?.details ?? [])],
    [
      ['IAM Policy', 'allowed'],
      ['Resource Policy', 'implicitDeny'],
    ],
  )
})

test('a resource of another account needs an allow in both accounts, and a CallerArn', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const resourcePolicy = text({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: userArn('ann') }, Action: 'docs:Get', Resource: '*' }],
  })
  const asked = {
    actions: ['docs:Get'],
    resources: ['arn:aws:docs:::a'],
    resourcePolicy,
    resourceOwner: `arn:aws:iam::${otherAccountId}:root`,
    callerArn: userArn('ann'),
  }
  const both = await iam.simulateCustomPolicy(root, { ...asked, policies: [text(allow('docs:Get'))] })
  assert.equal(both.items[0]?.decision, 'allowed')
  const one = await iam.simulateCustomPolicy(root, { ...asked, policies: [text(allow('mail:Send'))] })
  assert.equal(one.items[0]?.decision, 'implicitDeny')
  assert.equal(one.items[0]?.details.get('Resource Policy'), 'allowed')
  await assert.rejects(
    iam.simulateCustomPolicy(root, { ...asked, callerArn: undefined, policies: [] }),
    code('invalid_input'),
  )
})

test('every level of service control policies must allow, and none is among the matched statements', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const { items } = await iam.simulateCustomPolicy(root, {
    policies: [text(allow('*'))],
    actions: ['docs:Get', 'docs:Put'],
    guardrails: [[text(allow('*'))], [text(allow('docs:Get'))]],
  })
  assert.deepEqual(
    items.map(({ decision, allowedByOrganizations, matched }) => [
      decision,
      allowedByOrganizations,
      matched.length,
    ]),
    [
      ['allowed', true, 1],
      ['implicitDeny', false, 0],
    ],
  )
})

test('pages list every action and resource, and a marker is valid for its own list only', async (t) => {
  const { iam, root, otherRoot } = await openIamFixture(t)
  const asked = {
    policies: [text(allow('docs:Get'))],
    actions: ['docs:Get', 'docs:Put'],
    resources: ['a', 'b', 'c'],
    maxItems: 4,
  }
  const first = await iam.simulateCustomPolicy(root, asked)
  const second = await iam.simulateCustomPolicy(root, { ...asked, marker: first.marker })
  assert.deepEqual(
    [...first.items, ...second.items].map(({ action, resource }) => `${action} ${resource}`),
    ['docs:Get a', 'docs:Get b', 'docs:Get c', 'docs:Put a', 'docs:Put b', 'docs:Put c'],
  )
  assert.equal(second.marker, undefined)
  await assert.rejects(
    iam.simulateCustomPolicy(otherRoot, { ...asked, marker: first.marker }),
    code('validation'),
  )
})

test('bad input is refused in bounded time', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const policies = [text(allow('docs:Get'))]
  const many = Array.from({ length: 1000 }, (_, at) => `docs:A${at}`)
  for (const input of [
    { policies: ['{'], actions: ['docs:Get'] },
    { policies, actions: ['docs:*'] },
    { policies, actions: many, resources: many },
    { policies, actions: ['docs:Get'], callerArn: `arn:aws:sts::${accountId}:assumed-role/a/b` },
    { policies, actions: ['docs:Get'], callerArn: `arn:aws:iam::${accountId}:group/a` },
    { policies, actions: ['docs:Get'], resourceOwner: 'me' },
  ])
    await assert.rejects(iam.simulateCustomPolicy(root, input), code('invalid_input'))
  const ask = (arn: string) => iam.simulatePrincipalPolicy(root, { arn, actions: ['docs:Get'] })
  await assert.rejects(ask('arn:aws:s3:::something-else'), code('invalid_input'))
  await assert.rejects(ask(userArn('ghost')), code('not_found'))
  await assert.rejects(ask(`arn:aws:iam::${otherAccountId}:user/ann`), code('not_found'))
})

test('a simulation is audited, and needs permission on its subject', async (t) => {
  const fixture = await openIamFixture(t)
  await fixture.userWho('ann')
  const looker = await fixture.userWho('looker', allow('iam:SimulatePrincipalPolicy', userArn('ann')))
  await fixture.iam.simulatePrincipalPolicy(looker, { arn: userArn('ann'), actions: ['docs:Get'] })
  assert.equal(fixture.record.at(-1)?.action, 'iam:SimulatePrincipalPolicy')
  await assert.rejects(
    fixture.iam.simulatePrincipalPolicy(looker, { arn: userArn('looker'), actions: ['docs:Get'] }),
    code('denied'),
  )
  await assert.rejects(
    fixture.iam.simulatePrincipalPolicy(looker, { arn: userArn('ghost'), actions: ['docs:Get'] }),
    code('denied'),
  )
  await assert.rejects(fixture.iam.simulateCustomPolicy(looker, { actions: ['docs:Get'] }), code('denied'))
})
