// GetSessionToken and GetScopedCredentials on the running server, through the AWS SDK.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import { callAdmin } from '../../admin/call.ts'
import { type Credentials, policy, type RoleServer, startRoleServer } from '../../support/role-server.ts'
import { accountId } from '../../support/server.ts'

let at: RoleServer
before(async () => {
  at = await startRoleServer()
})
after(() => at?.stop())

const limit = { timeout: 60_000 }
const read = policy({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' })
const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
const code = (seed: Secret, ahead = 0) => codeOf(seed, Math.floor(Date.now() / 30_000) + ahead)

async function user(name: string, document = everything): Promise<Credentials> {
  await at.iam.send(new iam.CreateUserCommand({ UserName: name }))
  await at.iam.send(
    new iam.PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument: document }),
  )
  const { AccessKey } = await at.iam.send(new iam.CreateAccessKeyCommand({ UserName: name }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

async function withDevice(name: string): Promise<{ serial: string; seed: Secret }> {
  const { VirtualMFADevice: made } = await at.iam.send(
    new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }),
  )
  const seed = new Secret(Buffer.from(made?.Base32StringSeed ?? []).toString())
  const serial = made?.SerialNumber ?? ''
  await at.iam.send(
    new iam.EnableMFADeviceCommand({
      UserName: name,
      SerialNumber: serial,
      AuthenticationCode1: code(seed, -1),
      AuthenticationCode2: code(seed),
    }),
  )
  return { serial, seed }
}

const iamAs = (credentials: Credentials) =>
  new iam.IAMClient({
    endpoint: at.server.url,
    region: 'us-east-1',
    credentials: keys(credentials),
    maxAttempts: 1,
  })
const keys = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken === undefined ? {} : { sessionToken }),
})
const held = (answer: { readonly Credentials?: sts.Credentials | undefined }): Credentials => ({
  accessKeyId: answer.Credentials?.AccessKeyId ?? '',
  secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
  sessionToken: answer.Credentials?.SessionToken,
})
const sessionOf = async (of: Credentials, input: sts.GetSessionTokenCommandInput = {}) =>
  held(await at.sts(of).send(new sts.GetSessionTokenCommand(input)))
const scope = (of: Credentials, input: sts.GetScopedCredentialsCommandInput) =>
  at.sts(of).send(new sts.GetScopedCredentialsCommand(input))
const getUser = (as: Credentials) => iamAs(as).send(new iam.GetUserCommand({ UserName: 'ada' }))

test(
  'a session of a user is that user, calls IAM only with MFA, and gets no further session',
  limit,
  async () => {
    const ada = await user('ada')
    const plain = await sessionOf(ada)
    assert.match(plain.accessKeyId, /^ASIA/)
    const me = await at.sts(plain).send(new sts.GetCallerIdentityCommand({}))
    assert.equal(me.Arn, `arn:aws:iam::${accountId}:user/ada`)
    await assert.rejects(getUser(plain), { name: 'AccessDenied', message: /session was made without MFA/ })
    const credentials = { ...plain, sessionToken: plain.sessionToken ?? '' }
    const answer = await callAdmin(at.server.url, { path: '/people/ada', credentials })
    assert.equal(answer.status, 403)
    assert.match(answer.body.detail, /session was made without MFA/)
    await assert.rejects(sessionOf(plain), {
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    })
    const { serial, seed } = await withDevice('ada')
    const withMfa = await sessionOf(ada, { SerialNumber: serial, TokenCode: code(seed, 1) })
    assert.equal((await getUser(withMfa)).User?.UserName, 'ada')
    // A device of their own is the user's to change only now.
    const off = new iam.DeactivateMFADeviceCommand({ UserName: 'ada', SerialNumber: serial })
    await assert.rejects(iamAs(ada).send(off), { name: 'AccessDenied' })
    await iamAs(withMfa).send(off)
  },
)

test(
  'a session of a user ends with the access key, the user and the device it was made with',
  limit,
  async () => {
    const eva = await user('eva')
    const { serial, seed } = await withDevice('eva')
    const whole = await sessionOf(eva, { SerialNumber: serial, TokenCode: code(seed, 1) })
    const plain = await sessionOf(eva)
    const scoped = held(await scope(whole, { DurationSeconds: 300 }))
    const alive = (of: Credentials) =>
      at
        .sts(of)
        .send(new sts.GetCallerIdentityCommand({}))
        .then(() => true)
        .catch((error: Error) => (error.name === 'InvalidClientTokenId' ? false : Promise.reject(error)))
    assert.deepEqual(await Promise.all([whole, plain, scoped].map(alive)), [true, true, true])
    await at.iam.send(new iam.DeactivateMFADeviceCommand({ UserName: 'eva', SerialNumber: serial }))
    assert.deepEqual(await Promise.all([whole, plain, scoped].map(alive)), [false, true, false])
    await at.iam.send(
      new iam.UpdateAccessKeyCommand({ UserName: 'eva', AccessKeyId: eva.accessKeyId, Status: 'Inactive' }),
    )
    assert.equal(await alive(plain), false)
  },
)

test(
  'a role session narrows itself: identity stays, permissions and lifetime only shrink',
  limit,
  async () => {
    const roleArn = await at.role(
      'narrow',
      { Effect: 'Allow', Principal: { AWS: accountId }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] },
      { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
    )
    const bob = await user('bob')
    const first = await at
      .sts(bob)
      .send(new sts.AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'job', SourceIdentity: 'bob' }))
    const whole = held(first)
    const narrowed = await scope(whole, { Policy: read })
    assert.deepEqual(
      [narrowed.SessionInfo?.Arn, narrowed.SessionInfo?.ScopedSessionId],
      [first.AssumedRoleUser?.Arn, first.AssumedRoleUser?.AssumedRoleId],
    )
    assert.deepEqual([narrowed.ScopedPoliciesCount, narrowed.SourceIdentity], [1, 'bob'])
    assert.equal(narrowed.Credentials?.Expiration?.getTime(), first.Credentials?.Expiration?.getTime())
    assert.equal(narrowed.SessionTokenSize, narrowed.Credentials?.SessionToken?.length)
    const listed = (of: Credentials) => iamAs(of).send(new iam.ListUsersCommand({}))
    await listed(whole)
    await getUser(held(narrowed))
    await assert.rejects(listed(held(narrowed)), {
      name: 'AccessDenied',
      message: /no session policy allows/,
    })

    const wider = await scope(held(narrowed), { Policy: everything })
    await assert.rejects(listed(held(wider)), { name: 'AccessDenied' }, 'a later policy gives nothing back')
    const third = await scope(held(wider), { Policy: everything, DurationSeconds: 60 })
    assert.equal(third.ScopedPoliciesCount, 3)
    await assert.rejects(scope(held(third), { Policy: everything }), { name: 'AccessDenied' })
    assert.equal((await scope(held(third), { DurationSeconds: 30 })).ScopedPoliciesCount, 3)
    await assert.rejects(scope(held(third), { DurationSeconds: 61 }), {
      name: 'InsufficientSessionLifetimeException',
    })
  },
)

test('an explicit Deny of GetScopedCredentials stands, and long-term keys are refused', limit, async () => {
  const document = policy(
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'sts:GetScopedCredentials', Resource: '*' },
  )
  const dan = await user('dan', document)
  await assert.rejects(scope(dan, { DurationSeconds: 60 }), { name: 'AccessDenied' })
  await assert.rejects(scope(await sessionOf(dan), { DurationSeconds: 60 }), {
    name: 'AccessDenied',
    message: /with an explicit deny/,
  })
})

test('GetAccessKeyInfo returns the account of a key to callers with permission', limit, async () => {
  const fay = await user('fay')
  const gus = await user('gus', read)
  const asked = (of: Credentials, AccessKeyId: string) =>
    at.sts(of).send(new sts.GetAccessKeyInfoCommand({ AccessKeyId }))
  assert.equal((await asked(fay, gus.accessKeyId)).Account, accountId)
  const session = await sessionOf(fay)
  assert.equal((await asked(session, session.accessKeyId)).Account, accountId)
  await assert.rejects(asked(fay, 'AKIAIOSFODNN7EXAMPLE'), { name: 'ValidationError' })
  await assert.rejects(asked(gus, fay.accessKeyId), { name: 'AccessDenied' })
})
