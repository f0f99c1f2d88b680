// GetWebIdentityToken and the switches of outbound web identity federation, on the running server: the tokens are verified by jose from
// nothing but the issuer's URL, as a service outside would.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { type Credentials, policy, type RoleServer, startRoleServer } from '../../support/role-server.ts'
import { accountId, rootKey } from '../../support/server.ts'

let at: RoleServer
let ada: Credentials
before(async () => {
  at = await startRoleServer()
  ada = await user('ada', { Effect: 'Allow', Action: 'sts:*', Resource: '*' })
})
after(() => at?.stop())

const limit = { timeout: 60_000 }
const audience = 'https://api.example'

async function user(UserName: string, ...statements: object[]): Promise<Credentials> {
  await at.iam.send(new iam.CreateUserCommand({ UserName, Tags: [{ Key: 'Team', Value: 'blue' }] }))
  const input = { UserName, PolicyName: 'p', PolicyDocument: policy(...statements) }
  await at.iam.send(new iam.PutUserPolicyCommand(input))
  const { AccessKey } = await at.iam.send(new iam.CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

const ask = (as: Credentials, input: Partial<sts.GetWebIdentityTokenCommandInput> = {}) =>
  at
    .sts(as)
    .send(new sts.GetWebIdentityTokenCommand({ Audience: [audience], SigningAlgorithm: 'RS256', ...input }))
const enable = () => at.iam.send(new iam.EnableOutboundWebIdentityFederationCommand({}))
const disable = () => at.iam.send(new iam.DisableOutboundWebIdentityFederationCommand({}))
const info = () => at.iam.send(new iam.GetOutboundWebIdentityFederationInfoCommand({}))

test('the switches: off at first, then on once, and off again', limit, async () => {
  const issuer = `${at.server.url}/outbound/${accountId}`
  const page = async () => (await fetch(`${issuer}/.well-known/openid-configuration`)).status
  await assert.rejects(info(), { name: 'FeatureDisabledException' })
  await assert.rejects(disable(), { name: 'FeatureDisabledException' })
  await assert.rejects(ask(ada), { name: 'OutboundWebIdentityFederationDisabledException' })
  assert.equal(await page(), 404)
  assert.equal((await enable()).IssuerIdentifier, issuer)
  await assert.rejects(enable(), { name: 'FeatureEnabledException' })
  const { IssuerIdentifier, JwtVendingEnabled } = await info()
  assert.deepEqual([IssuerIdentifier, JwtVendingEnabled], [issuer, true])
  assert.equal(await page(), 200)
  await disable()
  assert.deepEqual([await page(), (await fetch(`${issuer}/jwks`)).status], [404, 404])
  await enable()
})

test('a service outside verifies the token from the issuer alone', limit, async () => {
  for (const SigningAlgorithm of ['RS256', 'ES384']) {
    const { WebIdentityToken = '', Expiration } = await ask(ada, {
      SigningAlgorithm,
      DurationSeconds: 120,
      Tags: [{ Key: 'job', Value: '7' }],
    })
    const issuer = `${at.server.url}/outbound/${accountId}`
    const found = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as {
      readonly jwks_uri: string
    }
    const keys = createRemoteJWKSet(new URL(found.jwks_uri))
    const { payload, protectedHeader } = await jwtVerify(WebIdentityToken, keys, { issuer, audience })
    assert.equal(protectedHeader.alg, SigningAlgorithm)
    const { sub, exp = 0, iat = 0, jti } = payload
    assert.deepEqual([sub, exp - iat], [`arn:aws:iam::${accountId}:user/ada`, 120])
    assert.equal(Expiration?.getTime(), exp * 1000)
    assert.ok(jti)
    assert.deepEqual(payload['https://sts.amazonaws.com/'], {
      aws_account: accountId,
      source_region: 'us-east-1',
      principal_id: `arn:aws:iam::${accountId}:user/ada`,
      principal_tags: { Team: 'blue' },
      request_tags: { job: '7' },
    })
  }
})

test('no key of these tokens is among the keys of sign-in tokens', limit, async () => {
  const kids = async (path: string) => {
    const { keys } = (await (await fetch(at.server.url + path)).json()) as { keys: { kid: string }[] }
    return keys.map(({ kid }) => kid)
  }
  const outbound = await kids(`/outbound/${accountId}/jwks`)
  const signIn = await kids('/jwks')
  assert.ok(outbound.length >= 2)
  assert.deepEqual(
    outbound.filter((kid) => signIn.includes(kid)),
    [],
  )
})

test('a role session: the subject is the role, and the token never outlives the session', limit, async () => {
  const RoleArn = await at.role(
    'outward',
    { Principal: { AWS: accountId }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
    { Effect: 'Allow', Action: 'sts:GetWebIdentityToken', Resource: '*' },
  )
  const { Credentials: made } = await at.sts(ada).send(
    new sts.AssumeRoleCommand({
      RoleArn,
      RoleSessionName: 'job',
      DurationSeconds: 900,
      Tags: [{ Key: 'stage', Value: 'test' }],
    }),
  )
  const session = {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken,
  }
  const { WebIdentityToken = '' } = await ask(session)
  const claims = JSON.parse(Buffer.from(WebIdentityToken.split('.')[1] ?? '', 'base64url').toString())
  assert.equal(claims.sub, RoleArn)
  assert.deepEqual(claims['https://sts.amazonaws.com/'].principal_tags, { stage: 'test' })
  await assert.rejects(ask(session, { DurationSeconds: 901 }), { name: 'SessionDurationEscalationException' })
  await assert.rejects(ask(session, { Tags: [{ Key: 'a', Value: 'b' }] }), {
    name: 'AccessDenied',
    message: /sts:TagGetWebIdentityToken/,
  })
})

test('policies decide by audience, and long-term root keys are refused', limit, async () => {
  const bea = await user('bea', {
    Effect: 'Allow',
    Action: 'sts:GetWebIdentityToken',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': audience } },
  })
  await ask(bea)
  await assert.rejects(ask(bea, { Audience: [audience, 'https://other.example'] }), { name: 'AccessDenied' })
  await assert.rejects(ask({ accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }), {
    name: 'AccessDenied',
  })
})

const tags = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ Key: `k${at}`, Value: 'v'.repeat(256) }))
const faults: readonly (readonly [Partial<sts.GetWebIdentityTokenCommandInput>, string])[] = [
  [{ Audience: [] }, 'ValidationError'],
  [{ Audience: ['a'.repeat(1001)] }, 'ValidationError'],
  [{ Audience: Array.from({ length: 11 }, (_, at) => `a${at}`) }, 'ValidationError'],
  [{ SigningAlgorithm: 'ES256' }, 'ValidationError'],
  [{ DurationSeconds: 59 }, 'ValidationError'],
  [{ DurationSeconds: 3601 }, 'ValidationError'],
  [{ Tags: tags(51) }, 'ValidationError'],
  [{ Tags: tags(30) }, 'JWTPayloadSizeExceededException'],
]
test('faults of a request have the codes of AWS', limit, async () => {
  for (const [input, name] of faults) await assert.rejects(ask(ada, input), { name }, JSON.stringify(input))
})
