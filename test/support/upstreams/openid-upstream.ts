// An OpenID Connect provider that people of elsewhere sign in with: raw oidc-provider on loopback, with accounts and a
// login page without JavaScript (fields `login` and `password`), and quirks that a test may switch on and off while it
// runs. Use: `const up = await startOpenIdUpstream({ redirectUris: [callback] })` … `up.issuer`, `up.client` go into
// `identity_providers:` of Chancery; CHANCERY_OUTBOUND_ALLOW must hold `up.host`; `up.close()` at the end.
// `signInThere(up, url)` walks the pages without a browser, and gives the address that leads back.
import { createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Configuration, Provider } from 'oidc-provider'
import { rsaPair } from './rsa-keys.ts'

export interface UpstreamAccount {
  readonly sub: string
  readonly login: string
  readonly password: string
  /** Given on by scope: profile, email, groups. */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** What the provider does otherwise than it should, or than ours would; all off at first. */
export interface OpenIdQuirks {
  /** Changes the ID token's claims before they are signed anew. */
  idToken?: ((claims: Record<string, unknown>, accessToken: string) => Record<string, unknown>) | undefined
  /** How ID tokens are signed. `foreign`: by a key that is not published. `HS256`: under the client's secret. */
  signedBy?: 'own' | 'foreign' | 'none' | 'HS256' | undefined
  /** Changes the token endpoint's whole answer. */
  tokens?: ((answer: Record<string, unknown>) => Record<string, unknown>) | undefined
  /** Changes the discovery document. */
  discovery?: ((document: Record<string, unknown>) => Record<string, unknown>) | undefined
  /** A text is sent as `application/jwt`. */
  userinfo?: ((claims: Record<string, unknown>) => Record<string, unknown> | string) | undefined
  /** Sends no RFC 9207 `iss`, and does not advertise it. */
  withoutIss?: boolean | undefined
  /** Reads Basic credentials without form-decoding them (many do). */
  rawBasic?: boolean | undefined
  /** These paths do that instead of answering. */
  broken?: ReadonlyMap<string, 'hangs' | 'garbage' | 'fails' | 'huge'> | undefined
}

export interface OpenIdUpstream {
  readonly issuer: string
  readonly origin: string
  /** `127.0.0.1:port`, for CHANCERY_OUTBOUND_ALLOW. */
  readonly host: string
  readonly client: { readonly id: string; readonly secret: string }
  /** A client that proves itself by private_key_jwt with this private JWK. */
  readonly keyClient: { readonly id: string; readonly jwk: JsonWebKey }
  readonly accounts: readonly UpstreamAccount[]
  readonly quirks: OpenIdQuirks
  /** `METHOD /path` of every request since the start. */
  readonly requests: readonly string[]
  /** A JWS of these claims, signed with the published key or another. */
  sign(
    claims: Record<string, unknown>,
    header?: Record<string, unknown>,
    by?: OpenIdQuirks['signedBy'],
  ): string
  close(): void
}

export interface OpenIdUpstreamOptions {
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris?: readonly string[]
  readonly accounts?: readonly UpstreamAccount[]
  /** The issuer ends with `/`, as Auth0's do. */
  readonly trailingSlash?: boolean
  readonly clientAuth?: 'client_secret_post' | 'client_secret_basic'
  readonly clientSecret?: string
  readonly port?: number
}

const defaultAccounts: readonly UpstreamAccount[] = [
  {
    sub: 'upstream-ada',
    login: 'ada',
    password: 'ada-upstream-password',
    claims: {
      name: 'Ada Lovelace',
      preferred_username: 'ada',
      email: 'ada@corp.example',
      email_verified: true,
      groups: ['engineers'],
    },
  },
]

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const decoded = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>

export async function startOpenIdUpstream(options: OpenIdUpstreamOptions): Promise<OpenIdUpstream> {
  const accounts = options.accounts ?? defaultAccounts
  const own = rsaPair()
  const foreign = rsaPair()
  const clientKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const client = { id: 'chancery', secret: options.clientSecret ?? 'upstream-secret+/ with%odd:characters' }
  const keyClient = {
    id: 'chancery-by-key',
    jwk: { ...clientKey.privateKey.export({ format: 'jwk' }), kid: 'client-key', alg: 'ES256' },
  }
  const quirks: OpenIdQuirks = {}
  const requests: string[] = []
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {}
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    requests.push(`${request.method} ${path}`)
    if (!misbehaved(quirks.broken?.get(path), response)) handle(request, response)
  })
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = options.trailingSlash ? `${origin}/` : origin
  const common = {
    redirect_uris: [...options.redirectUris],
    post_logout_redirect_uris: [...(options.postLogoutRedirectUris ?? [])],
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
  }
  const configuration: Configuration = {
    jwks: { keys: [{ ...own.privateKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' }] },
    clients: [
      {
        ...common,
        client_id: client.id,
        client_secret: client.secret,
        token_endpoint_auth_method: options.clientAuth ?? 'client_secret_post',
      },
      {
        ...common,
        client_id: keyClient.id,
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: {
          keys: [
            {
              ...clientKey.publicKey.export({ format: 'jwk' }),
              kid: 'client-key',
              use: 'sig',
              alg: 'ES256',
            },
          ],
        },
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    acrValues: ['urn:two-factors'],
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile', 'email', 'groups'],
    pkce: { required: () => true },
    cookies: { keys: ['upstream-cookies'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    routes: { authorization: '/authorize', token: '/token', userinfo: '/userinfo', end_session: '/logout' },
    findAccount: (_ctx, id) => {
      const found = accounts.find(({ sub }) => sub === id)
      return found && { accountId: id, claims: () => ({ ...found.claims, sub: id }) }
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId,
        accountId: ctx.oidc.session?.accountId,
      })
      grant.addOIDCScope('openid profile email groups')
      await grant.save()
      return grant
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      Session: 3600,
      Grant: 3600,
    },
  }
  const provider = new Provider(issuer, configuration)
  provider.proxy = false
  provider.use(async (ctx, next) => {
    if (quirks.rawBasic) ctx.req.headers.authorization = formEncodedBasic(ctx.req.headers.authorization)
    await next()
    const body = ctx.body as Record<string, unknown> | undefined
    if (ctx.path === '/token' && ctx.status === 200 && body)
      ctx.body = tokensOf(body, quirks, {
        own: own.privateKey,
        foreign: foreign.privateKey,
        secret: client.secret,
      })
    if (ctx.path === '/userinfo' && ctx.status === 200 && body && quirks.userinfo) {
      ctx.body = quirks.userinfo(body)
      if (typeof ctx.body === 'string') ctx.type = 'application/jwt'
    }
    if (ctx.path === '/.well-known/openid-configuration' && body) ctx.body = documentOf(body, quirks)
    if (ctx.path.startsWith('/authorize') && quirks.withoutIss) withoutIss(ctx)
  })
  const callback = provider.callback()
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, accounts, request, response)
    else void callback(request, response)
  }
  return {
    issuer,
    origin,
    host: new URL(origin).host,
    client,
    keyClient,
    accounts,
    quirks,
    requests,
    sign: (claims, header = {}, by = 'own') =>
      signedAs(by, { kid: 'own', ...header }, claims, {
        own: own.privateKey,
        foreign: foreign.privateKey,
        secret: client.secret,
      }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function misbehaved(how: string | undefined, response: ServerResponse): boolean {
  if (how === undefined) return false
  if (how === 'garbage') response.end('<html>not what you asked for')
  if (how === 'fails') response.writeHead(503).end()
  if (how === 'huge') response.end(Buffer.alloc(1024 * 1024 + 1, 'x'))
  return true
}

function documentOf(body: Record<string, unknown>, quirks: OpenIdQuirks): Record<string, unknown> {
  const { authorization_response_iss_parameter_supported: _iss, ...rest } = body
  const document = quirks.withoutIss ? rest : body
  return quirks.discovery?.(document) ?? document
}

function withoutIss(ctx: {
  status: number
  response: { get(name: string): string }
  set(n: string, v: string): void
}): void {
  const location = ctx.response.get('location')
  if (!location) return
  const url = URL.parse(location)
  url?.searchParams.delete('iss')
  if (url) ctx.set('location', url.href)
}

/** What a provider that takes Basic credentials as they come makes of them: our decoding one must see the same. */
function formEncodedBasic(header: string | undefined): string | undefined {
  const packed = /^Basic (.+)$/.exec(header ?? '')?.[1]
  if (packed === undefined) return header
  const [id = '', ...rest] = Buffer.from(packed, 'base64').toString().split(':')
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(rest.join(':'))}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

interface Signers {
  readonly own: KeyObject
  readonly foreign: KeyObject
  readonly secret: string
}

function tokensOf(
  body: Record<string, unknown>,
  { idToken, signedBy = 'own', tokens }: OpenIdQuirks,
  signers: Signers,
): Record<string, unknown> {
  const [header, payload] = String(body['id_token'] ?? '').split('.')
  const changed =
    body['id_token'] === undefined || (idToken === undefined && signedBy === 'own')
      ? body
      : {
          ...body,
          id_token: signedAs(
            signedBy,
            decoded(header),
            (idToken ?? ((claims) => claims))(decoded(payload), String(body['access_token'])),
            signers,
          ),
        }
  return tokens?.(changed) ?? changed
}

function signedAs(
  how: NonNullable<OpenIdQuirks['signedBy']>,
  header: Record<string, unknown>,
  claims: Record<string, unknown>,
  { own, foreign, secret }: Signers,
): string {
  const alg = how === 'none' || how === 'HS256' ? how : 'RS256'
  const text = `${encoded({ ...header, alg })}.${encoded(claims)}`
  if (how === 'none') return `${text}.`
  if (how === 'HS256') return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  return `${text}.${sign('sha256', Buffer.from(text), how === 'own' ? own : foreign).toString('base64url')}`
}

async function interact(
  provider: Provider,
  accounts: readonly UpstreamAccount[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params } = await provider.interactionDetails(request, response)
    if (request.method !== 'POST') return page(response, String(params['login_hint'] ?? ''), false)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    if (fields.has('refuse'))
      return await provider.interactionFinished(request, response, {
        error: 'access_denied',
        error_description: 'the person\u0007 said no',
      })
    const account = accounts.find(
      ({ login, password }) => login === fields.get('login') && password === fields.get('password'),
    )
    if (!account) return page(response, fields.get('login') ?? '', true)
    await provider.interactionFinished(request, response, { login: { accountId: account.sub } })
  } catch (error) {
    response.writeHead(400).end(String(error))
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function page(response: ServerResponse, login: string, wrong: boolean): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><html lang="en"><title>Corporate sign-in</title><h1>Corporate sign-in</h1>
${wrong ? '<p role="alert">Wrong name or password</p>' : ''}
<form method="post">
<p><label>Login <input name="login" value="${escaped(login)}" autocomplete="username"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
<p><button>Sign in</button> <button name="refuse" value="1">Refuse</button></p>
</form>`)
}

/** Signs an account in at the page a browser was sent to; the address that leads back. */
export async function signInThere(
  up: { readonly origin: string; readonly accounts: readonly Pick<UpstreamAccount, 'login' | 'password'>[] },
  to: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<URL> {
  const { login = '', password = '' } = up.accounts[0] ?? {}
  const cookies = new Map<string, string>()
  const ask = async (url: string, body?: URLSearchParams) => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body ? { method: 'POST', body } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    return { url, text: await response.text(), next: location === null ? undefined : new URL(location, url) }
  }
  let seen = await ask(to)
  for (let hops = 0; hops < 10; hops++) {
    if (seen.next && seen.next.origin !== up.origin) return seen.next
    if (seen.next) seen = await ask(seen.next.href)
    else if (seen.text.includes('name="password"'))
      seen = await ask(seen.url, new URLSearchParams({ login, password, ...fields }))
    else throw new Error(`no way back from ${seen.url}: ${seen.text.slice(0, 400)}`)
  }
  throw new Error('too many pages')
}
