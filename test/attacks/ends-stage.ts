// The walk of attacks.md 33: a running server, services that check by themselves, people and programs with every kind of
// credential, and whether each is still accepted. The rows are in 33-ends*.test.ts.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreateUserCommand,
  GetRoleCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { createVerifier, type Verifier } from '../../src/verify/index.ts'
import { dpop, proofKey } from '../oidc/dpop.ts'
import type { FormBrowser } from '../support/form-browser.ts'
import { becomeOnPage } from '../support/pages/own-role.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Credentials, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId, type Running, rootKey, type StartOptions, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'
import { signAsymmetric } from '../verify/sign-asymmetric.ts'

const back = 'https://app.example/cb'
const secret = 'app-secret-app-secret-0123456789'
export const admins = 'arn:aws:iam::aws:policy/AdministratorAccess'
const host = 'docs.example'
const path = '/documents/1'

/** Whether a credential is accepted now. */
type Use = () => Promise<boolean>
/** A credential: how it is used at our own server, and what a request to a service carries. */
export interface Kind {
  readonly atUs?: Use
  /** Can be used once: tried after the event alone. */
  readonly once?: true
  readonly headers?: () => Promise<Record<string, string>>
}
export type Kinds = Readonly<Record<string, Kind>>

export let server: RoleServer
let started: StartOptions = {}
/** The same server after `restartWith`, at the same address. */
let restarted: Running | undefined
/** Of each account: a service that holds the revocation feed open, and one that polls it every second. */
const services = new Map<string, { readonly held: Verifier; readonly polled: Verifier }>()

const api = 'https://api.example'
/** A client as the operator's file has it. */
export const clientEntry = (id: string): object => ({
  client_id: id,
  client_secret: secret,
  token_endpoint_auth_method: 'client_secret_post',
  redirect_uris: [back],
  first_party: true,
  roles: 'any',
  resources: [api],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'],
})
/** The client that gets `offline_access`: a grant is one per client and browser session. */
const keeper = 'keeper'
/** Text of the configuration file; JSON is YAML. */
export const configWith = (members: object): string =>
  JSON.stringify({
    clients: [clientEntry('app'), clientEntry(keeper)],
    resources: [{ id: api, scopes: ['read'] }],
    ...members,
  })

/** Worker processes of the server, so that the walk can be run with several: `CHANCERY_TEST_WORKERS=3`. */
const workers = process.env['CHANCERY_TEST_WORKERS']

/** Resolves when every worker process has learned of a change: at once where there is one process. */
export const settled = (): Promise<void> =>
  new Promise((done) => (workers === undefined ? done() : setTimeout(done, 1100)))

/** Starts the server and the services for all tests of a file. */
export function startWalk(options: () => Promise<StartOptions> = async () => ({})): void {
  before(async () => {
    const given = await options()
    started = {
      ...given,
      env: { ...given.env, ...(workers === undefined ? {} : { CHANCERY_WORKERS: workers }) },
    }
    server = await startRoleServer({ config: configWith({}), ...started })
    for (const name of ['first', 'second']) await makeRole(name)
    await trustOwnIdTokens()
  })
  after(async () => {
    for (const { held, polled } of services.values()) {
      held.close()
      polled.close()
    }
    services.clear()
    await server?.stop()
    await restarted?.stop()
    restarted = undefined
  })
}

/** The account has this server as an OpenID Connect provider, so that an ID token of its own becomes credentials of a role. */
async function trustOwnIdTokens(): Promise<void> {
  const { OpenIDConnectProviderArn: Federated } = await server.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: server.server.url, ClientIDList: ['app'] }),
  )
  const trust = { Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' }
  await server.role('own', trust, { Effect: 'Allow', Action: '*', Resource: '*' })
}

/**
 * Stops the server and starts it in the same directory with another configuration file. Needs a fixed `CHANCERY_PORT` and a
 * `dir`, which the caller of `startWalk` gives and removes.
 */
export async function restartWith(config: string): Promise<void> {
  await (restarted ?? server.server).stop()
  const env = { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1,localhost', ...started.env }
  restarted = await startServer({ ...started, config, env })
}

/** A role that everybody in the account may assume and that may do everything. @returns its unique id */
export async function makeRole(name: string): Promise<string> {
  const trust = { Principal: { AWS: accountId }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }
  await server.role(name, trust, { Effect: 'Allow', Action: '*', Resource: '*' })
  const { Role } = await server.iam.send(new GetRoleCommand({ RoleName: name }))
  return Role?.RoleId ?? ''
}

const root: Credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }

function servicesOf(account: Credentials) {
  const known = services.get(account.accessKeyId)
  if (known) return known
  const made = { held: newVerifier('hold', account), polled: newVerifier(1, account) }
  services.set(account.accessKeyId, made)
  return made
}

const newVerifier = (feed: 'hold' | number, credentials: Credentials): Verifier =>
  createVerifier({
    issuer: server.server.url,
    service: 'docs',
    origin: `https://${host}`,
    feed,
    credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey },
  })

export const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`

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
  const body = new URLSearchParams({ client_secret: secret, client_id: 'app', ...fields })
  const response = await fetch(`${server.server.url}/token`, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

const tokenUrl = () => `${server.server.url}/token`

export interface Person {
  readonly name: string
  readonly userId: string
  readonly password: string
  readonly signedIn: Enrolled
  readonly kinds: Kinds
}

let people = 0
export async function person(client = 'app'): Promise<Person> {
  const name = `person-${++people}`
  const password = 'correct horse battery staple'
  const { User } = await server.iam.send(new CreateUserCommand({ UserName: name }))
  await server.iam.send(new CreateLoginProfileCommand({ UserName: name, Password: password }))
  await server.iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: admins }))
  const signedIn = await enrol({ url: server.server.url, admin: { name, password } })
  const kinds = await kindsOf(signedIn.browser, client)
  return { name, userId: User?.UserId ?? '', password, signedIn, kinds }
}

/** Every kind of credential that somebody who is signed in gets through a client. */
export async function kindsOf(browser: FormBrowser, client = 'app'): Promise<Kinds> {
  const ask = (fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
    form({ client_id: client, ...fields }, headers)
  const proof = (key: Awaited<ReturnType<typeof proofKey>>) => dpop(key, 'POST', tokenUrl())
  const exchange = (token: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    ask(
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
    atUs: async () => (await exchange(token)).status === 200,
    headers: async () => ({ authorization: `Bearer ${token}` }),
  })
  const refreshing = (first: string, by = client): Kind => {
    let refresh = first
    return {
      atUs: async () => {
        const { status, body } = await ask({
          client_id: by,
          grant_type: 'refresh_token',
          refresh_token: refresh,
        })
        if (status === 200) refresh = body['refresh_token'] ?? refresh
        return status === 200
      },
    }
  }
  const begin = (more: Record<string, string>) => authorize(browser, client, more)
  const tokens = async (more: Record<string, string>, headers: Record<string, string> = {}) => {
    const { status, body } = await ask(redeeming(await begin(more)), headers)
    assert.equal(status, 200, JSON.stringify(body))
    const { access_token: access = '', refresh_token: refresh = '', id_token: id = '' } = body
    return { access, refresh, id }
  }

  const key = await proofKey()
  const become = { role_arn: roleArn('first'), role_session_name: 'person' }
  const { access, refresh, id } = await tokens({ scope: 'openid roles' })
  const own = () => server.web(id, { RoleArn: roleArn('own') })
  const offline = await form({
    client_id: keeper,
    ...redeeming(await authorize(browser, keeper, { scope: 'openid offline_access', prompt: 'consent' })),
  })
  const signed = await tokens({ scope: 'openid roles read', resource: api })
  const keyed = await tokens({ scope: 'openid' }, { dpop: await proof(key) })
  const code = await begin({ scope: 'openid' })
  const exchanged = await must(exchange(access, become))
  const bound = await must(exchange(access, become, { dpop: await proof(key) }))
  const userinfo = `${server.server.url}/userinfo`
  const onPage = await becomeOnPage(browser, roleArn('first'))
  return {
    ...signedOfPage(onPage),
    ...(client === 'app' ? await ofIdToken(own) : {}),
    cookie: { atUs: async () => (await browser.get('/account')).status === 200 },
    refresh: refreshing(refresh),
    offline: refreshing(offline.body['refresh_token'] ?? '', keeper),
    code: { once: true, atUs: async () => (await ask(redeeming(code))).status === 200 },
    opaque: {
      atUs: async () =>
        (await fetch(userinfo, { headers: { authorization: `Bearer ${access}` } })).status === 200,
    },
    'dpop at us': {
      atUs: async () => {
        const headers = {
          authorization: `DPoP ${keyed.access}`,
          dpop: await dpop(key, 'GET', userinfo, keyed.access),
        }
        return (await fetch(userinfo, { headers })).status === 200
      },
    },
    introspected: {
      atUs: async () => {
        const body = new URLSearchParams({ client_id: client, client_secret: secret, token: access })
        const response = await fetch(`${server.server.url}/introspect`, { method: 'POST', body })
        return ((await response.json()) as { active?: boolean }).active === true
      },
    },
    subject: { atUs: async () => (await exchange(access, become)).status === 200 },
    'signed subject': { atUs: async () => (await exchange(signed.access, become)).status === 200 },
    exchanged: bearer(exchanged),
    narrowed: bearer(await must(exchange(exchanged, { policy: allowAll }))),
    chained: bearer(
      await must(exchange(exchanged, { role_arn: roleArn('second'), role_session_name: 'chain' })),
    ),
    dpop: {
      atUs: async () => (await exchange(bound, {}, { dpop: await proof(key) })).status === 200,
      headers: async () => ({
        authorization: `DPoP ${bound}`,
        dpop: await dpop(key, 'GET', `https://${host}${path}`, bound),
      }),
    },
  }
}

const signedOfPage = (credentials: Credentials): Kinds => {
  const { sigv4 = {}, sigv4a = {} } = signed(credentials)
  return { 'page sigv4': sigv4, 'page sigv4a': sigv4a }
}

/** What an ID token of this server becomes, and whether it still becomes that. */
async function ofIdToken(become: () => Promise<Credentials>): Promise<Kinds> {
  const session = await withChain(await become())
  const kinds = Object.entries(session).map(([name, kind]) => [`id token ${name}`, kind] as const)
  const again = () =>
    become().then(
      () => true,
      () => false,
    )
  return { ...Object.fromEntries(kinds), 'id token': { atUs: again } }
}

async function must(answer: Promise<{ status: number; body: Record<string, string> }>): Promise<string> {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body['access_token'] ?? ''
}

export const allowAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

const codeVerifier = 'v'.repeat(43)

/** @returns an authorization code */
async function authorize(
  browser: FormBrowser,
  client: string,
  more: Readonly<Record<string, string>>,
): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier))
  const query = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: back,
    code_challenge: Buffer.from(digest).toString('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })
  let page = await browser.open(`/authorize?${query}`)
  if (page.location === undefined) page = await browser.submit(page, {}, '/allow')
  const code = new URL(page.location ?? 'none:').searchParams.get('code')
  assert.ok(code, `no code: ${page.status} ${page.location} ${page.text.slice(0, 2000)}`)
  return code
}

const redeeming = (code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  code_verifier: codeVerifier,
  redirect_uri: back,
})

export const signed = (credentials: Credentials): Kinds => ({
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

export async function assume(
  credentials: Credentials,
  role: string,
  more: Partial<AssumeRoleCommandInput> = {},
): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'walk', ...more })
  const { Credentials: made } = await server.sts(credentials).send(command)
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken,
  }
}

/** A session, and one made from it: the second role's chain must end with the first. */
export async function withChain(session: Credentials): Promise<Kinds> {
  const chain = signed(await assume(session, 'second'))
  return {
    ...signed(session),
    'chained sigv4': chain['sigv4'] ?? {},
    'chained sigv4a': chain['sigv4a'] ?? {},
  }
}

export interface KeyUser {
  readonly name: string
  readonly userId: string
  readonly keyId: string
  readonly session: Credentials
  readonly kinds: Kinds
}

export async function keyUser(role = 'first', more: Partial<AssumeRoleCommandInput> = {}): Promise<KeyUser> {
  const name = `program-${++people}`
  const { User } = await server.iam.send(new CreateUserCommand({ UserName: name }))
  await server.iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: admins }))
  const { AccessKey } = await server.iam.send(new CreateAccessKeyCommand({ UserName: name }))
  const keyId = AccessKey?.AccessKeyId ?? ''
  const session = await assume(
    { accessKeyId: keyId, secretAccessKey: AccessKey?.SecretAccessKey ?? '' },
    role,
    more,
  )
  return { name, userId: User?.UserId ?? '', keyId, session, kinds: await withChain(session) }
}

export async function revoke(
  scope: string,
  value: string,
  more: object = {},
  method = 'POST',
  credentials: Credentials = root,
): Promise<void> {
  const query = method === 'DELETE' ? `?${new URLSearchParams({ scope, value })}` : ''
  const url = `${server.server.url}/v1/revocations${query}`
  const body = method === 'DELETE' ? '' : JSON.stringify({ scope, value, ...more })
  const headers = signRequest({
    method,
    url,
    headers: { 'content-type': 'application/json' },
    body,
    credentials,
    region: 'us-east-1',
    service: 'decision',
    now: Date.now() / 1000,
  })
  const response = await fetch(url, { method, headers, ...(body === '' ? {} : { body }) })
  assert.equal(response.status, 200, await response.text())
}

/** Cells that stay, each with its reason. Every other cell of the row must end. */
export type Stays = Readonly<Record<string, string>>

/** All are accepted now, by each verifier too, so that those are warm. */
export async function usable(kinds: Kinds, account = root): Promise<void> {
  const { held, polled } = servicesOf(account)
  for (const [name, { atUs, once, headers }] of Object.entries(kinds)) {
    if (atUs && !once) assert.ok(await atUs(), `${name} at our server before`)
    for (const verifier of headers ? [held, polled] : [])
      assert.ok(await accepts(verifier, (await headers?.()) ?? {}), `${name} at a service before`)
  }
}

/**
 * At our own process it is the next request; services may take their second.
 * @param account root key of the account whose services are asked
 */
export async function ended(kinds: Kinds, stays: Stays = {}, account: Credentials = root): Promise<void> {
  const { held, polled } = servicesOf(account)
  for (const [name, { atUs }] of Object.entries(kinds))
    if (atUs) {
      const wanted = name in stays
      // Other worker processes learn of a change within a second.
      const isSeen = async () => (await atUs()) === wanted
      if (workers === undefined) assert.ok(await isSeen(), `${name} at our server after`)
      else await until(`${name} at our server after`, isSeen)
    }
  const cold = newVerifier(30, account)
  try {
    for (const [name, { headers }] of Object.entries(kinds)) {
      if (!headers) continue
      for (const [which, verifier] of [
        ['cold', cold],
        ['held', held],
        ['polled', polled],
      ] as const) {
        const wanted = name in stays
        const isSeen = async () => (await accepts(verifier, await headers())) === wanted
        await until(`${name} at a service (${which}) after`, isSeen, { every: 50 })
      }
    }
  } finally {
    cold.close()
  }
}
