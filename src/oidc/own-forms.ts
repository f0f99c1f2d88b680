// POST requests of browsers, before oidc-provider handles them. Forms of oidc-provider's pages are accepted only from this
// site: a form of another site comes without the session cookie, and its response would replace the session. `/authorize` and
// `/logout` accept POST from any site (OIDC Core §3.1.2.1, RP-Initiated Logout §2): they redirect to the same request as GET,
// which the browser sends with its cookies (SameSite=Lax).
import type { IncomingMessage } from 'node:http'
import type { Context, Middleware } from 'koa'
import { Problem } from '../problem.ts'

export interface FormPaths {
  /** Paths that accept forms only from this site. */
  readonly own: readonly string[]
  /** Paths that accept POST from any site, like GET. */
  readonly anySite: readonly string[]
}

/** Longest form, in characters, that is redirected as a query; longer requests need a pushed authorization request (RFC 9126). */
const longestQuery = 8192
/** Characters of a query, of which parts may be sent back in a redirect. */
const longestOwnQuery = 16_384

/**
 * @param checkOrigin throws Problem('denied') for a form that was sent from another site
 */
export function browserForms(paths: FormPaths, checkOrigin: (ctx: Context) => void): Middleware {
  const own = new Set(paths.own)
  const anySite = new Set(paths.anySite)
  return async (ctx, next) => {
    if (anySite.has(ctx.path) && ctx.querystring.length > longestOwnQuery) throw tooLong(longestOwnQuery)
    if (ctx.method !== 'POST') return next()
    if (own.has(ctx.path)) checkOrigin(ctx)
    if (!anySite.has(ctx.path)) return next()
    const query = new URLSearchParams(await formOf(ctx)).toString()
    if (query.length > longestQuery) throw tooLong(longestQuery)
    ctx.status = 303
    ctx.set('Location', `${ctx.path}?${query}`)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = ''
  }
}

async function formOf(ctx: Context): Promise<string> {
  if (!ctx.is('application/x-www-form-urlencoded'))
    throw new Problem('invalid_input', 'a POST here is a form: application/x-www-form-urlencoded')
  return read(ctx.req)
}

async function read(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestQuery) throw tooLong(longestQuery)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooLong = (most: number): Problem =>
  new Problem(
    'too_large',
    `this request has more than ${most} characters; send it as a pushed authorization request`,
  )
