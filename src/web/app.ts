// The HTTP kit: routes as data in, one Koa application out. Owns the way of a request from socket to route and what
// every answer has in common: bounded bodies, cookies, forgery, headers, throttles, errors. Owns no page and no rule of
// the product; what a session is, and what an error page looks like, comes in as functions.
// The order of the middleware is the list in webApp. OIDC's own paths do not come through here (oidc/provider.ts).
import Koa, { type Context, type Middleware } from 'koa'
import { Problem } from '../problem.ts'
import { answerMethod, answerProblems, type ErrorView } from './answer.ts'
import { clientAddressOf } from './client-address.ts'
import { secureHeaders } from './headers.ts'
import type { Log } from './log.ts'
import { requestIds } from './request-id.ts'
import type { Route } from './route.ts'
import { routerOf } from './router.ts'

export interface WebOptions {
  /** The public URL. Host and X-Forwarded-Host are never believed: every link is built from this (attacks.md 3). */
  readonly issuer: string
  readonly trustedProxies: readonly string[]
  readonly errorPage: ErrorView
  readonly log: Log
  /** Whether the browser is signed in. */
  readonly signedIn: (ctx: Context) => Promise<boolean>
  /** Sends a stranger to sign in and back to this path. Writes the response. */
  readonly startSignIn: (ctx: Context, returnTo: string) => Promise<void>
  /** @throws Problem('throttled'): asked before a route is looked up. */
  readonly admit?: (address: string, ctx: Context) => void
}

/** The application. It answers every request: what is no route is 404. */
export function webApp(routes: readonly Route[], options: WebOptions): Koa {
  const app = new Koa()
  speakAsIssuer(app, options.issuer, options.trustedProxies)
  const https = options.issuer.startsWith('https:')
  const stack: readonly Middleware[] = [
    requestIds, // first: every later step may name the request
    secureHeaders(https), // before errors, so that error pages carry them too
    answerProblems(options.errorPage, options.log),
    throttled(options.admit),
    dispatch(routes, options),
  ]
  for (const middleware of stack) app.use(middleware)
  // Errors of a broken connection only: the rest is caught above.
  app.on('error', (error: Error) => options.log.info({ err: error }, 'connection failed'))
  return app
}

/**
 * Makes a Koa application take its host, scheme and client address from the configuration, not from the request.
 * Applications extend their own request prototype (Koa, "app.request"), so this touches no other.
 */
export function speakAsIssuer(app: Koa, issuer: string, trustedProxies: readonly string[]): void {
  const url = new URL(issuer)
  const address = clientAddressOf(trustedProxies)
  const fixed = (value: string): PropertyDescriptor => ({ get: () => value, configurable: true })
  Object.defineProperties(app.request, {
    host: fixed(url.host),
    hostname: fixed(url.hostname),
    protocol: fixed(url.protocol.slice(0, -1)),
    origin: fixed(url.origin),
    // A request line may name a whole URL (RFC 9112 §3.2.2); its host is no more believed than the header's.
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
  return async (ctx) => {
    const routing = lookup(ctx.method, ctx.path)
    if (routing.found === 'nothing') throw new Problem('not_found', 'there is nothing at this address')
    if (routing.found === 'path') return answerMethod(ctx, routing.methods, options.errorPage)
    const { route, params } = routing.match
    ctx['params'] = params
    if (route.access === 'session' && !(await options.signedIn(ctx))) return turnAway(ctx, options)
    await route.run(ctx)
  }
}

/** A page asks to sign in; a form does not survive the way there, so it is refused. */
function turnAway(ctx: Context, options: WebOptions): Promise<void> {
  if (ctx.method !== 'GET') throw new Problem('missing_credentials', 'sign in first')
  return options.startSignIn(ctx, ctx.path + ctx.search)
}
