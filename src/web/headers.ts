// Headers every answer of ours carries. Pages hold no inline script or style, load nothing from elsewhere, and stand in
// no frame; what is private is not kept by caches (attacks.md 24).
import type { Context, Middleware } from 'koa'

const policy = (formTargets: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

const ownPolicy = policy([])

/** A year, as hstspreload.org asks; the host is ours alone, its subdomains may not be. */
const strictTransport = 'max-age=31536000'

/** @param https whether the issuer is https: only then may we promise it */
export function secureHeaders(https: boolean): Middleware {
  const fields: readonly (readonly [string, string])[] = [
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
  return (ctx, next) => {
    // Not by ctx.set: it looks at each value's type again, which costs every answer 4 µs.
    for (const [name, value] of fields) ctx.res.setHeader(name, value)
    return next()
  }
}

/**
 * Lets the forms of this page end at another origin, by redirect: browsers hold `form-action` against every hop, so a
 * consent page must name where the application's answer goes. Anything but an origin or a private-use scheme is ignored.
 * @param target `https://app.example`, or the `com.example.app:` of a native client
 */
export function allowFormTo(ctx: Context, target: string | undefined): void {
  if (target === undefined || !/^[a-z][a-z0-9+.-]*:(\/\/[\w.:[\]-]+)?$/i.test(target)) return
  if (/^(javascript|data|vbscript|blob|filesystem):/i.test(target)) return
  ctx.set('Content-Security-Policy', policy([target]))
}
