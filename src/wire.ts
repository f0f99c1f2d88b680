import type { RequestListener } from 'node:http'
import { type Logger, pino } from 'pino'
import { accountRoutes } from './account/routes.ts'
import { openTrail, type ReadyTrail } from './audit/trail.ts'
import { awsEndpoint } from './aws/endpoint.ts'
import { iamActions } from './aws/iam.ts'
import { stsActions } from './aws/sts.ts'
import type { Config } from './config.ts'
import { decisionLog } from './decision/decision-log.ts'
import { decisionRoutes } from './decision/routes.ts'
import { recordOf } from './federation/kinds.ts'
import { guardedFetch } from './federation/outbound/guarded-fetch.ts'
import { standardFetch } from './federation/outbound/standard-fetch.ts'
import { readRecorded as readSamlMetadata } from './federation/saml/metadata.ts'
import { openUpstreams, type Upstreams } from './federation/upstreams.ts'
import { IssuerKeys } from './federation/workload/issuer-keys.ts'
import { type Authorizer, openAuthorizer } from './iam/authorization/authorize.ts'
import { principalIds } from './iam/authorization/principal-ids.ts'
import { afterEnd, keepRevocation, revocationRecord } from './iam/authorization/revocation-records.ts'
import { bootstrap, type FirstRun, firstAccount } from './iam/bootstrap.ts'
import { applyConfiguration } from './iam/configuration/apply-configuration.ts'
import { openConfiguredNow } from './iam/configuration/configuration-record.ts'
import type { Parts as IamParts } from './iam/dependencies.ts'
import { type Ends, openEnds } from './iam/ends.ts'
import { openIam } from './iam/iam.ts'
import { confirmIssuer } from './iam/issuer-record.ts'
import { openLongTermKeys } from './iam/long-term-keys.ts'
import { byName } from './iam/lookup.ts'
import { openMfaCheck } from './iam/mfa/check.ts'
import { type Markers, markersUnder } from './iam/paging.ts'
import { refusalsAtTheDoor } from './iam/rejected-request-audit.ts'
import { openSignInCredentials } from './iam/sign-in/credentials.ts'
import { type Identities, openIdentities } from './iam/sign-in/identities.ts'
import { openPeople } from './iam/sign-in/oidc-profiles.ts'
import { openOwnCredentials } from './iam/sign-in/own-credentials.ts'
import { openOwnIdentities } from './iam/sign-in/own-identities.ts'
import { openSignInProviders, type SignInProviders } from './iam/sign-in/providers.ts'
import { signInRecord } from './iam/sign-in/sign-in-audit.ts'
import { openAssuming } from './iam/sts-repositories.ts'
import { doubtsOnRecord } from './iam/trust-policy-warnings.ts'
import { auditEventWriter } from './oidc/audit-events.ts'
import { insecureRedirects } from './oidc/clients/settings.ts'
import { callerOfSubject } from './oidc/exchange/subject-to-caller.ts'
import type { TokenKeys } from './oidc/library/keys.ts'
import { type OpenProvider, openProvider } from './oidc/provider.ts'
import { Problem } from './problem.ts'
import { equals, sha256base64url, sha256hex } from './secure/digest.ts'
import { signJws } from './secure/jws.ts'
import type { KeyRing } from './secure/key-ring.ts'
import { KeyThread } from './secure/key-thread.ts'
import { PasswordHasher } from './secure/password.ts'
import { randomToken } from './secure/random.ts'
import { openState, sealState } from './secure/state.ts'
import { openAssets } from './sign-in/assets.ts'
import { federationRoutes } from './sign-in/federate.ts'
import { providerPages } from './sign-in/provider-pages.ts'
import { drawQr } from './sign-in/qr.ts'
import type { SignInDependencies } from './sign-in/request.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { openShow, type Show, textOf } from './sign-in/show.ts'
import { type EntryDependencies, entryRoutes } from './sign-in/sign-out.ts'
import { signOutByUpstreamRoutes } from './sign-in/sign-out-by-upstream.ts'
import { upstreamSignOut } from './sign-in/sign-out-upstream.ts'
import { openExistingStore, openOrMakeStore, refuseSharedDirectories, withKeys } from './store/open.ts'
import { type IdentityProvider, serverAccount } from './store/records.ts'
import type { Store } from './store/store.ts'
import { keepSwept } from './store/sweeping.ts'
import { getAccessKeyInfo } from './sts/access-key-info.ts'
import { assumeRole } from './sts/assume-role.ts'
import { authenticator } from './sts/authenticate.ts'
import { getScopedCredentials, getSessionToken } from './sts/own-session.ts'
import { openRefusals, type Refusals } from './sts/refusals.ts'
import { type RevokeParts, revoking } from './sts/revoke.ts'
import { assumeRoleWithSaml } from './sts/saml.ts'
import { sessionSigningKeys } from './sts/session-signing-key.ts'
import { tokenExchange } from './sts/token-exchange.ts'
import { assumeRoleWithWebIdentity } from './sts/web-identity.ts'
import { actsForClient } from './sts/workload-client.ts'
import { admitAnonymousRecords, chargeSignIns, openBudgets } from './web/anonymous-records.ts'
import { useConfiguredOrigin, type WebOptions, webApp } from './web/app.ts'
import { clientAddressOf } from './web/client-address.ts'
import { cookieJar } from './web/cookies.ts'
import { handleErrors } from './web/error-response.ts'
import { checkOrigin, forgeryGuard } from './web/forgery.ts'
import { secureHeaders } from './web/headers.ts'
import {
  AddressLimit,
  throttleUnauthenticated,
  throttling,
  unauthenticatedRecordLimit,
} from './web/limits.ts'
import { operationRoutes } from './web/operations.ts'
import { requestIdOf, requestIds } from './web/request-id.ts'
import { pathOf } from './web/request-target.ts'
import type { Route } from './web/route.ts'
import { sameSitePath } from './web/same-site.ts'
import { webfingerRoute } from './web/webfinger.ts'

export interface Chancery {
  readonly handler: RequestListener
  readonly warnings: readonly string[]
  /** Answers what is held open, so that no request keeps the process from ending. */
  endHeld(): void
  createInitialAccessToken(options: { readonly expiresIn: number }): Promise<string>
  close(): Promise<void>
}

/** Epoch seconds. */
const now = (): number => Math.floor(Date.now() / 1000)

/** What everything stands on: the store, its keys, the trail. */
interface Ground {
  readonly config: Config
  readonly issuer: string
  readonly log: Logger
  readonly store: Store
  readonly keyRing: KeyRing
  readonly keyThread: KeyThread
  readonly trail: ReadyTrail
  readonly hasher: PasswordHasher
}

/**
 * The server: makes the store and its first account where there is none.
 * @param issuer the public URL, no trailing slash
 * @param announce told of the first start's secrets before it counts as done
 * @throws Problem that says what to do when it must not start on what it finds
 */
export async function openChancery(
  config: Config,
  issuer: string,
  announce: (made: FirstRun) => void,
): Promise<Chancery> {
  refuseSharedDirectories(config, config.dataDir)
  const log = openLog()
  const ground = await openGround(config, issuer, log, openOrMakeStore)
  const authorizer = openAuthorizer(ground.store)
  await confirmIssuer(ground.store, { issuer, previous: config.previousIssuer })
  const started = await bootstrap({
    store: ground.store,
    hasher: ground.hasher,
    now,
    accountId: config.accountId,
    rootKey: config.rootKey,
    adminName: config.admin.name,
    adminPassword: config.admin.password,
    announce,
  })
  const ended = await applyFile(ground, started.accountId)
  return assemble(ground, authorizer, started.accountId, ended)
}

/**
 * For commands beside a server or without one: nothing is made.
 * @throws Problem('not_found') when there is no store, or it was never started
 */
export async function openExistingChancery(config: Config, issuer: string): Promise<Chancery> {
  const ground = await openGround(config, issuer, openLog(), openExistingStore)
  return assemble(ground, openAuthorizer(ground.store), await firstAccount(ground.store))
}

const openLog = (): Logger =>
  pino({ level: 'warn', base: null, serializers: { err: errorInLog } }, pino.destination(2))

/** @param ended providers whose sessions end before the first request is answered */
async function assemble(
  ground: Ground,
  authorizer: Authorizer,
  accountId: string,
  ended: readonly IdentityProvider[] = [],
): Promise<Chancery> {
  const { config, issuer, log } = ground
  const parts = await openParts(ground, authorizer, accountId)
  for (const provider of ended) await parts.ends.providerEnded(provider)
  const stopSweeping = keepSwept(ground.store, now, (err) =>
    log.warn({ err }, 'expired records were not swept'),
  )
  parts.oidc.outbox.start()
  return {
    handler: parts.handler,
    warnings: warningsOf(config, issuer),
    createInitialAccessToken: (options) => parts.oidc.createInitialAccessToken(options),
    endHeld: () => parts.ending.abort(),
    async close() {
      stopSweeping()
      await parts.oidc.outbox.stop()
      authorizer.close()
      ground.keyRing.stop()
      parts.stop()
      await ground.keyThread.close()
      await ground.store.close()
    },
  }
}

/** A Problem is expected: where in the code it arose is no help. */
function errorInLog(error: unknown): unknown {
  if (!(error instanceof Problem)) return pino.stdSerializers.err(error as Error)
  const { name: type, code, message, detail, cause } = error
  return { type, code, message, detail, cause: cause === undefined ? undefined : errorInLog(cause) }
}

async function openGround(
  config: Config,
  issuer: string,
  log: Logger,
  open: typeof openExistingStore,
): Promise<Ground> {
  const keyThread = new KeyThread()
  const { store, keyRing } = await withKeys(await open(config, (line) => log.warn(line)), {
    clock: now,
    thread: keyThread,
    onError: (err) => log.error({ err }, 'keys were not rotated'),
  })
  const trail = await openTrail({
    store,
    key: () => keyRing.signing('audit'),
    clock: now,
    onError: (err) => log.error({ err }, 'the end of an act was not recorded'),
  })
  return { config, issuer, log, store, keyRing, keyThread, trail, hasher: new PasswordHasher() }
}

/** What was made for or through something that is gone ends everywhere. */
const revoked = (
  store: Store,
  accountId: string,
  scope: 'client' | 'provider',
  value: string,
): Promise<void> => {
  const at = now()
  return keepRevocation(store, revocationRecord({ accountId, scope, value, before: afterEnd(at) }, at))
}

/** @returns providers that are disabled, whose sessions must end */
const applyFile = (
  { store, config, log }: Ground,
  accountId: string,
): Promise<readonly IdentityProvider[]> => {
  const { clients, resources, identity_providers, revision } = config.file
  return applyConfiguration(
    {
      store,
      accountId,
      now,
      log,
      endClient: (id) => revoked(store, serverAccount, 'client', id),
      endProvider: (arn) => revoked(store, accountId, 'provider', arn),
    },
    {
      // Secrets are not part of it: they say of themselves that they are secret.
      hash: sha256base64url(JSON.stringify([clients, resources, identity_providers])),
      revision,
      clients: clients.map(({ client_id }) => client_id),
      resources: resources.map(({ id }) => id),
    },
    config.file.identity_providers.map((given) => recordOf(given, { accountId, now: now() })),
  )
}

interface Parts {
  readonly handler: RequestListener
  readonly oidc: OpenProvider
  readonly ends: Ends
  readonly ending: AbortController
  readonly stop: () => void
}

async function openParts(ground: Ground, authorizer: Authorizer, accountId: string): Promise<Parts> {
  const { config, issuer, log, store } = ground
  const ending = new AbortController()
  const clientAddress = clientAddressOf(config.trustedProxies)
  const loggedRefusals = new AddressLimit({ perSecond: 1, burst: 30 })
  const budgetOf = openBudgets()
  const refusals = openRefusals(
    (address) => budgetOf('refusal').allows(address),
    (fields, message) => log.warn(fields, message),
  )
  const sts = openSts(ground, authorizer, refusals, async ({ id, accountId: owner }, options) => {
    const user = await store.get('user', id)
    if (user?.accountId === owner) await ends.signedOut(user, options)
  })
  const secure = issuer.startsWith('https:')
  const oidcParts = { store, keyRing: ground.keyRing }
  const assets = openAssets((content) => sha256hex(content))
  const frame = { ...assets, host: new URL(issuer).host }
  const show = openShow(frame)
  const pages = providerPages((page) => textOf(frame, page))
  const people = openPeople(store)
  const federated = { store, trail: ground.trail, log, now, accountId }
  const providers = openSignInProviders(federated)
  const upstreams = openUpstreams({ fetch: sts.fetch, now, allow: config.outboundAllow })
  const leaveUpstream = upstreamSignOut({ providers, upstreams, issuer, log })
  const admitRate = throttleUnauthenticated(new AddressLimit(unauthenticatedRecordLimit))
  const admitBytes = admitAnonymousRecords(budgetOf)
  const admit: WebOptions['admit'] = (address, ctx) => {
    admitRate(address, ctx)
    admitBytes(address, ctx)
  }
  const signedInBy = async (token: string) => {
    const found = await oidc.findSubject(token)
    const user = found && (await authorizer.policiesOf({ kind: 'user', id: found.person.id }))
    return found && user && callerOfSubject(found, user, now())
  }
  const configuredNow = await openConfiguredNow(store)
  const provider = await openProvider({
    issuer,
    store,
    keys: tokenKeys(oidcParts.keyRing),
    clients: config.file.clients,
    resources: config.file.resources,
    configuredNow,
    registration: config.file.registration,
    requirePkce: config.file.require_pkce,
    findPerson: (userId) => people.find(userId),
    isProviderLive: (arn) => providers.isLive(arn),
    leaveUpstream,
    views: pages,
    exchange: tokenExchange({ ...sts, secure, signedIn: signedInBy }),
    authenticateWorkload: actsForClient(sts, accountId),
    fetch: standardFetch(sts.fetch),
    clock: Date.now,
    log,
    useConfiguredOrigin: (app) => useConfiguredOrigin(app, issuer, config.trustedProxies),
    before: [requestIds, secureHeaders(secure), handleErrors(pages.error, log), throttling(admit)],
    requestId: requestIdOf,
    sameSite: (path) => sameSitePath(path, issuer),
    checkOrigin: (ctx) => checkOrigin(ctx, issuer),
    mayLogRefusal: (address) => loggedRefusals.allows(address),
    observe: oidcRecorder(ground, refusals),
    async revokeConsent(userId, clientId, latest) {
      const user = await store.get('user', userId)
      if (user) await ends.consentWithdrawn(user, clientId, latest)
    },
    revokeClient: (clientId) => ends.clientEnded(clientId),
  })
  const oidc: OpenProvider = {
    ...provider,
    startSignIn: chargeSignIns(budgetOf('interaction'), provider.startSignIn),
  }
  const ends = openEnds({ store, now, signIns: oidc })
  const routes = openRoutes(ground, authorizer, sts, oidc, {
    accountId,
    ends,
    show,
    assets: assets.routes,
    ending: ending.signal,
    providers,
    upstreams,
    leaveUpstream,
    chargeForm: (address, bytes) => budgetOf('form').take(address, bytes),
    identities: openIdentities(federated),
  })
  const web = webApp(routes, {
    issuer,
    trustedProxies: config.trustedProxies,
    errorPage: pages.error,
    log,
    signedIn: async (ctx) => (await oidc.sessions.current(ctx)) !== undefined,
    startSignIn: (ctx, returnTo) => oidc.startSignIn(ctx, returnTo),
    admit,
  }).callback()
  const aws = awsEndpoint({
    actions: {
      iam: iamActions(openIam(iamParts(ground, authorizer, ends), ground.trail)),
      sts: stsActions(sts),
    },
    authenticate: sts.authenticate,
    audit: refusalsAtTheDoor(ground.trail, (address) => refusals.admit(address) !== undefined),
    clock: now,
    clientAddress,
    isSecure: () => secure,
    onBug: (err, requestId) => log.error({ err, requestId }, 'an AWS call failed'),
  })
  const handler: RequestListener = (req, res) => {
    const url = pathOf(req.url ?? '/')
    req.url = url
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    if (path === '/' && (req.method === 'POST' || (mark > 0 && /[?&]Action=/.test(url))))
      return void aws(req, res)
    if (oidc.owns(path)) return void oidc.callback(req, res)
    return void web(req, res)
  }
  return {
    handler,
    oidc,
    ends,
    ending,
    stop: () => {
      people.close()
      configuredNow.close()
    },
  }
}

/** Everything about becoming a role, and proving that one did. */
function openSts(
  ground: Ground,
  authorizer: Authorizer,
  refusals: Refusals,
  endSignIns: NonNullable<RevokeParts['endSignIns']>,
) {
  const { store, keyRing, issuer, config, trail } = ground
  const assuming = openAssuming(store, authorizer)
  const fetch = guardedFetch({ allow: config.outboundAllow })
  const keyOf = (kid: string) => keyRing.find(kid)
  const parts = {
    ...assuming,
    issuer,
    now,
    audit: trail,
    refusals,
    callers: authorizer,
    issuerKeys: new IssuerKeys({ fetch, now, thread: ground.keyThread }),
    longPolicyReader: assuming.longPolicies,
    findKey: keyOf,
    mfa: openMfaCheck(store, now),
    signers: () => ({ token: keyRing.signing('token'), secret: keyRing.signing('session-secret') }),
  }
  const proof = {
    longTermKeys: openLongTermKeys(store),
    sessionKeys: { tokenKey: keyOf, secretKey: keyOf },
    longPolicies: assuming.longPolicies,
    callers: authorizer,
    issuer,
    now,
  }
  return {
    ...parts,
    fetch,
    authenticate: authenticator(proof),
    signingKeys: sessionSigningKeys(proof),
    assumeRole: assumeRole(parts),
    assumeRoleWithSaml: assumeRoleWithSaml(parts),
    getSessionToken: getSessionToken(parts),
    getScopedCredentials: getScopedCredentials(parts),
    getAccessKeyInfo: getAccessKeyInfo({
      longTermKeys: proof.longTermKeys,
      authorize: (...asked) => authorizer.authorize(...asked),
    }),
    assumeRoleWithWebIdentity: assumeRoleWithWebIdentity(parts),
    revoking: revoking({
      keep: assuming.keepRevocation,
      lift: assuming.liftRevocation,
      endSignIns,
      authorize: (call, action, resource) => authorizer.authorize(call, action, resource),
      audit: trail,
    }),
  }
}

type Sts = ReturnType<typeof openSts>

interface Shown {
  readonly accountId: string
  readonly ends: Ends
  readonly show: Show
  readonly assets: readonly Route[]
  readonly providers: SignInProviders
  readonly identities: Identities
  readonly upstreams: Upstreams
  readonly leaveUpstream: EntryDependencies['leaveUpstream']
  readonly chargeForm: SignInDependencies['chargeForm']
  /** Aborted when the server begins to end: held requests are answered. */
  readonly ending: AbortSignal
}

/** All routes that are not oidc-provider's own. */
function openRoutes(
  ground: Ground,
  authorizer: Authorizer,
  sts: Sts,
  oidc: OpenProvider,
  shown: Shown,
): readonly Route[] {
  const { store, keyRing, hasher, trail, issuer, config, log } = ground
  const forms = forgeryGuard({
    keys: () => secretsOf(keyRing, 'cookie'),
    origin: issuer,
    cookies: cookieJar(issuer.startsWith('https:')),
  })
  const credentials = openSignInCredentials({
    store,
    hasher,
    trail,
    now,
    accountId: shown.accountId,
    issuerName: new URL(issuer).host,
    passwordReplaced: (user, changedAt) => shown.ends.passwordReplaced(user, changedAt),
  })
  const pages = { forms, show: shown.show, drawQr, now, oidc }
  const { providers, identities, upstreams, leaveUpstream } = shown
  const onRecord = signInRecord({ ...ground, now, accountId: shown.accountId })
  const signIn: SignInDependencies = {
    ...pages,
    issuer,
    credentials,
    providers,
    identities,
    upstreams,
    interactions: oidc.interactions,
    sessions: oidc.sessions,
    states: {
      seal: (uid, provider) => sealState(secretsOf(keyRing, 'ticket')[0] ?? noKey(), uid, provider),
      open: (state, provider) => openState(secretsOf(keyRing, 'ticket'), state, provider),
      same: equals,
    },
    chargeForm: shown.chargeForm,
    onSignIn: onRecord.signedIn,
    onRefusal: onRecord.refused,
    onSignOut: onRecord.signedOut,
    onUpstreamSignOut: (provider, { sessionId }) => shown.ends.upstreamSignedOut(provider, sessionId),
  }
  return [
    webfingerRoute(ground.issuer),
    ...operationRoutes(
      {
        store: () => store.ping(),
        keys: () => keyRing.checkSigning(),
        audit: () => trail.ready(),
      },
      (check, err) => log.warn({ err, check }, 'a readiness check failed'),
    ),
    ...shown.assets,
    ...entryRoutes({ ...pages, leaveUpstream }),
    ...signInRoutes(signIn),
    ...federationRoutes(signIn),
    ...signOutByUpstreamRoutes(signIn),
    ...accountRoutes({
      ...pages,
      async passwordReplaced(userId, changedAt, keep) {
        const user = await store.get('user', userId)
        if (user) await shown.ends.passwordReplaced(user, changedAt, keep)
      },
      credentials: openOwnCredentials({ store, hasher, trail, now, signIn: credentials }),
      identities: openOwnIdentities({ store, identities, providers }),
    }),
    ...decisionRoutes({
      authenticate: sts.authenticate,
      authorize: (call, action, resource) => authorizer.authorize(call, action, resource),
      sessions: sts.signingKeys,
      clock: now,
      policiesOf: (role) => authorizer.policiesOf(role),
      longPolicyOf: sts.longPolicies.textOf,
      managedPolicyOf: async (owner, arn) => {
        const document = await sts.managedPolicies.textOf(arn, owner)
        return document === undefined ? undefined : { document, version: sha256base64url(document) }
      },
      sessionSetsOf: (links) => authorizer.sessionSetsOf(links),
      revocations: authorizer.revocations,
      sign: (typ, claims) => signJws(typ, claims, keyRing.signing('token')),
      issuer,
      revoking: sts.revoking,
      instance: randomToken(9),
      listPrincipals: principalIds(store),
      markers: markersOf(keyRing),
      idByName: async (owner, kind, name) => (await byName(store, kind, owner, name))?.id,
      recordDecision: decisionLog({
        ...config.file.decision_log,
        trail,
        random: Math.random,
        onLost: (lost, err) => log.error({ err, lost }, 'decisions were not recorded'),
      }),
      ending: shown.ending,
    }),
  ]
}

const markersOf = (keyRing: KeyRing): Markers =>
  markersUnder(() => secretsOf(keyRing, 'ticket')[0] ?? noKey())

const secretsOf = (keyRing: KeyRing, use: 'cookie' | 'ticket'): readonly Buffer[] =>
  keyRing.all(use).flatMap(({ secret }) => (secret ? [secret] : []))

const oidcRecorder = ({ trail, store }: Ground, refusals: Refusals) =>
  auditEventWriter({ trail, findUser: (userId) => store.get('user', userId), now, refusals })

/** The token keys as oidc-provider signs with them, and the keys of its cookies. */
const tokenKeys = (keyRing: KeyRing): TokenKeys => ({
  signing: () => keyRing.signing('token'),
  published: () => keyRing.published(),
  find: (kid) => keyRing.find(kid),
  cookieKeys: () => secretsOf(keyRing, 'cookie'),
})

function iamParts(ground: Ground, authorizer: Authorizer, ends: Ends): IamParts {
  const { store, hasher, keyRing, issuer, config } = ground
  return {
    store,
    authorizer,
    hasher,
    markers: markersOf(keyRing),
    issuerName: new URL(issuer).host,
    ends,
    readSamlMetadata,
    plainHttpAllowed: (host) => config.outboundAllow.has(host),
    noteDoubts: doubtsOnRecord(ground.trail, ground.log),
  }
}

function noKey(): never {
  throw new TypeError('the key ring has no ticket key')
}

/** Choices that are safe only for now or only here. */
function warningsOf(config: Config, issuer: string): string[] {
  const warnings: string[] = [...insecureRedirects(config.file.clients)]
  if (issuer.startsWith('http:'))
    warnings.push('plain http: only browsers and services on this machine should reach it')
  if (config.outboundAllow.size > 0) {
    warnings.push(
      `CHANCERY_OUTBOUND_ALLOW lets outbound requests reach ${[...config.outboundAllow].join(', ')}`,
    )
  }
  return warnings
}
