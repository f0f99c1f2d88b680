import { languages } from '../../views/languages/languages.ts'
import { outboundIssuerRoutes } from '../aws/outbound-issuer.ts'
import { mayUseConsole } from '../console/may-use.ts'
import { decisionLog } from '../decision/decision-log.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import type { OpenProvider } from '../oidc/provider.ts'
import { type LaterRoutes, onFirstUse } from '../web/later-routes.ts'
import { operationRoutes } from '../web/operations.ts'
import { languageRoute } from '../web/request/language.ts'
import type { Route } from '../web/route.ts'
import { webfingerRoute } from '../web/webfinger.ts'
import { openDecisions } from './decisions.ts'
import { openForwardAuth } from './forward-auth.ts'
import { type Infrastructure, now } from './infrastructure.ts'
import { openOwnAccess } from './pages/account.ts'
import type { PageDependencies } from './pages/page-dependencies.ts'
import { openSignIn } from './pages/sign-in.ts'
import type { Sts } from './sts.ts'

export interface Routes {
  readonly routes: readonly Route[]
  readonly later: readonly LaterRoutes[]
}

/** All routes that are not oidc-provider's own; those of administrators are loaded when first asked for. */
export function openRoutes(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  oidc: OpenProvider,
  dependencies: PageDependencies,
): Routes {
  const { store, keyRing, trail, issuer, config, log } = infrastructure
  const { accountId, iam, ends, accessRequests, upstreams, findProfile, ending } = dependencies
  const signIn = openSignIn(infrastructure, oidc, dependencies)
  const openAdmin = onFirstUse(async () => {
    const admin = await import('./admin.ts')
    return admin.openAdmin(infrastructure, authorizer, sts, {
      accountId,
      ends,
      clients: oidc.clients,
      signIns: oidc,
      links: signIn.links,
      accessRequests,
      federation: dependencies,
    })
  })
  const decisions = decisionLog({
    ...config.file.decision_log,
    trail,
    random: Math.random,
    onLost: (lost, err) => log.error({ err, lost }, 'decisions were not recorded'),
    onDropped: () => trail.noteLost(),
  })
  const openConsole = async () => {
    const [{ perform }, pages] = await Promise.all([openAdmin(), import('./pages/console.ts')])
    return pages.openConsole(infrastructure, authorizer, {
      ...signIn.pages,
      perform,
      sts,
      upstreams,
      iam,
      findProfile,
      hasSecondFactor: signIn.hasSecondFactor,
      languageOf: dependencies.languageOf,
      brandOf: dependencies.brandOf,
      preview: dependencies.preview,
      appModules: dependencies.appModules,
      sendLogo: dependencies.sendLogo,
    })
  }
  const mayUse = { authorizer, oidc, now, use: { serverAccountId: accountId } }
  const routes = [
    webfingerRoute(issuer),
    ...outboundIssuerRoutes(sts.outboundIssuer),
    ...operationRoutes(
      {
        store: () => store.ping(),
        keys: () => keyRing.checkSigning(),
        audit: () => trail.ready(),
      },
      (check, err) => log.warn({ err, check }, 'a readiness check failed'),
    ),
    ...dependencies.assets,
    languageRoute(signIn.cookies, { origin: new URL(issuer).origin, languages }),
    ...signIn.signInRoutes,
    ...signIn.accountRoutes({
      ...openOwnAccess(infrastructure, authorizer, sts, iam, accessRequests),
      apps: dependencies.apps,
      mayUseConsole: (ctx) => mayUseConsole(ctx, mayUse),
    }),
    ...openForwardAuth(infrastructure, authorizer, sts, oidc, { ...dependencies, decisions }),
    ...openDecisions(infrastructure, authorizer, sts, { accountId, oidc, decisions, ending }),
  ]
  const later = [
    { below: ['/console', '/assets/editor'], load: openConsole },
    { below: ['/v1/admin', '/scim/v2'], load: async () => (await openAdmin()).routes },
  ]
  return { routes, later }
}
