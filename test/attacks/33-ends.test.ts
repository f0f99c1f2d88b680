// attacks.md 33: what ends when (docs/ends.md), walked from one table: events × kinds of credential, against a running
// server, and at two services that check by themselves: one that holds the revocation feed open and one that polls it,
// with credentials they saw before (warm) and one that starts after the event and never saw them (cold).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  ListMFADevicesCommand,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { signRequest } from '../../src/secure/sigv4-sign.ts'
import { createVerifier, type Verifier } from '../../src/verify/index.ts'
import { dpop, proofKey } from '../oidc/dpop.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import {
  audience,
  type Credentials,
  claimsOf,
  type RoleServer,
  startRoleServer,
} from '../support/role-server.ts'
import { accountId, rootKey } from '../support/server.ts'
import { signAsymmetric } from '../verify/sign-asymmetric.ts'

const back = 'https://app.example/cb'
const secret = 'app-secret-app-secret-0123456789'
const admins = 'arn:aws:iam::aws:policy/AdministratorAccess'
const host = 'docs.example'
const path = '/documents/1'

let server: RoleServer
let held: Verifier
let polled: Verifier
/** What the services saw before an event: whether a credential is accepted. */
type Use = () => Promise<boolean>
/** A credential: how it is used at our own server, and what a request to a service carries. */
interface Kind {
  readonly atUs?: Use
  readonly headers?: () => Promise<Record<string, string>>
}
type Kinds = Readonly<Record<string, Kind>>

before(async () => {
  server = await startRoleServer({
    config: `clients:
  - client_id: app
    client_secret: ${secret}
    token_endpoint_auth_method: client_secret_post
    redirect_uris: ['${back}']
    first_party: true
    roles: any
    grant_types: [authorization_code, refresh_token, 'urn:ietf:params:oauth:grant-type:token-exchange']
`,
  })
  const anyone = { Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await server.role('first', anyone, { Effect: 'Allow', Action: '*', Resource: '*' })
  await server.role('second', anyone, { Effect: 'Allow', Action: '*', Resource: '*' })
  held = newVerifier('hold')
  polled = newVerifier(1)
})
after(async () => {
  held?.close()
  polled?.close()
  await server?.stop()
})

const newVerifier = (feed: 'hold' | number): Verifier =>
  createVerifier({
    issuer: server.server.url,
    service: 'docs',
    origin: `https://${host}`,
    feed,
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
  })

const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`

async function accepts(verifier: Verifier, headers: Record<string, string>): Promise<boolean> {
  const request = {
    method: 'GET',
    path,
    query: '',
    headers: Object.entries({ host, ...headers }).flat(),
    body: async () => Buffer.alloc(0),
    sourceIp: '192.0.2.1',
    secure: true,
  }
  return verifier.authenticate(request).then(
    () => true,
    (error: { readonly code?: string }) => {
      if (error.code === 'unauthenticated' || error.code === 'expired_token') return false
      throw error
    },
  )
}

async function form(fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ client_id: 'app', client_secret: secret, ...fields })
  const response = await fetch(`${server.server.url}/token`, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

const exchangeFor = (
  token: string,
  more: Record<string, string> = {},
  headers: Record<string, string> = {},
) =>
  form(
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'docs',
      ...more,
    },
    headers,
  )

const bearer = (token: string): Kind => ({
  atUs: async () => (await exchangeFor(token)).status === 200,
  headers: async () => ({ authorization: `Bearer ${token}` }),
})

async function must(answer: Promise<{ status: number; body: Record<string, string> }>): Promise<string> {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body['access_token'] ?? ''
}

interface Person {
  readonly name: string
  readonly userId: string
  readonly signedIn: Enrolled
  readonly kinds: Kinds
}

let people = 0
async function person(): Promise<Person> {
  const name = `person-${++people}`
  const password = 'correct horse battery staple'
  const { User } = await server.iam.send(new CreateUserCommand({ UserName: name }))
  await server.iam.send(new CreateLoginProfileCommand({ UserName: name, Password: password }))
  await server.iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: admins }))
  const signedIn = await enrol({ url: server.server.url, admin: { name, password } })
  const tokens = await codeFlow(signedIn, 'openid roles')
  const access = tokens['access_token'] ?? ''
  let refresh = tokens['refresh_token'] ?? ''
  const become = { role_arn: roleArn('first'), role_session_name: 'person' }
  const exchanged = await must(exchangeFor(access, become))
  const key = await proofKey()
  const bound = await must(
    exchangeFor(access, become, { dpop: await dpop(key, 'POST', `${server.server.url}/token`) }),
  )
  const kinds: Kinds = {
    cookie: { atUs: async () => (await signedIn.browser.get('/account')).status === 200 },
    refresh: {
      atUs: async () => {
        const { status, body } = await form({ grant_type: 'refresh_token', refresh_token: refresh })
        if (status === 200) refresh = body['refresh_token'] ?? refresh
        return status === 200
      },
    },
    opaque: {
      atUs: async () => {
        const headers = { authorization: `Bearer ${access}` }
        return (await fetch(`${server.server.url}/userinfo`, { headers })).status === 200
      },
    },
    introspected: {
      atUs: async () => {
        const body = new URLSearchParams({ client_id: 'app', client_secret: secret, token: access })
        const response = await fetch(`${server.server.url}/introspect`, { method: 'POST', body })
        return ((await response.json()) as { active?: boolean }).active === true
      },
    },
    subject: { atUs: async () => (await exchangeFor(access, become)).status === 200 },
    exchanged: bearer(exchanged),
    narrowed: bearer(await must(exchangeFor(exchanged, { policy: allowAll }))),
    chained: bearer(
      await must(exchangeFor(exchanged, { role_arn: roleArn('second'), role_session_name: 'chain' })),
    ),
    dpop: {
      headers: async () => ({
        authorization: `DPoP ${bound}`,
        dpop: await dpop(key, 'GET', `https://${host}${path}`, bound),
      }),
    },
  }
  return { name, userId: User?.UserId ?? '', signedIn, kinds }
}

const allowAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

async function codeFlow({ browser }: Enrolled, scope: string): Promise<Record<string, string>> {
  const verifier = 'v'.repeat(43)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const query = new URLSearchParams({
    client_id: 'app',
    response_type: 'code',
    redirect_uri: back,
    scope,
    code_challenge: Buffer.from(digest).toString('base64url'),
    code_challenge_method: 'S256',
  })
  const end = await browser.open(`/authorize?${query}`)
  const code = new URL(end.location ?? 'none:').searchParams.get('code') ?? ''
  const { status, body } = await form({
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: back,
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const signed = (credentials: Credentials): Kinds => ({
  sigv4: {
    atUs: () =>
      server
        .sts(credentials)
        .send(new GetCallerIdentityCommand({}))
        .then(
          () => true,
          () => false,
        ),
    headers: async () =>
      signRequest({
        method: 'GET',
        url: `https://${host}${path}`,
        headers: { 'x-once': crypto.randomUUID() },
        body: '',
        credentials,
        region: 'us-east-1',
        service: 'docs',
        now: Math.floor(Date.now() / 1000),
      }),
  },
  sigv4a: {
    headers: async () =>
      signAsymmetric(
        host,
        path,
        { ...credentials, sessionToken: credentials.sessionToken ?? '' },
        '*',
        'docs',
      ),
  },
})

async function assume(credentials: Credentials, role: string): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'walk' })
  const { Credentials: made } = await server.sts(credentials).send(command)
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken,
  }
}

/** A session, and one made from it: the second role's chain must end with the first. */
async function withChain(session: Credentials): Promise<Kinds> {
  const chain = signed(await assume(session, 'second'))
  return {
    ...signed(session),
    'chained sigv4': chain['sigv4'] ?? {},
    'chained sigv4a': chain['sigv4a'] ?? {},
  }
}

interface KeyUser {
  readonly name: string
  readonly userId: string
  readonly keyId: string
  readonly session: Credentials
  readonly kinds: Kinds
}

async function keyUser(): Promise<KeyUser> {
  const name = `program-${++people}`
  const { User } = await server.iam.send(new CreateUserCommand({ UserName: name }))
  await server.iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: admins }))
  const { AccessKey } = await server.iam.send(new CreateAccessKeyCommand({ UserName: name }))
  const keyId = AccessKey?.AccessKeyId ?? ''
  const session = await assume(
    { accessKeyId: keyId, secretAccessKey: AccessKey?.SecretAccessKey ?? '' },
    'first',
  )
  return { name, userId: User?.UserId ?? '', keyId, session, kinds: await withChain(session) }
}

async function revoke(scope: string, value: string, more: object = {}, method = 'POST'): Promise<void> {
  const query = method === 'DELETE' ? `?${new URLSearchParams({ scope, value })}` : ''
  const url = `${server.server.url}/v1/revocations${query}`
  const body = method === 'DELETE' ? '' : JSON.stringify({ scope, value, ...more })
  const headers = signRequest({
    method,
    url,
    headers: { 'content-type': 'application/json' },
    body,
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
    region: 'us-east-1',
    service: 'decision',
    now: Date.now() / 1000,
  })
  const response = await fetch(url, { method, headers, ...(body === '' ? {} : { body }) })
  assert.equal(response.status, 200, await response.text())
}

/** Cells that stay, each with its reason. Every other cell of the row must end. */
type Stays = Readonly<Record<string, string>>

/** All are accepted now, by each verifier too, so that those are warm. */
async function usable(kinds: Kinds): Promise<void> {
  for (const [name, { atUs, headers }] of Object.entries(kinds)) {
    if (atUs) assert.ok(await atUs(), `${name} at our server before`)
    for (const verifier of headers ? [held, polled] : [])
      assert.ok(await accepts(verifier, (await headers?.()) ?? {}), `${name} at a service before`)
  }
}

/** At our own process it is the next request; services may take their second. */
async function ended(kinds: Kinds, stays: Stays = {}): Promise<void> {
  for (const [name, { atUs }] of Object.entries(kinds))
    if (atUs) assert.equal(await atUs(), name in stays, `${name} at our server after`)
  const cold = newVerifier(30)
  try {
    for (const [name, { headers }] of Object.entries(kinds)) {
      if (!headers) continue
      for (const [which, verifier] of [
        ['cold', cold],
        ['held', held],
        ['polled', polled],
      ] as const) {
        const wanted = name in stays
        let seen = !wanted
        for (let tries = 0; tries < 60 && seen !== wanted; tries++) {
          if (tries > 0) await new Promise((done) => setTimeout(done, 100))
          seen = await accepts(verifier, await headers())
        }
        assert.equal(seen, wanted, `${name} at a service (${which}) after`)
      }
    }
  } finally {
    cold.close()
  }
}

const personRows: readonly {
  readonly event: string
  readonly happen: (who: Person) => Promise<unknown>
  readonly stays?: Stays
}[] = [
  {
    event: 'password replaced by an administrator',
    happen: ({ name }) =>
      server.iam.send(new UpdateLoginProfileCommand({ UserName: name, Password: 'another horse battery' })),
  },
  {
    event: 'second factor removed by an administrator',
    async happen({ name }) {
      const { MFADevices = [] } = await server.iam.send(new ListMFADevicesCommand({ UserName: name }))
      for (const { SerialNumber } of MFADevices)
        await server.iam.send(new DeactivateMFADeviceCommand({ UserName: name, SerialNumber }))
    },
  },
  { event: 'administrator signs a person out', happen: ({ userId }) => revoke('sign-in', userId) },
  {
    event: 'administrator signs a person out, offline access too',
    happen: ({ userId }) => revoke('sign-in', userId, { offline: true }),
  },
  {
    event: 'user deleted, and one of the same name made',
    async happen({ name }) {
      await server.iam.send(new DeleteLoginProfileCommand({ UserName: name }))
      await server.iam.send(new DetachUserPolicyCommand({ UserName: name, PolicyArn: admins }))
      const { MFADevices = [] } = await server.iam.send(new ListMFADevicesCommand({ UserName: name }))
      for (const { SerialNumber } of MFADevices)
        await server.iam.send(new DeactivateMFADeviceCommand({ UserName: name, SerialNumber }))
      await server.iam.send(new DeleteUserCommand({ UserName: name }))
      // 34: made again under the old name, it is somebody else.
      await server.iam.send(new CreateUserCommand({ UserName: name }))
    },
  },
  {
    event: 'consent withdrawn',
    async happen({ signedIn: { browser } }) {
      const page = await browser.open('/account')
      await browser.submit(page, {}, '/account/applications/withdraw')
    },
    stays: { cookie: 'the browser session does not depend on what one application was allowed' },
  },
]

for (const { event, happen, stays } of personRows) {
  test(`33: ${event}: every credential of the person ends`, { timeout: 60_000 }, async () => {
    const who = await person()
    await usable(who.kinds)
    await happen(who)
    await ended(who.kinds, stays)
  })
}

const sessionRows: readonly {
  readonly event: string
  readonly happen: (who: KeyUser) => Promise<unknown>
}[] = [
  {
    event: 'access key deactivated',
    happen: ({ name, keyId }) =>
      server.iam.send(new UpdateAccessKeyCommand({ UserName: name, AccessKeyId: keyId, Status: 'Inactive' })),
  },
  {
    event: 'access key deleted',
    happen: ({ name, keyId }) =>
      server.iam.send(new DeleteAccessKeyCommand({ UserName: name, AccessKeyId: keyId })),
  },
  {
    event: 'session revoked by id',
    happen: ({ session }) => revoke('session', String(claimsOf(session.sessionToken ?? '')['jti'])),
  },
  { event: 'user revoked', happen: ({ userId }) => revoke('user', userId) },
]

for (const { event, happen } of sessionRows) {
  test(`33: ${event}: the session and its chain end`, { timeout: 60_000 }, async () => {
    const who = await keyUser()
    await usable(who.kinds)
    await happen(who)
    await ended(who.kinds)
  })
}

test('33: identity provider deleted: its sessions and their chains end', { timeout: 60_000 }, async () => {
  await server.iam.send(
    new PutRolePolicyCommand({
      RoleName: 'deploy',
      PolicyName: 'chain',
      PolicyDocument: allowAll,
    }),
  )
  const kinds = await withChain(await server.web(await server.token()))
  await usable(kinds)
  await server.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: server.provider }))
  await ended(kinds)
  await server.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: server.ci.url, ClientIDList: [audience] }),
  )
  await ended(kinds)
})

test('33: role deleted: its sessions and what was chained from them end', { timeout: 60_000 }, async () => {
  const { kinds } = await keyUser()
  await usable(kinds)
  await server.iam.send(new DeleteRolePolicyCommand({ RoleName: 'first', PolicyName: 'own' }))
  await server.iam.send(new DeleteRoleCommand({ RoleName: 'first' }))
  await ended(kinds)
  const anyone = { Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await server.role('first', anyone, { Effect: 'Allow', Action: '*', Resource: '*' })
  await ended(kinds)
})

test('33: a revocation that was lifted is lifted at services too', { timeout: 60_000 }, async () => {
  const { kinds, session } = await keyUser()
  const jti = String(claimsOf(session.sessionToken ?? '')['jti'])
  await usable(kinds)
  await revoke('session', jti)
  await ended(kinds)
  await revoke('session', jti, {}, 'DELETE')
  await ended(kinds, Object.fromEntries(Object.keys(kinds).map((name) => [name, 'lifted'])))
})
