// The request that a reverse proxy asks about. Each proxy has an endpoint of its own, because headers that one proxy sets another
// passes on from the client: `X-Original-*` counts at the endpoint for nginx alone, `X-Forwarded-*` at that of Traefik and Caddy.
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { envoyRequestOf } from '../../web/request/envoy-request.ts'
import { splitTarget } from '../../web/request/request-target.ts'

export interface OriginalRequest {
  /** Upper case. */
  readonly method: string
  readonly secure: boolean
  /** Lower case, with the port unless it is the scheme's default. */
  readonly host: string
  /** As received, without the query. */
  readonly path: string
  /** Without the `?`. */
  readonly query: string
}

/** The origin of the protected host, as in the address bar. */
export const originOf = ({ host, secure }: Pick<OriginalRequest, 'host' | 'secure'>): string =>
  `${secure ? 'https' : 'http'}://${host}`

export type ReadOriginal = (ctx: Context) => OriginalRequest

const malformed = (what: string): Problem => new Problem('invalid_input', what)

/** @throws Problem('invalid_input') when the header is absent or occurs twice */
function header(ctx: Context, name: string): string {
  const [value, ...more] = ctx.req.headersDistinct[name] ?? []
  if (value === undefined || more.length > 0)
    throw malformed(`the proxy must set the header \`${name}\` once`)
  return value
}

function requestOf(given: {
  readonly method: string
  readonly scheme: string
  readonly host: string
  readonly target: string
}): OriginalRequest {
  const { method, target } = given
  const scheme = given.scheme.toLowerCase()
  if (!/^[A-Z]{1,24}$/.test(method)) throw malformed('the method must be upper-case letters')
  if (scheme !== 'https' && scheme !== 'http') throw malformed('the scheme must be `http` or `https`')
  return {
    method,
    secure: scheme === 'https',
    host: given.host.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, ''),
    ...splitTarget(target),
  }
}

/** nginx `auth_request`: `X-Original-Method` and `X-Original-URL`. @throws Problem('invalid_input') */
export const readNginx: ReadOriginal = (ctx) => {
  // Not read by a URL parser, which would remove the dot segments that are to be refused.
  const [, scheme, host, target] =
    /^(https?):\/\/([^/?#\\@]+)(\/.*)$/i.exec(header(ctx, 'x-original-url')) ?? []
  if (scheme === undefined || host === undefined || target === undefined)
    throw malformed('`x-original-url` must be an http or https URL with a path')
  return requestOf({ method: header(ctx, 'x-original-method'), scheme, host, target })
}

/** Traefik `ForwardAuth` and Caddy `forward_auth`: `X-Forwarded-*`. @throws Problem('invalid_input') */
export const readForwarded: ReadOriginal = (ctx) =>
  requestOf({
    method: header(ctx, 'x-forwarded-method'),
    scheme: header(ctx, 'x-forwarded-proto'),
    host: header(ctx, 'x-forwarded-host'),
    target: header(ctx, 'x-forwarded-uri'),
  })

/** Envoy `ext_authz` over HTTP: the request itself, under a path prefix. @throws Problem('invalid_input') */
export const readEnvoy: ReadOriginal = (ctx) => {
  const original = envoyRequestOf(ctx.req)
  if (original === undefined) throw malformed('the path of the request must follow the path prefix')
  return requestOf({ ...original, scheme: header(ctx, 'x-forwarded-proto'), host: header(ctx, 'host') })
}

/** Whether a browser opens a page or sends a form: no script's request, no WebSocket. */
export function isNavigation(ctx: Context): boolean {
  const mode = ctx.get('sec-fetch-mode')
  return (
    /\btext\/html\b/i.test(ctx.get('accept')) &&
    ctx.accepts('json', 'html') === 'html' &&
    (mode === '' || mode === 'navigate') &&
    ctx.get('x-requested-with').toLowerCase() !== 'xmlhttprequest' &&
    ctx.get('upgrade') === ''
  )
}

/** Whether a navigation can be redirected to sign in and repeated afterwards: not a form, which would be lost. */
export const isPageLoad = ({ method }: OriginalRequest): boolean => method === 'GET' || method === 'HEAD'
