import { decisionOf } from '../audit/decision-record.ts'
import type { DecisionLog } from '../decision/decision-log.ts'
import { forwardAuthRoutes } from '../decision/forward-auth/routes.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import type { OpenProvider } from '../oidc/provider.ts'
import { Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import { signJws } from '../secure/jws.ts'
import { randomToken } from '../secure/random.ts'
import { openTicket, sealTicket } from '../secure/ticket.ts'
import { readPath } from '../verify/request-path.ts'
import { trustedProxyCheck } from '../web/request/client-address.ts'
import type { Route } from '../web/route.ts'
import { type Infrastructure, noKey, now, secretsOf } from './infrastructure.ts'
import { openHostPages } from './pages/host-pages.ts'
import type { PageDependencies } from './pages/page-dependencies.ts'
import type { Sts } from './sts.ts'
import { openTokenAuthenticator } from './token-authenticator.ts'

interface ForwardAuthDependencies
  extends Pick<PageDependencies, 'accountId' | 'findProfile' | 'show' | 'showOnHost' | 'assets'> {
  readonly decisions: DecisionLog | undefined
}

/** Opens a ticket that an earlier key may have sealed. @throws Problem of the newest key when none fits */
function openWithAny(keys: readonly Buffer[], step: string, ticket: string): string {
  const [newest = noKey(), ...older] = keys
  try {
    return openTicket(newest, step, ticket, now())
  } catch (error) {
    for (const key of older) {
      try {
        return openTicket(key, step, ticket, now())
      } catch (failed) {
        if (!(failed instanceof Problem)) throw failed
      }
    }
    throw error
  }
}

/** Forward authentication over browser sessions; no routes when no host is protected. */
export function openForwardAuth(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  oidc: Pick<OpenProvider, 'sessions' | 'startSignIn'>,
  { accountId, findProfile, decisions, show, showOnHost, assets }: ForwardAuthDependencies,
): readonly Route[] {
  const { keyRing, issuer, config, serviceAccess, trail, log } = infrastructure
  const { hosts } = config.file.forward_auth
  if (hosts.length === 0) return []
  const key = () => secretsOf(keyRing, 'ticket')[0] ?? noKey()
  return forwardAuthRoutes({
    hosts,
    issuer,
    clock: now,
    readPath: (original) => readPath(original, { objectKeys: false }),
    isTrustedProxy: trustedProxyCheck(config.trustedProxies),
    authorize(call, action, resource) {
      const { caller, circumstances } = call
      if (caller.kind === 'user' || caller.kind === 'session') {
        const id = caller.kind === 'user' ? caller.userId : caller.roleId
        serviceAccess.note({ id, accountId: caller.accountId }, { action, at: circumstances.now })
      }
      // The hosts of the configuration file belong to the server's first account; their ARNs name none.
      return authorizer.authorize(call, action, resource, [], { resourceAccount: accountId })
    },
    sealTicket: (step, subject, expiresAt) => sealTicket(key(), step, subject, expiresAt),
    openTicket: (step, ticket) => openWithAny(secretsOf(keyRing, 'ticket'), step, ticket),
    randomToken,
    hash: sha256base64url,
    spend: (id, until) => sts.spentTokens.spend(id, accountId, until),
    trail,
    decisions,
    decisionOf,
    logRefusal(refusal) {
      const admitted = sts.refusals.admit(refusal.sourceIp)
      if (admitted) log.warn({ ...refusal, ...admitted }, 'a forward-auth request was refused')
    },
    authenticateToken: openTokenAuthenticator(infrastructure, authorizer, sts),
    sign: (typ, claims) => signJws(typ, claims, keyRing.signing('token')),
    show: openHostPages({ here: show, onHost: showOnHost }),
    files: assets,
    startSignIn: (ctx, returnTo) => oidc.startSignIn(ctx, returnTo),
    currentSessionId: async (ctx) => (await oidc.sessions.current(ctx))?.sessionId,
    async sessionOf(sessionId) {
      const visitor = await oidc.sessions.byId(sessionId)
      if (visitor === undefined) return undefined
      const [profile, user] = await Promise.all([
        findProfile(visitor.userId),
        authorizer.policiesOf({ kind: 'user', id: visitor.userId }),
      ])
      if (profile === undefined || user === undefined) return undefined
      return { person: { ...profile, arn: user.arn }, authTime: visitor.authTime, amr: visitor.amr }
    },
  })
}
