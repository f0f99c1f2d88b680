// Composes the OpenID Connect provider from oidc-provider: its configuration (configuration.ts), its storage (artifacts/), the
// keys it signs with (library/keys.ts), claims (claims.ts), sessions and interactions (session/), and the token exchange and
// JWT bearer grants (exchange/). Pages and the ways to authenticate are not here: sign-in/ drives them through edge.ts, and
// views are passed in as functions.
// Order of a request: middleware of web/, then per-request.ts around oidc-provider.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, Middleware } from 'koa'
import type Provider from 'oidc-provider'
import type { Store } from '../store/store.ts'
import type { ArtifactStoreOptions } from './artifacts/adapter.ts'
import { ArtifactStore } from './artifacts/artifact-store.ts'
import { currentRequest } from './artifacts/token-request.ts'
import type { SessionPolicyRules } from './authorization-details.ts'
import type { FindPerson } from './claims.ts'
import { accessCheck, type SignInAllowed } from './clients/access.ts'
import { ClientAdministration } from './clients/administration.ts'
import { ClientDocuments } from './clients/client-documents.ts'
import { checkStaticClients, clientFaults } from './clients/configured.ts'
import {
  createInitialAccessToken,
  initialAccessTokenLifetime,
  registrationPolicies,
} from './clients/registration.ts'
import type { RegistrationLimits } from './clients/registration-limits.ts'
import { resourceServers } from './clients/resources.ts'
import { openSecretCheck } from './clients/secrets.ts'
import type { ClientSettings, ResourceSettings } from './clients/settings.ts'
import { managedClients } from './clients/stored.ts'
import { type AuthenticateWorkload, workloadAssertions } from './clients/workload.ts'
import { configurationOf, cookieAttributes, cookieNames, routes } from './configuration.ts'
import type { OidcEdge } from './edge.ts'
import {
  type EmitEvent,
  eventEmitter,
  forwardProviderEvents,
  type OidcEvent,
  plainTokenRecorder,
} from './events.ts'
import { type ClientToken, makeFindClientToken } from './exchange/client-token.ts'
import { type Exchange, registerExchangeGrant } from './exchange/exchange-grant.ts'
import { jwtBearer } from './exchange/jwt-bearer.ts'
import { type AccessTokenSubject, makeFindSubject } from './exchange/subject.ts'
import { targetChecker } from './exchange/targets.ts'
import { tokenExchange } from './exchange/token-exchange.ts'
import { acceptForeignAssertions } from './library/client-assertions.ts'
import { GatedProvider } from './library/gated-provider.ts'
import { keyFollower, type TokenKeys } from './library/keys.ts'
import { findLiveClientsOnly } from './library/live-clients.ts'
import { addMappedClaims } from './library/mapped-claims.ts'
import { answerWrongMethods } from './library/methods.ts'
import { saveNewSessions } from './library/new-sessions.ts'
import { answerPlainClientCredentials } from './library/plain-client-credentials.ts'
import { useChosenSuccessors } from './library/refresh-token-ids.ts'
import { replaceReplayDetection } from './library/replay-detection.ts'
import { extendSessions } from './library/session-ids.ts'
import { acceptSeveralSecrets } from './library/several-secrets.ts'
import { refuseForeignGrants } from './library/unauthorized-client.ts'
import { browserForms } from './own-forms.ts'
import { ownsPath, routeTemplate } from './own-paths.ts'
import { type OidcViews, pageSources } from './pages.ts'
import { perRequest } from './per-request.ts'
import { describeRefusals } from './refusals.ts'
import { openRequestAccess } from './request-access.ts'
import { Consents } from './session/consents.ts'
import { makeStartSignIn, ProviderInteractions } from './session/interactions.ts'
import { LogoutOutbox } from './session/logout-outbox.ts'
import {
  makeEndSessionsThrough,
  makeEndSignIns,
  makeSignInsOf,
  ProviderSessions,
  type SessionLimits,
} from './session/sessions.ts'
import { type LeaveUpstream, takePostLogoutRedirect } from './session/sign-out-upstream.ts'
import { openUpstreamSessions, type UpstreamSessions } from './session/upstream-sessions.ts'
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
  /** When browser sessions end; asked at every use of one. */
  readonly limits: () => SessionLimits
  /** Whether the policies of a user allow `oidc:SignIn` on a client. */
  readonly signInAllowed: SignInAllowed
  /** Whether the identity provider of this ARN exists and is not disabled. */
  readonly isProviderLive: (arn: string) => Promise<boolean>
  readonly leaveUpstream: LeaveUpstream
  /** The pages in the language of a request. */
  readonly views: (ctx: Pick<Context, 'req' | 'get'>) => OidcViews
  readonly exchange: Exchange
  /** Verifies that an outside token belongs to the workload that acts for a client. */
  readonly authenticateWorkload: AuthenticateWorkload
  /** Fetch with the rules for outbound requests, for `jwks_uri`, metadata documents and back-channel logout. */
  readonly fetch: typeof globalThis.fetch
  /** How session policies that a person consents to are read. */
  readonly sessionPolicies: SessionPolicyRules
  /** Whether a request of this address may cause a client's metadata document to be fetched; anybody can name any URL. */
  readonly mayFetchDocument: (address: string) => boolean
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** web/app.ts useConfiguredOrigin: host, scheme and client address come from the configuration, never from the request. */
  readonly useConfiguredOrigin: (app: Provider) => void
  /** Middleware of web/ that runs first: request ids, headers, responses to Problems, rate limits. */
  readonly before: readonly Middleware[]
  /** The headers that `before` gives to the response of a request which it lets through. */
  readonly responseHeaders: (req: IncomingMessage) => readonly (readonly [name: string, value: string])[]
  /** The address of the client, as `useConfiguredOrigin` gives it to contexts. */
  readonly clientAddress: (req: IncomingMessage) => string
  /** Called for every refused request with its OAuth error code and message, whether it is logged or not. */
  readonly onRefusal?: ((req: IncomingMessage, code: string, message: string) => void) | undefined
  /** Whether a refused request of this address is logged; anybody can cause them, so each address has a limit. */
  readonly mayLogRefusal: (address: string) => boolean
  readonly requestId: (ctx: { readonly req: IncomingMessage }) => string
  /** web/request/forgery.ts: throws Problem('denied') for a form that was sent from another site. */
  readonly checkOrigin: (ctx: Context) => void
  /** web/request/same-site.ts: the path of a link within this site; undefined for any other link. */
  readonly sameSite: (path: string) => string | undefined
  /** Ends role sessions made with tokens of a withdrawn consent; `latest` (epoch seconds) is the date of its newest grant. */
  readonly revokeConsent?: ((userId: string, clientId: string, latest: number) => Promise<void>) | undefined
  /** Ends role sessions that a client made; called before the client is removed. */
  readonly revokeClient?: ((clientId: string) => Promise<void>) | undefined
  /** Epoch seconds before which everything that was issued to a client is revoked; undefined when nothing is. */
  readonly clientRevokedBefore?: ((clientId: string) => Promise<number | undefined>) | undefined
  readonly onRefreshReuse?: ArtifactStoreOptions['onReuse']
  /**
   * For the audit trail and metrics. The response to the request in which an event happened waits for it; when it rejects,
   * the response is `temporarily_unavailable`.
   */
  readonly observe?: ((event: OidcEvent) => void | Promise<void>) | undefined
}

export interface OpenProvider extends OidcEdge {
  /** Clients as an administrator manages them. */
  readonly clients: ClientAdministration
  /** Handles requests to the paths that `owns` accepts. */
  readonly callback: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Whether `callback` handles a path, given without its query. */
  readonly owns: (path: string) => boolean
  /** The template of a path that `owns` accepts, for metrics and logs. */
  readonly routeTemplate: (path: string) => string
  /** Delivers back-channel logout requests, with retries. */
  readonly outbox: Pick<LogoutOutbox, 'start' | 'stop' | 'deliverDue' | 'sending'>
  /** The user behind one of our access tokens, as the subject of a token exchange; undefined when it is not live. */
  readonly findSubject: (token: string) => Promise<AccessTokenSubject | undefined>
  /** A live client by its own token for a resource that its entry names; undefined for any other token. */
  readonly findClientToken: (token: string, resource: string) => Promise<ClientToken | undefined>
}

/** @throws Problem('invalid_input') naming every client of the configuration that is not valid */
export async function openProvider(options: ProviderOptions): Promise<OpenProvider> {
  const https = options.issuer.startsWith('https:')
  const emit = eventEmitter(options)
  const documents = clientDocuments(options)
  const artifacts = new ArtifactStore({
    store: options.store,
    clock: options.clock,
    findPerson: options.findPerson,
    onReuse: (event) => {
      options.onRefreshReuse?.(event)
      emit('refresh_reused', { clientId: event.clientId, userId: event.userId }, currentRequest())
    },
    onSessionEnd: (session) => outbox.addAll(session),
    onClientEnd: options.revokeClient,
    managedClients: managedClients(options.store),
    clientDocuments: documents,
    limits: options.limits,
  })
  const access = openRequestAccess({
    mayUse: accessCheck(options.store, options.signInAllowed),
    findPerson: options.findPerson,
    requestId: options.requestId,
    emit,
  })
  const consents = new Consents(options.store, options.clock)
  const upstreams = openUpstreamSessions(options.store, options.clock, options.isProviderLive)
  const provider = new GatedProvider(
    options.issuer,
    configurationOf({
      ...options,
      https,
      ...access,
      artifacts,
      consents,
      upstreams,
      pages: pageSources(options.views, options.requestId),
      policies: registrationPolicies(options.store, options.registration),
    }),
  )
  options.useConfiguredOrigin(provider)
  extendProvider(provider, artifacts, options)
  for (const middleware of options.before) provider.use(middleware)
  provider.use(browserForms(browserFormPaths, options.checkOrigin))
  provider.use(countUserCodes(options.store, options.clock, routes.code_verification))
  const followKeys = keyFollower(provider, options.keys, options.clock)
  provider.use(perRequest({ ...options, artifacts, upstreams, followKeys }))
  provider.use(answerWrongMethods)
  forwardProviderEvents(provider, emit, options)
  describeRefusals(provider, { ...options, mayLog: options.mayLogRefusal })
  await checkStaticClients(provider, options.clients)
  const own = new Set(options.clients.map(({ client_id }) => client_id))
  findLiveClientsOnly(provider, own, options.configuredNow.hasClient)
  const outbox = new LogoutOutbox({ ...options, provider, emit, followKeys })
  return {
    ...edgeOf(provider, artifacts, options, { https, emit, consents, outbox, upstreams, documents }),
    outbox,
    callback: answerPlainClientCredentials(
      {
        provider,
        resourceServer: resourceServers(options.resources, options.configuredNow),
        signingKey: () => options.keys.signing(),
        clock: options.clock,
        record: plainTokenRecorder(emit, options.clientAddress),
        headers: options.responseHeaders,
      },
      provider.callback(),
    ),
    owns: ownsPath,
    routeTemplate,
    clients: new ClientAdministration({
      store: options.store,
      clients: options.clients,
      registration: options.registration,
      check: (settings) => clientFaults(provider, settings),
      endClient: options.revokeClient ?? (async () => undefined),
      removeRegistered: (clientId) => artifacts.adapter('Client').destroy(clientId),
    }),
    findSubject: makeFindSubject(provider, { ...options, upstreams }),
    findClientToken: makeFindClientToken(provider, options),
  }
}

/** What oidc-provider does not do itself, or does otherwise (library/), and the grants of exchange/. */
function extendProvider(provider: Provider, artifacts: ArtifactStore, options: ProviderOptions): void {
  replaceReplayDetection(provider, options.store)
  addMappedClaims(provider)
  refuseForeignGrants(provider)
  useChosenSuccessors(provider)
  saveNewSessions(provider)
  extendSessions(provider, artifacts)
  for (const grant of [tokenExchange, jwtBearer])
    registerExchangeGrant(provider, grant, options.exchange, {
      requestId: options.requestId,
      targets: targetChecker(options.resources, options.configuredNow),
    })
  acceptSeveralSecrets(
    provider,
    openSecretCheck(
      options.store,
      () => Math.floor(options.clock() / 1000),
      (err) => options.log.warn({ err }, 'the use of a client secret was not noted'),
    ),
  )
  acceptForeignAssertions(provider, workloadAssertions(options.authenticateWorkload, options.requestId))
}

/** Outside of requests to OAuth endpoints, a client whose document cannot be fetched counts as unknown. */
function clientDocuments(options: ProviderOptions): Pick<ClientDocuments, 'find' | 'logoOf'> {
  const documents = new ClientDocuments({
    limits: options.registration,
    fetch: options.fetch,
    clock: options.clock,
    mayFetch: () => options.mayFetchDocument(currentRequest()?.ip ?? ''),
  })
  return {
    logoOf: (clientId) => documents.logoOf(clientId),
    async find(clientId) {
      if (currentRequest() !== undefined) return documents.find(clientId)
      return documents.find(clientId).catch(() => undefined)
    },
  }
}

interface EdgeDependencies {
  readonly https: boolean
  readonly emit: EmitEvent
  readonly consents: Consents
  readonly outbox: LogoutOutbox
  readonly upstreams: UpstreamSessions
  readonly documents: Pick<ClientDocuments, 'logoOf'>
}

function edgeOf(
  provider: Provider,
  artifacts: ArtifactStore,
  options: ProviderOptions,
  { https, emit, consents, outbox, upstreams, documents }: EdgeDependencies,
): OidcEdge {
  const deps = {
    provider,
    artifacts,
    emit,
    consents,
    outbox,
    upstreams,
    findPerson: options.findPerson,
    describePolicy: options.sessionPolicies.describe,
    logoOf: (clientId: string) => documents.logoOf(clientId),
    limits: options.limits,
    now: () => Math.floor(options.clock() / 1000),
    revokeConsent: options.revokeConsent ?? (async () => undefined),
    cookie: cookieAttributes,
    cookieName: cookieNames(https).session,
  }
  const browserSessions = new ProviderSessions(deps)
  return {
    sessions: browserSessions,
    interactions: new ProviderInteractions(deps),
    startSignIn: makeStartSignIn(deps, options.sameSite),
    takePostLogoutRedirect: (ctx) => takePostLogoutRedirect(provider, ctx),
    endSignIns: makeEndSignIns(deps),
    signInsOf: makeSignInsOf(deps),
    endSessionsThrough: makeEndSessionsThrough(deps),
    async revokeUser(userId) {
      await browserSessions.endOthers(userId, undefined)
      for (const { clientId } of await browserSessions.grants(userId))
        await browserSessions.withdraw(userId, clientId)
    },
    createInitialAccessToken: ({ expiresIn = initialAccessTokenLifetime.usual }) =>
      createInitialAccessToken(provider, expiresIn),
  }
}

const browserFormPaths = {
  own: [routes.code_verification, `${routes.end_session}/confirm`],
  anySite: [routes.authorization, routes.end_session],
} as const
