// The plain request for client credentials: one client secret, a resource whose tokens are JWTs, and nothing else that the token
// endpoint reads. It is answered with oidc-provider's own client, secret check and grant, but without the twenty steps around
// them, which take longer than those. Every other request, and every one that is refused, goes through those steps unchanged:
// here nothing is answered but a token. test/oidc/plain-client-credentials.test.ts sends the same requests both ways.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parse } from 'node:querystring'
import type { Middleware } from 'koa'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import als from 'oidc-provider/lib/helpers/als.js'
import stateOf from 'oidc-provider/lib/helpers/weak_cache.js'
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
  return client && { ...client, params }
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

/**
 * Middleware that comes last before oidc-provider.
 * @param isPlainResource whether the tokens of a resource are JWTs, for which nothing is stored
 */
export function answerPlainClientCredentials(
  provider: Provider,
  isPlainResource: (id: string) => boolean,
): Middleware {
  return async (ctx, next) => {
    const length = plainLength(ctx.req)
    const body = length === undefined ? undefined : await bodyAtHand(ctx.req, length)
    if (body === undefined) return next()
    const request = plainRequest(ctx.req.headers, body)
    const context = ctx as unknown as KoaContextWithOIDC
    if (request && isPlainResource(request.params['resource'] ?? '')) {
      const answered = await als.run(context, () => answer(provider, context, request))
      if (answered) {
        ctx.req.read() // past the end, which ends the stream
        return
      }
    }
    // A client that has gone away meanwhile: oidc-provider reads what is left of its request (lib/shared/selective_body.js).
    if (ctx.req.destroyed) Object.assign(ctx.req, { body })
    else ctx.req.unshift(body)
    return next()
  }
}

/** The whole body, when it has come with the head. Nothing is taken from the request otherwise. */
async function bodyAtHand(req: IncomingMessage, length: number): Promise<Buffer | undefined> {
  await new Promise<void>((done) => process.nextTick(done))
  return req.readableLength === length ? req.read(length) : undefined
}

/** The steps of oidc-provider's token endpoint (lib/actions/token.js) for a plain request. False: nothing has happened. */
async function answer(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  { clientId, clientSecret, params }: PlainRequest,
): Promise<boolean> {
  try {
    const client: unknown = await provider.Client.find(clientId)
    if (!isClientWithSecret(client)) return false
    startContext(provider, ctx, params)
    ctx.oidc.entity('Client', client)
    client.checkClientSecretExpiration('')
    if (!(await client.compareClientSecret(clientSecret))) return false
    if (!client.grantTypeAllowed(grant)) return false
    await stateOf(provider).grantTypeHandlers.get(grant)?.(ctx)
  } catch {
    // The steps of the library find the same fault again, and answer and record it.
    return false
  }
  setHeaders(ctx)
  provider.emit('grant.success', ctx)
  return true
}

interface ClientWithSecret extends ClientModel {
  /** @throws when the secret has expired */
  checkClientSecretExpiration(message: string): void
  compareClientSecret(secret: string): boolean | Promise<boolean>
  grantTypeAllowed(grant: string): boolean
}

const secretMethods: ReadonlySet<unknown> = new Set(['client_secret_basic', 'client_secret_post'])

const isClientWithSecret = (client: unknown): client is ClientWithSecret =>
  typeof client === 'object' &&
  client !== null &&
  'clientAuthMethod' in client &&
  secretMethods.has(client.clientAuthMethod)

/** What oidc-provider's router and parameter parsing leave for the grant. */
function startContext(provider: Provider, ctx: KoaContextWithOIDC, params: PlainRequest['params']): void {
  Object.assign(ctx, { _matchedRouteName: 'token' })
  // Configurable: when the request is not answered here, oidc-provider defines its own.
  const value = new provider.OIDCContext(ctx as never)
  Object.defineProperty(ctx, 'oidc', { value, configurable: true })
  Object.assign(ctx.oidc, { params: { ...params }, body: params })
}

/** For a request without `Origin` (lib/shared/cors.js, lib/shared/no_cache.js). */
function setHeaders(ctx: KoaContextWithOIDC): void {
  ctx.vary('Origin')
  ctx.set('Access-Control-Allow-Origin', '*')
  ctx.set('Access-Control-Expose-Headers', 'WWW-Authenticate')
  ctx.set('Cache-Control', 'no-store')
}
