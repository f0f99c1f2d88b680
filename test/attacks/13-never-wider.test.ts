// attacks.md 13: what comes out is never wider or longer-lived than what went in, against the running server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import {
  awsFault,
  type Credentials,
  claimsOf,
  policy,
  type RoleServer,
  startRoleServer,
} from '../support/role-server.ts'
import { accountId } from '../support/server.ts'

let server: RoleServer
let alice: Credentials
before(async () => {
  server = await startRoleServer()
  await server.iam.send(new CreateUserCommand({ UserName: 'alice' }))
  const { AccessKey } = await server.iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }))
  alice = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
})
after(() => server?.stop())

const readOnly = policy({ Effect: 'Allow', Action: 'docs:GetDocument', Resource: '*' })
const accessToken = 'urn:ietf:params:oauth:token-type:access_token'
const own = { role_arn: undefined, role_session_name: undefined, subject_token_type: accessToken }

async function session(): Promise<string> {
  const form = { subject_token: await server.token(), policy: readOnly, duration_seconds: '900' }
  const { status, body } = await server.exchange(form)
  assert.equal(status, 200, JSON.stringify(body))
  return body['access_token'] ?? ''
}

const wider: readonly (readonly [what: string, form: Record<string, string>])[] = [
  ['another audience', { audience: 'https://else.example' }],
  ['a scope', { scope: 'admin' }],
  ['a longer life', { duration_seconds: '3600' }],
  ['another session name', { role_session_name: 'other' }],
]
for (const [what, form] of wider) {
  test(`13: an exchange does not give ${what}`, async () => {
    const { status, body } = await server.exchange({ ...own, subject_token: await session(), ...form })
    assert.equal(status, 400, JSON.stringify(body))
  })
}

test('13: nor does the JWT bearer grant', async () => {
  for (const [what, form] of wider) {
    const { status } = await server.jwtBearer({ ...own, assertion: await session(), ...form })
    assert.equal(status, 400, what)
  }
  const long = await server.jwtBearer({ assertion: await server.token(), duration_seconds: '43201' })
  assert.equal(long.status, 400)
})

test('13: a session policy is never dropped, and `act` cannot be forged by a parameter', async () => {
  const before = await session()
  const form = {
    ...own,
    subject_token: before,
    act: '{"sub":"root"}',
    policy: policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
  }
  const { status, body } = await server.exchange(form)
  assert.equal(status, 200, JSON.stringify(body))
  const [old, fresh] = [claimsOf(before), claimsOf(body['access_token'] ?? '')]
  assert.deepEqual((fresh['sp'] as string[][])[0], [readOnly])
  assert.equal((fresh['sp'] as string[][]).length, 2)
  assert.deepEqual(fresh['act'], old['act'])
  assert.ok((fresh['exp'] as number) <= (old['exp'] as number))
})

test('13: a chain keeps every session policy, and lives an hour at most', async () => {
  const deployed = await server.web(await server.token(), {
    Policy: policy({ Effect: 'Allow', Action: 'sts:*', Resource: '*' }),
  })
  const principal = { AWS: `arn:aws:iam::${accountId}:role/deploy` }
  const next = await server.role('next', {
    Principal: principal,
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  })
  const assume = (more: object) =>
    server.sts(deployed).send(new AssumeRoleCommand({ RoleArn: next, RoleSessionName: 'two', ...more }))
  const { Credentials: chained } = await assume({ Policy: readOnly })
  assert.equal((claimsOf(chained?.SessionToken ?? '')['sp'] as unknown[]).length, 2)
  await assert.rejects(assume({ DurationSeconds: 3601 }), awsFault('ValidationError'))
})

test('13: a session tag does not stand in for a principal tag of AWS’s own names', async () => {
  const principal = { AWS: `arn:aws:iam::${accountId}:user/alice` }
  const roleArn = await server.role('tagged', {
    Principal: principal,
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  })
  const send = (Tags: { Key: string; Value: string }[]) =>
    server.sts(alice).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'one', Tags }))
  await assert.rejects(send([{ Key: 'aws:PrincipalTag/Team', Value: 'admin' }]))
  await assert.rejects(
    send([
      { Key: 'Team', Value: 'a' },
      { Key: 'team', Value: 'b' },
    ]),
  )
  await send([{ Key: 'Team', Value: 'a' }])
})

test('13: an external id that is omitted or guessed assumes nothing (confused deputy)', async () => {
  const condition = { StringEquals: { 'sts:ExternalId': 'a-long-shared-secret' } }
  const principal = { AWS: `arn:aws:iam::${accountId}:user/alice` }
  const roleArn = await server.role('vendor', {
    Principal: principal,
    Action: 'sts:AssumeRole',
    Condition: condition,
  })
  const send = (more: object) =>
    server.sts(alice).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'one', ...more }))
  for (const ExternalId of [undefined, 'a-*', 'A-LONG-SHARED-SECRET', 'a-long-shared-secret.']) {
    await assert.rejects(send(ExternalId === undefined ? {} : { ExternalId }))
  }
  await send({ ExternalId: 'a-long-shared-secret' })
})
