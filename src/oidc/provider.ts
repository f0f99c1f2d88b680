// The OpenID Connect provider: everything that touches oidc-provider. Owns its configuration (configuration.ts), what it
// keeps (adapter.ts), the keys it signs with (keys.ts), what tokens say (claims.ts), who is signed in (sessions.ts), what
// is asked of them (interactions.ts), and the grants we add (exchange-grant.ts). Owns no page and no way to prove who one
// is: sign-in/ answers the questions, through edge.ts, and views come in as functions.
// A request goes: the middleware given by web/ → notes of this request → oidc-provider → the refresh's answer is marked.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, Middleware } from 'koa'
import type Provider from 'oidc-provider'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { artifactShelf, type Shelf, type ShelfOptions } from './artifacts/adapter.ts'
import { awayFor, currentRequest, noteArrival, redeeming } from './artifacts/token-request.ts'
import { storeAway } from './artifacts/tombstones.ts'
import type { FindPerson } from './claims.ts'
import { checkStaticClients } from './clients/configured.ts'
import {
  createInitialAccessToken,
  initialAccessTokenLifetime,
  registrationPolicies,
} from './clients/registration.ts'
import type { RegistrationLimits } from './clients/registration-limits.ts'
import type { ClientSettings, ResourceSettings } from './clients/settings.ts'
import { type ActsFor, workloadAssertions } from './clients/workload.ts'
import { configurationOf, cookieAttributes, cookieNames, routes } from './configuration.ts'
import type { OidcEdge } from './edge.ts'
import { auditWritten, type OidcEvent, passOn, type Tell, teller } from './events.ts'
import { type Exchange, registerExchangeGrant } from './exchange/exchange-grant.ts'
import { jwtBearer } from './exchange/jwt-bearer.ts'
import { type LiveSubject, subjectFinder } from './exchange/subject.ts'
import { openTargets } from './exchange/targets.ts'
import { tokenExchange } from './exchange/token-exchange.ts'
import { trimIntrospection } from './introspection.ts'
import { acceptForeignAssertions } from './library/client-assertions.ts'
import { GatedProvider } from './library/gated-provider.ts'
import { keyFollower, type TokenKeys } from './library/keys.ts'
import { findLiveClientsOnly } from './library/live-clients.ts'
import { answerWrongMethods } from './library/methods.ts'
import { saveNewSessions } from './library/new-sessions.ts'
import { useChosenSuccessors } from './library/refresh-token-ids.ts'
import { replaceReplayDetection } from './library/replay-detection.ts'
import { extendSessions } from './library/session-ids.ts'
import { browserForms } from './own-forms.ts'
import { type OidcViews, pageSources } from './pages.ts'
import { logRefusals } from './refusals.ts'
import { type Consents, openConsents } from './session/consents.ts'
import { interactions, signInStarter } from './session/interactions.ts'
import { LogoutOutbox } from './session/logout-outbox.ts'
import { sessions, signInEnder, throughEnder } from './session/sessions.ts'
import { type LeaveUpstream, leaveAfterLogout, takeOnward } from './session/sign-out-upstream.ts'
import { keepUpstream, type UpstreamSessions, upstreamSessions } from './session/upstream-sessions.ts'
import { countUserCodes } from './session/user-codes.ts'

export interface ProviderOptions {
  /** No trailing slash. */
  readonly issuer: string
  readonly store: Store
  readonly keys: TokenKeys
  readonly clients: readonly ClientSettings[]
  readonly resources: readonly ResourceSettings[]
  /** Which of them still count: a newer configuration file may have been started since. */
  readonly configuredNow: {
    hasClient(id: string): boolean
    hasResource(id: string): boolean
  }
  readonly registration: RegistrationLimits
  /** PKCE from confidential clients too. */
  readonly requirePkce: boolean
  readonly findPerson: FindPerson
  /** Whether the identity provider of this ARN is there and not disabled. */
  readonly isProviderLive: (arn: string) => Promise<boolean>
  readonly leaveUpstream: LeaveUpstream
  readonly views: OidcViews
  readonly exchange: Exchange
  /** Whether an outside token is of the workload that acts for a client. */
  readonly actsFor: ActsFor
  /** The guarded fetch: for `jwks_uri` and back-channel logout. */
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** web/app.ts useConfiguredOrigin: host, scheme and client address come from the configuration, never from the request. */
  readonly useConfiguredOrigin: (app: Provider) => void
  /** Middleware of web/ that runs before: request ids, headers, answers to Problems, throttles. */
  readonly before: readonly Middleware[]
  /** Whether a refusal of this address is still written to the log. */
  readonly mayLogRefusal: (address: string) => boolean
  readonly requestId: (ctx: { readonly req: IncomingMessage }) => string
  /** web/forgery.ts: throws Problem('denied') for a form that the browser says is of another site. */
  readonly checkOrigin: (ctx: Context) => void
  /** web/same-site.ts: a path of this site, or nothing. */
  readonly sameSite: (path: string) => string | undefined
  /** Ends sessions that were made with tokens under a withdrawn consent, whose grants are dated up to `latest`. */
  readonly revokeConsent?: ((userId: string, clientId: string, latest: number) => Promise<void>) | undefined
  /** Ends sessions that a client made, which was removed; before it is gone. */
  readonly revokeClient?: ((clientId: string) => Promise<void>) | undefined
  readonly onRefreshReuse?: ShelfOptions['onReuse']
  /**
   * For the audit trail and metrics. The answer to the request in which an event happened waits for it; when it rejects, the
   * answer is `temporarily_unavailable`.
   */
  readonly observe?: ((event: OidcEvent) => void | Promise<void>) | undefined
}

export interface OpenProvider extends OidcEdge {
  /** Answers every request whose path `owns` says is its own. */
  readonly callback: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** True for paths that go to `callback`, without query. */
  readonly owns: (path: string) => boolean
  /** Tells clients of sign-outs, again and again until they have answered. */
  readonly outbox: Pick<LogoutOutbox, 'start' | 'stop' | 'deliverDue'>
  /** What a person's own access token of ours stands for, when it is live: a subject for token exchange. */
  readonly subjectOf: (token: string) => Promise<LiveSubject | undefined>
}

/** @throws Problem('invalid_input') naming every client of the configuration that cannot be */
export async function openProvider(options: ProviderOptions): Promise<OpenProvider> {
  const https = options.issuer.startsWith('https:')
  const tell = teller(options)
  const shelf = artifactShelf({
    store: options.store,
    clock: options.clock,
    findPerson: options.findPerson,
    onReuse: (event) => {
      options.onRefreshReuse?.(event)
      tell('refresh_reused', { clientId: event.clientId, userId: event.userId }, currentRequest())
    },
    onSessionEnd: (session) => outbox.addAll(session),
    onClientEnd: options.revokeClient,
  })
  const consents = openConsents(options.store, options.clock)
  const upstreams = upstreamSessions(options.store, options.clock, options.isProviderLive)
  const provider = new GatedProvider(
    options.issuer,
    configurationOf({
      ...options,
      https,
      shelf,
      consents,
      upstreams,
      pages: pageSources(options.views, options.requestId),
      policies: registrationPolicies(options.store, options.registration),
    }),
  )
  options.useConfiguredOrigin(provider)
  replaceReplayDetection(provider, options.store)
  useChosenSuccessors(provider)
  saveNewSessions(provider)
  extendSessions(provider, shelf)
  for (const grant of [tokenExchange, jwtBearer])
    registerExchangeGrant(provider, grant, options.exchange, {
      requestId: options.requestId,
      targets: openTargets(options.resources, options.configuredNow),
    })
  acceptForeignAssertions(provider, workloadAssertions(options.actsFor, options.requestId))
  for (const middleware of options.before) provider.use(middleware)
  provider.use(browserForms(browserFormPaths, options.checkOrigin))
  provider.use(countUserCodes(options.store, options.clock, routes.code_verification))
  const followKeys = keyFollower(provider, options.keys, options.clock)
  provider.use(perRequest(options, { shelf, upstreams, followKeys }))
  provider.use(trimIntrospection(routes.introspection))
  provider.use(answerWrongMethods)
  passOn(provider, tell, options)
  logRefusals(provider, { ...options, mayLog: options.mayLogRefusal })
  await checkStaticClients(provider, options.clients)
  const own = new Set(options.clients.map(({ client_id }) => client_id))
  findLiveClientsOnly(provider, own, options.configuredNow.hasClient)
  const outbox = new LogoutOutbox({ ...options, provider, tell, followKeys })
  return {
    ...edgeOf(provider, shelf, options, { https, tell, consents, outbox, upstreams }),
    outbox,
    callback: provider.callback(),
    owns,
    subjectOf: subjectFinder(provider, { ...options, upstreams }),
  }
}

interface EdgeParts {
  readonly https: boolean
  readonly tell: Tell
  readonly consents: Consents
  readonly outbox: LogoutOutbox
  readonly upstreams: UpstreamSessions
}

function edgeOf(
  provider: Provider,
  shelf: Shelf,
  options: ProviderOptions,
  { https, tell, consents, outbox, upstreams }: EdgeParts,
): OidcEdge {
  const parts = {
    provider,
    shelf,
    tell,
    consents,
    outbox,
    upstreams,
    findPerson: options.findPerson,
    revokeConsent: options.revokeConsent ?? (async () => undefined),
    cookie: cookieAttributes,
    cookieName: cookieNames(https).session,
  }
  const ofBrowser = sessions(parts)
  return {
    sessions: ofBrowser,
    interactions: interactions(parts),
    startSignIn: signInStarter(parts, options.sameSite),
    takeOnward: (ctx) => takeOnward(provider, ctx),
    endSignIns: signInEnder(parts),
    endSessionsThrough: throughEnder(parts),
    async revokeUser(userId) {
      await ofBrowser.endOthers(userId, undefined)
      for (const { clientId } of await ofBrowser.grants(userId)) await ofBrowser.withdraw(userId, clientId)
    },
    createInitialAccessToken: ({ expiresIn = initialAccessTokenLifetime.usual }) =>
      createInitialAccessToken(provider, expiresIn),
  }
}

/** Exact paths, and what oidc-provider puts below some of them (`/authorize/:uid`, `/register/:id`, `/logout/confirm`). */
const ownPaths = new Set<string>([
  ...Object.values(routes),
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
])
const ownFolders = [
  routes.authorization,
  routes.code_verification,
  routes.registration,
  routes.end_session,
].map((path) => `${path}/`)

const owns = (path: string): boolean =>
  ownPaths.has(path) || ownFolders.some((folder) => path.startsWith(folder))

const browserFormPaths = {
  own: [routes.code_verification, `${routes.end_session}/confirm`],
  anySite: [routes.authorization, routes.end_session],
} as const

interface RequestParts {
  readonly shelf: Shelf
  readonly upstreams: UpstreamSessions
  readonly followKeys: () => void
}

function perRequest(options: ProviderOptions, { shelf, upstreams, followKeys }: RequestParts): Middleware {
  const leaving = { upstreams, leaveUpstream: options.leaveUpstream, page: options.views.leaving }
  return async (ctx, next) => {
    noteArrival(ctx, options.clock())
    followKeys()
    try {
      await next()
      const away = awayFor(ctx)
      if (away)
        options.log.error({ requestId: options.requestId(ctx), err: away, path: ctx.path }, 'request failed')
      if (ctx.status === 503) ctx.set('Retry-After', '1')
      await keepUpstream(ctx as KoaContextWithOIDC, upstreams)
      await leaveAfterLogout(ctx as KoaContextWithOIDC, leaving)
      freeForms(ctx)
      const redeemed = redeeming(ctx as KoaContextWithOIDC)
      await auditWritten(ctx).catch((cause) => withhold(ctx, shelf, redeemed, cause))
      // Before the answer leaves: who asks again after it is a client that lost it, not a racer (refresh-retry.ts).
      if (redeemed && ctx.status === 200 && !(await shelf.answered(redeemed.model, redeemed.id))) refuse(ctx)
    } catch (error) {
      answerThrown(ctx, error, options)
    }
  }
}

/** What was thrown around oidc-provider's own answers to errors: by what keeps its session, and by our notes. */
function answerThrown(ctx: Context, error: unknown, { log, requestId }: ProviderOptions): void {
  const away = error instanceof errors.TemporarilyUnavailable && (awayFor(ctx) ?? error)
  // web/ answers Problems, and whatever else is thrown, with a page.
  if (ctx.accepts('json', 'html') === 'html')
    throw away ? new Problem('unavailable', storeAway, { cause: away, retryAfter: 1 }) : error
  log.error({ requestId: requestId(ctx), err: away || error, path: ctx.path }, 'request failed')
  ctx.status = away ? 503 : 500
  ctx.body = away
    ? { error: 'temporarily_unavailable', error_description: storeAway }
    : {
        error: 'server_error',
        error_description: 'something went wrong here; the log knows it by the request id',
      }
  if (away) ctx.set('Retry-After', '1')
}

/**
 * The audit entry of this answer could not be written: it is not given out, and the code or token it was given for may be
 * redeemed again.
 * @throws errors.TemporarilyUnavailable
 */
async function withhold(
  ctx: Context,
  shelf: Shelf,
  redeemed: ReturnType<typeof redeeming>,
  cause: unknown,
): Promise<never> {
  ctx.remove('Location')
  if (redeemed && ctx.status === 200) await shelf.takeBack(redeemed)
  throw Object.assign(new errors.TemporarilyUnavailable('the request could not be recorded'), { cause })
}

/** What this answer gives was ended while it was being made. */
function refuse(ctx: Context): void {
  ctx.status = 400
  ctx.body = { error: 'invalid_grant', error_description: 'grant was already redeemed' }
}

/**
 * oidc-provider's own pages send forms on to clients: the answer of `response_mode=form_post`, and the way back after a
 * sign-out. Browsers hold `form-action` against such redirects, so it is left out there; nothing of a caller's stands in them unescaped.
 */
function freeForms(ctx: Context): void {
  // Not by `is('html')`: that reads the type by a grammar, for every token we answer (5 µs).
  // An answer without a body has no such header.
  if (!String(ctx.response.headers['content-type'] ?? '').startsWith('text/html')) return
  const policy = ctx.response.get('Content-Security-Policy')
  if (policy) ctx.set('Content-Security-Policy', policy.replace(/form-action [^;]*;? ?/, ''))
}
