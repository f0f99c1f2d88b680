import type { RequestListener } from 'node:http'
import { awsEndpoint } from './aws/endpoint.ts'
import { iamActions } from './aws/iam.ts'
import { stsActions } from './aws/sts.ts'
import type { Config } from './config.ts'
import { recordOf } from './federation/kinds.ts'
import { standardFetch } from './federation/outbound/standard-fetch.ts'
import { readRecorded as readSamlMetadata } from './federation/saml/metadata.ts'
import { openUpstreams } from './federation/upstreams.ts'
import { type Authorizer, openAuthorizer } from './iam/authorization/authorize.ts'
import { afterEnd, keepRevocation, revocationRecord } from './iam/authorization/revocation-records.ts'
import { bootstrap, type FirstRun, firstAccount, otherRootKeys } from './iam/bootstrap.ts'
import { applyConfiguration } from './iam/configuration/apply-configuration.ts'
import { openConfiguredNow } from './iam/configuration/configuration-record.ts'
import type { Parts as IamParts } from './iam/dependencies.ts'
import { type Ends, openEnds } from './iam/ends.ts'
import { openIam } from './iam/iam.ts'
import { confirmIssuer } from './iam/issuer-record.ts'
import { refusalsAtTheDoor } from './iam/rejected-request-audit.ts'
import { openIdentities } from './iam/sign-in/identities.ts'
import { openPeople } from './iam/sign-in/oidc-profiles.ts'
import { openSignInProviders } from './iam/sign-in/providers.ts'
import { doubtsOnRecord } from './iam/trust-policy-warnings.ts'
import { auditEventWriter } from './oidc/audit-events.ts'
import { insecureRedirects } from './oidc/clients/settings.ts'
import { callerOfSubject } from './oidc/exchange/subject-to-caller.ts'
import { type OpenProvider, openProvider } from './oidc/provider.ts'
import { sha256base64url, sha256hex } from './secure/digest.ts'
import { openAssets } from './sign-in/assets.ts'
import { providerPages } from './sign-in/provider-pages.ts'
import { openShow, textOf } from './sign-in/show.ts'
import { upstreamSignOut } from './sign-in/sign-out-upstream.ts'
import { openExistingStore, openOrMakeStore, refuseSharedDirectories } from './store/open.ts'
import { type IdentityProvider, serverAccount } from './store/records.ts'
import type { Store } from './store/store.ts'
import { keepSwept } from './store/sweeping.ts'
import { openRefusals, type Refusals } from './sts/refusals.ts'
import { tokenExchange } from './sts/token-exchange.ts'
import { workloadAuthenticator } from './sts/workload-client.ts'
import { admitAnonymousRecords, chargeSignIns, openBudgets } from './web/anonymous-records.ts'
import { useConfiguredOrigin, type WebOptions, webApp } from './web/app.ts'
import { clientAddressOf } from './web/client-address.ts'
import { handleErrors } from './web/error-response.ts'
import { checkOrigin } from './web/forgery.ts'
import { secureHeaders } from './web/headers.ts'
import {
  AddressLimit,
  throttleUnauthenticated,
  throttling,
  unauthenticatedRecordLimit,
} from './web/limits.ts'
import { requestIdOf, requestIds } from './web/request-id.ts'
import { pathOf } from './web/request-target.ts'
import { sameSitePath } from './web/same-site.ts'
import {
  type Infrastructure,
  markersOf,
  now,
  openInfrastructure,
  openLog,
  tokenKeys,
} from './wire/infrastructure.ts'
import { openRoutes } from './wire/routes.ts'
import { openSts } from './wire/sts.ts'

export interface Chancery {
  readonly handler: RequestListener
  readonly warnings: readonly string[]
  /** Answers what is held open, so that no request keeps the process from ending. */
  endHeld(): void
  createInitialAccessToken(options: { readonly expiresIn: number }): Promise<string>
  close(): Promise<void>
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
  const infrastructure = await openInfrastructure(config, issuer, log, openOrMakeStore)
  const authorizer = openAuthorizer(infrastructure.store)
  await confirmIssuer(infrastructure.store, { issuer, previous: config.previousIssuer })
  const started = await bootstrap({
    store: infrastructure.store,
    hasher: infrastructure.hasher,
    now,
    accountId: config.accountId,
    rootKey: config.rootKey,
    adminName: config.admin.name,
    adminPassword: config.admin.password,
    announce,
  })
  const ended = await applyFile(infrastructure, started.accountId)
  const formerKeys = await otherRootKeys(infrastructure.store, started.accountId, config.rootKey)
  return assemble(infrastructure, authorizer, started.accountId, { ended, formerKeys })
}

/**
 * For commands beside a server or without one: nothing is made.
 * @throws Problem('not_found') when there is no store, or it was never started
 */
export async function openExistingChancery(config: Config, issuer: string): Promise<Chancery> {
  const infrastructure = await openInfrastructure(config, issuer, openLog(), openExistingStore)
  return assemble(
    infrastructure,
    openAuthorizer(infrastructure.store),
    await firstAccount(infrastructure.store),
  )
}

const formerKeyWarning = (id: string): string =>
  `the root access key \`${id}\` of an earlier start is still active: deactivate it with \`aws iam update-access-key --status Inactive --access-key-id ${id}\``

/**
 * @param found `ended`: providers whose sessions end before the first request is answered; `formerKeys`: ids of active root
 *   keys that the settings no longer give
 */
async function assemble(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  accountId: string,
  {
    ended = [],
    formerKeys = [],
  }: { readonly ended?: readonly IdentityProvider[]; readonly formerKeys?: readonly string[] } = {},
): Promise<Chancery> {
  const { config, issuer, log } = infrastructure
  const parts = await openParts(infrastructure, authorizer, accountId)
  for (const provider of ended) await parts.ends.providerEnded(provider)
  const stopSweeping = keepSwept(infrastructure.store, now, (err) =>
    log.warn({ err }, 'expired records were not swept'),
  )
  parts.oidc.outbox.start()
  return {
    handler: parts.handler,
    warnings: [...warningsOf(config, issuer), ...formerKeys.map(formerKeyWarning)],
    createInitialAccessToken: (options) => parts.oidc.createInitialAccessToken(options),
    endHeld: () => parts.ending.abort(),
    async close() {
      stopSweeping()
      await parts.oidc.outbox.stop()
      authorizer.close()
      infrastructure.keyRing.stop()
      parts.stop()
      await infrastructure.keyThread.close()
      await infrastructure.store.close()
    },
  }
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
  { store, config, log }: Infrastructure,
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

async function openParts(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  accountId: string,
): Promise<Parts> {
  const { config, issuer, log, store } = infrastructure
  const ending = new AbortController()
  const clientAddress = clientAddressOf(config.trustedProxies)
  const loggedRefusals = new AddressLimit({ perSecond: 1, burst: 30 })
  const budgetOf = openBudgets()
  const refusals = openRefusals(
    (address) => budgetOf('refusal').allows(address),
    (fields, message) => log.warn(fields, message),
  )
  const sts = openSts(infrastructure, authorizer, refusals, async ({ id, accountId: owner }, options) => {
    const user = await store.get('user', id)
    if (user?.accountId === owner) await ends.signedOut(user, options)
  })
  const secure = issuer.startsWith('https:')
  const oidcParts = { store, keyRing: infrastructure.keyRing }
  const assets = openAssets((content) => sha256hex(content))
  const frame = { ...assets, host: new URL(issuer).host }
  const show = openShow(frame)
  const pages = providerPages((page) => textOf(frame, page))
  const people = openPeople(store)
  const federated = { store, trail: infrastructure.trail, log, now, accountId }
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
    authenticateWorkload: workloadAuthenticator(sts, accountId),
    fetch: standardFetch(sts.fetch),
    clock: Date.now,
    log,
    useConfiguredOrigin: (app) => useConfiguredOrigin(app, issuer, config.trustedProxies),
    before: [requestIds, secureHeaders(secure), handleErrors(pages.error, log), throttling(admit)],
    requestId: requestIdOf,
    sameSite: (path) => sameSitePath(path, issuer),
    checkOrigin: (ctx) => checkOrigin(ctx, issuer),
    mayLogRefusal: (address) => loggedRefusals.allows(address),
    observe: oidcRecorder(infrastructure, refusals),
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
  const routes = openRoutes(infrastructure, authorizer, sts, oidc, {
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
      iam: iamActions(openIam(iamParts(infrastructure, authorizer, ends), infrastructure.trail)),
      sts: stsActions(sts),
    },
    authenticate: sts.authenticate,
    audit: refusalsAtTheDoor(infrastructure.trail, (address) => refusals.admit(address) !== undefined),
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

const oidcRecorder = ({ trail, store }: Infrastructure, refusals: Refusals) =>
  auditEventWriter({ trail, findUser: (userId) => store.get('user', userId), now, refusals })

function iamParts(infrastructure: Infrastructure, authorizer: Authorizer, ends: Ends): IamParts {
  const { store, hasher, keyRing, issuer, config } = infrastructure
  return {
    store,
    authorizer,
    hasher,
    markers: markersOf(keyRing),
    issuerName: new URL(issuer).host,
    ends,
    readSamlMetadata,
    plainHttpAllowed: (host) => config.outboundAllow.has(host),
    noteDoubts: doubtsOnRecord(infrastructure.trail, infrastructure.log),
  }
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
