// Browser sessions and consents, for the pages of sign-in/, account/ and console/. The sessions are oidc-provider's, so that
// one sign-in serves every application and our own pages.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { isProblem } from '../../problem.ts'
import { readDependencies, writeDependencies } from '../../secure/session/session-dependencies.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Description } from '../../sts/session/consented-policies.ts'
import type { ArtifactStore } from '../artifacts/artifact-store.ts'
import {
  dependenciesOfGrant,
  dependenciesOfSession,
  withPassword,
} from '../artifacts/sign-in-dependencies.ts'
import type { FindPerson } from '../claims.ts'
import {
  acrOf,
  type GrantSummary,
  type OidcEdge,
  type SessionSummary,
  type Sessions,
  type SignedIn,
  type Upstream,
  type Visitor,
} from '../edge.ts'
import { auditWritten, type EmitEvent } from '../events.ts'
import { type Session, sessionFromPayload } from '../library/models.ts'
import { setSignIn } from '../library/session-ids.ts'
import { lifetimes } from '../lifetimes.ts'
import { type Consents, consentModel } from './consents.ts'
import type { LogoutOutbox } from './logout-outbox.ts'
import { isFederated, type UpstreamSessions } from './upstream-sessions.ts'

export interface SessionDependencies {
  readonly provider: Provider
  readonly artifacts: ArtifactStore
  readonly findPerson: FindPerson
  readonly emit: EmitEvent
  readonly consents: Consents
  readonly upstreams: UpstreamSessions
  readonly outbox: Pick<LogoutOutbox, 'release'>
  /** Ends role sessions made with tokens of grants that were made up to `latest` (epoch seconds). */
  readonly revokeConsent: (userId: string, clientId: string, latest: EpochSeconds) => Promise<void>
  /** A session policy in words. @throws Problem('malformed_policy') */
  readonly describePolicy: (policy: string) => Description
  /** The logo of a client's metadata document, as a `data:` URL. */
  readonly logoOf: (clientId: string) => string | undefined
  readonly limits: () => SessionLimits
  readonly now: () => EpochSeconds
  /** Cookie attributes of the session cookie. */
  readonly cookie: {
    readonly httpOnly: true
    readonly sameSite: 'lax'
    readonly path: '/'
    readonly overwrite: true
  }
  readonly cookieName: string
}

/** When browser sessions end, as an administrator has set it. */
export interface SessionLimits {
  /** Seconds without use. */
  readonly idle: number
  /** Seconds after the sign-in; undefined: no limit. */
  readonly absolute: number | undefined
}

/** Lifetime of a session in seconds, from its next use. @param now epoch seconds */
export function sessionLifetime(
  session: {
    readonly accountId?: string | undefined
    readonly transient?: boolean | undefined
    readonly loginTs?: number | undefined
  },
  { idle, absolute }: SessionLimits,
  now: number,
): number {
  if (session.accountId === undefined) return lifetimes.AnonymousSession
  const unused = session.transient ? Math.min(idle, lifetimes.TransientSession) : idle
  if (absolute === undefined) return unused
  return Math.max(1, Math.min(unused, (session.loginTs ?? now) + absolute - now))
}

/** The sessions and consents of oidc-provider, for the pages. */
export class ProviderSessions implements Sessions {
  readonly #deps: SessionDependencies
  /** The visitor of each request that asked for one. */
  readonly #visitors = new WeakMap<object, Promise<Visitor | undefined>>()

  constructor(deps: SessionDependencies) {
    this.#deps = deps
  }

  current(ctx: Context): Promise<Visitor | undefined> {
    const known = this.#visitors.get(ctx.req)
    if (known) return known
    const found = visitorOf(this.#deps, ctx)
    this.#visitors.set(ctx.req, found)
    return found
  }

  async byId(sessionId: string): Promise<Visitor | undefined> {
    const session = await this.#deps.provider.Session.findByUid(sessionId)
    return session && liveVisitor(this.#deps, session)
  }

  async end(ctx: Context): Promise<Upstream | undefined> {
    this.#visitors.delete(ctx.req)
    const session = await this.#deps.provider.Session.get(ctx)
    const upstream = session.accountId === undefined ? undefined : await endSession(this.#deps, session, ctx)
    writeCookie(this.#deps, ctx, null, undefined)
    return upstream
  }

  async list(userId: string): Promise<readonly SessionSummary[]> {
    return (await this.#deps.artifacts.ofUser('Session', userId)).map((one) =>
      summaryOf(one, this.#deps.limits()),
    )
  }

  async endOne(userId: string, sessionId: string): Promise<boolean> {
    const kept = (await this.#deps.artifacts.ofUser('Session', userId)).find(({ uid }) => uid === sessionId)
    if (kept) await endSession(this.#deps, sessionFromPayload(this.#deps.provider, kept))
    return kept !== undefined
  }

  async endOthers(userId: string, keep: string | undefined): Promise<void> {
    for (const kept of await this.#deps.artifacts.ofUser('Session', userId))
      if (kept.uid !== keep) await endSession(this.#deps, sessionFromPayload(this.#deps.provider, kept))
  }

  async endUpstream(target: Parameters<Sessions['endUpstream']>[0]): ReturnType<Sessions['endUpstream']> {
    const ended: { sessionId: string; userId: string }[] = []
    const failures: unknown[] = []
    for (const { id, userId } of await this.#deps.upstreams.named(target)) {
      try {
        const kept = (await this.#deps.artifacts.ofUser('Session', userId)).find(({ uid }) => uid === id)
        if (kept) await endSession(this.#deps, sessionFromPayload(this.#deps.provider, kept))
        ended.push({ sessionId: id, userId })
      } catch (error) {
        failures.push(error)
      }
    }
    return { ended, failures }
  }

  async keepAfterPasswordChange(sessionId: string, password: EpochSeconds): Promise<void> {
    await this.#deps.artifacts.setSessionPassword(sessionId, password)
    const session = await this.#deps.provider.Session.findByUid(sessionId)
    for (const { grantId } of Object.values(session?.authorizations ?? {}))
      if (grantId !== undefined)
        await setGrantPassword(this.#deps.artifacts, grantId, session?.accountId ?? '', password)
  }

  async grants(userId: string): Promise<readonly GrantSummary[]> {
    const found = [
      ...(await this.#deps.artifacts.ofUser(consentModel, userId)),
      ...(await this.#deps.artifacts.ofUser('Grant', userId)),
    ]
    const byClient = Map.groupBy(found, ({ clientId = '' }) => clientId)
    return Promise.all(
      [...byClient].map(([clientId, all]) => grantSummaryOf(this.#deps.provider, clientId, all)),
    )
  }

  async withdraw(userId: string, clientId: string, ctx?: Context): Promise<boolean> {
    const agreed = await this.#deps.consents.forget(userId, clientId)
    const grants = (await this.#deps.artifacts.ofUser('Grant', userId)).filter(
      (grant) => grant.clientId === clientId,
    )
    if (grants.length > 0) {
      // Role sessions are revoked first, so that services accept none of them although a later step fails.
      const latest = Math.max(...grants.map(({ iat }) => iat ?? 0))
      await this.#deps.revokeConsent(userId, clientId, latest)
    }
    await Promise.all(grants.map(({ jti }) => this.#deps.artifacts.revokeGrant(jti ?? '')))
    const had = agreed || grants.length > 0
    if (had) this.#deps.emit('withdrawn', { userId, clientId }, ctx)
    if (ctx) await auditWritten(ctx)
    return had
  }
}

/** Keeps a grant of the session in which its own user changed the password. */
async function setGrantPassword(
  artifacts: ArtifactStore,
  grantId: string,
  userId: string,
  password: EpochSeconds,
): Promise<void> {
  await artifacts
    .change('Grant', grantId, (kept) => {
      const known = readDependencies(kept['dependencies'])
      return known === undefined
        ? kept
        : { ...kept, dependencies: withPassword(writeDependencies(known), userId, password) }
    })
    .catch((error: unknown) => {
      if (!isProblem(error, 'not_found')) throw error
    })
}

/** Implements OidcEdge.endSignIns. */
export const makeEndSignIns =
  (deps: SessionDependencies): OidcEdge['endSignIns'] =>
  async (userId, matches, keep) => {
    const { artifacts, provider } = deps
    for (const kept of await artifacts.ofUser('Session', userId))
      if (kept.uid !== keep && matches(dependenciesOfSession(kept)))
        await endSession(deps, sessionFromPayload(provider, kept))
    for (const grant of await artifacts.ofUser('Grant', userId)) {
      const dependencies = dependenciesOfGrant(grant)
      const isKept = dependencies.some(({ scope, value }) => scope === 'browser-session' && value === keep)
      if (!isKept && matches(dependencies)) await artifacts.revokeGrant(grant.jti ?? '')
    }
  }

/** Implements OidcEdge.signInsOf. */
export const makeSignInsOf =
  ({ artifacts, limits }: Pick<SessionDependencies, 'artifacts' | 'limits'>): OidcEdge['signInsOf'] =>
  async (userId) => {
    const [sessions, grants] = await Promise.all([
      artifacts.ofUser('Session', userId),
      artifacts.ofUser('Grant', userId),
    ])
    return {
      sessions: sessions.map((session) => ({
        ...summaryOf(session, limits()),
        dependencies: dependenciesOfSession(session),
      })),
      grants: grants.map((grant) => ({
        clientId: grant.clientId ?? '',
        dependencies: dependenciesOfGrant(grant),
      })),
    }
  }

/** Implements OidcEdge.endSessionsThrough. */
export const makeEndSessionsThrough =
  (deps: SessionDependencies): OidcEdge['endSessionsThrough'] =>
  async (provider) => {
    for await (const { id, userId } of deps.upstreams.through(provider)) {
      const kept = (await deps.artifacts.ofUser('Session', userId)).find(({ uid }) => uid === id)
      if (kept) await endSession(deps, sessionFromPayload(deps.provider, kept))
      // Tokens that outlive their browser session are not accepted without it, also when the provider is enabled or made again.
      await deps.upstreams.take(id)
    }
  }

const visitorOf = async (deps: SessionDependencies, ctx: Context): Promise<Visitor | undefined> =>
  liveVisitor(deps, await deps.provider.Session.get(ctx))

async function liveVisitor(
  { findPerson, upstreams }: SessionDependencies,
  session: Session,
): Promise<Visitor | undefined> {
  const { accountId, uid, loginTs } = session
  if (accountId === undefined || loginTs === undefined) return undefined
  if (!(await findPerson(accountId))) return undefined
  if (isFederated(session.amr) && !(await upstreams.live(uid))) return undefined
  return {
    userId: accountId,
    authTime: loginTs,
    amr: session.amr ?? [],
    acr: session.acr,
    sessionId: uid,
    dependencies: dependenciesOfSession(session as object as AdapterPayload),
  }
}

/** Signs this browser in, with a new session id: one that an attacker planted before is useless (docs/attacks.md 22). */
export async function beginSession(
  deps: SessionDependencies,
  ctx: Context,
  signedIn: SignedIn,
): Promise<void> {
  const { provider } = deps
  let session = await provider.Session.get(ctx)
  if (session.accountId !== undefined && session.accountId !== signedIn.userId) {
    await endSession(deps, session, ctx)
    session = new provider.Session()
  } else if (session.exp !== undefined) session.resetIdentifier()
  session.loginAccount({
    accountId: signedIn.userId,
    amr: [...signedIn.amr],
    acr: acrOf(signedIn.amr),
    transient: signedIn.remember === false,
    ...(signedIn.authTime === undefined ? {} : { loginTs: signedIn.authTime }),
  })
  setSignIn(session, signedIn, ctx)
  const lifetime = sessionLifetime(session, deps.limits(), deps.now())
  await session.save(lifetime)
  if (signedIn.upstream) await deps.upstreams.keep(session.uid, signedIn.userId, signedIn.upstream)
  writeCookie(deps, ctx, session.jti, session.transient ? undefined : lifetime)
}

function writeCookie(
  deps: SessionDependencies,
  ctx: Context,
  value: string | null,
  lifetime: number | undefined,
): void {
  const { cookies } = deps.provider.createContext(ctx.req, ctx.res)
  const maxAge = lifetime === undefined ? {} : { maxAge: lifetime * 1000 }
  cookies.set(deps.cookieName, value, { ...deps.cookie, ...maxAge })
}

/** Ends a session and its grants without `offline_access`; its clients are notified (logout-outbox.ts). */
export async function endSession(
  deps: SessionDependencies,
  session: Session,
  ctx?: Context,
): Promise<Upstream | undefined> {
  const { accountId } = session
  const authorizations = Object.values(session.authorizations ?? {})
  await session.destroy()
  deps.emit('signed_out', { userId: accountId }, ctx)
  deps.outbox.release()
  await Promise.all(
    authorizations.map(async ({ grantId, persistsLogout }) => {
      if (grantId !== undefined && !persistsLogout) await deps.artifacts.revokeGrant(grantId)
    }),
  )
  // Grants that outlive the session (offline_access) still need to find their identity provider.
  const outlived = authorizations.some(({ persistsLogout }) => persistsLogout)
  return outlived ? deps.upstreams.peek(session.uid) : deps.upstreams.take(session.uid)
}

const summaryOf = (session: AdapterPayload, limits: SessionLimits): SessionSummary => ({
  sessionId: session.uid ?? '',
  userId: session.accountId ?? '',
  authTime: session.loginTs ?? 0,
  amr: session.amr ?? [],
  expiresAt: session.exp ?? 0,
  clients: Object.keys(session.authorizations ?? {}),
  browser: textOf(session['browser']),
  address: textOf(session['address']),
  // Each use saves the session, which then lasts its whole lifetime again.
  lastUsed: Math.max(
    session.loginTs ?? 0,
    (session.exp ?? 0) - sessionLifetime(session, { ...limits, absolute: undefined }, 0),
  ),
})

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

async function grantSummaryOf(
  provider: Provider,
  clientId: string,
  all: readonly (AdapterPayload & { openid?: { scope?: string } })[],
): Promise<GrantSummary> {
  const client = await provider.Client.find(clientId)
  return {
    clientId,
    clientName: client?.clientName ?? clientId,
    clientUri: client?.clientUri,
    scopes: [...new Set(all.flatMap(({ openid }) => openid?.scope?.split(' ') ?? []))],
    since: Math.min(...all.map(({ iat }) => iat ?? 0)),
  }
}
