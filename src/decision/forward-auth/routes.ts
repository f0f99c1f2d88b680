// Forward authentication: a reverse proxy asks about each request of a protected host before it passes it on. The caller is the user
// of the browser session or the role session of a bearer token (visitor.ts); the policy engine decides about `web:<Method>` on
// `arn:aws:web:::<host><path>`.
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { circumstancesOf } from '../../web/request/circumstances.ts'
import { referenceHeader, requestIdOf } from '../../web/request/request-id.ts'
import { statusOf } from '../../web/response/error-response.ts'
import type { Route } from '../../web/route.ts'
import { queryValue } from '../input.ts'
import type { Authorize } from '../ports.ts'
import { hostFiles, hostPrefix } from './host-pages.ts'
import { type IdentityPorts, identityWriter } from './identity.ts'
import {
  isNavigation,
  isPageLoad,
  type OriginalRequest,
  originOf,
  type ReadOriginal,
  readEnvoy,
  readForwarded,
  readNginx,
} from './original-request.ts'
import { ForwardAuthRecord, type ForwardedCall, type RecordPorts } from './record.ts'
import { answerRefusal, type HostPage, type Refusal, type ShowHostPage } from './refusal.ts'
import {
  callbackUrl,
  clearCookie,
  finishSignIn,
  type ReturnTo,
  returnPathOf,
  returnUrl,
  signInRedirect,
} from './session.ts'
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
  /** Sends the browser to sign in, also one that is signed in, and then to a path of this server. */
  readonly startSignIn: (ctx: Context, returnTo: string) => Promise<void>
  readonly show: ShowHostPage
  /** Routes of the files that pages load. */
  readonly files: readonly Route[]
}

type Outcome =
  | {
      readonly kind: 'allowed'
      readonly visitor: Visitor
      readonly original: OriginalRequest
      readonly asked: ForwardedCall
    }
  | { readonly kind: 'sign-in'; readonly original: OriginalRequest }
  | ({ readonly kind: 'refused' } & Refusal)

/** What is known of a request when it is refused. */
interface About {
  visitor?: Visitor | undefined
  host?: string
  page?: HostPage
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
    get('/forward-auth/nginx/refused', 'public', (ctx) => forwardAuth.showRefusal(ctx, readNginx)),
    get('/forward-auth/start', 'session', (ctx) => forwardAuth.start(ctx)),
    get('/forward-auth/another', 'public', (ctx) => forwardAuth.signInAgain(ctx)),
    get(`${hostPrefix}/callback`, 'public', (ctx) => forwardAuth.finish(ctx)),
    get(`${hostPrefix}/another`, 'public', (ctx) => forwardAuth.useAnother(ctx)),
    get(`${hostPrefix}/sign-out`, 'public', (ctx) => forwardAuth.signOut(ctx)),
    ...hostFiles(ports.files),
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
    prepare(ctx)
    const outcome = await this.#decide(ctx, read)
    if (outcome.kind === 'refused') return this.#refuse(ctx, outcome)
    const { original } = outcome
    if (outcome.kind === 'sign-in') {
      if (!isNavigation(ctx) || !isPageLoad(original)) return this.#refuse(ctx, signedOut(original))
      const { location, cookie } = signInRedirect(ctx, original, this.#ports)
      ctx.append('Set-Cookie', cookie)
      ctx.body = ''
      return askToSignIn(ctx, location)
    }
    const { visitor, asked } = outcome
    for (const [name, value] of Object.entries(await this.#identity(visitor.person, originOf(original))))
      ctx.set(name, value)
    const room = this.#record.allowed(asked)
    if (room !== undefined) await room
    ctx.status = 200
    ctx.body = ''
  }

  /**
   * For nginx, which passes on no body of an answer to its question: decides again, and answers with what a refusal shows. Never
   * with 200, although the decision may be another one by now.
   */
  async showRefusal(ctx: Context, read: ReadOriginal): Promise<void> {
    prepare(ctx)
    const outcome = await this.#decide(ctx, read)
    if (outcome.kind === 'refused') return this.#refuse(ctx, outcome)
    if (outcome.kind === 'sign-in') return this.#refuse(ctx, signedOut(outcome.original))
    const { visitor, original } = outcome
    const reason = 'the request was refused, and would be allowed now; repeat it'
    this.#refuse(ctx, { ...denied(reason), page: deniedPage(visitor, original) })
  }

  /** At this server, for a signed-in user: sends the browser back to the protected host with a code. */
  async start(ctx: Context): Promise<void> {
    const sessionId = await this.#ports.currentSessionId(ctx)
    if (sessionId === undefined) throw new Problem('missing_credentials', 'sign in first')
    const onward = callbackUrl({ ...returnTo(ctx), sessionId }, this.#hosts, this.#ports)
    // Not a redirect: `form-action` of the sign-in page would forbid one to another host.
    ctx.set('Refresh', `0;url=${onward}`)
    ctx.set('Referrer-Policy', 'no-referrer')
    const { host } = new URL(onward)
    this.#ports.show(ctx, { kind: 'opening', host, onward }, { status: 200, reference: requestIdOf(ctx) })
  }

  /** At this server: a sign-in with another account, also for a browser that is signed in. */
  async signInAgain(ctx: Context): Promise<void> {
    const given = returnTo(ctx)
    // Before anybody is asked for a password.
    returnUrl(given, this.#hosts, this.#ports.issuer)
    await this.#ports.startSignIn(ctx, `/forward-auth/start?${new URLSearchParams({ ...given })}`)
  }

  /** At the protected host: exchanges the code for the host's own cookie. */
  finish(ctx: Context): Promise<void> {
    return this.#onHost(ctx, (place) =>
      finishSignIn(ctx, queryValue(ctx, 'code') ?? '', place, {
        ...this.#ports,
        onSession: async (sessionId) => {
          const session = await this.#visitors.session(sessionId)
          if (session === undefined) throw new Problem('denied', 'you have signed out; open the page again')
          const now = this.#ports.clock()
          const call = { caller: userOf(session, now).caller, circumstances: circumstancesOf(ctx, now) }
          await this.#record.signedIn({ call, resource: originOf(place) })
        },
      }),
    )
  }

  /** At the protected host: removes its cookie and continues to a sign-in of this server, which returns to the path `to`. */
  useAnother(ctx: Context): Promise<void> {
    return this.#onHost(ctx, (place) => {
      const to = queryValue(ctx, 'to') ?? '/'
      const path = to.startsWith('/') ? to : '/'
      const { location, cookie } = signInRedirect(ctx, { ...place, path, query: '' }, this.#ports, 'another')
      clearCookie(ctx, place)
      ctx.append('Set-Cookie', cookie)
      ctx.redirect(location)
    })
  }

  /** At the protected host: removes its cookie and continues to the sign-out of this server. */
  signOut(ctx: Context): Promise<void> {
    return this.#onHost(ctx, (place) => {
      clearCookie(ctx, place)
      ctx.redirect(`${this.#ports.issuer}/sign-out`)
    })
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

  async #decide(ctx: Context, read: ReadOriginal): Promise<Outcome> {
    const about: About = {}
    try {
      this.#checkProxy(ctx)
      const original = this.#originalOf(ctx, read)
      about.host = original.host
      about.page = { kind: 'address' }
      const path = this.#ports.readPath(original)
      about.page = { kind: 'signed-out', again: returnPathOf(original) }
      const visitor = await this.#visitors.of(ctx, original)
      if (visitor === undefined) return { kind: 'sign-in', original }
      about.visitor = visitor
      about.page = deniedPage(visitor, original)
      const asked = this.#callOf(ctx, visitor, original, path)
      return (await this.#mayPass(asked, about))
        ? { kind: 'allowed', visitor, original, asked }
        : { kind: 'sign-in', original }
    } catch (error) {
      if (!(error instanceof Problem) || statusOf(error) >= 500) throw error
      const { message: reason } = error
      this.#record.refused(ctx, { who: about.visitor?.caller.arn, host: about.host, reason })
      const page = about.page ?? { kind: 'not-ready', reason }
      // nginx knows no other refusals than 401 and 403.
      const badToken = statusOf(error) === 401
      return {
        kind: 'refused',
        ...denied(reason),
        status: badToken ? 401 : 403,
        badToken,
        page,
        reference: about.reference,
      }
    }
  }

  #callOf(
    ctx: Context,
    { caller }: Visitor,
    { method, host, secure }: OriginalRequest,
    path: string,
  ): ForwardedCall {
    return {
      call: { caller, circumstances: { ...circumstancesOf(ctx, this.#ports.clock()), secure } },
      action: `web:${method.slice(0, 1)}${method.slice(1).toLowerCase()}`,
      resource: `arn:aws:web:::${host}${path}`,
    }
  }

  /** False when the user or the session was revoked. @throws Problem('denied') */
  async #mayPass(asked: ForwardedCall, about: About): Promise<boolean> {
    try {
      await this.#ports.authorize(asked.call, asked.action, asked.resource)
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (statusOf(error) === 401 && asked.call.caller.kind === 'user') return false
      if (statusOf(error) === 403) about.reference = await this.#record.denied(asked, error)
      throw error
    }
  }

  #refuse(ctx: Context, refusal: Refusal): void {
    const { issuer, show } = this.#ports
    answerRefusal(ctx, refusal, { navigates: isNavigation(ctx), issuer, show })
  }

  /** Runs one of the host's own pages, which the proxy passes on unchanged with `X-Forwarded-Host` and `-Proto`. */
  async #onHost(
    ctx: Context,
    run: (place: Pick<OriginalRequest, 'host' | 'secure'>) => Promise<void> | void,
  ): Promise<void> {
    prepare(ctx)
    let page: HostPage | undefined
    try {
      this.#checkProxy(ctx)
      const place = this.#placeOf(ctx)
      page = { kind: 'sign-in-ended' }
      await run(place)
    } catch (error) {
      if (!(error instanceof Problem) || statusOf(error) >= 500 || !isNavigation(ctx)) throw error
      const reference = requestIdOf(ctx)
      ctx.set(referenceHeader, reference)
      const reason = error.message
      this.#ports.show(ctx, page ?? { kind: 'not-ready', reason }, { status: statusOf(error), reference })
    }
  }

  #placeOf(ctx: Context): Pick<OriginalRequest, 'host' | 'secure'> {
    const secure = ctx.get('x-forwarded-proto').toLowerCase() === 'https'
    const host = ctx
      .get('x-forwarded-host')
      .toLowerCase()
      .replace(secure ? /:443$/ : /:80$/, '')
    if (!this.#hosts.has(host)) throw new Problem('not_found', 'there is nothing at this address')
    return { host, secure }
  }
}

const returnTo = (ctx: Context): ReturnTo => ({
  rd: queryValue(ctx, 'rd') ?? '',
  state: queryValue(ctx, 'state') ?? '',
})

/** The answer is sent on by another host, for which this server does not decide whether it is always https. */
function prepare(ctx: Context): void {
  ctx.set('cache-control', 'no-store')
  ctx.remove('strict-transport-security')
}

const denied = (reason: string) =>
  ({ status: 403, reason, badToken: false, reference: undefined }) as const satisfies Omit<Refusal, 'page'>

const signedOut = (original: OriginalRequest): Refusal => ({
  ...denied('sign in first'),
  status: 401,
  page: { kind: 'signed-out', again: returnPathOf(original) },
})

const deniedPage = ({ person }: Visitor, original: OriginalRequest): HostPage => ({
  kind: 'denied',
  user: person.name,
  place: original.host + original.path,
  another: `${hostPrefix}/another?${new URLSearchParams({ to: returnPathOf(original) })}`,
})
