// The language of the pages: the person's own choice (a cookie), else what the application asks for (`ui_locales`), else what the
// browser prefers (`Accept-Language`, RFC 9110 section 12.5.4).
import type { Context } from 'koa'
import type { Route } from '../route.ts'
import type { CookieJar } from './cookies.ts'
import { sameSitePath } from './same-site.ts'

const cookieName = 'language'
const chosenFor = 365 * 24 * 3600
/** Language tags that are looked at, of each source. */
const mostTags = 16

const requested = new WeakMap<object, readonly string[]>()

/** Notes `ui_locales` (OpenID Connect Core section 3.1.2.1) of the application whose sign-in this request belongs to. */
export const noteUiLocales = (ctx: Pick<Context, 'req'>, locales: string | undefined): void => {
  if (locales) requested.set(ctx.req, locales.split(/\s+/).slice(0, mostTags))
}

/** Language tags, the most wanted first. */
export function wantedLanguages(ctx: Pick<Context, 'req' | 'get'>, cookies: CookieJar): readonly string[] {
  const chosen = cookies.get(ctx as Context, cookieName)
  const preferred = ctx
    .get('Accept-Language')
    .slice(0, 512)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const weight = parameters.map((one) => /^\s*q=([\d.]{1,5})\s*$/.exec(one)?.[1]).find(Boolean)
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
    .slice(0, mostTags)
  return [...(chosen === undefined ? [] : [chosen]), ...(requested.get(ctx.req) ?? []), ...preferred]
}

/** `/language/<tag>` keeps the choice and returns to the page it was made on. */
export const languageRoute = (
  cookies: CookieJar,
  { origin, languages }: { readonly origin: string; readonly languages: readonly string[] },
): Route => ({
  method: 'GET',
  path: '/language/:tag',
  access: 'public',
  run(ctx) {
    const { tag } = ctx['params'] as Readonly<Record<string, string>>
    if (tag !== undefined && languages.includes(tag)) cookies.set(ctx, cookieName, tag, chosenFor)
    const from = URL.parse(ctx.get('Referer'))
    const back = from?.origin === origin ? sameSitePath(from.pathname + from.search, origin) : undefined
    ctx.redirect(back ?? '/account')
    ctx.status = 303
    return Promise.resolve()
  },
})
