// Forward authentication: a reverse proxy asks about each request of a protected host before it passes it on. The caller is the user
// of the browser session or the role session of a bearer token (visitor.ts); the policy engine decides about `web:<Method>` on
// `arn:aws:web:::<host><path>`.
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { circumstancesOf } from '../../web/circumstances.ts'
import { statusOf } from '../../web/error-response.ts'
import { referenceHeader, requestIdOf } from '../../web/request-id.ts'
import type { Route } from '../../web/route.ts'
import { queryValue } from '../input.ts'
import type { Authorize } from '../ports.ts'
import { type IdentityPorts, identityWriter } from './identity.ts'
import {
  isPageLoad,
  type OriginalRequest,
  originOf,
  type ReadOriginal,
  readEnvoy,
  readForwarded,
  readNginx,
} from './original-request.ts'
import { ForwardAuthRecord, type RecordPorts } from './record.ts'
import { callbackUrl, clearCookie, finishSignIn, signInRedirect } from './session.ts'
import { userOf, type Visitor, type VisitorPorts, Visitors } from './visitor.ts'

export interface ForwardAuthPorts extends VisitorPorts, IdentityPorts, RecordPorts {
  readonly hosts: readonly string[]
  /** Whether the connection is of a configured proxy, whose headers are trusted. */
  readonly isTrustedProxy: (req: Context['req']) => boolean
  /** Decodes the path once. @throws Problem for a path that the application may read otherwise (docs/attacks.md 32) */
  readonly readPath: (original: Pick<OriginalRequest, 'path' | 'query'>) => string
  readonly authorize: Authorize
  /** The session of this browser at this server. */
  readonly currentSessionId: (ctx: Context) => Promise<string | undefined>
}

/** What is known of a request when it is refused. */
interface About {
  who?: string | undefined
  host?: string
  isPage?: boolean
  /** The request id under which an equal denial is on record. */
  reference?: string
}

/** What answers a proxy's question when the caller has to sign in. */
type AskToSignIn = (ctx: Context, location: string) => void

const redirect: AskToSignIn = (ctx, location) => {
  ctx.status = 302
  ctx.set('Location', location)
}

/** nginx's `auth_request` passes on no redirect; its configuration makes one of this header. */
const unauthorizedWithLocation: AskToSignIn = (ctx, location) => {
  ctx.status = 401
  ctx.set('Location', location)
}

export function forwardAuthRoutes(ports: ForwardAuthPorts): readonly Route[] {
  const forwardAuth = new ForwardAuth(ports)
  const get = (path: string, access: Route['access'], run: Route['run']): Route => ({
    method: 'GET',
    path,
    access,
    run,
  })
  return [
    get('/forward-auth', 'public', (ctx) => forwardAuth.check(ctx, readForwarded, redirect)),
    get('/forward-auth/envoy', 'public', (ctx) => forwardAuth.check(ctx, readEnvoy, redirect)),
    get('/forward-auth/nginx', 'public', (ctx) =>
      forwardAuth.check(ctx, readNginx, unauthorizedWithLocation),
    ),
    get('/forward-auth/start', 'session', (ctx) => forwardAuth.start(ctx)),
    get('/.chancery/callback', 'public', (ctx) => forwardAuth.finish(ctx)),
    get('/.chancery/sign-out', 'public', async (ctx) => forwardAuth.signOut(ctx)),
  ]
}

class ForwardAuth {
  readonly #ports: ForwardAuthPorts
  readonly #hosts: ReadonlySet<string>
  readonly #identity: ReturnType<typeof identityWriter>
  readonly #visitors: Visitors
  readonly #record: ForwardAuthRecord

  constructor(ports: ForwardAuthPorts) {
    this.#ports = ports
    this.#hosts = new Set(ports.hosts)
    this.#identity = identityWriter(ports)
    this.#visitors = new Visitors(ports)
    this.#record = new ForwardAuthRecord(ports)
  }

  /** Answers a proxy's question: 200 with the headers of the caller, `askToSignIn`, 401 or 403. */
  async check(ctx: Context, read: ReadOriginal, askToSignIn: AskToSignIn): Promise<void> {
    const { issuer, readPath } = this.#ports
    ctx.set('cache-control', 'no-store')
    const about: About = {}
    try {
      this.#checkProxy(ctx)
      const original = this.#originalOf(ctx, read)
      about.host = original.host
      about.isPage = isPageLoad(ctx, original)
      const path = readPath(original)
      const visitor = await this.#visitors.of(ctx, original)
      about.who = visitor?.caller.arn
      if (visitor !== undefined && (await this.#allowed(ctx, visitor, original, path, about))) return
      if (!about.isPage) return refuse(ctx, 401, 'sign in first', issuer)
      const { location, cookie } = signInRedirect(ctx, original, this.#ports)
      ctx.append('Set-Cookie', cookie)
      ctx.body = ''
      askToSignIn(ctx, location)
    } catch (error) {
      if (!(error instanceof Problem) || statusOf(error) >= 500) throw error
      const { message: reason } = error
      this.#record.refused(ctx, { who: about.who, host: about.host, reason })
      // nginx knows no other refusals than 401 and 403.
      if (statusOf(error) === 401) return refuse(ctx, 401, reason, issuer, 'invalid_token')
      refuse(ctx, 403, reason, issuer)
      const reference = about.reference ?? requestIdOf(ctx)
      ctx.set(referenceHeader, reference)
      if (!about.isPage) return
      ctx.type = 'text/plain'
      ctx.body = `You may not open this page.\nReference: ${reference}\n`
    }
  }

  /** At this server, for a signed-in user: sends the browser back to the protected host with a code. */
  async start(ctx: Context): Promise<void> {
    const sessionId = await this.#ports.currentSessionId(ctx)
    if (sessionId === undefined) throw new Problem('missing_credentials', 'sign in first')
    const [rd = '', state = ''] = [queryValue(ctx, 'rd'), queryValue(ctx, 'state')]
    // Not a redirect: `form-action` of the sign-in page would forbid one to another host.
    ctx.set('Refresh', `0;url=${callbackUrl({ rd, state, sessionId }, this.#hosts, this.#ports)}`)
    ctx.set('Referrer-Policy', 'no-referrer')
    ctx.type = 'text/plain'
    ctx.body = 'You are signed in. The page that you asked for opens now.\n'
  }

  /** At the protected host: exchanges the code for the host's own cookie. */
  async finish(ctx: Context): Promise<void> {
    const place = this.#ownPage(ctx)
    await finishSignIn(ctx, queryValue(ctx, 'code') ?? '', place, {
      ...this.#ports,
      onSession: async (sessionId) => {
        const session = await this.#visitors.session(sessionId)
        if (session === undefined) throw new Problem('denied', 'you have signed out; open the page again')
        const now = this.#ports.clock()
        const call = { caller: userOf(session, now).caller, circumstances: circumstancesOf(ctx, now) }
        await this.#record.signedIn({ call, resource: originOf(place) })
      },
    })
  }

  /** At the protected host: removes its cookie and continues to the sign-out of this server. */
  signOut(ctx: Context): void {
    clearCookie(ctx, this.#ownPage(ctx))
    ctx.redirect(`${this.#ports.issuer}/sign-out`)
  }

  #checkProxy(ctx: Context): void {
    if (!this.#ports.isTrustedProxy(ctx.req))
      throw new Problem('denied', 'only proxies of CHANCERY_TRUSTED_PROXIES may ask here')
  }

  #originalOf(ctx: Context, read: ReadOriginal): OriginalRequest {
    const original = read(ctx)
    if (!this.#hosts.has(original.host))
      throw new Problem('denied', 'this host is not in `forward_auth` of the configuration')
    return original
  }

  /** Writes the headers of the caller; false when the user or the session was revoked. @throws Problem('denied') */
  async #allowed(
    ctx: Context,
    { caller, person }: Visitor,
    original: OriginalRequest,
    path: string,
    about: About,
  ): Promise<boolean> {
    const { method, host, secure } = original
    const asked = {
      call: { caller, circumstances: { ...circumstancesOf(ctx, this.#ports.clock()), secure } },
      action: `web:${method.slice(0, 1)}${method.slice(1).toLowerCase()}`,
      resource: `arn:aws:web:::${host}${path}`,
    }
    try {
      await this.#ports.authorize(asked.call, asked.action, asked.resource)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (statusOf(error) === 401 && caller.kind === 'user') return false
      if (statusOf(error) === 403) about.reference = this.#record.denied(asked, error)
      throw error
    }
    for (const [name, value] of Object.entries(await this.#identity(person, originOf(original))))
      ctx.set(name, value)
    this.#record.allowed(asked)
    ctx.status = 200
    ctx.body = ''
    return true
  }

  /** A request for the host's own pages, which the proxy passes on unchanged with `X-Forwarded-Host` and `-Proto`. */
  #ownPage(ctx: Context): Pick<OriginalRequest, 'host' | 'secure'> {
    this.#checkProxy(ctx)
    const secure = ctx.get('x-forwarded-proto').toLowerCase() === 'https'
    const host = ctx
      .get('x-forwarded-host')
      .toLowerCase()
      .replace(secure ? /:443$/ : /:80$/, '')
    if (!this.#hosts.has(host)) throw new Problem('not_found', 'there is nothing at this address')
    return { host, secure }
  }
}

/** @param fault the error code of RFC 6750 section 3.1 for a token that was sent */
function refuse(
  ctx: Context,
  status: 401 | 403,
  message: string,
  issuer: string,
  fault?: 'invalid_token',
): void {
  ctx.status = status
  // RFC 9110 section 15.5.2.
  if (status === 401)
    ctx.set('WWW-Authenticate', `Bearer realm="${issuer}"${fault === undefined ? '' : `, error="${fault}"`}`)
  ctx.type = 'application/problem+json'
  ctx.body = JSON.stringify({
    type: 'about:blank',
    status,
    code: status === 401 ? 'missing_credentials' : 'denied',
    detail: message,
    requestId: requestIdOf(ctx),
  })
}
