// The AWS managed policies: well-formed, stable, and allowing what their names say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsManaged } from '../../../src/iam/managed-policy/aws-managed.ts'
import { compile, policySet } from '../../../src/policy/engine/compile.ts'
import { decide } from '../../../src/policy/engine/decide.ts'
import { openIamFixture } from '../fixture.ts'

const documentOf = (name: string): string => {
  const found = awsManaged.find((policy) => policy.name === name)
  assert.ok(found, `there is no policy ${name}`)
  return found.versions[0]?.document ?? ''
}
const arn = 'arn:aws:iam::111122223333:user/ada'
const allows = (
  name: string,
  action: string,
  context: readonly (readonly [string, string])[] = [],
): boolean =>
  decide(
    {
      principal: { kind: 'user', accountId: '111122223333', arn, id: 'AIDAADA' },
      action,
      resource: action.startsWith('iam:') ? arn : '*',
      resourceAccount: '111122223333',
      context: new Map(context),
    },
    { identity: policySet([compile(documentOf(name), 'identity', name)]) },
  ).effect === 'allow'

test('names, ids and ARNs are unique, and every document is a valid policy', () => {
  for (const member of ['name', 'id', 'arn'] as const)
    assert.equal(new Set(awsManaged.map((policy) => policy[member])).size, awsManaged.length, member)
  for (const { id, arn: own, path, name } of awsManaged) {
    assert.match(id, /^ANPA[A-Z2-7]{17}$/)
    assert.equal(own, `arn:aws:iam::aws:policy${path}${name}`)
    compile(documentOf(name), 'identity', name)
  }
  assert.equal(awsManaged.find(({ name }) => name === 'AmazonS3FullAccess')?.id, 'ANPAHRAESTOB3UV4K6GVD')
})

for (const [name, allowed, denied] of [
  ['AmazonS3FullAccess', 's3:PutObject s3:DeleteBucket', 'ec2:RunInstances iam:CreateUser'],
  ['AmazonS3ReadOnlyAccess', 's3:GetObject s3:ListBucket', 's3:PutObject s3:DeleteObject'],
  [
    'ReadOnlyAccess',
    's3:GetObject ec2:DescribeInstances iam:GetUser',
    's3:PutObject secretsmanager:GetSecretValue kms:Decrypt iam:CreateUser',
  ],
  ['ViewOnlyAccess', 's3:ListBucket iam:ListUsers', 's3:GetObject iam:GetUser dynamodb:GetItem'],
  [
    'SecurityAudit',
    'iam:GetRole s3:GetBucketPolicy ec2:DescribeInstances',
    's3:GetObject iam:CreateUser dynamodb:GetItem',
  ],
  [
    'PowerUserAccess',
    's3:PutObject ec2:RunInstances',
    'iam:CreateUser iam:AttachUserPolicy chancery:AddGroupMember chancery:CreateSignInLink chancery:CreateAccount oidc:SignIn audit:ListEvents',
  ],
  ['SystemAdministrator', 'ec2:RunInstances iam:ListUsers', 'iam:CreateUser iam:PassRole'],
  ['Billing', 'budgets:ModifyBudget', 's3:GetObject'],
  ['IAMUserSSHKeys', '', 'iam:CreateUser iam:CreateAccessKey'],
  ['AWSLambdaBasicExecutionRole', 'logs:PutLogEvents', 'logs:DeleteLogGroup s3:GetObject'],
  ['AWSLambdaRole', 'lambda:InvokeFunction', 'lambda:UpdateFunctionCode s3:GetObject'],
  [
    'AmazonElasticMapReduceRole',
    'ec2:RunInstances ec2:TerminateInstances s3:GetObject',
    's3:PutObject iam:CreateUser iam:PassRole',
  ],
  [
    'AWSControlTowerServiceRolePolicy',
    'cloudformation:CreateStackSet organizations:ListAccounts',
    'organizations:CreateAccount iam:CreateRole iam:PassRole sts:AssumeRole',
  ],
  ['AWSBackupServiceRolePolicyForBackup', 'ec2:CreateSnapshot backup:StartBackupJob', 'ec2:RunInstances'],
  ['AmazonDMSCloudWatchLogsRole', 'logs:PutLogEvents', 'logs:DeleteLogGroup s3:GetObject'],
  ['AWSKeyManagementServicePowerUser', 'kms:CreateKey', 'kms:ScheduleKeyDeletion kms:PutKeyPolicy'],
] as const)
  test(`${name} allows exactly what its description says`, () => {
    const actions = (text: string) => text.split(' ').filter((action) => action !== '')
    for (const action of actions(allowed)) assert.equal(allows(name, action), true, action)
    for (const action of actions(denied)) assert.equal(allows(name, action), false, action)
  })

test('policies for a user’s own credentials apply to that user only', () => {
  const asked = [['aws:username', 'ada']] as const
  assert.equal(allows('IAMUserSSHKeys', 'iam:UploadSSHPublicKey', asked), true)
  assert.equal(allows('IAMUserSSHKeys', 'iam:UploadSSHPublicKey', [['aws:username', 'bob']]), false)
})

test('ListPolicies with scope AWS lists every AWS managed policy, in pages and by path', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const found: string[] = []
  for (let marker: string | undefined, more = true; more; more = marker !== undefined) {
    const page = await iam.listPolicies(root, { scope: 'AWS', maxItems: 25, marker })
    found.push(...page.items.map(({ policy }) => policy.arn))
    marker = page.marker
  }
  assert.deepEqual(found.sort(), awsManaged.map(({ arn: own }) => own).sort())
  const jobs = await iam.listPolicies(root, { scope: 'AWS', pathPrefix: '/job-function/' })
  assert.equal(jobs.items.length, 7)
  const role = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
  await iam.createUser(root, { userName: 'ada' })
  await iam.attachUserPolicy(root, { name: 'ada', policyArn: role })
  assert.equal((await iam.getPolicy(root, { policyArn: role })).attachments, 1)
})
