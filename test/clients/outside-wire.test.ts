// The aws CLI, boto3 and curl against the codec and the signatures.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { account, alice, type Harness, startAwsEndpoint } from '../support/aws-endpoint.ts'
import { lacking, run } from '../support/outside-tool.ts'
import { echoIam, echoSts, hard, hardTag } from './wire-actions.ts'

let server: Harness
before(async () => {
  server = await startAwsEndpoint({ iam: echoIam, sts: echoSts(() => server) })
})
after(() => server.close())

const environment = () => ({
  AWS_ACCESS_KEY_ID: alice.id,
  AWS_SECRET_ACCESS_KEY: alice.secret.reveal(),
  AWS_DEFAULT_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL: server.url,
  AWS_EC2_METADATA_DISABLED: 'true',
})

describe('the aws CLI', { skip: lacking('aws', '--version') }, () => {
  const aws = (...args: string[]) => run('aws', [...args, '--output', 'json'], environment())

  test('creates a user with hard tags', async () => {
    const { code, out, err } = await aws(
      'iam',
      'create-user',
      '--user-name',
      'x',
      '--tags',
      JSON.stringify([{ Key: 'k', Value: hardTag }]),
    )
    assert.equal(code, 0, err)
    assert.deepEqual(JSON.parse(out).User.Tags, [{ Key: 'k', Value: hardTag }])
  })

  test('shows the fault it was given', async () => {
    const { code, err } = await aws('iam', 'get-user', '--user-name', 'ghost')
    assert.notEqual(code, 0)
    assert.match(
      err,
      /\(NoSuchEntity\) when calling the GetUser operation: The user with name ghost cannot be found\./,
    )
  })

  test('assumes a role with a web identity, unsigned', async () => {
    const role = ['--role-arn', `arn:aws:iam::${account}:role/deploy`, '--role-session-name', 'ci']
    const { code, out, err } = await aws(
      'sts',
      'assume-role-with-web-identity',
      ...role,
      '--web-identity-token',
      'abcd',
      '--policy',
      '{"Version": "2012-10-17"}',
    )
    assert.equal(code, 0, err)
    assert.equal(JSON.parse(out).AssumedRoleUser.AssumedRoleId, 'AROADEPLOY:ci')
  })
})

const python = `
import boto3, botocore, json, sys, os
iam = boto3.client('iam'); sts = boto3.client('sts')
hard = json.load(sys.stdin)
out = {}
out['tags'] = iam.create_user(UserName='x', Tags=[{'Key': 'k', 'Value': hard}])['User']['Tags']
out['users'] = [u['UserName'] for u in iam.get_paginator('list_users').paginate().build_full_result()['Users']]
out['summary'] = iam.get_account_summary()['SummaryMap']
out['seed'] = iam.create_virtual_mfa_device(VirtualMFADeviceName='x')['VirtualMFADevice']['Base32StringSeed'].decode()
try:
    iam.get_user(UserName='ghost')
except iam.exceptions.NoSuchEntityException as e:
    out['fault'] = e.response['Error']['Message']
c = sts.assume_role(RoleArn='arn:aws:iam::123456789012:role/deploy', RoleSessionName='ci', PolicyArns=[])['Credentials']
s = boto3.client('sts', aws_access_key_id=c['AccessKeyId'], aws_secret_access_key=c['SecretAccessKey'], aws_session_token=c['SessionToken'])
out['arn'] = s.get_caller_identity()['Arn']
out['url'] = s.generate_presigned_url('get_caller_identity', ExpiresIn=60, HttpMethod='GET')
print(json.dumps(out))
`

describe('boto3', { skip: lacking('python3', '-c', 'import boto3') }, () => {
  test('round trip of text, lists, maps, blobs, errors and sessions; a presigned identity', async () => {
    const { code, out, err } = await run('python3', ['-c', python], environment(), JSON.stringify(hardTag))
    assert.equal(code, 0, err)
    const { url, ...rest } = JSON.parse(out)
    assert.deepEqual(rest, {
      tags: [{ Key: 'k', Value: hardTag }],
      users: [hard, 'b'],
      summary: { Users: 3, Groups: 0 },
      seed: 'JBSWY3DP',
      fault: 'The user with name ghost cannot be found.',
      arn: `arn:aws:sts::${account}:assumed-role/deploy/ci`,
    })
    const response = await fetch(url)
    assert.match(await response.text(), /assumed-role\/deploy\/ci/)
    assert.equal(response.status, 200)
  })
})

describe('curl --aws-sigv4', { skip: lacking('curl', '--aws-sigv4', 'a', '--version') }, () => {
  test('signs two headers and is understood', async () => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15'
    const { out, err } = await run('curl', [
      '-sS',
      '--aws-sigv4',
      'aws:amz:eu-central-1:sts',
      '-u',
      `${alice.id}:${alice.secret.reveal()}`,
      '-d',
      body,
      server.url,
    ])
    assert.match(out, /user\/alice/, err)
  })
})
