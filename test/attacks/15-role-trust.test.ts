// attacks.md 15: trust is in who someone is, not in what they are called, against the running server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import {
  awsFault,
  type Credentials,
  policy,
  type RoleServer,
  startRoleServer,
} from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

let server: RoleServer
before(async () => {
  server = await startRoleServer()
})
after(() => server?.stop())

async function user(UserName: string): Promise<Credentials> {
  await server.iam.send(new CreateUserCommand({ UserName }))
  const { AccessKey } = await server.iam.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}
const assume = (credentials: Credentials, RoleArn: string) =>
  server.sts(credentials).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one' }))

test('15: a user made again under its name does not regain trust', async () => {
  const first = await user('alice')
  const principal = { AWS: `arn:aws:iam::${accountId}:user/alice` }
  const roleArn = await server.role('trusting', { Principal: principal, Action: 'sts:AssumeRole' })
  await assume(first, roleArn)
  await server.iam.send(new DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId: first.accessKeyId }))
  await server.iam.send(new DeleteUserCommand({ UserName: 'alice' }))
  const second = await user('alice')
  await assert.rejects(assume(second, roleArn), awsFault('AccessDenied'))
  await assert.rejects(assume(first, roleArn))
  const { Role } = await server.iam.send(new GetRoleCommand({ RoleName: 'trusting' }))
  assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), /AIDA[A-Z0-9]+/)
})

test('15: a session of a role that was made again under its name is over', async () => {
  const principal = { AWS: `arn:aws:iam::${accountId}:role/deploy` }
  const next = await server.role('next', { Principal: principal, Action: 'sts:AssumeRole' })
  const old = await server.role('passing', {
    Principal: { Federated: server.provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
  })
  const session = await server.web(await server.token(), { RoleArn: old })
  await server.iam.send(new DeleteRoleCommand({ RoleName: 'passing' }))
  const trust = policy({
    Effect: 'Allow',
    Principal: { Federated: server.provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
  })
  await server.iam.send(new CreateRoleCommand({ RoleName: 'passing', AssumeRolePolicyDocument: trust }))
  await assert.rejects(assume(session, next), awsFault('InvalidClientTokenId'))
})

test('15: a wildcard subject is never accepted without a warning, on record and in the log', async () => {
  const issuer = server.ci.url.replace('http://', '')
  const trust = (condition: object) => ({
    Principal: { Federated: server.provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  })
  const aud = { [`${issuer}:aud`]: 'sts.chancery.test' }
  const safe = await server.role(
    'safe',
    trust({ StringEquals: { ...aud, [`${issuer}:sub`]: 'repo:acme/app' } }),
  )
  const open = await server.role(
    'open',
    trust({ StringEquals: aud, StringLike: { [`${issuer}:sub`]: 'repo:*' } }),
  )
  const anybody = await server.role('anybody', trust({ StringEquals: aud }))
  const doubts = (await entriesOf(server.server)).filter(({ action }) => action === 'iam:DoubtTrustPolicy')
  const of = (arn: string) => doubts.find(({ resource }) => resource === arn)?.reasons?.join(' ') ?? ''
  assert.match(of(open), /wildcard-subject: subject `repo:\*` has a wildcard before the owner is complete/)
  assert.match(of(anybody), /missing-subject/)
  assert.equal(of(safe), '')
  assert.match(server.server.output(), /a trust policy may accept more callers than intended/)
  await server.iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'safe',
      PolicyDocument: policy({ Effect: 'Allow', ...trust({ StringLike: { [`${issuer}:sub`]: '*' } }) }),
    }),
  )
  const later = (await entriesOf(server.server)).filter(({ resource }) => resource === safe)
  assert.ok(later.some(({ reasons }) => reasons?.join(' ').includes('wildcard-subject')))
})

test('15: a principal that is not there is refused when the trust is saved', async () => {
  for (const AWS of [`arn:aws:iam::${accountId}:user/nobody`, `arn:aws:iam::${accountId}:role/nobody`]) {
    await assert.rejects(
      server.role('dangling', { Principal: { AWS }, Action: 'sts:AssumeRole' }),
      awsFault('MalformedPolicyDocumentException'),
    )
  }
  await assert.rejects(
    server.iam.send(new GetRoleCommand({ RoleName: 'dangling' })),
    awsFault('NoSuchEntityException'),
  )
})
