import type { RequestListener } from 'node:http'
import { authorizationDetailsRoute } from './aws/authorization-details.ts'
import type { Config } from './config.ts'
import type { MetadataRefresh } from './federation/saml/metadata-refresh.ts'
import { AccessRequests } from './iam/access-requests/access-requests.ts'
import { confirmIssuer } from './iam/account/issuer-record.ts'
import { openAuditReads } from './iam/audit/audit-reads.ts'
import { openDeniedRequests } from './iam/audit/request-authorization-details.ts'
import { type Authorizer, openAuthorizer } from './iam/authorization/authorize.ts'
import { bootstrap, type FirstRun, firstAccount, otherRootKeys } from './iam/bootstrap.ts'
import { Ends } from './iam/ends.ts'
import {
  type AdministratorReset,
  type ResetRequest,
  resetAdministrator,
} from './iam/people/reset-administrator.ts'
import { accessRequestMessages } from './mail/people-messages.ts'
import type { OpenProvider } from './oidc/provider.ts'
import { signInLink } from './sign-in/by-link/link.ts'
import { openExistingStore, openOrMakeStore, refuseSharedDirectories } from './store/open.ts'
import { PeriodicWork } from './store/periodic-work.ts'
import type { IdentityProvider } from './store/records.ts'
import { keepSwept } from './store/sweeping.ts'
import { webApp } from './web/app.ts'
import { observed } from './web/observability/observe.ts'
import { clientAddressOf } from './web/request/client-address.ts'
import { openAddressLimits } from './wire/address-limits.ts'
import { openAws } from './wire/aws.ts'
import { applyFile, upgradeClients, warningsOf } from './wire/configuration.ts'
import { openFederation } from './wire/federation.ts'
import { openIamUseCases } from './wire/iam.ts'
import { type Infrastructure, markersOf, now, openInfrastructure } from './wire/infrastructure.ts'
import { openOidc } from './wire/oidc.ts'
import { openAppearance } from './wire/pages/appearance.ts'
import { openAuditBackground } from './wire/process/audit-background.ts'
import { readGauges } from './wire/process/gauges.ts'
import { dispatch } from './wire/process/listener.ts'
import { openLog } from './wire/process/log.ts'
import type { Observability } from './wire/process/observability.ts'
import { openRoutes } from './wire/routes.ts'
import { openSts } from './wire/sts.ts'

/** How an administrator was reset, with the URL of the one-time link. */
export type ShownReset = Omit<AdministratorReset, 'token'> & { readonly url: string | undefined }

export interface Chancery {
  readonly handler: RequestListener
  readonly warnings: readonly string[]
  /** Answers what is held open, so that no request keeps the process from ending. */
  endHeld(): void
  createInitialAccessToken(options: { readonly expiresIn: number }): Promise<string>
  /** For the operator on this machine: see `chancery admin reset`. */
  resetAdministrator(request: Omit<ResetRequest, 'accountId'>): Promise<ShownReset>
  close(): Promise<void>
}

/**
 * The server: makes the store and its first account where there is none.
 * @param issuer the public URL, no trailing slash
 * @param announce told of the first start's secrets before it counts as done
 * @param observability of this process; it outlives what is opened here
 * @throws Problem that says what to do when it must not start on what it finds
 */
export async function openChancery(
  config: Config,
  issuer: string,
  announce: (made: FirstRun) => void,
  observability: Observability,
): Promise<Chancery> {
  refuseSharedDirectories(config, config.dataDir)
  const infrastructure = await openInfrastructure(config, issuer, observability, async (place, say) => {
    const opened = await openOrMakeStore(place, say)
    try {
      // Before anything else is written: a start that is refused leaves the store as it was.
      await confirmIssuer(opened.store, { issuer, previous: config.previousIssuer })
      return opened
    } catch (error) {
      await opened.store.close()
      throw error
    }
  })
  try {
    return await startOn(infrastructure, announce, observability)
  } catch (error) {
    // A reload that fails must not leave a store and a thread behind.
    infrastructure.keyRing.stop()
    await infrastructure.keyThread.close()
    await infrastructure.store.close()
    throw error
  }
}

async function startOn(
  infrastructure: Infrastructure,
  announce: (made: FirstRun) => void,
  observability: Observability,
): Promise<Chancery> {
  const { config } = infrastructure
  const authorizer = openAuthorizer(infrastructure.store)
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
  await upgradeClients(infrastructure, started.accountId)
  const formerKeys = await otherRootKeys(infrastructure.store, started.accountId, config.rootKey)
  return assemble(infrastructure, authorizer, started.accountId, { ended, formerKeys, observability })
}

/**
 * For commands beside a server or without one: nothing is made.
 * @throws Problem('not_found') when there is no store, or it was never started
 */
export async function openExistingChancery(config: Config, issuer: string): Promise<Chancery> {
  const infrastructure = await openInfrastructure(
    config,
    issuer,
    { log: openLog(config.logLevel), metrics: undefined },
    openExistingStore,
  )
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
    observability,
  }: {
    readonly ended?: readonly IdentityProvider[]
    readonly formerKeys?: readonly string[]
    readonly observability?: Observability
  } = {},
): Promise<Chancery> {
  const { config, issuer, log } = infrastructure
  const parts = await openParts(infrastructure, authorizer, accountId, observability)
  const auditBackground = openAuditBackground(infrastructure)
  if (observability) readGauges(observability, infrastructure, parts.oidc.outbox, auditBackground)
  for (const provider of ended) await parts.ends.providerEnded(provider)
  const stopSweeping = keepSwept(infrastructure.store, now, (err) =>
    log.warn({ err }, 'expired records were not swept'),
  )
  parts.oidc.outbox.start()
  if (observability) {
    infrastructure.mailer.outbox.start()
    parts.metadataRefresh.start()
    parts.overAccess.start()
    auditBackground.start()
  }
  return {
    handler: parts.handler,
    warnings: [...warningsOf(config, issuer), ...formerKeys.map(formerKeyWarning)],
    createInitialAccessToken: (options) => parts.oidc.createInitialAccessToken(options),
    async resetAdministrator(request) {
      const reset = await resetAdministrator(
        { ...infrastructure, now, ends: parts.ends },
        { ...request, accountId },
      )
      return { ...reset, url: reset.token && signInLink(issuer, reset.token) }
    },
    endHeld: () => parts.ending.abort(),
    async close() {
      stopSweeping()
      parts.overAccess.stop()
      await parts.metadataRefresh.stop()
      await parts.oidc.outbox.stop()
      await auditBackground.stop()
      await infrastructure.mailer.close()
      authorizer.close()
      infrastructure.brands.close()
      infrastructure.keyRing.stop()
      parts.stop()
      await infrastructure.keyThread.close()
      await infrastructure.store.close()
    },
  }
}

/** Milliseconds between two searches for access that is over. */
const overAccessMs = 60_000

interface Parts {
  readonly handler: RequestListener
  readonly oidc: OpenProvider
  readonly ends: Ends
  readonly ending: AbortController
  readonly metadataRefresh: MetadataRefresh
  readonly overAccess: PeriodicWork
  readonly stop: () => void
}

async function openParts(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  accountId: string,
  observability?: Observability,
): Promise<Parts> {
  const { config, issuer, log, store, keyRing, brands } = infrastructure
  const ending = new AbortController()
  const clientAddress = clientAddressOf(config.trustedProxies)
  const limits = openAddressLimits(log)
  const sts = openSts(
    infrastructure,
    authorizer,
    limits.refusals,
    async ({ id, accountId: owner }, options) => {
      const user = await store.get('user', id)
      if (user?.accountId === owner) await ends.signedOut(user, options)
    },
  )
  const appearance = await openAppearance(issuer, brands, accountId)
  const federation = openFederation(infrastructure, accountId, sts.fetch)
  const { oidc, findProfile, apps, close } = await openOidc(infrastructure, authorizer, {
    accountId,
    sts,
    federation,
    limits,
    appearance,
    ends: () => ends,
  })
  const ends = new Ends({ store, now, signIns: oidc })
  const auditReads = openAuditReads({ store, markers: markersOf(keyRing), operatorAccount: accountId })
  const readDenied = openDeniedRequests(auditReads, authorizer)
  const iam = openIamUseCases(infrastructure, authorizer, ends)
  const accessRequests = new AccessRequests({
    store,
    authorizer,
    markers: markersOf(keyRing),
    ends,
    notify: accessRequestMessages(infrastructure.mailer, issuer, log),
  })
  const { routes, later } = openRoutes(infrastructure, authorizer, sts, oidc, {
    ...federation,
    accountId,
    iam,
    ends,
    accessRequests,
    show: appearance.show,
    showOnHost: appearance.showOnHost,
    assets: appearance.assets,
    languageOf: appearance.languageOf,
    brandOf: appearance.brandOf,
    preview: appearance.preview,
    appModules: appearance.appModules,
    sendLogo: appearance.sendLogo,
    ending: ending.signal,
    chargeForm: (address, bytes) => limits.budgetOf('form').take(address, bytes),
    findProfile,
    apps,
  })
  const details = authorizationDetailsRoute({ authenticate: sts.authenticate, readDenied, clock: now })
  const web = webApp([...routes, details], {
    issuer,
    trustedProxies: config.trustedProxies,
    errorPage: appearance.errorView,
    log,
    signedIn: async (ctx) => (await oidc.sessions.current(ctx)) !== undefined,
    startSignIn: (ctx, returnTo) => oidc.startSignIn(ctx, returnTo),
    admit: limits.admit,
    later,
  }).callback()
  const aws = openAws(infrastructure, {
    accountId,
    iam,
    sts,
    federation,
    readDenied,
    refusals: limits.refusals,
  })
  return {
    handler: observed(dispatch({ aws, oidc, web }), observability?.observers ?? [], clientAddress),
    oidc,
    ends,
    ending,
    metadataRefresh: federation.metadataRefresh,
    overAccess: new PeriodicWork({
      work: () => accessRequests.removeOver(now()),
      interval: () => overAccessMs,
      onError: (err) => log.warn({ err }, 'statements of access that is over were not removed'),
    }),
    stop: close,
  }
}
