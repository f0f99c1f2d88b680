// Composes the OpenID Connect provider from oidc-provider: its configuration (configuration.ts), its storage (artifacts/), the
// keys it signs with (library/keys.ts), claims (claims.ts), sessions and interactions (session/), and the token exchange and
// JWT bearer grants (exchange/). Pages and the ways to authenticate are not here: sign-in/ drives them through edge.ts, and
// views are passed in as functions.
// Order of a request: middleware of web/, then the facts of this request, then oidc-provider, then the audit entries and
// the record that a redemption has its response.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, Middleware } from 'koa'
import type Provider from 'oidc-provider'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { type ArtifactStore, type ArtifactStoreOptions, openArtifactStore } from './artifacts/adapter.ts'
import { currentRedemption, currentRequest, startRequest, storeFailureOf } from './artifacts/token-request.ts'
import { storeUnavailable } from './artifacts/tombstones.ts'
import type { FindPerson } from './claims.ts'
import { checkStaticClients } from './clients/configured.ts'
import {
  createInitialAccessToken,
  initialAccessTokenLifetime,
  registrationPolicies,
} from './clients/registration.ts'
import type { RegistrationLimits } from './clients/registration-limits.ts'
import type { ClientSettings, ResourceSettings } from './clients/settings.ts'
import { type AuthenticateWorkload, workloadAssertions } from './clients/workload.ts'
import { configurationOf, cookieAttributes, cookieNames, routes } from './configuration.ts'
import type { OidcEdge } from './edge.ts'
import {
  auditWritten,
  type EmitEvent,
  eventEmitter,
  forwardProviderEvents,
  type OidcEvent,
} from './events.ts'
import { type Exchange, registerExchangeGrant } from './exchange/exchange-grant.ts'
import { jwtBearer } from './exchange/jwt-bearer.ts'
import { type AccessTokenSubject, makeFindSubject } from './exchange/subject.ts'
import { targetChecker } from './exchange/targets.ts'
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
import { ownsPath } from './own-paths.ts'
import { type OidcViews, pageSources } from './pages.ts'
import { logRefusals } from './refusals.ts'
import { type Consents, openConsents } from './session/consents.ts'
import { interactions, makeStartSignIn } from './session/interactions.ts'
import { LogoutOutbox } from './session/logout-outbox.ts'
import { makeEndSessionsThrough, makeEndSignIns, sessions } from './session/sessions.ts'
import {
  continueLogoutUpstream,
  type LeaveUpstream,
  takePostLogoutRedirect,
} from './session/sign-out-upstream.ts'
import {
  openUpstreamSessions,
  saveUpstreamSession,
  type UpstreamSessions,
} from './session/upstream-sessions.ts'
import { countUserCodes } from './session/user-codes.ts'

export interface ProviderOptions {
  /** No trailing slash. */
  readonly issuer: string
  readonly store: Store
  readonly keys: TokenKeys
  readonly clients: readonly ClientSettings[]
  readonly resources: readonly ResourceSettings[]
  /** Which clients and resources the newest configuration still has; another process may have been started with it. */
  readonly configuredNow: {
    hasClient(id: string): boolean
    hasResource(id: string): boolean
  }
  readonly registration: RegistrationLimits
  /** Whether confidential clients need PKCE as well. */
  readonly requirePkce: boolean
  readonly findPerson: FindPerson
  /** Whether the identity provider of this ARN exists and is not disabled. */
  readonly isProviderLive: (arn: string) => Promise<boolean>
  readonly leaveUpstream: LeaveUpstream
  readonly views: OidcViews
  readonly exchange: Exchange
  /** Verifies that an outside token belongs to the workload that acts for a client. */
  readonly authenticateWorkload: AuthenticateWorkload
  /** Fetch with the rules for outbound requests, for `jwks_uri` and back-channel logout. */
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** web/app.ts useConfiguredOrigin: host, scheme and client address come from the configuration, never from the request. */
  readonly useConfiguredOrigin: (app: Provider) => void
  /** Middleware of web/ that runs first: request ids, headers, responses to Problems, rate limits. */
  readonly before: readonly Middleware[]
  /** Whether a refused request of this address is logged; anybody can cause them, so each address has a limit. */
  readonly mayLogRefusal: (address: string) => boolean
  readonly requestId: (ctx: { readonly req: IncomingMessage }) => string
  /** web/forgery.ts: throws Problem('denied') for a form that was sent from another site. */
  readonly checkOrigin: (ctx: Context) => void
  /** web/same-site.ts: the path of a link within this site; undefined for any other link. */
  readonly sameSite: (path: string) => string | undefined
  /** Ends role sessions made with tokens of a withdrawn consent; `latest` (epoch seconds) is the date of its newest grant. */
  readonly revokeConsent?: ((userId: string, clientId: string, latest: number) => Promise<void>) | undefined
  /** Ends role sessions that a client made; called before the client is removed. */
  readonly revokeClient?: ((clientId: string) => Promise<void>) | undefined
  readonly onRefreshReuse?: ArtifactStoreOptions['onReuse']
  /**
   * For the audit trail and metrics. The response to the request in which an event happened waits for it; when it rejects,
   * the response is `temporarily_unavailable`.
   */
  readonly observe?: ((event: OidcEvent) => void | Promise<void>) | undefined
}

export interface OpenProvider extends OidcEdge {
  /** Handles requests to the paths that `owns` accepts. */
  readonly callback: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Whether `callback` handles a path, given without its query. */
  readonly owns: (path: string) => boolean
  /** Delivers back-channel logout requests, with retries. */
  readonly outbox: Pick<LogoutOutbox, 'start' | 'stop' | 'deliverDue'>
  /** The user behind one of our access tokens, as the subject of a token exchange; undefined when it is not live. */
  readonly findSubject: (token: string) => Promise<AccessTokenSubject | undefined>
}

/** @throws Problem('invalid_input') naming every client of the configuration that is not valid */
export async function openProvider(options: ProviderOptions): Promise<OpenProvider> {
  const https = options.issuer.startsWith('https:')
  const emit = eventEmitter(options)
  const artifacts = openArtifactStore({
    store: options.store,
    clock: options.clock,
    findPerson: options.findPerson,
    onReuse: (event) => {
      options.onRefreshReuse?.(event)
      emit('refresh_reused', { clientId: event.clientId, userId: event.userId }, currentRequest())
    },
    onSessionEnd: (session) => outbox.addAll(session),
    onClientEnd: options.revokeClient,
  })
  const consents = openConsents(options.store, options.clock)
  const upstreams = openUpstreamSessions(options.store, options.clock, options.isProviderLive)
  const provider = new GatedProvider(
    options.issuer,
    configurationOf({
      ...options,
      https,
      artifacts,
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
  extendSessions(provider, artifacts)
  for (const grant of [tokenExchange, jwtBearer])
    registerExchangeGrant(provider, grant, options.exchange, {
      requestId: options.requestId,
      targets: targetChecker(options.resources, options.configuredNow),
    })
  acceptForeignAssertions(provider, workloadAssertions(options.authenticateWorkload, options.requestId))
  for (const middleware of options.before) provider.use(middleware)
  provider.use(browserForms(browserFormPaths, options.checkOrigin))
  provider.use(countUserCodes(options.store, options.clock, routes.code_verification))
  const followKeys = keyFollower(provider, options.keys, options.clock)
  provider.use(perRequest(options, { artifacts, upstreams, followKeys }))
  provider.use(trimIntrospection(routes.introspection))
  provider.use(answerWrongMethods)
  forwardProviderEvents(provider, emit, options)
  logRefusals(provider, { ...options, mayLog: options.mayLogRefusal })
  await checkStaticClients(provider, options.clients)
  const own = new Set(options.clients.map(({ client_id }) => client_id))
  findLiveClientsOnly(provider, own, options.configuredNow.hasClient)
  const outbox = new LogoutOutbox({ ...options, provider, emit, followKeys })
  return {
    ...edgeOf(provider, artifacts, options, { https, emit, consents, outbox, upstreams }),
    outbox,
    callback: provider.callback(),
    owns: ownsPath,
    findSubject: makeFindSubject(provider, { ...options, upstreams }),
  }
}

interface EdgeDependencies {
  readonly https: boolean
  readonly emit: EmitEvent
  readonly consents: Consents
  readonly outbox: LogoutOutbox
  readonly upstreams: UpstreamSessions
}

function edgeOf(
  provider: Provider,
  artifacts: ArtifactStore,
  options: ProviderOptions,
  { https, emit, consents, outbox, upstreams }: EdgeDependencies,
): OidcEdge {
  const parts = {
    provider,
    artifacts,
    emit,
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
    startSignIn: makeStartSignIn(parts, options.sameSite),
    takePostLogoutRedirect: (ctx) => takePostLogoutRedirect(provider, ctx),
    endSignIns: makeEndSignIns(parts),
    endSessionsThrough: makeEndSessionsThrough(parts),
    async revokeUser(userId) {
      await ofBrowser.endOthers(userId, undefined)
      for (const { clientId } of await ofBrowser.grants(userId)) await ofBrowser.withdraw(userId, clientId)
    },
    createInitialAccessToken: ({ expiresIn = initialAccessTokenLifetime.usual }) =>
      createInitialAccessToken(provider, expiresIn),
  }
}

const browserFormPaths = {
  own: [routes.code_verification, `${routes.end_session}/confirm`],
  anySite: [routes.authorization, routes.end_session],
} as const

interface RequestParts {
  readonly artifacts: ArtifactStore
  readonly upstreams: UpstreamSessions
  readonly followKeys: () => void
}

function perRequest(
  options: ProviderOptions,
  { artifacts, upstreams, followKeys }: RequestParts,
): Middleware {
  const leaving = { upstreams, leaveUpstream: options.leaveUpstream, page: options.views.leaving }
  return async (ctx, next) => {
    startRequest(ctx, options.clock())
    followKeys()
    try {
      await next()
      const failure = storeFailureOf(ctx)
      if (failure)
        options.log.error(
          { requestId: options.requestId(ctx), err: failure, path: ctx.path },
          'request failed',
        )
      if (ctx.status === 503) ctx.set('Retry-After', '1')
      await saveUpstreamSession(ctx as KoaContextWithOIDC, upstreams)
      await continueLogoutUpstream(ctx as KoaContextWithOIDC, leaving)
      relaxFormAction(ctx)
      const redeemed = currentRedemption(ctx as KoaContextWithOIDC)
      await auditWritten(ctx).catch((cause) => withholdAnswer(ctx, artifacts, redeemed, cause))
      // Before the response is sent: later requests with the same token are retries, not concurrent (refresh-retry.ts).
      if (redeemed && ctx.status === 200 && !(await artifacts.answered(redeemed.model, redeemed.id)))
        refuseEndedGrant(ctx)
    } catch (error) {
      answerThrown(ctx, error, options)
    }
  }
}

/** Responds to errors that oidc-provider does not handle itself, such as a failure to save its session. */
function answerThrown(ctx: Context, error: unknown, { log, requestId }: ProviderOptions): void {
  const away = error instanceof errors.TemporarilyUnavailable && (storeFailureOf(ctx) ?? error)
  // web/ shows a page for a Problem and for any other error.
  if (ctx.accepts('json', 'html') === 'html')
    throw away ? new Problem('unavailable', storeUnavailable, { cause: away, retryAfter: 1 }) : error
  log.error({ requestId: requestId(ctx), err: away || error, path: ctx.path }, 'request failed')
  ctx.status = away ? 503 : 500
  ctx.body = away
    ? { error: 'temporarily_unavailable', error_description: storeUnavailable }
    : {
        error: 'server_error',
        error_description: 'an internal error occurred; the server log has it under the request id',
      }
  if (away) ctx.set('Retry-After', '1')
}

/**
 * The audit entry of this response could not be written: the response is not sent, and the code or token may be redeemed
 * again.
 * @throws errors.TemporarilyUnavailable
 */
async function withholdAnswer(
  ctx: Context,
  artifacts: ArtifactStore,
  redeemed: ReturnType<typeof currentRedemption>,
  cause: unknown,
): Promise<never> {
  ctx.remove('Location')
  if (redeemed && ctx.status === 200) await artifacts.undoRedemption(redeemed)
  throw Object.assign(new errors.TemporarilyUnavailable('the request could not be recorded'), { cause })
}

/** The grant was ended while the response was being made. */
function refuseEndedGrant(ctx: Context): void {
  ctx.status = 400
  ctx.body = { error: 'invalid_grant', error_description: 'grant was already redeemed' }
}

/**
 * Removes `form-action` from the CSP of oidc-provider's own pages, because their forms lead to clients: the response of
 * `response_mode=form_post`, and the redirect after a sign-out. These pages escape every value of the request.
 */
function relaxFormAction(ctx: Context): void {
  // `ctx.response.is` parses the media type at every token response (5 µs). A response without a body has no such header.
  if (!String(ctx.response.headers['content-type'] ?? '').startsWith('text/html')) return
  const policy = ctx.response.get('Content-Security-Policy')
  if (policy) ctx.set('Content-Security-Policy', policy.replace(/form-action [^;]*;? ?/, ''))
}
