// Forms that another site made our visitor send are refused: the browser's own word on where a request comes from
// (Origin, Sec-Fetch-Site), and a token that only a page of ours can hold. The token is a MAC over a random cookie, so a
// planted cookie without our key is worth nothing (OWASP CSRF cheat sheet, "signed double-submit cookie").
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { equals, hmacSha256 } from '../secure/digest.ts'
import { randomToken } from '../secure/random.ts'
import type { Form } from './body.ts'
import type { CookieJar } from './cookies.ts'

/** The field that carries the token. */
export const forgeryField = 'csrf'
const cookieName = 'chancery-form'

export interface ForgeryGuard {
  /** The token for the forms of the page being made; sets the cookie when there is none. */
  token(ctx: Context): string
  /** @throws Problem('denied') unless the form came from a page of ours in this browser */
  check(ctx: Context, form: Form): void
}

export interface ForgeryOptions {
  /** MAC keys, the current one first; older ones still check. */
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
 * What the browser says of where the request comes from; browsers that say nothing are judged by the token alone.
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
