// The real server prepared for the bench, and the requests it is asked: built before the clock runs, each of them
// different where the product must not profit from a cache.
import { generateKeyPairSync, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { requestBytes } from './load.ts'

const issuer = 'https://ci.bench.example'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const signAsync = promisify(sign)

/** Of 1 kB. */
const sessionPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: ['handbook', 'releases', 'guides', 'reference', 'drafts', 'notices', 'glossary'].map(
    (folder) => ({
      Sid: `Read${folder}`,
      Effect: 'Allow',
      Action: ['docs:GetDocument', 'docs:ListDocuments'],
      Resource: `arn:aws:docs:::${folder}/*`,
    }),
  ),
})

const sessionTags: Readonly<Record<string, string>> = { Project: 'handbook', Environment: 'production' }

export interface Subject extends Running {
  readonly port: number
  readonly roleArn: string
  readonly privateKey: ReturnType<typeof generateKeyPairSync>['privateKey']
}

export interface PrepareOptions {
  readonly env?: Readonly<Record<string, string>>
  /** The command of another checkout. */
  readonly bin?: string
  /** Further clients, as in a configuration file. */
  readonly clients?: string
}

/** Starts Chancery with a client like the raw provider's, an issuer with uploaded keys, and a role that trusts it. */
export async function prepareChancery({
  env = {},
  bin,
  clients = '',
}: PrepareOptions = {}): Promise<Subject> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'ci', alg: 'RS256', use: 'sig' }] }
  const config = configText(jwks, clients)
  const server = await startServer({ config, env, ...(bin === undefined ? {} : { bin }), timeoutMs: 60_000 })
  const provider = `arn:aws:iam::${server.accountId}:oidc-provider/ci.bench.example`
  const iam = new IAMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
  })
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
        Principal: { Federated: provider },
        Condition: { StringEquals: { 'ci.bench.example:aud': 'chancery', 'ci.bench.example:ref': 'main' } },
      },
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { AWS: server.accountId } },
    ],
  }
  const role = { RoleName: 'publisher', AssumeRolePolicyDocument: JSON.stringify(trust) }
  const created = await iam.send(new CreateRoleCommand(role))
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'docs:*', Resource: '*' }],
  })
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'publisher', PolicyName: 'docs', PolicyDocument: policy }),
  )
  const roleArn = created.Role?.Arn
  if (roleArn === undefined) throw new Error('no role was created')
  return { ...server, port: Number(new URL(server.url).port), roleArn, privateKey }
}

/** The last client of a configuration, and what it asks tokens for. */
export const benchClient = `  - client_id: bench
    client_secret: bench-secret-of-32-characters-or-more
    grant_types: [client_credentials]
    token_endpoint_auth_method: client_secret_post
resources:
  - id: https://api.example
    scopes: [read]
`

const configText = (jwks: object, clients: string): string => `
clients:
${clients}${benchClient}identity_providers:
  - kind: openid
    url: ${issuer}
    client_ids: [chancery]
    jwks: ${JSON.stringify(jwks)}
`

export function clientCredentialsRequests(path: string, count: number, secret = 'bench-secret'): Buffer[] {
  const resource = encodeURIComponent('https://api.example')
  const body = `grant_type=client_credentials&client_id=bench&client_secret=${secret}&scope=read&resource=${resource}`
  return Array<Buffer>(count).fill(requestBytes('localhost', 'POST', path, form, body))
}

export const ourClientCredentialsRequests = (count: number): Buffer[] =>
  clientCredentialsRequests('/token', count, 'bench-secret-of-32-characters-or-more')

let serial = 0

/** A different RS256 token each time: no answer can come from a cache of tokens. */
export function webIdentityRequests(subject: Subject, count: number): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const token = await mintToken(subject.privateKey, serial++, { tags: sessionTags })
      return webIdentityRequest(subject.roleArn, token)
    }),
  )
}

export function webIdentityRequest(roleArn: string, token: string): Buffer {
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: `run-${serial++}`,
    WebIdentityToken: token,
    Policy: sessionPolicy,
    DurationSeconds: '900',
  }).toString()
  return requestBytes('localhost', 'POST', '/', form, body)
}

interface TokenContent {
  readonly iss?: string
  /** Session tags, in the claim that AWS reads. */
  readonly tags?: Readonly<Record<string, string>>
}

export async function mintToken(
  key: Subject['privateKey'],
  n: number,
  { iss = issuer, tags }: TokenContent = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = {
    iss,
    aud: 'chancery',
    sub: `repo:acme/docs:run:${n}`,
    ref: 'main',
    iat: now,
    exp: now + 600,
    jti: `${n}`,
    'https://aws.amazon.com/tags': tags && {
      principal_tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
  }
  const input = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'ci' })}.${encode(claims)}`
  return `${input}.${(await signAsync('sha256', Buffer.from(input), key)).toString('base64url')}`
}

/** Signed as any SDK signs; each names another session. */
export function assumeRoleRequests(subject: Subject, count: number): Buffer[] {
  return Array.from({ length: count }, () => {
    const body = new URLSearchParams({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: subject.roleArn,
      RoleSessionName: `run-${serial++}`,
      Policy: sessionPolicy,
      ...Object.fromEntries(
        Object.entries(sessionTags).flatMap(([name, value], at) => [
          [`Tags.member.${at + 1}.Key`, name],
          [`Tags.member.${at + 1}.Value`, value],
        ]),
      ),
    }).toString()
    const headers = signRequest({
      method: 'POST',
      url: `${subject.url}/`,
      headers: form,
      body,
      credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
      region: 'us-east-1',
      service: 'sts',
      now: Math.floor(Date.now() / 1000),
    })
    const { host = '', ...rest } = headers
    return requestBytes(host, 'POST', '/', rest, body)
  })
}
