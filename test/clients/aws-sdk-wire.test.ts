// The codec and the signatures as @aws-sdk sees them, unmodified.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteUserCommand,
  GetAccountSummaryCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
  NoSuchEntityException,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { fromTemporaryCredentials, fromWebToken } from '@aws-sdk/credential-providers'
import { alice, type Harness, startAwsEndpoint } from '../support/aws-endpoint.ts'
import { echoIam, echoSts, hard, hardTag } from './wire-actions.ts'

let server: Harness
let iam: IAMClient
let sts: STSClient
const credentials = { accessKeyId: alice.id, secretAccessKey: alice.secret.reveal() }

before(async () => {
  server = await startAwsEndpoint({ iam: echoIam, sts: echoSts(() => server) })
  const options = { endpoint: server.url, region: 'eu-central-1', credentials }
  iam = new IAMClient(options)
  sts = new STSClient(options)
})
after(() => {
  iam.destroy()
  sts.destroy()
  return server.close()
})

test('text of every kind goes in and comes out', async () => {
  const { User } = await iam.send(
    new CreateUserCommand({ UserName: 'a+b=c,d.e@f-g', Tags: [{ Key: 'k', Value: hardTag }] }),
  )
  assert.equal(User?.UserName, 'a+b=c,d.e@f-g')
  assert.deepEqual(User?.Tags, [{ Key: 'k', Value: hardTag }])
  assert.equal(User?.CreateDate?.toISOString(), '2026-01-02T03:04:05.000Z')
})

test('a document arrives as it was sent', async () => {
  const PolicyDocument = hard.replace(/[^\x20-\xff\t]/g, '')
  await iam.send(new PutUserPolicyCommand({ UserName: 'a', PolicyName: 'p', PolicyDocument }))
})

test('lists, maps, blobs and empty answers are read', async () => {
  const { Users, IsTruncated } = await iam.send(new ListUsersCommand({ MaxItems: 5 }))
  assert.deepEqual([Users?.map(({ UserName }) => UserName), IsTruncated], [[hard, 'b'], false])
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
  assert.deepEqual(SummaryMap, { Users: 3, Groups: 0 })
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'x' }),
  )
  assert.equal(Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString(), 'JBSWY3DP')
  const { $metadata } = await iam.send(new DeleteUserCommand({ UserName: 'a' }))
  assert.match($metadata.requestId ?? '', /^[0-9a-f-]{36}$/)
})

test('an error is the one its class says, with message and request id', async () => {
  await assert.rejects(iam.send(new GetUserCommand({ UserName: 'ghost' })), (error) => {
    assert.ok(error instanceof NoSuchEntityException)
    assert.equal(error.message, 'The user with name ghost cannot be found.')
    assert.equal(error.$metadata.httpStatusCode, 404)
    return true
  })
  await assert.rejects(iam.send(new GetUserCommand({ UserName: '/' })), { name: 'ValidationError' })
  const wrongSecret = new STSClient({
    endpoint: server.url,
    region: 'eu-central-1',
    credentials: { ...credentials, secretAccessKey: 'wrong' },
    maxAttempts: 1,
  })
  await assert.rejects(wrongSecret.send(new GetCallerIdentityCommand({})), { name: 'SignatureDoesNotMatch' })
  wrongSecret.destroy()
})

test('a session assumed is a session used, by hand and by the credential providers', async () => {
  const role = { RoleArn: 'arn:aws:iam::123456789012:role/deploy', RoleSessionName: 'ci' }
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ ...role, PolicyArns: [], DurationSeconds: 900 }),
  )
  const { SubjectFromWebIdentityToken } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken: 'abcd' }),
  )
  assert.equal(SubjectFromWebIdentityToken, 'abcd')
  const clientConfig = { endpoint: server.url, region: 'eu-central-1' }
  const ways = [
    {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
    fromTemporaryCredentials({ params: role, masterCredentials: credentials, clientConfig }),
    fromWebToken({ roleArn: role.RoleArn, roleSessionName: 'ci', webIdentityToken: 'abcd', clientConfig }),
  ]
  for (const way of ways) {
    const client = new STSClient({ endpoint: server.url, region: 'eu-central-1', credentials: way })
    const { Arn } = await client.send(new GetCallerIdentityCommand({}))
    assert.equal(Arn, 'arn:aws:sts::123456789012:assumed-role/deploy/ci')
    client.destroy()
  }
})
