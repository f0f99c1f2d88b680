// The decision API by Basic authentication with a service-specific credential, at the real server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let client: sdk.IAMClient
const user = { UserName: 'billing' }
const action = 'decision:Evaluate'

before(async () => {
  server = await startServer()
  client = new sdk.IAMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret },
    maxAttempts: 1,
  })
  await client.send(new sdk.CreateUserCommand(user))
  const Statement = [{ Effect: 'Allow', Action: action, Resource: '*' }]
  await client.send(
    new sdk.PutUserPolicyCommand({
      ...user,
      PolicyName: 'ask',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  )
})
after(async () => {
  client.destroy()
  await server.stop()
})

const credential = async (ServiceName: string) =>
  (await client.send(new sdk.CreateServiceSpecificCredentialCommand({ ...user, ServiceName })))
    .ServiceSpecificCredential

const ask = (authorization: string) =>
  fetch(`${server.url}/access/v1/evaluation`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: 'billing' },
      action: { name: action },
      resource: { type: 'arn', id: 'arn:aws:decision:::x' },
    }),
  })
const basic = (name = '', password = '') => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

test('a service asks with a credential for decision.chancery, and with no other', {
  timeout: 60_000,
}, async () => {
  const made = await credential('decision.chancery')
  const name = made?.ServiceUserName
  const answer = await ask(basic(name, made?.ServicePassword))
  assert.equal(answer.status, 200, await answer.text())
  const other = await credential('codecommit.amazonaws.com')
  for (const [what, authorization] of [
    ['a wrong password', basic(name, 'wrong')],
    ['a credential for another service', basic(other?.ServiceUserName, other?.ServicePassword)],
    ['no colon', 'Basic YWRh'],
    ['an empty name', basic()],
  ] as const)
    assert.equal((await ask(authorization)).status, 401, what)
  await client.send(new sdk.DeleteUserPolicyCommand({ ...user, PolicyName: 'ask' }))
  assert.equal(
    (await ask(basic(name, made?.ServicePassword))).status,
    403,
    'policies decide as for an access key',
  )
})
