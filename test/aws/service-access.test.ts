// Service last accessed reports and ListPoliciesGrantingServiceAccess on the running server, through the AWS SDK.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { policy, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId, rootKey } from '../support/server.ts'
import { found } from '../support/waiting.ts'

const limit = { timeout: 60_000 }
const arnOf = (rest: string) => `arn:aws:iam::${accountId}:${rest}`
let at: RoleServer
let ada: sdk.IAMClient
let managed = ''

const clientOf = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
  new sdk.IAMClient({ endpoint: at.server.url, region: 'eu-north-1', credentials, maxAttempts: 1 })
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }

before(async () => {
  at = await startRoleServer()
  for (const UserName of ['ada', 'ben']) {
    await at.iam.send(new sdk.CreateUserCommand({ UserName }))
    if (UserName === 'ada') await at.iam.send(new sdk.CreateGroupCommand({ GroupName: 'readers' }))
    await at.iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'readers', UserName }))
  }
  const PolicyDocument = policy(
    { Effect: 'Allow', Action: ['iam:ListUsers', 'iam:GetUser', 'docs:Get*'], Resource: '*' },
    { Effect: 'Deny', Action: 'billing:*', Resource: '*' },
  )
  const made = await at.iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'reading', PolicyDocument }))
  managed = made.Policy?.Arn ?? ''
  await at.iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'readers', PolicyArn: managed }))
  const own = policy({ Effect: 'Allow', NotAction: ['iam:*', 'docs:Delete'], Resource: '*' })
  await at.iam.send(new sdk.PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own', PolicyDocument: own }))
  const { AccessKey } = await at.iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'ada' }))
  ada = clientOf({
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  })
  await ada.send(new sdk.ListUsersCommand({}))
  await assert.rejects(ada.send(new sdk.ListRolesCommand({})), { name: 'AccessDenied' })
})
after(async () => {
  ada?.destroy()
  await at?.stop()
})

async function generate(Arn: string, Granularity?: sdk.AccessAdvisorUsageGranularityType): Promise<string> {
  const input = { Arn, ...(Granularity && { Granularity }) }
  const { JobId = '' } = await at.iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand(input))
  assert.match(JobId, /^[\da-f-]{36}$/)
  return JobId
}

const complete = (JobId: string, more: Partial<sdk.GetServiceLastAccessedDetailsCommandInput> = {}) =>
  found('the report is complete', async () => {
    const got = await at.iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId, ...more }))
    return got.JobStatus === 'IN_PROGRESS' ? undefined : got
  })

test(
  'a report of a user has each service of their policies and groups, with the last attempt',
  limit,
  async () => {
    const got = await complete(await generate(arnOf('user/ada')))
    assert.equal(got.JobStatus, 'COMPLETED')
    assert.equal(got.JobType, 'SERVICE_LEVEL')
    assert.ok(got.JobCreationDate && got.JobCompletionDate)
    const services = got.ServicesLastAccessed ?? []
    assert.deepEqual(
      services.map((one) => one.ServiceNamespace),
      ['chancery', 'decision', 'docs', 'iam', 'oidc', 'sts'],
      'NotAction grants every service that it does not exclude; a Deny grants none',
    )
    const iam = services.find((one) => one.ServiceNamespace === 'iam')
    assert.equal(iam?.ServiceName, 'AWS Identity and Access Management')
    assert.equal(iam?.LastAuthenticatedEntity, arnOf('user/ada'))
    assert.equal(iam?.LastAuthenticatedRegion, 'eu-north-1')
    assert.equal(iam?.TotalAuthenticatedEntities, 1)
    assert.ok(Math.abs(Number(iam?.LastAuthenticated) - Date.now()) < 60_000)
    assert.equal(iam?.TrackedActionsLastAccessed, undefined)
    const docs = services.find((one) => one.ServiceNamespace === 'docs')
    assert.deepEqual(
      [docs?.ServiceName, docs?.LastAuthenticated, docs?.LastAuthenticatedEntity],
      ['docs', undefined, undefined],
    )
  },
)

test(
  'at action level it has the actions that were attempted, also the denied, and those that are named',
  limit,
  async () => {
    const got = await complete(await generate(arnOf('user/ada'), 'ACTION_LEVEL'))
    assert.equal(got.JobType, 'ACTION_LEVEL')
    const iam = got.ServicesLastAccessed?.find((one) => one.ServiceNamespace === 'iam')
    const actions = iam?.TrackedActionsLastAccessed ?? []
    assert.deepEqual(
      actions.map((one) => [one.ActionName, one.LastAccessedEntity, one.LastAccessedRegion]),
      [
        ['GetUser', undefined, undefined],
        ['ListRoles', arnOf('user/ada'), 'eu-north-1'],
        ['ListUsers', arnOf('user/ada'), 'eu-north-1'],
      ],
    )
  },
)

test('what a service asks about a role counts for that role', limit, async () => {
  const { Role } = await at.iam.send(new sdk.GetRoleCommand({ RoleName: 'deploy' }))
  const question = {
    subject: { type: 'role', id: Role?.RoleId },
    action: { name: 'docs:GetDocument' },
    resource: { type: 'document', id: '7' },
  }
  const { signRequest } = await import('../../src/secure/sigv4/sign.ts')
  const url = `${at.server.url}/access/v1/evaluation`
  const body = JSON.stringify(question)
  const headers = signRequest({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
    credentials: root,
    region: 'us-east-1',
    service: 'decision',
    now: Date.now() / 1000,
  })
  const answer = await fetch(url, { method: 'POST', headers, body })
  assert.deepEqual([answer.status, ((await answer.json()) as { decision: boolean }).decision], [200, true])
  const got = await complete(await generate(arnOf('role/deploy'), 'ACTION_LEVEL'))
  const [docs, ...others] = got.ServicesLastAccessed ?? []
  assert.deepEqual(others, [])
  assert.equal(docs?.LastAuthenticatedEntity, arnOf('role/deploy'))
  assert.deepEqual(
    docs?.TrackedActionsLastAccessed?.map((one) => one.ActionName),
    ['GetDocument'],
  )
})

test(
  'a report of a group or policy counts its users, and lists who used a service last first',
  limit,
  async () => {
    for (const arn of [arnOf('group/readers'), managed]) {
      const JobId = await generate(arn)
      const got = await complete(JobId)
      assert.deepEqual(
        got.ServicesLastAccessed?.map((one) => [one.ServiceNamespace, one.TotalAuthenticatedEntities]),
        [
          ['docs', 0],
          ['iam', 1],
        ],
        arn,
      )
      const entities = await at.iam.send(
        new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: 'iam' }),
      )
      assert.deepEqual(
        entities.EntityDetailsList?.map(({ EntityInfo, LastAuthenticated }) => [
          EntityInfo?.Arn,
          EntityInfo?.Type,
          EntityInfo?.Path,
          LastAuthenticated !== undefined,
        ]),
        [
          [arnOf('user/ada'), 'USER', '/', true],
          [arnOf('user/ben'), 'USER', '/', false],
        ],
        arn,
      )
      await assert.rejects(
        at.iam.send(
          new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: 'billing' }),
        ),
        { name: 'NoSuchEntityException' },
      )
    }
  },
)

test('reports are paged, and a marker is of its own report', limit, async () => {
  const JobId = await generate(arnOf('user/ada'))
  const first = await complete(JobId, { MaxItems: 4 })
  assert.deepEqual([first.ServicesLastAccessed?.length, first.IsTruncated], [4, true])
  const Marker = first.Marker ?? ''
  const second = await complete(JobId, { MaxItems: 4, Marker })
  assert.deepEqual([second.ServicesLastAccessed?.length, second.IsTruncated], [2, false])
  const entities = { JobId, ServiceNamespace: 'iam', Marker }
  await assert.rejects(at.iam.send(new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand(entities)), {
    name: 'ValidationError',
  })
})

test('the policies that grant a service, of a user also those of their groups', limit, async () => {
  const asked = { Arn: arnOf('user/ada'), ServiceNamespaces: ['docs', 'iam', 'billing', 'sts'] }
  const got = await at.iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand(asked))
  const own = { PolicyName: 'own', PolicyType: 'INLINE', EntityType: 'USER', EntityName: 'ada' }
  const reading = { PolicyName: 'reading', PolicyType: 'MANAGED', PolicyArn: managed }
  assert.deepEqual(got.PoliciesGrantingServiceAccess, [
    { ServiceNamespace: 'docs', Policies: [own, reading] },
    { ServiceNamespace: 'iam', Policies: [reading] },
    { ServiceNamespace: 'billing', Policies: [own] },
    { ServiceNamespace: 'sts', Policies: [own] },
  ])
  assert.equal(got.IsTruncated, false)
  const many = {
    Arn: arnOf('group/readers'),
    ServiceNamespaces: Array.from({ length: 60 }, (_, n) => `s${n}`),
  }
  const page = await at.iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand(many))
  assert.deepEqual([page.PoliciesGrantingServiceAccess?.length, page.IsTruncated], [50, true])
  const rest = await at.iam.send(
    new sdk.ListPoliciesGrantingServiceAccessCommand({ ...many, Marker: page.Marker }),
  )
  assert.deepEqual([rest.PoliciesGrantingServiceAccess?.length, rest.IsTruncated], [10, false])
})

const refusals: readonly (readonly [string, () => Promise<unknown>, string])[] = [
  [
    'a text that is no ARN of IAM',
    () => generate('arn:aws:s3:::bucket/some-object'),
    'InvalidInputException',
  ],
  ['an ARN of nobody', () => generate(arnOf('user/ghost')), 'NoSuchEntityException'],
  ['an ARN with another path', () => generate(arnOf('user/team/ada')), 'NoSuchEntityException'],
  [
    'an ARN of another account',
    () => generate('arn:aws:iam::444455556666:user/ada'),
    'NoSuchEntityException',
  ],
  ['a policy that does not exist', () => generate(arnOf('policy/ghost')), 'NoSuchEntityException'],
  [
    'a job that does not exist',
    () => complete('00000000-0000-4000-8000-000000000000'),
    'NoSuchEntityException',
  ],
  ['an id of another length', () => complete('short'), 'ValidationError'],
  [
    'a managed policy where an identity is expected',
    () =>
      at.iam.send(
        new sdk.ListPoliciesGrantingServiceAccessCommand({ Arn: managed, ServiceNamespaces: ['s3'] }),
      ),
    'InvalidInputException',
  ],
  [
    'a caller without permission',
    () => ada.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: arnOf('user/ada') })),
    'AccessDenied',
  ],
  [
    'the report for an organization',
    () =>
      at.iam.send(
        new sdk.GenerateOrganizationsAccessReportCommand({ EntityPath: 'o-a1b2c3d4e5/r-f6g7h8i9' }),
      ),
    'InvalidAction',
  ],
]
for (const [title, call, name] of refusals)
  test(`refused: ${title}`, limit, async () => {
    await assert.rejects(call(), { name })
  })

test('a report is read by who generated it only', limit, async () => {
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })
  await at.iam.send(new sdk.PutUserPolicyCommand({ UserName: 'ben', PolicyName: 'all', PolicyDocument }))
  const { AccessKey } = await at.iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'ben' }))
  const ben = clientOf({
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  })
  try {
    const JobId = await generate(arnOf('user/ada'))
    const read = ben.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId }))
    await assert.rejects(read, { name: 'NoSuchEntityException' })
  } finally {
    ben.destroy()
  }
})
