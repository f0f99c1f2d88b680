import { accountRoutes } from '../account/routes.ts'
import { decisionLog } from '../decision/decision-log.ts'
import { decisionRoutes } from '../decision/routes.ts'
import type { Upstreams } from '../federation/upstreams.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import { principalIds } from '../iam/authorization/principal-ids.ts'
import type { Ends } from '../iam/ends.ts'
import { byName } from '../iam/lookup.ts'
import { openSignInCredentials } from '../iam/sign-in/credentials.ts'
import type { Identities } from '../iam/sign-in/identities.ts'
import { openOwnCredentials } from '../iam/sign-in/own-credentials.ts'
import { openOwnIdentities } from '../iam/sign-in/own-identities.ts'
import type { SignInProviders } from '../iam/sign-in/providers.ts'
import { signInRecord } from '../iam/sign-in/sign-in-audit.ts'
import type { OpenProvider } from '../oidc/provider.ts'
import { equals, sha256base64url } from '../secure/digest.ts'
import { signJws } from '../secure/jws.ts'
import { randomToken } from '../secure/random.ts'
import { openState, sealState } from '../secure/state.ts'
import { federationRoutes } from '../sign-in/federate.ts'
import { drawQr } from '../sign-in/qr.ts'
import type { SignInDependencies } from '../sign-in/request.ts'
import { signInRoutes } from '../sign-in/routes.ts'
import type { Show } from '../sign-in/show.ts'
import { type EntryDependencies, entryRoutes } from '../sign-in/sign-out.ts'
import { signOutByUpstreamRoutes } from '../sign-in/sign-out-by-upstream.ts'
import { cookieJar } from '../web/cookies.ts'
import { forgeryGuard } from '../web/forgery.ts'
import { operationRoutes } from '../web/operations.ts'
import type { Route } from '../web/route.ts'
import { webfingerRoute } from '../web/webfinger.ts'
import { type Infrastructure, markersOf, noKey, now, secretsOf } from './infrastructure.ts'
import type { Sts } from './sts.ts'

export interface PageDependencies {
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
export function openRoutes(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  oidc: OpenProvider,
  dependencies: PageDependencies,
): readonly Route[] {
  const { store, keyRing, hasher, trail, issuer, config, log } = infrastructure
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
    accountId: dependencies.accountId,
    issuerName: new URL(issuer).host,
    passwordReplaced: (user, changedAt) => dependencies.ends.passwordReplaced(user, changedAt),
  })
  const pages = { forms, show: dependencies.show, drawQr, now, oidc }
  const { providers, identities, upstreams, leaveUpstream } = dependencies
  const onRecord = signInRecord({ ...infrastructure, now, accountId: dependencies.accountId })
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
    chargeForm: dependencies.chargeForm,
    onSignIn: onRecord.signedIn,
    onRefusal: onRecord.refused,
    onSignOut: onRecord.signedOut,
    onUpstreamSignOut: (provider, { sessionId }) => dependencies.ends.upstreamSignedOut(provider, sessionId),
  }
  return [
    webfingerRoute(infrastructure.issuer),
    ...operationRoutes(
      {
        store: () => store.ping(),
        keys: () => keyRing.checkSigning(),
        audit: () => trail.ready(),
      },
      (check, err) => log.warn({ err, check }, 'a readiness check failed'),
    ),
    ...dependencies.assets,
    ...entryRoutes({ ...pages, leaveUpstream }),
    ...signInRoutes(signIn),
    ...federationRoutes(signIn),
    ...signOutByUpstreamRoutes(signIn),
    ...accountRoutes({
      ...pages,
      async passwordReplaced(userId, changedAt, keep) {
        const user = await store.get('user', userId)
        if (user) await dependencies.ends.passwordReplaced(user, changedAt, keep)
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
      ending: dependencies.ending,
    }),
  ]
}
