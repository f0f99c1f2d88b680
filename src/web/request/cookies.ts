// Our own cookies: always HttpOnly and SameSite, on https also Secure with the `__Host-` prefix, so that scripts, other
// sites and sibling subdomains can neither read nor set them (RFC 6265bis §4.1.3).
import type { Context } from 'koa'

export interface CookieJar {
  get(ctx: Context, name: string): string | undefined
  /** @param maxAge seconds; absent: until the browser closes */
  set(ctx: Context, name: string, value: string, maxAge?: number): void
  clear(ctx: Context, name: string): void
}

/** Creates the cookie functions. Values must be cookie-safe (base64url is). */
export function cookieJar(https: boolean): CookieJar {
  const nameOf = (name: string): string => (https ? `__Host-${name}` : name)
  const write = (ctx: Context, name: string, value: string, age: string): void => {
    ctx.append(
      'Set-Cookie',
      `${nameOf(name)}=${value}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}${age}`,
    )
  }
  return {
    get: (ctx, name) => readCookie(ctx.get('Cookie'), nameOf(name)),
    set: (ctx, name, value, maxAge) =>
      write(ctx, name, value, maxAge === undefined ? '' : `; Max-Age=${maxAge}`),
    clear: (ctx, name) => write(ctx, name, '', '; Max-Age=0'),
  }
}

/** The first cookie with this name; browsers send the one with the longest path first. */
export function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
