// The verifier against the real server, with credentials as real clients get and use them.
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { sha256base64url } from '../../src/secure/digest.ts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { createVerifier, type Verifier } from '../../src/verify/index.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { type CiIssuer, startCiIssuer } from '../support/upstreams/issuer.ts'
import { until } from '../support/waiting.ts'
import { type Credentials, type Documents, sendBySdk, serveDocuments } from './documents.ts'

const config = `
clients:
  - client_id: ci
    client_secret: a-secret-of-the-ci-client-0123456789
    grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange']
    token_endpoint_auth_method: client_secret_post
`
const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const readAll = document({
  Sid: 'Read',
  Effect: 'Allow',
  Action: 'docs:GetDocument',
  Resource: 'arn:aws:docs:::documents/*',
})

let server: Running
let ci: CiIssuer
let service: Documents
let verifier: Verifier
let roleArn = ''
let iam: IAMClient
let sts: STSClient

before(async () => {
  server = await startServer({ config, env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' } })
  ci = await startCiIssuer()
  const client = {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
  }
  iam = new IAMClient(client)
  sts = new STSClient(client)
  roleArn = await createRole('DocumentsReader')
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'DocumentsReader', PolicyName: 'read', PolicyDocument: readAll }),
  )
  verifier = createVerifier({
    issuer: server.url,
    service: 'docs',
    origin: 'https://docs.example',
    credentials: await serviceKey(),
  })
  service = await serveDocuments(verifier)
})
after(async () => {
  await service?.stop()
  await ci?.stop()
  await server?.stop()
})

async function createRole(name: string): Promise<string> {
  const { OpenIDConnectProviderArn: provider } = await iam
    .send(new CreateOpenIDConnectProviderCommand({ Url: ci.url, ClientIDList: ['chancery'] }))
    .catch(() => ({ OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/${ci.url}` }))
  const key = new URL(ci.url).host
  const trust = document(
    { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${key}:aud`]: 'chancery', [`${key}:sub`]: 'job' } },
    },
  )
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
  return Role?.Arn ?? ''
}

async function serviceKey(): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName: 'docs-service' }))
  const policy = document(
    {
      Effect: 'Allow',
      Action: 'decision:GetSigningKey',
      Resource: `arn:aws:decision::${accountId}:service/docs`,
    },
    { Effect: 'Allow', Action: ['decision:GetPolicies', 'decision:GetRevocations'], Resource: '*' },
  )
  await iam.send(
    new PutUserPolicyCommand({ UserName: 'docs-service', PolicyName: 'verify', PolicyDocument: policy }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'docs-service' }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

interface Given {
  readonly AccessKeyId?: string | undefined
  readonly SecretAccessKey?: string | undefined
  readonly SessionToken?: string | undefined
}
const credentialsOf = (given: Given | undefined): Credentials => ({
  accessKeyId: given?.AccessKeyId ?? '',
  secretAccessKey: given?.SecretAccessKey ?? '',
  sessionToken: given?.SessionToken ?? '',
})

async function assume(more: { Policy?: string } = {}): Promise<Credentials> {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'a-session', ...more }),
  )
  return credentialsOf(Credentials)
}

const jtiOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti: string }).jti

async function revoke(scope: string, value: string): Promise<void> {
  const url = `${server.url}/v1/revocations`
  const body = JSON.stringify({ scope, value })
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const headers = signRequest({
    method: 'POST',
    url,
    body,
    credentials,
    region: 'us-east-1',
    service: 'decision',
    now: Date.now() / 1000,
  })
  assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 200)
}

async function becomes(status: number, ask: () => Promise<{ status: number }>): Promise<void> {
  const isSeen = async () => (await ask()).status === status
  await until(`status ${status}`, isSeen)
}

test('AssumeRole by the SDK, a request signed by the SDK: allowed, narrowed, refused', async () => {
  const session = await assume()
  assert.equal((await sendBySdk(service, '/documents/1', session)).status, 200)
  assert.equal((await sendBySdk(service, '/secrets/1', session)).status, 403)
  const narrow = document({
    Sid: 'Mine',
    Effect: 'Allow',
    Action: '*',
    Resource: 'arn:aws:docs:::documents/mine/*',
  })
  const narrowed = await assume({ Policy: narrow })
  assert.equal((await sendBySdk(service, '/documents/mine/1', narrowed)).status, 200)
  const refused = await sendBySdk(service, '/documents/1', narrowed)
  assert.equal(refused.status, 403)
  assert.equal(((await refused.json()) as { layer: string }).layer, 'session')
})

test('AssumeRoleWithWebIdentity by the SDK: the CI job’s session reads', async () => {
  const WebIdentityToken = await ci.mint({ sub: 'job', aud: 'chancery' })
  const { Credentials } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: 'ci-job', WebIdentityToken }),
  )
  assert.equal((await sendBySdk(service, '/documents/1', credentialsOf(Credentials))).status, 200)
})

test('a session policy too long for the token narrows all the same', async () => {
  const many = Array.from(
    { length: 25 },
    (_, i) => `arn:aws:docs:::documents/a-rather-long-folder-name-number-${i}/*`,
  )
  const session = await assume({ Policy: document({ Effect: 'Allow', Action: '*', Resource: many }) })
  assert.equal(
    (await sendBySdk(service, '/documents/a-rather-long-folder-name-number-7/x', session)).status,
    200,
  )
  assert.equal((await sendBySdk(service, '/documents/elsewhere/x', session)).status, 403)
})

async function exchange(
  headers: Record<string, string> = {},
): Promise<{ access_token: string; token_type: string }> {
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    client_id: 'ci',
    client_secret: 'a-secret-of-the-ci-client-0123456789',
    subject_token: await ci.mint({ sub: 'job', aud: 'chancery' }),
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    role_arn: roleArn,
    role_session_name: 'exchanged',
    audience: 'docs',
  })
  const response = await fetch(`${server.url}/token`, { method: 'POST', body, headers })
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return JSON.parse(text) as { access_token: string; token_type: string }
}

test('token exchange: the same session as a bearer token', async () => {
  const { access_token: token } = await exchange()
  const read = (path: string) => fetch(service.url + path, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await read('/documents/1')).status, 200)
  assert.equal((await read('/secrets/1')).status, 403)
  await revoke('session', jtiOf(token))
  await becomes(401, () => read('/documents/1'))
})

test('token exchange with DPoP: the token is accepted with a proof, and not without', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const proof = (claims: object): string => {
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) }
    const all = { jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims }
    const signed = [header, all]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  const dpop = proof({ htm: 'POST', htu: `${server.url}/token` })
  const { access_token: token, token_type: type } = await exchange({ dpop })
  assert.equal(type, 'DPoP')
  const read = (headers: Record<string, string>) => fetch(`${service.url}/documents/1`, { headers })
  assert.equal((await read({ authorization: `Bearer ${token}` })).status, 401)
  const own = proof({ htm: 'GET', htu: 'https://docs.example/documents/1', ath: sha256base64url(token) })
  assert.equal((await read({ authorization: `DPoP ${token}`, dpop: own })).status, 200)
})

test('a revoked session ends at the service within seconds, its neighbours go on', async () => {
  const [gone, stays] = [await assume(), await assume()]
  assert.equal((await sendBySdk(service, '/documents/1', gone)).status, 200)
  await revoke('session', jtiOf(gone.sessionToken ?? ''))
  await becomes(401, () => sendBySdk(service, '/documents/1', gone))
  assert.equal((await sendBySdk(service, '/documents/1', stays)).status, 200)
})

test('sessions of a user and federated users have the permissions of the user', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'writer' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'writer' }))
  const own = document(
    { Effect: 'Allow', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::documents/*' },
    { Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: '*' },
  )
  const put = (PolicyDocument: string) =>
    iam.send(new PutUserPolicyCommand({ UserName: 'writer', PolicyName: 'own', PolicyDocument }))
  await put(own)
  const key = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const writer = new STSClient({ endpoint: server.url, region: 'us-east-1', credentials: key })
  const federate = async (Policy?: string) =>
    credentialsOf((await writer.send(new GetFederationTokenCommand({ Name: 'guest', Policy }))).Credentials)

  const session = credentialsOf((await writer.send(new GetSessionTokenCommand({}))).Credentials)
  const guest = await federate(
    document({ Effect: 'Allow', Action: '*', Resource: 'arn:aws:docs:::documents/1' }),
  )
  const bare = await federate()
  writer.destroy()
  const status = async (path: string, credentials: Credentials) =>
    (await sendBySdk(service, path, credentials)).status
  const seen = async (path: string) =>
    Promise.all([status(path, session), status(path, guest), status(path, bare)])
  assert.deepEqual(await seen('/documents/1'), [200, 200, 403])
  assert.deepEqual(await seen('/documents/2'), [200, 403, 403])
  assert.deepEqual(await seen('/secrets/1'), [403, 403, 403])
  await iam.send(new DeleteAccessKeyCommand({ UserName: 'writer', AccessKeyId: key.accessKeyId }))
  await becomes(401, () => sendBySdk(service, '/documents/1', session))
  await becomes(401, () => sendBySdk(service, '/documents/1', guest))
})

test('permissions added to or removed from the role apply at once to new sessions', async () => {
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'DocumentsReader',
      PolicyName: 'more',
      PolicyDocument: document({ Effect: 'Allow', Action: '*', Resource: 'arn:aws:docs:::more/*' }),
    }),
  )
  // The verifier holds a copy as new as this second; a session of a later one asks for a newer.
  await new Promise((done) => setTimeout(done, 2100))
  assert.equal((await sendBySdk(service, '/more/1', await assume())).status, 200)
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'DocumentsReader', PolicyName: 'more' }))
  await new Promise((done) => setTimeout(done, 2100))
  assert.equal((await sendBySdk(service, '/more/1', await assume())).status, 403)
})

test('a known session is accepted after the server stopped', async () => {
  const known = await assume()
  assert.equal((await sendBySdk(service, '/documents/1', known)).status, 200)
  await server.kill()
  assert.equal((await sendBySdk(service, '/documents/2', known)).status, 200)
  assert.equal((await sendBySdk(service, '/secrets/2', known)).status, 403)
})
