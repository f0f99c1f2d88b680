// GetRequestAuthorizationDetails and DecodeAuthorizationMessage on the running server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { type Credentials, policy, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId, rootKey } from '../support/server.ts'

const limit = { timeout: 60_000 }
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
let at: RoleServer
let ada: Credentials
let id = ''

before(async () => {
  at = await startRoleServer()
  await at.iam.send(new iam.CreateUserCommand({ UserName: 'ada' }))
  const PolicyDocument = policy(
    { Sid: 'NotUsers', Effect: 'Deny', Action: 'iam:DeleteUser', Resource: '*' },
    {
      Sid: 'FromOffice',
      Effect: 'Allow',
      Action: 'iam:ListUsers',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
    },
  )
  await at.iam.send(new iam.PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own', PolicyDocument }))
  const { AccessKey } = await at.iam.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }))
  ada = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  id = await denied((client) => client.send(new iam.ListUsersCommand({})))
})
after(() => at?.stop())

/** The authorization id in the refusal of a call by ada. */
async function denied(call: (client: iam.IAMClient) => Promise<unknown>): Promise<string> {
  const { accessKeyId, secretAccessKey } = ada
  const client = new iam.IAMClient({
    endpoint: at.server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
  const refusal = await call(client).then(
    () => assert.fail('it was allowed'),
    (error: Error) => error,
  )
  client.destroy()
  return /following authorization id: ([0-9a-z]+)$/.exec(refusal.message)?.[1] ?? assert.fail(refusal.message)
}

async function details(of: string, credentials: Credentials = root, service = 'iam') {
  const url = `${at.server.url}/authorization-details/${of}`
  const now = Date.now() / 1000
  const headers = signRequest({
    method: 'GET',
    url,
    headers: {},
    body: '',
    credentials,
    region: 'us-east-1',
    service,
    now,
  })
  const response = await fetch(url, { headers })
  return {
    status: response.status,
    type: response.headers.get('x-amzn-errortype'),
    body: await response.json(),
  }
}
const decode = (EncodedMessage: string, as: Credentials = root) =>
  at.sts(as).send(new sts.DecodeAuthorizationMessageCommand({ EncodedMessage }))

test('the details name the action, each layer, and the condition that did not hold', limit, async () => {
  const { status, body } = await details(id)
  assert.equal(status, 200, JSON.stringify(body))
  const { requestContext, evaluations } = body as {
    readonly requestContext: Readonly<Record<string, unknown>>
    readonly evaluations: readonly [Readonly<Record<string, unknown>>]
  }
  assert.equal(requestContext['aws:PrincipalArn'], `arn:aws:iam::${accountId}:user/ada`)
  assert.equal(requestContext['aws:SourceIp'], '127.0.0.1')
  const [evaluation] = evaluations
  assert.deepEqual([evaluation['action'], evaluation['evaluatedEffect']], ['iam:ListUsers', 'IMPLICIT_DENY'])
  assert.match(JSON.stringify(evaluation['failedConditions']), /FromOffice.*aws:SourceIp.*192\.0\.2\.0/)
})

test('an explicit deny names its statement', limit, async () => {
  const explicit = await denied((client) => client.send(new iam.DeleteUserCommand({ UserName: 'ada' })))
  const { body } = await details(explicit)
  const text = JSON.stringify(body)
  assert.match(text, /"EXPLICIT_DENY"/)
  assert.match(text, /NotUsers/)
  const { DecodedMessage = '' } = await decode(explicit)
  const message = JSON.parse(DecodedMessage)
  assert.deepEqual([message.allowed, message.explicitDeny], [false, true])
  assert.equal(message.context.action, 'iam:DeleteUser')
  assert.match(JSON.stringify(message.matchedStatements), /NotUsers.*"DENY"/)
})

test('only who may read them reads them', limit, async () => {
  const { status, type } = await details(id, ada)
  assert.deepEqual([status, type], [403, 'AccessDenied'])
  await assert.rejects(decode(id, ada), { name: 'AccessDenied' })
  const other = await details(id, root, 'sts')
  assert.deepEqual([other.status, other.type], [403, 'SignatureDoesNotMatch'])
  assert.equal((await fetch(`${at.server.url}/authorization-details/${id}`)).status, 403)
})

test('an id that no denied request has is refused', limit, async () => {
  for (const unknown of ['0'.repeat(32), 'x', id.slice(1)]) {
    const { status, type } = await details(unknown)
    assert.deepEqual([status, type], [404, 'NoSuchEntity'], unknown)
  }
  await assert.rejects(decode('0'.repeat(32)), { name: 'InvalidAuthorizationMessageException' })
})
