// CSRF protection: refuses forms submitted from other sites. Checks the browser's own headers (Origin, Sec-Fetch-Site) and
// a token that only our pages contain. The token is a MAC over a random cookie, so that a planted cookie is useless without
// the key (OWASP CSRF cheat sheet, "signed double-submit cookie").
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { equals, hmacSha256 } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { Form } from './body.ts'
import type { CookieJar } from './cookies.ts'

/** Name of the form field with the token. */
export const forgeryField = 'csrf'
const cookieName = 'chancery-form'

export interface ForgeryGuard {
  /** The token for the forms of the page being rendered; sets the cookie when absent. */
  token(ctx: Context): string
  /** @throws Problem('denied') unless the form was submitted from our page in this browser */
  check(ctx: Context, form: Form): void
}

export interface ForgeryOptions {
  /** MAC keys, the current one first; older ones are still accepted. */
  readonly keys: () => readonly Buffer[]
  /** The issuer's origin. */
  readonly origin: string
  readonly cookies: CookieJar
}

export function forgeryGuard({ keys, origin, cookies }: ForgeryOptions): ForgeryGuard {
  const fresh = new WeakMap<object, string>()
  const seedOf = (ctx: Context): string => {
    const known = fresh.get(ctx.req) ?? cookies.get(ctx, cookieName)
    if (known !== undefined && /^[\w-]{43}$/.test(known)) return known
    const seed = randomToken()
    fresh.set(ctx.req, seed)
    cookies.set(ctx, cookieName, seed)
    return seed
  }
  return {
    token(ctx) {
      const [key] = keys()
      if (!key) throw new TypeError('no key for forms')
      return mac(key, seedOf(ctx))
    },
    check(ctx, form) {
      checkOrigin(ctx, origin)
      const seed = cookies.get(ctx, cookieName)
      const token = form.get(forgeryField)
      if (seed === undefined || token === undefined || !keys().some((key) => equals(mac(key, seed), token))) {
        throw new Problem('denied', 'this form is too old or came from elsewhere; load the page again')
      }
    },
  }
}

const mac = (key: Buffer, seed: string): string => hmacSha256(key, `form:${seed}`).toString('base64url')

/**
 * Checks the browser's Origin and Sec-Fetch-Site headers; when it sends neither, the token alone decides.
 * @throws Problem('denied')
 */
export function checkOrigin(ctx: Context, origin: string): void {
  const site = ctx.get('Sec-Fetch-Site')
  const from = ctx.get('Origin')
  const crossSite = site !== '' && site !== 'same-origin' && site !== 'none'
  if (crossSite || (from !== '' && from !== origin)) {
    throw new Problem('denied', 'this form came from another site')
  }
}
