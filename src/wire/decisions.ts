// The decision API, and what verifiers read to decide by themselves.
import { authzenDecisions, type DecisionLog } from '../decision/decision-log.ts'
import { decisionRoutes } from '../decision/routes.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import { principalIds } from '../iam/authorization/principal-ids.ts'
import { byName } from '../iam/lookup.ts'
import { openBasicAuthentication } from '../iam/user-credential/basic-authentication.ts'
import { decisionService } from '../iam/user-credential/service-specific-credentials.ts'
import type { OpenProvider } from '../oidc/provider.ts'
import { sha256base64url } from '../secure/digest.ts'
import { signJws } from '../secure/jws.ts'
import { randomToken } from '../secure/random.ts'
import type { Route } from '../web/route.ts'
import { type Infrastructure, markersOf, now } from './infrastructure.ts'
import type { Sts } from './sts.ts'
import { openTokenAuthenticator } from './token-authenticator.ts'

export function openDecisions(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  {
    accountId,
    oidc,
    decisions,
    ending,
  }: {
    readonly accountId: string
    readonly oidc: Pick<OpenProvider, 'findClientToken'>
    readonly decisions: DecisionLog | undefined
    /** Aborted when the server begins to end: held requests are answered. */
    readonly ending: AbortSignal
  },
): readonly Route[] {
  const { store, keyRing, issuer, serviceAccess } = infrastructure
  const basic = openBasicAuthentication({ store, now })
  return decisionRoutes({
    authenticate: sts.authenticate,
    authenticateBasic: ({ name, password }) => basic(decisionService, name, password),
    authenticateToken: openTokenAuthenticator(infrastructure, authorizer, sts),
    findClientToken: oidc.findClientToken,
    clientAccountId: accountId,
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
    sessionRevocation: sts.sessionRevocation,
    instance: randomToken(9),
    listPrincipals: principalIds(store),
    markers: markersOf(keyRing),
    idByName: async (owner, kind, name) => (await byName(store, kind, owner, name))?.id,
    recordDecision: decisions && authzenDecisions(decisions),
    noteAccess: (principal, accessed) => serviceAccess.note(principal, accessed),
    ending,
  })
}
