// GetFederationToken on the running server, through the AWS SDK.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { callAdmin } from '../../admin/call.ts'
import { type Credentials, policy, type RoleServer, startRoleServer } from '../../support/role-server.ts'
import { accountId, rootKey } from '../../support/server.ts'

let at: RoleServer
before(async () => {
  at = await startRoleServer()
})
after(() => at?.stop())

const limit = { timeout: 60_000 }
const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
const visitor = `arn:aws:sts::${accountId}:federated-user/visitor`

async function user(UserName: string, document?: string): Promise<Credentials> {
  await at.iam.send(new iam.CreateUserCommand({ UserName }))
  if (document !== undefined) {
    const input = { UserName, PolicyName: 'p', PolicyDocument: document }
    await at.iam.send(new iam.PutUserPolicyCommand(input))
  }
  const { AccessKey } = await at.iam.send(new iam.CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

const federate = (as: Credentials, input: Partial<sts.GetFederationTokenCommandInput> = {}) =>
  at.sts(as).send(new sts.GetFederationTokenCommand({ Name: 'visitor', ...input }))
const held = (answer: { readonly Credentials?: sts.Credentials | undefined }): Credentials => ({
  accessKeyId: answer.Credentials?.AccessKeyId ?? '',
  secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
  sessionToken: answer.Credentials?.SessionToken,
})
const identity = (of: Credentials) => at.sts(of).send(new sts.GetCallerIdentityCommand({}))

test('the answer has the shape of AWS, and the session is the federated user', limit, async () => {
  const ada = await user('ada', everything)
  const answer = await federate(ada, { Policy: everything, DurationSeconds: 900 })
  assert.deepEqual(answer.FederatedUser, { Arn: visitor, FederatedUserId: `${accountId}:visitor` })
  assert.ok((answer.PackedPolicySize ?? 0) > 0)
  assert.equal((await federate(ada)).PackedPolicySize, 0)
  const { Arn, UserId, Account } = await identity(held(answer))
  assert.deepEqual([Arn, UserId, Account], [visitor, `${accountId}:visitor`, accountId])
})

test('a federated user calls no operation of IAM, and of STS only GetCallerIdentity', limit, async () => {
  const bea = await user('bea', everything)
  const token = held(await federate(bea, { Policy: everything }))
  const credentials = { ...token, sessionToken: token.sessionToken ?? '' }
  const asIam = new iam.IAMClient({
    endpoint: at.server.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  })
  await assert.rejects(asIam.send(new iam.ListUsersCommand({})), { name: 'AccessDenied' })
  asIam.destroy()
  const role = { RoleArn: `arn:aws:iam::${accountId}:role/deploy`, RoleSessionName: 'x-y' }
  const refused: readonly (() => Promise<unknown>)[] = [
    () => at.sts(token).send(new sts.AssumeRoleCommand(role)),
    () => at.sts(token).send(new sts.GetSessionTokenCommand({})),
    () => at.sts(token).send(new sts.GetScopedCredentialsCommand({ DurationSeconds: 60 })),
    () => at.sts(token).send(new sts.GetAccessKeyInfoCommand({ AccessKeyId: bea.accessKeyId })),
    () => federate(token),
  ]
  for (const call of refused) await assert.rejects(call(), { name: 'AccessDenied' })
  const change = { method: 'POST', path: '/people/bea/disable', body: {}, credentials }
  const answer = await callAdmin(at.server.url, change)
  assert.equal(answer.status, 403)
  assert.match(answer.body.detail, /federated users cannot call IAM, STS or the admin API/)
})

test('who may request one: users with permission and a long-term key', limit, async () => {
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  await assert.rejects(federate(root), { name: 'AccessDenied', message: /account root/ })
  const cid = await user('cid')
  await assert.rejects(federate(cid), {
    name: 'AccessDenied',
    message:
      /^User: arn:aws:iam::\d+:user\/cid is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::\d+:federated-user\/visitor\. For complete details/,
  })
  const onlyToken = policy({ Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: visitor })
  const dot = await user('dot', onlyToken)
  await federate(dot)
  await assert.rejects(federate(dot, { Name: 'somebody' }), { name: 'AccessDenied' })
  await assert.rejects(federate(dot, { Tags: [{ Key: 'team', Value: 'x' }] }), {
    name: 'AccessDenied',
    message: /sts:TagSession/,
  })
})

const faults: readonly (readonly [string, Partial<sts.GetFederationTokenCommandInput>, string, RegExp])[] = [
  ['a name with a slash', { Name: 'a/b' }, 'ValidationError', /at 'name'/],
  ['a name of 33 characters', { Name: 'a'.repeat(33) }, 'ValidationError', /at 'name'/],
  ['a duration of 899 seconds', { DurationSeconds: 899 }, 'ValidationError', /durationSeconds/],
  ['a duration above 36 hours', { DurationSeconds: 129_601 }, 'ValidationError', /durationSeconds/],
  ['no policy', { Policy: '{' }, 'MalformedPolicyDocumentException', /./],
  [
    'a managed policy of another account',
    { PolicyArns: [{ arn: 'arn:aws:iam::999999999999:policy/p' }] },
    'ValidationError',
    /PolicyArns/,
  ],
]
test('faults of a request have the codes of AWS', limit, async () => {
  const eli = await user('eli', everything)
  for (const [title, input, name, message] of faults)
    await assert.rejects(federate(eli, input), { name, message }, title)
})

test('the token ends with its access key and with its user', limit, async () => {
  const fay = await user('fay', everything)
  const gus = await user('gus', everything)
  const ofKey = held(await federate(fay))
  const ofUser = held(await federate(gus))
  await identity(ofKey)
  await identity(ofUser)
  const off = { UserName: 'fay', AccessKeyId: fay.accessKeyId, Status: iam.StatusType.Inactive }
  await at.iam.send(new iam.UpdateAccessKeyCommand(off))
  await assert.rejects(identity(ofKey), { name: 'InvalidClientTokenId' })
  await at.iam.send(new iam.DeleteAccessKeyCommand({ UserName: 'gus', AccessKeyId: gus.accessKeyId }))
  await assert.rejects(identity(ofUser), { name: 'InvalidClientTokenId' })
})
