// The whole server, and the clients people have: the aws CLI, boto3 and @aws-sdk, none of them told that this is not AWS.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteConflictException,
  DeleteRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
  paginateListUsers,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromTemporaryCredentials, fromWebToken } from '@aws-sdk/credential-providers'
import { lacking, run } from '../support/outside-tool.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { type CiIssuer, startCiIssuer } from '../support/upstreams/issuer.ts'

let ci: CiIssuer
let server: Running
const region = 'us-east-1'
const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }

before(async () => {
  ci = await startCiIssuer()
  const jwks = JSON.stringify({ keys: ci.keys.map(({ jwk }) => jwk) })
  server = await startServer({
    config: `identity_providers:\n  - kind: openid\n    url: ${ci.url}\n    client_ids: [sts]\n    jwks: ${jwks}\n`,
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' },
  })
})
after(async () => {
  await server.stop()
  await ci.stop()
})

const iam = () => new IAMClient({ endpoint: server.url, region, credentials })
const providerArn = () => `arn:aws:iam::${accountId}:oidc-provider/${ci.url.replace(/^https?:\/\//, '')}`
const trust = (name: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:user/${name}` },
        Action: 'sts:AssumeRole',
      },
      {
        Effect: 'Allow',
        Principal: { Federated: providerArn() },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${ci.url.replace(/^https?:\/\//, '')}:sub`]: 'repo:docs' } },
      },
    ],
  })
const identify = async (who: NonNullable<ConstructorParameters<typeof STSClient>[0]>['credentials']) => {
  const client = new STSClient({ endpoint: server.url, region, ...(who && { credentials: who }) })
  const { Arn } = await client.send(new GetCallerIdentityCommand({}))
  client.destroy()
  return Arn
}

describe('@aws-sdk', () => {
  test('builds roles and policies, reads them back, and knows the errors by class', async () => {
    const client = iam()
    const { User } = await client.send(new CreateUserCommand({ UserName: 'sdk' }))
    assert.equal(User?.Arn, `arn:aws:iam::${accountId}:user/sdk`)
    const document = trust('sdk')
    await client.send(
      new CreateRoleCommand({
        RoleName: 'sdk-role',
        AssumeRolePolicyDocument: document,
        Tags: [{ Key: 'ü', Value: '' }],
      }),
    )
    await assert.rejects(
      client.send(new CreateRoleCommand({ RoleName: 'SDK-Role', AssumeRolePolicyDocument: document })),
      EntityAlreadyExistsException,
    )
    const { Role } = await client.send(new GetRoleCommand({ RoleName: 'sdk-role' }))
    assert.deepEqual(
      JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')),
      JSON.parse(document),
    )
    assert.deepEqual(Role?.Tags, [{ Key: 'ü', Value: '' }])
    const { Policy } = await client.send(
      new CreatePolicyCommand({
        PolicyName: 'reader',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'docs:Get*', Resource: '*' }],
        }),
      }),
    )
    await client.send(new AttachRolePolicyCommand({ RoleName: 'sdk-role', PolicyArn: Policy?.Arn }))
    await assert.rejects(
      client.send(new DeleteRoleCommand({ RoleName: 'sdk-role' })),
      DeleteConflictException,
    )
    client.destroy()
  })

  test('pages through lists', async () => {
    const client = iam()
    for (let i = 0; i < 7; i++)
      await client.send(new CreateUserCommand({ UserName: `p${i}`, Path: '/paged/' }))
    const seen: (string | undefined)[] = []
    for await (const { Users } of paginateListUsers({ client, pageSize: 3 }, { PathPrefix: '/paged/' }))
      seen.push(...(Users ?? []).map(({ UserName }) => UserName))
    assert.deepEqual(seen, ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'])
    client.destroy()
  })

  test('assumes a role as a user, and with a web identity', async () => {
    const client = iam()
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: 'sdk' }))
    const masterCredentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    client.destroy()
    const clientConfig = { endpoint: server.url, region }
    const roleArn = `arn:aws:iam::${accountId}:role/sdk-role`
    const params = { RoleArn: roleArn, RoleSessionName: 'session' }
    const webIdentityToken = await ci.mint({ sub: 'repo:docs', aud: 'sts' })
    const session = `arn:aws:sts::${accountId}:assumed-role/sdk-role/session`
    assert.equal(
      await identify(fromTemporaryCredentials({ params, masterCredentials, clientConfig })),
      session,
    )
    assert.equal(
      await identify(fromWebToken({ roleArn, roleSessionName: 'session', webIdentityToken, clientConfig })),
      session,
    )
  })
})

const environment = () => ({
  AWS_ACCESS_KEY_ID: rootKey.id,
  AWS_SECRET_ACCESS_KEY: rootKey.secret,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: 'true',
})

describe('the aws CLI', { skip: lacking('aws', '--version') }, () => {
  const aws = async (...args: string[]) => {
    const ran = await run('aws', ['--endpoint-url', server.url, ...args, '--output', 'json'], environment())
    assert.equal(ran.code, 0, ran.err)
    return ran.out === '' ? {} : JSON.parse(ran.out)
  }

  test('creates a user, as the README says', async () => {
    const { User } = await aws('iam', 'create-user', '--user-name', 'x')
    assert.match(User.UserId, /^AIDA[A-Z0-9]{17}$/)
    assert.deepEqual((await aws('iam', 'get-user', '--user-name', 'x')).User, User)
  })

  test('trades a token for a session with a policy', async () => {
    await aws('iam', 'create-role', '--role-name', 'cli-role', '--assume-role-policy-document', trust('x'))
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"docs:Get","Resource":"*"}]}'
    const token = await ci.mint({ sub: 'repo:docs', aud: 'sts' })
    const role = ['--role-arn', `arn:aws:iam::${accountId}:role/cli-role`, '--role-session-name', 'cli']
    const assumed = await aws(
      'sts',
      'assume-role-with-web-identity',
      ...role,
      '--web-identity-token',
      token,
      '--policy',
      policy,
    )
    assert.equal(assumed.SubjectFromWebIdentityToken, 'repo:docs')
    assert.equal(assumed.Audience, 'sts')
    assert.ok(assumed.PackedPolicySize > 0)
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials
    const session = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    assert.equal(await identify(session), `arn:aws:sts::${accountId}:assumed-role/cli-role/cli`)
  })

  test('says what was wrong in the words it would have from AWS', async () => {
    const said = async (...args: string[]) =>
      (await run('aws', ['--endpoint-url', server.url, ...args], environment())).err
    assert.match(
      await said('iam', 'get-user', '--user-name', 'ghost'),
      /\(NoSuchEntity\) when calling the GetUser operation: The user with name ghost cannot be found\./,
    )
    const token = await ci.mint({ sub: 'repo:other', aud: 'sts' })
    const role = ['--role-arn', `arn:aws:iam::${accountId}:role/cli-role`, '--role-session-name', 'cli']
    assert.match(
      await said('sts', 'assume-role-with-web-identity', ...role, '--web-identity-token', token),
      /\(AccessDenied\).*Not authorized to perform sts:AssumeRoleWithWebIdentity/,
    )
  })
})

const python = `
import base64, boto3, hashlib, hmac, json, struct, sys, time
url = sys.argv[1]
iam = boto3.client('iam', endpoint_url=url)
iam.create_group(GroupName='pythons')
iam.create_user(UserName='boto', Tags=[{'Key': 'team', 'Value': 'snakes'}])
iam.add_user_to_group(GroupName='pythons', UserName='boto')
doc = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'iam:GetUser', 'Resource': '*'}]}
iam.put_group_policy(GroupName='pythons', PolicyName='look', PolicyDocument=json.dumps(doc))
out = {'document': iam.get_group_policy(GroupName='pythons', PolicyName='look')['PolicyDocument'] == doc}
k = iam.create_access_key(UserName='boto')['AccessKey']
own = boto3.client('iam', endpoint_url=url, aws_access_key_id=k['AccessKeyId'], aws_secret_access_key=k['SecretAccessKey'])
out['self'] = own.get_user()['User']['UserName']
try:
    own.delete_user(UserName='boto')
except own.exceptions.ClientError as e:
    out['refused'] = e.response['Error']['Code'], e.response['Error']['Message']
mfa = iam.create_virtual_mfa_device(VirtualMFADeviceName='boto')['VirtualMFADevice']
out['seed'] = len(mfa['Base32StringSeed']) >= 32, mfa['QRCodePNG'][:4] == b'\\x89PNG'
try:
    iam.delete_group(GroupName='pythons')
except iam.exceptions.DeleteConflictException as e:
    out['conflict'] = e.response['ResponseMetadata']['HTTPStatusCode']
def pages(name, key, **filters):
    paged = iam.get_paginator(name).paginate(PaginationConfig={'PageSize': 1}, **filters)
    return [item['UserName' if key == 'Users' else 'GroupName'] for page in paged for item in page[key]]
for name in 'abc': iam.create_user(UserName='pager-' + name, Path='/pager/'); iam.add_user_to_group(GroupName='pythons', UserName='pager-' + name)
out['pages'] = pages('list_users', 'Users', PathPrefix='/pager/'), len(pages('get_group', 'Users', GroupName='pythons')), pages('list_groups', 'Groups')
iam.get_waiter('user_exists').wait(UserName='boto', WaiterConfig={'Delay': 0, 'MaxAttempts': 1})
# Terraform's order: the role, its policy, the attachment, and back in the other order.
me = boto3.client('sts', endpoint_url=url).get_caller_identity()['Account']
seed = mfa['Base32StringSeed'].decode()
enabled = int(time.time()) // 30
def code(step):
    digest = hmac.new(base64.b32decode(seed), struct.pack('>Q', enabled + step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return '%06d' % ((struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 10**6)
iam.enable_mfa_device(UserName='boto', SerialNumber=mfa['SerialNumber'], AuthenticationCode1=code(-1), AuthenticationCode2=code(0))
trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Principal': {'AWS': 'arn:aws:iam::%s:user/boto' % me}, 'Condition': {'Bool': {'aws:MultiFactorAuthPresent': 'true'}}}]}
role = iam.create_role(RoleName='with-mfa', AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=7200)['Role']['Arn']
arn = iam.create_policy(PolicyName='boto-policy', PolicyDocument=json.dumps(doc))['Policy']['Arn']
iam.attach_role_policy(RoleName='with-mfa', PolicyArn=arn)
sts = boto3.client('sts', endpoint_url=url, aws_access_key_id=k['AccessKeyId'], aws_secret_access_key=k['SecretAccessKey'])
def assume(**proof):
    try:
        return sts.assume_role(RoleArn=role, RoleSessionName='mfa', **proof)['AssumedRoleUser']['Arn'].split(':')[-1]
    except sts.exceptions.ClientError as e:
        return e.response['Error']['Code']
device = {'SerialNumber': mfa['SerialNumber']}
out['mfa'] = assume(), assume(**device, TokenCode=code(0)), assume(**device, TokenCode=code(1))
kept = []
for refused in (lambda: iam.delete_policy(PolicyArn=arn), lambda: iam.delete_role(RoleName='with-mfa'), lambda: iam.delete_virtual_mfa_device(**device)):
    try: refused()
    except iam.exceptions.DeleteConflictException: kept.append(True)
iam.detach_role_policy(RoleName='with-mfa', PolicyArn=arn); iam.delete_policy(PolicyArn=arn); iam.delete_role(RoleName='with-mfa')
out['kept'] = kept
out['summary'] = iam.get_account_summary()['SummaryMap']['Groups']
print(json.dumps(out))
`

describe('boto3', { skip: lacking('python3', '-c', 'import boto3') }, () => {
  test('works with users, groups, policies, keys and devices, pages, waits, and assumes a role with a code', async () => {
    const { code, out, err } = await run('python3', ['-c', python, server.url], environment())
    assert.equal(code, 0, err)
    const { refused, ...rest } = JSON.parse(out)
    assert.deepEqual(rest, {
      document: true,
      self: 'boto',
      seed: [true, true],
      conflict: 409,
      pages: [['pager-a', 'pager-b', 'pager-c'], 4, ['pythons']],
      // Without a code, with one that enabling spent, with the next one.
      mfa: ['AccessDenied', 'AccessDenied', 'assumed-role/with-mfa/mfa'],
      kept: [true, true, true],
      summary: 1,
    })
    assert.equal(refused[0], 'AccessDenied')
    assert.match(refused[1], /is not authorized to perform: iam:DeleteUser/)
  })
})
