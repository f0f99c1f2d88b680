// The OpenID Connect provider, with the rest of the server as it sees it.
import { standardFetch } from '../federation/outbound/standard-fetch.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import { openActiveConfiguration } from '../iam/configuration/configuration-record.ts'
import type { Ends } from '../iam/ends.ts'
import { openSessionLimits } from '../iam/password/sign-in-settings.ts'
import { openOidcProfiles } from '../iam/sign-in/oidc-profiles.ts'
import { auditEventWriter } from '../oidc/audit-events.ts'
import { accessCheck } from '../oidc/clients/access.ts'
import { Logos } from '../oidc/clients/logo.ts'
import { openOwnApps } from '../oidc/clients/own-apps.ts'
import { callerOfSubject } from '../oidc/exchange/subject-to-caller.ts'
import { type OpenProvider, openProvider, type ProviderOptions } from '../oidc/provider.ts'
import { dependencyName } from '../secure/session/session-dependencies.ts'
import { tokenExchange } from '../sts/operation/token-exchange.ts'
import { workloadAuthenticator } from '../sts/operation/workload-client.ts'
import { describeConsentedPolicy, mayConsent } from '../sts/session/consented-policies.ts'
import { useConfiguredOrigin } from '../web/app.ts'
import { chargeSignIns } from '../web/request/anonymous-records.ts'
import { clientAddressOf } from '../web/request/client-address.ts'
import { checkOrigin } from '../web/request/forgery.ts'
import { throttling } from '../web/request/limits.ts'
import { noteFacts } from '../web/request/request-facts.ts'
import { requestIdOf, requestIds } from '../web/request/request-id.ts'
import { sameSitePath } from '../web/request/same-site.ts'
import { handleErrors } from '../web/response/error-response.ts'
import { firstHeaders } from '../web/response/first-headers.ts'
import { secureHeaders } from '../web/response/headers.ts'
import type { AddressLimits } from './address-limits.ts'
import type { Federation } from './federation.ts'
import { type Infrastructure, markersOf, now, tokenKeys } from './infrastructure.ts'
import type { Appearance } from './pages/appearance.ts'
import { signInPolicies } from './pages/sign-in-policies.ts'
import type { Sts } from './sts.ts'

export interface OidcDependencies {
  readonly accountId: string
  readonly sts: Sts
  readonly federation: Federation
  readonly limits: AddressLimits
  readonly appearance: Pick<Appearance, 'pagesFor' | 'errorView'>
  /** Called at requests alone: what ends sign-ins needs the provider first. */
  readonly ends: () => Ends
}

export async function openOidc(
  { config, issuer, log, store, keyRing, trail }: Infrastructure,
  authorizer: Authorizer,
  { accountId, sts, federation, limits, appearance, ends }: OidcDependencies,
) {
  const secure = issuer.startsWith('https:')
  const people = openOidcProfiles(store, accountId)
  const configuredNow = await openActiveConfiguration(store)
  const settings = await openSessionLimits(store, accountId)
  const signInAllowed = signInPolicies(authorizer, { accountId, secure, now })
  const apps = openOwnApps({
    store,
    markers: markersOf(keyRing),
    issuer,
    clients: config.file.clients,
    isConfigured: (id) => configuredNow.hasClient(id),
    findPerson: (userId) => people.find(userId),
    mayUse: accessCheck(store, signInAllowed),
    logos: new Logos(standardFetch(sts.fetch), Date.now),
  })
  const signedInBy = async (token: string) => {
    const found = await provider.findSubject(token)
    const user = found && (await authorizer.policiesOf({ kind: 'user', id: found.person.id }))
    return found && user && callerOfSubject(found, user, now())
  }
  const provider: OpenProvider = await openProvider({
    issuer,
    store,
    keys: tokenKeys(keyRing),
    clients: config.file.clients,
    resources: config.file.resources,
    configuredNow,
    registration: config.file.registration,
    requirePkce: config.file.require_pkce,
    findPerson: (userId) => people.find(userId),
    limits: settings.limits,
    signInAllowed,
    isProviderLive: (arn) => federation.providers.isLive(arn),
    leaveUpstream: federation.leaveUpstream,
    exchange: tokenExchange({
      ...sts,
      resourceAccount: accountId,
      secure,
      signedIn: signedInBy,
    }),
    authenticateWorkload: workloadAuthenticator(sts, accountId),
    fetch: standardFetch(sts.fetch),
    sessionPolicies: {
      describe: describeConsentedPolicy,
      mayConsent: (userId, policies) => mayConsent(authorizer, userId, policies),
    },
    clock: Date.now,
    log,
    ...requestHandling({ config, issuer, log }, limits, appearance),
    observe: auditEventWriter({
      trail,
      findUser: (userId) => store.get('user', userId),
      now,
      refusals: limits.refusals,
    }),
    async revokeConsent(userId, clientId, latest) {
      const user = await store.get('user', userId)
      if (user) await ends().consentWithdrawn(user, clientId, latest)
    },
    revokeClient: (clientId) => ends().clientEnded(clientId),
    clientRevokedBefore: async (clientId) =>
      (await authorizer.revocations.instants([accountId]))(
        dependencyName({ scope: 'client', value: clientId }),
      ),
  })
  const oidc: OpenProvider = {
    ...provider,
    startSignIn: chargeSignIns(limits.budgetOf('interaction'), provider.startSignIn),
  }
  return {
    oidc,
    findProfile: (userId: string) => people.find(userId),
    apps,
    close() {
      apps.close()
      people.close()
      configuredNow.close()
      settings.close()
    },
  }
}

/** What web/ does with requests to the provider: where they come from, what is refused, and how that is answered. */
const requestHandling = (
  { config, issuer, log }: Pick<Infrastructure, 'config' | 'issuer' | 'log'>,
  limits: AddressLimits,
  appearance: OidcDependencies['appearance'],
) =>
  ({
    views: appearance.pagesFor,
    mayFetchDocument: limits.mayFetchDocument,
    useConfiguredOrigin: (app) => useConfiguredOrigin(app, issuer, config.trustedProxies),
    before: [
      requestIds,
      secureHeaders(issuer.startsWith('https:')),
      handleErrors(appearance.errorView, log),
      throttling(limits.admit),
    ],
    responseHeaders: firstHeaders(issuer.startsWith('https:')),
    clientAddress: clientAddressOf(config.trustedProxies),
    requestId: requestIdOf,
    sameSite: (path) => sameSitePath(path, issuer),
    checkOrigin: (ctx) => checkOrigin(ctx, issuer),
    onRefusal: (req, reason, message) => noteFacts(req, { reason, message }),
    mayLogRefusal: limits.mayLogRefusal,
  }) satisfies Partial<ProviderOptions>
