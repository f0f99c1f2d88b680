// Turns routes, which are data, into one Koa application. Handles what all responses have in common: body limits, cookies,
// CSRF protection, headers, throttling, errors. Pages and product rules are elsewhere; sessions and error pages are passed
// in as functions. webApp lists the middleware in order. OIDC's own paths are not handled here (oidc/provider.ts).
import Koa, { type Context, type Middleware } from 'koa'
import { Problem } from '../problem.ts'
import { type LaterRoutes, laterRouterOf } from './later-routes.ts'
import type { Log } from './observability/log.ts'
import { clientAddressOf } from './request/client-address.ts'
import { noteFacts } from './request/request-facts.ts'
import { requestIds } from './request/request-id.ts'
import { withoutTypedKeys } from './request/typed-keys.ts'
import { type ErrorView, handleErrors, writeMethodNotAllowed } from './response/error-response.ts'
import { secureHeaders } from './response/headers.ts'
import type { Route } from './route.ts'
import { routerOf } from './router.ts'

export interface WebOptions {
  /** The public URL. Every link is built from it, because Host and X-Forwarded-Host are not trusted (docs/attacks.md 3). */
  readonly issuer: string
  readonly trustedProxies: readonly string[]
  readonly errorPage: ErrorView
  readonly log: Log
  /** Whether the browser is signed in. */
  readonly signedIn: (ctx: Context) => Promise<boolean>
  /** Redirects to sign-in, and back to this path afterwards. Writes the response. */
  readonly startSignIn: (ctx: Context, returnTo: string) => Promise<void>
  /** Throttles, before routing. @throws Problem('throttled') */
  readonly admit?: (address: string, ctx: Context) => void
  readonly later?: readonly LaterRoutes[]
}

/** The application. It answers every request; unknown paths with 404. */
export function webApp(routes: readonly Route[], options: WebOptions): Koa {
  const app = new Koa()
  useConfiguredOrigin(app, options.issuer, options.trustedProxies)
  const https = options.issuer.startsWith('https:')
  const stack: readonly Middleware[] = [
    requestIds, // first: every later step may name the request
    withoutTypedKeys, // before errors as well
    secureHeaders(https), // before errors, so that error pages carry them too
    handleErrors(options.errorPage, options.log),
    throttled(options.admit),
    dispatch(routes, options),
  ]
  for (const middleware of stack) app.use(middleware)
  // Only connection errors arrive here; all others are caught above.
  app.on('error', (error: Error) => options.log.info({ err: error }, 'connection failed'))
  return app
}

/**
 * Makes a Koa application take host, scheme and client address from the configuration rather than from the request. Each
 * application has its own request prototype (Koa, "app.request"), so others are unaffected.
 */
export function useConfiguredOrigin(app: Koa, issuer: string, trustedProxies: readonly string[]): void {
  const url = new URL(issuer)
  const address = clientAddressOf(trustedProxies)
  const fixed = (value: string): PropertyDescriptor => ({ get: () => value, configurable: true })
  Object.defineProperties(app.request, {
    host: fixed(url.host),
    hostname: fixed(url.hostname),
    protocol: fixed(url.protocol.slice(0, -1)),
    origin: fixed(url.origin),
    // A request line may contain a full URL (RFC 9112 §3.2.2), whose host is not trusted either.
    href: {
      get(this: Context['request']): string {
        return url.origin + this.path + this.search
      },
      configurable: true,
    },
    ip: {
      get(this: Context['request']): string {
        return address(this.req)
      },
      configurable: true,
    },
  })
}

const throttled =
  (admit: WebOptions['admit']): Middleware =>
  (ctx, next) => {
    admit?.(ctx.ip, ctx)
    return next()
  }

function dispatch(routes: readonly Route[], options: WebOptions): Middleware {
  const lookup = routerOf(routes)
  const lookupLater = laterRouterOf(options.later ?? [])
  return async (ctx) => {
    const known = lookup(ctx.method, ctx.path)
    const routing = known.found === 'nothing' ? await lookupLater(ctx.method, ctx.path) : known
    if (routing.found === 'nothing') throw new Problem('not_found', 'there is nothing at this address')
    if (routing.found === 'path') return writeMethodNotAllowed(ctx, routing.methods, options.errorPage)
    const { route, params } = routing.match
    ctx['params'] = params
    noteFacts(ctx.req, { route: route.path })
    if (route.access === 'session' && !(await options.signedIn(ctx))) return requireSignIn(ctx, options)
    await route.run(ctx)
  }
}

/** GET requests are redirected to sign-in; a form would be lost on the way, so it is refused. */
function requireSignIn(ctx: Context, options: WebOptions): Promise<void> {
  if (ctx.method !== 'GET') throw new Problem('missing_credentials', 'sign in first')
  return options.startSignIn(ctx, ctx.path + ctx.search)
}
