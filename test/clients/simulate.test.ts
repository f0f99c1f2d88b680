// Policy simulation through the whole server, with AWS's own SDK and command line.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  CreateUserCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
  paginateSimulatePrincipalPolicy,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { lacking, run } from '../support/outside-tool.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

let server: Running
let client: IAMClient
const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "docs:Get*",
      "Resource": "arn:aws:docs:::handbook/*",
      "Condition": { "StringEquals": { "docs:Stage": "open" } }
    },
    { "Effect": "Deny", "Action": "docs:Delete*", "Resource": "*" }
  ]
}`
const arn = `arn:aws:iam::${accountId}:user/simulated`
const resource = 'arn:aws:docs:::handbook/intro'

before(async () => {
  server = await startServer()
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  client = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  await client.send(new CreateUserCommand({ UserName: 'simulated' }))
  await client.send(
    new PutUserPolicyCommand({ UserName: 'simulated', PolicyName: 'docs', PolicyDocument: policy }),
  )
})
after(async () => {
  client.destroy()
  await server.stop()
})

test("the SDK reads a principal's simulation: decisions, places, missing keys", async () => {
  const asked = {
    PolicySourceArn: arn,
    ActionNames: ['docs:GetDocument', 'docs:DeleteDocument'],
    ResourceArns: [resource],
  }
  const { EvaluationResults = [], IsTruncated } = await client.send(new SimulatePrincipalPolicyCommand(asked))
  assert.equal(IsTruncated, false)
  const [get, remove] = EvaluationResults
  assert.equal(get?.EvalDecision, 'implicitDeny')
  assert.equal(get?.EvalResourceName, resource)
  assert.deepEqual(get?.MissingContextValues, ['docs:Stage'])
  assert.equal(get?.OrganizationsDecisionDetail, undefined)
  assert.equal(remove?.EvalDecision, 'explicitDeny')
  assert.deepEqual(remove?.MatchedStatements, [
    {
      SourcePolicyId: 'docs',
      SourcePolicyType: 'IAM Policy',
      StartPosition: { Line: 11, Column: 5 },
      EndPosition: { Line: 11, Column: 68 },
    },
  ])
  assert.equal(remove?.ResourceSpecificResults?.[0]?.EvalResourceDecision, 'explicitDeny')
  const stage = {
    ContextKeyName: 'docs:Stage',
    ContextKeyValues: ['open'],
    ContextKeyType: 'string' as const,
  }
  const allowed = await client.send(new SimulatePrincipalPolicyCommand({ ...asked, ContextEntries: [stage] }))
  assert.equal(allowed.EvaluationResults?.[0]?.EvalDecision, 'allowed')
})

test('the SDK pages through a simulation', async () => {
  const seen: unknown[] = []
  const asked = { PolicySourceArn: arn, ActionNames: ['a:A', 'a:B', 'a:C', 'a:D', 'a:E'] }
  for await (const page of paginateSimulatePrincipalPolicy({ client, pageSize: 2 }, asked))
    seen.push(...(page.EvaluationResults ?? []).map(({ EvalActionName }) => EvalActionName))
  assert.deepEqual(seen, asked.ActionNames)
})

test('the SDK simulates policies that are not saved, beside a boundary, and learns their keys', async () => {
  const { EvaluationResults } = await client.send(
    new SimulateCustomPolicyCommand({
      PolicyInputList: [
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
      ],
      PermissionsBoundaryPolicyInputList: [policy],
      ActionNames: ['mail:Send'],
    }),
  )
  assert.equal(EvaluationResults?.[0]?.EvalDecision, 'implicitDeny')
  assert.deepEqual(EvaluationResults?.[0]?.PermissionsBoundaryDecisionDetail, {
    AllowedByPermissionsBoundary: false,
  })
  const custom = await client.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [policy] }))
  assert.deepEqual(custom.ContextKeyNames, ['docs:Stage'])
  const own = await client.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: arn }))
  assert.deepEqual(own.ContextKeyNames, ['docs:Stage'])
})

test('a policy that cannot be read is InvalidInput, with the place', async () => {
  const asked = { PolicyInputList: ['{"Version":"2012-10-17"}'], ActionNames: ['a:A'] }
  await assert.rejects(client.send(new SimulateCustomPolicyCommand(asked)), {
    name: 'InvalidInputException',
    message: /PolicyInputList\.1: .*line 1, column 1: `Statement` is missing/,
  })
})

describe('the aws CLI', { skip: lacking('aws', '--version') }, () => {
  test('simulates as its manual says', async () => {
    const environment = {
      AWS_ACCESS_KEY_ID: rootKey.id,
      AWS_SECRET_ACCESS_KEY: rootKey.secret,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const aws = async (...args: string[]) => {
      const ran = await run(
        'aws',
        ['--endpoint-url', server.url, 'iam', ...args, '--output', 'json'],
        environment,
      )
      assert.equal(ran.code, 0, ran.err)
      return JSON.parse(ran.out)
    }
    const simulated = await aws(
      'simulate-principal-policy',
      ...['--policy-source-arn', arn, '--action-names', 'docs:GetDocument', '--resource-arns', resource],
      ...['--context-entries', 'ContextKeyName=docs:Stage,ContextKeyValues=open,ContextKeyType=string'],
    )
    assert.equal(simulated.EvaluationResults[0].EvalDecision, 'allowed')
    assert.equal(simulated.EvaluationResults[0].MatchedStatements[0].StartPosition.Line, 4)
    const custom = await aws('simulate-custom-policy', '--policy-input-list', policy, '--action-names', 'a:A')
    assert.equal(custom.EvaluationResults[0].EvalDecision, 'implicitDeny')
    const keys = await aws('get-context-keys-for-custom-policy', '--policy-input-list', policy)
    assert.deepEqual(keys.ContextKeyNames, ['docs:Stage'])
  })
})
