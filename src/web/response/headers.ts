// Headers of every response. Pages contain no inline script or style, load nothing from other origins and cannot be framed;
// private responses are not cached (docs/attacks.md 24).
import type { Context, Middleware } from 'koa'

const policy = (formTargets: readonly string[], frames: 'none' | 'own' | 'framed' = 'none'): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    ...(frames === 'own' ? ["frame-src 'self'"] : []),
    `frame-ancestors ${frames === 'framed' ? "'self'" : "'none'"}`,
    "base-uri 'none'",
  ].join('; ')

const ownPolicy = policy([])

/** One year, as hstspreload.org requires; without subdomains, which may not be ours. */
const strictTransport = 'max-age=31536000'

type Field = readonly [name: string, value: string]

/** @param https whether the issuer is https, without which HSTS must not be sent */
export function secureHeaderFields(https: boolean): readonly Field[] {
  return [
    ['X-Content-Type-Options', 'nosniff'],
    // `same-origin`, not `no-referrer`: the latter makes browsers send `Origin: null` with forms (Fetch §3.1).
    ['Referrer-Policy', 'same-origin'],
    ['Content-Security-Policy', ownPolicy],
    ['X-Frame-Options', 'DENY'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
    ['Cache-Control', 'no-store'],
    ...(https ? [['Strict-Transport-Security', strictTransport] as const] : []),
  ]
}

/** @param https as for `secureHeaderFields` */
export function secureHeaders(https: boolean): Middleware {
  const fields = secureHeaderFields(https)
  return (ctx, next) => {
    // ctx.set checks the type of each value again, which costs 4 µs per response.
    for (const [name, value] of fields) ctx.res.setHeader(name, value)
    return next()
  }
}

/** Allows the page to show pages of ours in frames: a preview. */
export const allowOwnFrames = (ctx: Context): void => ctx.set('Content-Security-Policy', policy([], 'own'))

/** Allows our own pages to show this one in a frame. It must be a page on which nothing can be done. */
export function allowFrameOfOwn(ctx: Context): void {
  ctx.set('Content-Security-Policy', policy([], 'framed'))
  ctx.set('X-Frame-Options', 'SAMEORIGIN')
}

/**
 * Allows the forms of this page to end at another origin by redirect: browsers apply `form-action` to every redirect, so a
 * consent page must name the application's origin. Anything except an origin or a private-use scheme is ignored.
 * @param target `https://app.example`, or the `com.example.app:` of a native client
 */
export function allowFormTo(ctx: Context, target: string | undefined): void {
  if (target === undefined || !/^[a-z][a-z0-9+.-]*:(\/\/[\w.:[\]-]+)?$/i.test(target)) return
  if (/^(javascript|data|vbscript|blob|filesystem):/i.test(target)) return
  ctx.set('Content-Security-Policy', policy([target]))
}
