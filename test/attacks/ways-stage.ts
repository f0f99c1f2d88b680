// A running server with somebody at every way in: a CI system whose tokens are good once, a SAML provider, the administrator as
// a signed-in person, and users with access keys. Everything goes over HTTP.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import {
  CreateAccessKeyCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import type { FormBrowser, Seen } from '../support/form-browser.ts'
import { enrol } from '../support/person.ts'
import {
  type Credentials,
  claimsOf,
  type Form,
  policy,
  type RoleServer,
  startRoleServer,
} from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import { storeBeside } from '../support/store.ts'
import {
  assertionXml,
  encode,
  type KeyPair,
  makeKeyPair,
  metadataOf,
  responseXml,
  sign,
} from '../support/upstreams/saml-forge.ts'

/** What came back. */
export interface Outcome {
  readonly status: number
  readonly text: string
}

export const roleArn = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`
export const samlProvider = `arn:aws:iam::${accountId}:saml-provider/acme`
export const app = { client_id: 'app', client_secret: 'app-secret-of-some-length' } as const
export const other = { client_id: 'other', client_secret: 'other-secret-of-some-length' } as const
export const accessToken = 'urn:ietf:params:oauth:token-type:access_token'
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const bearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const back = 'https://app.example/cb'

export type WaysStage = Awaited<ReturnType<typeof openWays>>

export async function openWays() {
  const server = await startRoleServer()
  const { url } = server.server
  const idp = makeKeyPair()
  await server.iam.send(
    new CreateSAMLProviderCommand({ Name: 'acme', SAMLMetadataDocument: metadataOf([idp]) }),
  )
  const trusting = (Principal: object, Action: string | string[] = 'sts:AssumeRole', Condition = {}) => ({
    Principal,
    Action,
    Condition,
  })
  const everyone = { AWS: `arn:aws:iam::${accountId}:root` }
  const saml = trusting({ Federated: samlProvider }, ['sts:AssumeRoleWithSAML', 'sts:TagSession'])
  await server.role('staff', saml)
  await server.role('reach', trusting(everyone))
  await server.role('strict', trusting(everyone, 'sts:AssumeRole', mfaNow))
  await server.role('closed', trusting({ AWS: roleArn('deploy') }))
  const assuming = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })
  await server.iam.send(
    new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'assuming', PolicyDocument: assuming }),
  )
  await server.iam.send(new CreateUserCommand({ UserName: 'alice' }))
  const alice = await userKey(server, 'alice')
  const onlyVisitor = policy({
    Effect: 'Deny',
    Action: ['sts:GetFederationToken', 'sts:TagSession'],
    NotResource: [`arn:aws:sts::${accountId}:federated-user/visitor`, roleArn('*')],
  })
  const denied = { UserName: 'alice', PolicyName: 'only-visitor', PolicyDocument: onlyVisitor }
  await server.iam.send(new PutUserPolicyCommand(denied))
  const gone = await goneKey(server)
  const { browser } = await enrol(server.server)
  await changeRecord(server, 'identityProvider', server.provider, { once: true })

  const call = async (body: Form, init: RequestInit & { path?: string } = {}): Promise<Outcome> => {
    const given = Object.entries(body).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const { path = '/token', ...more } = init
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(given).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...more,
    })
    return { status: response.status, text: await response.text() }
  }
  const sts = (action: string, form: Form) =>
    call({ Action: action, Version: '2011-06-15', ...form }, { path: '/' })

  return {
    server,
    browser,
    alice,
    gone,
    call,
    sts,
    token: (change: Readonly<Record<string, unknown>> = {}) => server.token({ jti: randomUUID(), ...change }),
    /** AssumeRole, signed by hand. */
    signed(form: Form, how: { credentials?: Credentials; service?: string; age?: number } = {}) {
      const fields = {
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: roleArn('reach'),
        RoleSessionName: 'one',
        ...form,
      }
      const body = new URLSearchParams(
        Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ).toString()
      const headers = signRequest({
        method: 'POST',
        url: `${url}/`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
        credentials: how.credentials ?? alice,
        region: 'us-east-1',
        service: how.service ?? 'sts',
        now: Date.now() / 1000 - (how.age ?? 0),
      })
      return call({}, { path: '/', body, headers })
    },
    assertion: (change: (xml: string) => string = (xml) => xml, by: KeyPair = idp) =>
      assertionOf(url, change, by),
    unsigned: () => assertionOf(url, (xml) => xml),
    personId: (idToken: string) => String(claimsOf(idToken)['sub']),
    code: () => codeFor(browser, url),
    async deviceCode(): Promise<string> {
      const asked = await call(
        { client_id: app.client_id, client_secret: app.client_secret, scope: 'openid' },
        { path: '/device/auth' },
      )
      const { device_code, user_code } = JSON.parse(asked.text) as Record<string, string>
      const confirm = await browser.submit(await browser.open('/device'), { user_code: user_code ?? '' })
      await browser.submit(confirm, { confirm: 'yes' })
      return device_code ?? ''
    },
    change: (kind: 'identityProvider' | 'user', id: string, change: object) =>
      changeRecord(server, kind, id, change),
  }
}

const mfaNow = { NumericLessThan: { 'aws:MultiFactorAuthAge': '0' } }

async function userKey(server: RoleServer, UserName: string): Promise<Credentials> {
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'sts:*', Resource: '*' })
  await server.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'sts', PolicyDocument }))
  const { AccessKey } = await server.iam.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

/** The key of a user who was deleted. */
async function goneKey(server: RoleServer): Promise<Credentials> {
  await server.iam.send(new CreateUserCommand({ UserName: 'gone' }))
  const { AccessKey } = await server.iam.send(new CreateAccessKeyCommand({ UserName: 'gone' }))
  const key = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  await server.iam.send(new DeleteAccessKeyCommand({ UserName: 'gone', AccessKeyId: key.accessKeyId }))
  await server.iam.send(new DeleteUserCommand({ UserName: 'gone' }))
  return key
}

const attribute = (name: string, ...values: string[]): string =>
  `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`

function assertionOf(url: string, change: (xml: string) => string, by?: KeyPair): string {
  const aws = 'https://aws.amazon.com/SAML/Attributes/'
  const said = {
    at: Math.floor(Date.now() / 1000),
    recipient: `${url}/saml`,
    audience: `${url}/saml`,
    request: undefined,
    assertionId: `_${randomUUID()}`,
    attributes: [
      attribute(`${aws}Role`, `${roleArn('staff')},${samlProvider}`),
      attribute(`${aws}RoleSessionName`, 'alice@idp.example'),
      attribute(`${aws}PrincipalTag:team`, 'blue'),
    ].join(''),
  }
  const xml = change(responseXml(said, assertionXml(said)))
  return encode(by === undefined ? xml : sign(xml, by))
}

export type Code = Readonly<Record<'code' | 'code_verifier' | 'redirect_uri', string>>

/** A code of the administrator's browser for the application `app`. */
async function codeFor(browser: FormBrowser, url: string): Promise<Code> {
  const code_verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.client_id,
    redirect_uri: back,
    scope: 'openid roles',
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const asked: Seen = await browser.open(`/authorize?${query}`)
  // The scope `roles` needs the person's consent, which is kept for the next time.
  const seen = asked.location === undefined ? await browser.submit(asked, {}) : asked
  const code = new URL(seen.location ?? url).searchParams.get('code')
  if (code === null) throw new Error(`no code: ${seen.status} ${seen.url} ${seen.location}`)
  return { code, code_verifier, redirect_uri: back }
}

/** Changes a record in the store's file, beside the running server, which learns of it within a second. */
async function changeRecord(
  { server }: RoleServer,
  kind: 'identityProvider' | 'user',
  id: string,
  change: object,
): Promise<void> {
  const store = await storeBeside(server)
  await store.update(kind, id, (old) => ({ ...old, ...change }))
}
