// The running server with a CI system registered in it, and its clients: for tests that try to become a role.
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  STSClient,
} from '@aws-sdk/client-sts'
import { accountId, type Running, rootKey, type StartOptions, startServer } from './server.ts'
import { type CiIssuer, startCiIssuer } from './upstreams/issuer.ts'

export const audience = 'sts.chancery.test'
export const workload = 'workload'
/** The client that the CI system's job `repo:acme/app` may act for. */
export const deployer = 'deployer'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export type Form = Readonly<Record<string, string | undefined>>
export interface Answer {
  readonly status: number
  readonly body: Record<string, string>
}

export interface RoleServer {
  readonly server: Running
  readonly ci: CiIssuer
  /** The registered CI system's ARN. */
  readonly provider: string
  readonly iam: IAMClient
  sts(credentials: Credentials): STSClient
  /** A good token of the CI system, changed. */
  token(change?: Readonly<Record<string, unknown>>): Promise<string>
  web(token: string, request?: Partial<AssumeRoleWithWebIdentityCommandInput>): Promise<Credentials>
  /** RFC 8693 at /token. */
  exchange(form: Form): Promise<Answer>
  /** RFC 7523 §2.1 at /token. */
  jwtBearer(form: Form): Promise<Answer>
  /** RFC 7523 §2.2 at /token: client credentials of `deployer`. */
  asClient(form: Form): Promise<Answer>
  role(name: string, trust: object, identity?: object): Promise<string>
  stop(): Promise<void>
}

export const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

export async function startRoleServer(options: StartOptions = {}): Promise<RoleServer> {
  await using opening = new AsyncDisposableStack()
  const ci = await startCiIssuer()
  opening.defer(() => ci.stop())
  const server = await startServer({
    config: configText(ci.url),
    ...options,
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1,localhost', ...options.env },
  })
  opening.defer(() => server.stop())
  const region = 'us-east-1'
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region, credentials: root, maxAttempts: 1 })
  const anonymous = new STSClient({ endpoint: server.url, region, credentials: root, maxAttempts: 1 })
  opening.defer(() => {
    iam.destroy()
    anonymous.destroy()
  })
  const made = await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: ci.url, ClientIDList: [audience] }),
  )
  const provider = made.OpenIDConnectProviderArn ?? ''
  const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`
  const becoming = {
    client_id: workload,
    role_arn: roleArn('deploy'),
    role_session_name: 'job',
    audience: 'https://docs.example',
  }
  const post = async (form: Form): Promise<Answer> => {
    const given = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const response = await fetch(`${server.url}/token`, { method: 'POST', body: new URLSearchParams(given) })
    return { status: response.status, body: (await response.json()) as Record<string, string> }
  }
  const running: Omit<RoleServer, 'stop'> = {
    server,
    ci,
    provider,
    iam,
    sts: ({ accessKeyId, secretAccessKey, sessionToken }) =>
      new STSClient({
        endpoint: server.url,
        region,
        maxAttempts: 1,
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
      }),
    token: (change = {}) =>
      ci.mint({ sub: 'repo:acme/app', aud: audience, 'kubernetes.io': { namespace: 'web' }, ...change }),
    async web(token, request = {}) {
      const answer = await anonymous.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: roleArn('deploy'),
          RoleSessionName: 'job',
          WebIdentityToken: token,
          ...request,
        }),
      )
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = answer.Credentials ?? {}
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    },
    exchange: (form) =>
      post({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        ...becoming,
        ...form,
      }),
    jwtBearer: (form) =>
      post({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', ...becoming, ...form }),
    asClient: (form) =>
      post({
        grant_type: 'client_credentials',
        client_id: deployer,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        resource: 'https://files.example',
        scope: 'read',
        ...form,
      }),
    async role(name, trust, identity) {
      const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...trust }] })
      await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document }))
      if (identity !== undefined) {
        const input = { RoleName: name, PolicyName: 'own', PolicyDocument: policy(identity) }
        await iam.send(new PutRolePolicyCommand(input))
      }
      return roleArn(name)
    },
  }
  const condition = { StringEquals: { [`${ci.url.replace('http://', '')}:sub`]: 'repo:acme/app' } }
  const trust = {
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  }
  await running.role('deploy', trust, { Effect: 'Allow', Action: 'docs:*', Resource: '*' })
  const opened = opening.move()
  return { ...running, stop: () => opened.disposeAsync() }
}

const configText = (issuer: string): string => `
clients:
  - client_id: ${deployer}
    grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer"]
    workload:
      issuer: ${issuer}
      subject: repo:acme/app
      audience: ${audience}
      claims: {kubernetes.io/namespace: web}
  - client_id: secretive
    client_secret: a-secret-of-some-length
    token_endpoint_auth_method: client_secret_post
    grant_types: [client_credentials]
  - client_id: app
    client_secret: app-secret-of-some-length
    token_endpoint_auth_method: client_secret_post
    first_party: true
    redirect_uris: ["https://app.example/cb"]
    grant_types: &everything
      - authorization_code
      - refresh_token
      - client_credentials
      - "urn:ietf:params:oauth:grant-type:device_code"
      - "urn:ietf:params:oauth:grant-type:token-exchange"
      - "urn:ietf:params:oauth:grant-type:jwt-bearer"
  - client_id: other
    client_secret: other-secret-of-some-length
    token_endpoint_auth_method: client_secret_post
    redirect_uris: ["https://other.example/cb"]
    grant_types: *everything
resources:
  - id: https://files.example
    scopes: [read]
`

/** The claims of a token, unverified. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

/** Whether an AWS call was refused with this code. */
export const awsFault =
  (name: string) =>
  (error: unknown): boolean => {
    if (error instanceof Error && error.name === name) return true
    throw error
  }
