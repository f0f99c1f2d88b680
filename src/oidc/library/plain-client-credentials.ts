// The plain request for client credentials: one client secret, a resource whose tokens are JWTs, and nothing else that the token
// endpoint reads. It is answered before Koa and oidc-provider, with oidc-provider's own client and secret check and the same
// checks of the grant; what is around them takes longer than they do. Every other request, and every one that is refused, goes
// to oidc-provider unchanged: here nothing is answered but a token. test/oidc/plain-client-credentials.test.ts sends the same
// requests both ways.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import type { Provider, ResourceServer } from 'oidc-provider'
import stateOf from 'oidc-provider/lib/helpers/weak_cache.js'
import { type SigningKey, signJws } from '../../secure/jws.ts'
import { randomToken } from '../../secure/random.ts'
import { gate } from '../../sts/gate.ts'
import { type MappingClient, mappedClaimsOf } from '../claims.ts'
import { wayOfGrant } from '../grant-checks.ts'
import type { ClientModel } from './members.ts'

const grant = 'client_credentials'
/** Bytes; a longer body is not plain. */
const longestBody = 4096

/** Headers that change what the token endpoint does; a request that has one is not plain. */
const special = [
  'content-encoding',
  'dpop',
  'expect',
  'oauth-client-attestation',
  'oauth-client-attestation-pop',
  'origin',
  'transfer-encoding',
] as const

const formType = /^application\/x-www-form-urlencoded(; ?charset=utf-8)?$/i

export interface PlainRequest {
  readonly clientId: string
  readonly clientSecret: string
  readonly params: Readonly<Record<string, string>>
}

/** The length of the body, when nothing but the body can make the request another one than a plain one. */
export function plainLength({
  method,
  url,
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): number | undefined {
  if (method !== 'POST' || url !== '/token' || !formType.test(headers['content-type'] ?? '')) return undefined
  if (special.some((name) => headers[name] !== undefined)) return undefined
  const given = headers['content-length'] ?? ''
  const length = /^[1-9]\d{0,3}$/.test(given) ? Number(given) : longestBody + 1
  return length <= longestBody ? length : undefined
}

const names: ReadonlySet<string> = new Set(['grant_type', 'client_id', 'client_secret', 'scope', 'resource'])
/** RFC 6749 §3.3. */
const scopes = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/

/** Undefined for a request that is not plain, whether it would be refused or answered. */
export function plainRequest(headers: IncomingHttpHeaders, body: Buffer): PlainRequest | undefined {
  const text = body.toString('latin1')
  if (!/^[\x21-\x7e]+$/.test(text)) return undefined
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(parse(text))) {
    if (!names.has(name) || typeof value !== 'string' || value === '') return undefined
    params[name] = value
  }
  if (params['grant_type'] !== grant || params['resource'] === undefined) return undefined
  if (params['scope'] !== undefined && !scopes.test(params['scope'])) return undefined
  const client = clientOf(headers.authorization, params)
  // A client that is known by its document (CIMD) has no secret, and its document is fetched on behalf of a context.
  return client?.clientId.includes('://') ? undefined : client && { ...client, params }
}

function clientOf(
  authorization: string | undefined,
  { client_id: clientId, client_secret: clientSecret }: Readonly<Record<string, string>>,
): Omit<PlainRequest, 'params'> | undefined {
  if (authorization === undefined)
    return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret }
  return clientId === undefined && clientSecret === undefined ? basicClient(authorization) : undefined
}

/** RFC 6749 §2.3.1: id and secret are form-encoded, then joined. */
function basicClient(authorization: string): Omit<PlainRequest, 'params'> | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1] ?? ''
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) return undefined
  const [, first, second] = /^([\x20-\x39\x3b-\x7e]+):([\x20-\x7e]+)$/.exec(bytes.toString('latin1')) ?? []
  const clientId = formDecoded(first)
  const clientSecret = formDecoded(second)
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret }
}

/** Undefined for other than printable ASCII. */
function formDecoded(part = ''): string | undefined {
  try {
    const text = decodeURIComponent(part.replaceAll('+', '%20'))
    return /^[\x20-\x7e]+$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

export interface PlainTokenDependencies {
  readonly provider: Provider
  /** The resource server of the client's tokens. @throws when there is none or the client may not ask for it */
  readonly resourceServer: (id: string, client: ClientModel) => ResourceServer
  /** ES256 */
  readonly signingKey: () => SigningKey
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Records the token; the response waits for it. @throws when it cannot be recorded */
  readonly record: (
    req: IncomingMessage,
    clientId: string,
    params: Readonly<Record<string, string>>,
  ) => Promise<void>
  /** Headers of every response to this request. */
  readonly headers: (req: IncomingMessage) => readonly (readonly [name: string, value: string])[]
}

type Answer = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/** Answers plain requests; `otherwise` answers the others, for which nothing has happened. */
export function answerPlainClientCredentials(deps: PlainTokenDependencies, otherwise: Answer): Answer {
  return async (req, res) => {
    const length = plainLength(req)
    const body = length === undefined ? undefined : await bodyAtHand(req, length)
    if (body === undefined) return otherwise(req, res)
    const request = plainRequest(req.headers, body)
    const issued = request && (await issue(deps, req, request))
    if (issued !== undefined) {
      req.read() // past the end, which ends the stream
      return send(res, deps.headers(req), JSON.stringify(issued))
    }
    // A client that has gone away meanwhile: oidc-provider reads what is left of its request (lib/shared/selective_body.js).
    if (req.destroyed) Object.assign(req, { body })
    else req.unshift(body)
    return otherwise(req, res)
  }
}

/** The whole body, when it has come with the head. Nothing is taken from the request otherwise. */
async function bodyAtHand(req: IncomingMessage, length: number): Promise<Buffer | undefined> {
  await new Promise<void>((done) => process.nextTick(done))
  return req.readableLength === length ? req.read(length) : undefined
}

/** RFC 6749 §5.1. */
interface TokenResponse {
  readonly access_token: string
  readonly expires_in: number
  readonly scope?: string
  readonly token_type: 'Bearer'
}

/**
 * The checks of oidc-provider's token endpoint and grant (lib/actions/token.js, lib/actions/grants/client_credentials.js), in their
 * order, for a plain request. Undefined: nothing has happened.
 */
async function issue(
  deps: PlainTokenDependencies,
  req: IncomingMessage,
  { clientId, clientSecret, params }: PlainRequest,
): Promise<TokenResponse | undefined> {
  const { resource = '' } = params
  try {
    const client: unknown = await deps.provider.Client.find(clientId)
    if (!isPlainClient(client)) return undefined
    client.checkClientSecretExpiration('')
    if (!(await client.compareClientSecret(clientSecret))) return undefined
    if (!client.grantTypeAllowed(grant)) return undefined
    const way = wayOfGrant(grant)
    if (way) await gate(grant, way, { ...params })
    const server = deps.resourceServer(resource, client)
    const { audience = resource, accessTokenTTL: lifetime } = server
    const scope = grantedScope(deps.provider, client, params['scope'], server)
    // Of other resources the token is opaque and stored.
    if (server.accessTokenFormat !== 'jwt' || lifetime === undefined || scope === undefined) return undefined
    const response = await tokenFor(deps, client, { audience, lifetime, scope })
    await deps.record(req, clientId, params)
    return response
  } catch {
    // oidc-provider finds the same fault again, and answers and records it.
    return undefined
  }
}

/**
 * The scopes of a token: those of the resource that were asked for. Undefined when the client may not ask for one of them, or none
 * of those that were asked for is the resource's (exchange/subject.ts).
 */
function grantedScope(
  provider: Provider,
  { scope: allowed }: ClientModel,
  asked: string | undefined,
  { scope: offered = '' }: ResourceServer,
): string | undefined {
  const scopes = [...new Set(asked?.split(' '))]
  if (typeof allowed === 'string' && allowed !== '') {
    const known = stateOf(provider).configuration.scopes
    const own = new Set(allowed.split(' '))
    if (scopes.some((scope) => known.has(scope) && !own.has(scope))) return undefined
  }
  const ofResource = new Set(offered.split(' '))
  const granted = scopes.filter((scope) => ofResource.has(scope)).join(' ')
  return asked !== undefined && granted === '' ? undefined : granted
}

interface PlainTerms {
  /** Identifier of the resource server. */
  readonly audience: string
  /** Seconds. */
  readonly lifetime: number
  /** Empty when none was asked for. */
  readonly scope: string
}

/** RFC 9068 §2.2. */
async function tokenFor(
  { provider, signingKey, clock }: PlainTokenDependencies,
  client: ClientModel & MappingClient,
  { audience, lifetime, scope }: PlainTerms,
): Promise<TokenResponse> {
  const iat = Math.floor(clock() / 1000)
  const claims = {
    ...(client['claims'] === undefined ? {} : mappedClaimsOf(client, {}, 'access_token', '')),
    jti: randomToken(32),
    sub: client.clientId,
    iat,
    exp: iat + lifetime,
    ...(scope === '' ? {} : { scope }),
    client_id: client.clientId,
    iss: provider.issuer,
    aud: audience,
  }
  const token = await signJws('at+jwt', claims, signingKey())
  return {
    access_token: token,
    expires_in: lifetime,
    ...(scope === '' ? {} : { scope }),
    token_type: 'Bearer',
  }
}

interface PlainClient extends ClientModel, MappingClient {
  /** @throws when the secret has expired */
  checkClientSecretExpiration(message: string): void
  compareClientSecret(secret: string): boolean | Promise<boolean>
  grantTypeAllowed(grant: string): boolean
}

const secretMethods: ReadonlySet<unknown> = new Set(['client_secret_basic', 'client_secret_post'])

/** A client with a secret, whose tokens are bound to no key. */
const isPlainClient = (client: unknown): client is PlainClient =>
  typeof client === 'object' &&
  client !== null &&
  'clientAuthMethod' in client &&
  secretMethods.has(client.clientAuthMethod) &&
  !('dpopBoundAccessTokens' in client && client.dpopBoundAccessTokens === true) &&
  !(
    'tlsClientCertificateBoundAccessTokens' in client && client.tlsClientCertificateBoundAccessTokens === true
  )

function send(
  res: ServerResponse,
  headers: readonly (readonly [name: string, value: string])[],
  text: string,
): void {
  // The client may have disconnected meanwhile.
  if (res.headersSent || res.destroyed) return
  res.writeHead(
    200,
    [...headers, ...tokenHeaders, ['Content-Length', String(Buffer.byteLength(text))]].flat(),
  )
  res.end(text)
}

/** For a request without `Origin` (lib/shared/cors.js, lib/shared/no_cache.js). */
const tokenHeaders = [
  ['Vary', 'Origin'],
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Expose-Headers', 'WWW-Authenticate'],
  ['Content-Type', 'application/json; charset=utf-8'],
] as const
