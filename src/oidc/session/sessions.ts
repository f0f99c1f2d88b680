// Browser sessions and consents, for the pages of sign-in/, account/ and console/. The sessions are oidc-provider's, so that
// one sign-in serves every application and our own pages.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { isProblem } from '../../problem.ts'
import { readDependencies, writeDependencies } from '../../secure/session-dependencies.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { ArtifactStore } from '../artifacts/adapter.ts'
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
  /** Cookie attributes of the session cookie. */
  readonly cookie: {
    readonly httpOnly: true
    readonly sameSite: 'lax'
    readonly path: '/'
    readonly overwrite: true
  }
  readonly cookieName: string
}

/** Lifetime of a session in seconds, from now. */
export function sessionLifetime(session: {
  readonly accountId?: string | undefined
  readonly transient?: boolean | undefined
}): number {
  if (session.accountId === undefined) return lifetimes.AnonymousSession
  return session.transient ? lifetimes.TransientSession : lifetimes.Session
}

export function sessions(parts: SessionDependencies): Sessions {
  const { provider, artifacts } = parts
  const seen = new WeakMap<object, Promise<Visitor | undefined>>()
  return {
    current(ctx) {
      const known = seen.get(ctx.req)
      if (known) return known
      const found = visitorOf(parts, ctx)
      seen.set(ctx.req, found)
      return found
    },
    async end(ctx) {
      seen.delete(ctx.req)
      const session = await provider.Session.get(ctx)
      const upstream = session.accountId === undefined ? undefined : await endSession(parts, session, ctx)
      writeCookie(parts, ctx, null, undefined)
      return upstream
    },
    async list(userId) {
      return (await artifacts.ofUser('Session', userId)).map(summaryOf)
    },
    async endOne(userId, sessionId) {
      const kept = (await artifacts.ofUser('Session', userId)).find(({ uid }) => uid === sessionId)
      if (kept) await endSession(parts, sessionFromPayload(provider, kept))
      return kept !== undefined
    },
    async endOthers(userId, keep) {
      for (const kept of await artifacts.ofUser('Session', userId))
        if (kept.uid !== keep) await endSession(parts, sessionFromPayload(provider, kept))
    },
    async endUpstream(target) {
      const ended: { sessionId: string; userId: string }[] = []
      const failures: unknown[] = []
      for (const { id, userId } of await parts.upstreams.named(target)) {
        try {
          const kept = (await artifacts.ofUser('Session', userId)).find(({ uid }) => uid === id)
          if (kept) await endSession(parts, sessionFromPayload(provider, kept))
          ended.push({ sessionId: id, userId })
        } catch (error) {
          failures.push(error)
        }
      }
      return { ended, failures }
    },
    async keepAfterPasswordChange(sessionId, password) {
      await artifacts.setSessionPassword(sessionId, password)
      const session = await provider.Session.findByUid(sessionId)
      for (const { grantId } of Object.values(session?.authorizations ?? {}))
        if (grantId !== undefined)
          await setGrantPassword(artifacts, grantId, session?.accountId ?? '', password)
    },
    async grants(userId) {
      const found = [
        ...(await artifacts.ofUser(consentModel, userId)),
        ...(await artifacts.ofUser('Grant', userId)),
      ]
      const byClient = Map.groupBy(found, ({ clientId = '' }) => clientId)
      return Promise.all([...byClient].map(([clientId, all]) => grantSummaryOf(provider, clientId, all)))
    },
    async withdraw(userId, clientId, ctx) {
      const agreed = await parts.consents.forget(userId, clientId)
      const grants = (await artifacts.ofUser('Grant', userId)).filter((grant) => grant.clientId === clientId)
      if (grants.length > 0) {
        // First: whatever stops the rest, services accept nothing more that was made under these grants.
        const latest = Math.max(...grants.map(({ iat }) => iat ?? 0))
        await parts.revokeConsent(userId, clientId, latest)
      }
      await Promise.all(grants.map(({ jti }) => artifacts.revokeGrant(jti ?? '')))
      const had = agreed || grants.length > 0
      if (had) parts.emit('withdrawn', { userId, clientId }, ctx)
      if (ctx) await auditWritten(ctx)
      return had
    },
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
  (parts: SessionDependencies): OidcEdge['endSignIns'] =>
  async (userId, matches, keep) => {
    const { artifacts, provider } = parts
    for (const kept of await artifacts.ofUser('Session', userId))
      if (kept.uid !== keep && matches(dependenciesOfSession(kept)))
        await endSession(parts, sessionFromPayload(provider, kept))
    for (const grant of await artifacts.ofUser('Grant', userId)) {
      const dependencies = dependenciesOfGrant(grant)
      const isKept = dependencies.some(({ scope, value }) => scope === 'browser-session' && value === keep)
      if (!isKept && matches(dependencies)) await artifacts.revokeGrant(grant.jti ?? '')
    }
  }

/** Implements OidcEdge.endSessionsThrough. */
export const makeEndSessionsThrough =
  (parts: SessionDependencies): OidcEdge['endSessionsThrough'] =>
  async (provider) => {
    for await (const { id, userId } of parts.upstreams.through(provider)) {
      const kept = (await parts.artifacts.ofUser('Session', userId)).find(({ uid }) => uid === id)
      if (kept) await endSession(parts, sessionFromPayload(parts.provider, kept))
    }
  }

async function visitorOf(
  { provider, findPerson, upstreams }: SessionDependencies,
  ctx: Context,
): Promise<Visitor | undefined> {
  const session = await provider.Session.get(ctx)
  const { accountId, uid, loginTs } = session
  if (accountId === undefined || loginTs === undefined) return undefined
  if (!(await findPerson(accountId))) return undefined
  if (isFederated(session.amr) && !(await upstreams.live(uid))) return undefined
  return { userId: accountId, authTime: loginTs, amr: session.amr ?? [], acr: session.acr, sessionId: uid }
}

/** Signs this browser in, with a new session id: one that an attacker planted before is useless (docs/attacks.md 22). */
export async function beginSession(
  parts: SessionDependencies,
  ctx: Context,
  signedIn: SignedIn,
): Promise<void> {
  const { provider } = parts
  let session = await provider.Session.get(ctx)
  if (session.accountId !== undefined && session.accountId !== signedIn.userId) {
    await endSession(parts, session, ctx)
    session = new provider.Session()
  } else if (session.exp !== undefined) session.resetIdentifier()
  session.loginAccount({
    accountId: signedIn.userId,
    amr: [...signedIn.amr],
    acr: acrOf(signedIn.amr),
    transient: signedIn.remember === false,
    ...(signedIn.authTime === undefined ? {} : { loginTs: signedIn.authTime }),
  })
  setSignIn(session, signedIn)
  const lifetime = sessionLifetime(session)
  await session.save(lifetime)
  if (signedIn.upstream) await parts.upstreams.keep(session.uid, signedIn.userId, signedIn.upstream)
  writeCookie(parts, ctx, session.jti, session.transient ? undefined : lifetime)
}

function writeCookie(
  parts: SessionDependencies,
  ctx: Context,
  value: string | null,
  lifetime: number | undefined,
): void {
  const { cookies } = parts.provider.createContext(ctx.req, ctx.res)
  const maxAge = lifetime === undefined ? {} : { maxAge: lifetime * 1000 }
  cookies.set(parts.cookieName, value, { ...parts.cookie, ...maxAge })
}

/** Ends a session and its grants without `offline_access`; its clients are notified (logout-outbox.ts). */
export async function endSession(
  parts: SessionDependencies,
  session: Session,
  ctx?: Context,
): Promise<Upstream | undefined> {
  const { accountId } = session
  const authorizations = Object.values(session.authorizations ?? {})
  await session.destroy()
  parts.emit('signed_out', { userId: accountId }, ctx)
  parts.outbox.release()
  await Promise.all(
    authorizations.map(async ({ grantId, persistsLogout }) => {
      if (grantId !== undefined && !persistsLogout) await parts.artifacts.revokeGrant(grantId)
    }),
  )
  // Grants that outlive the session (offline_access) still need to find their identity provider.
  const outlived = authorizations.some(({ persistsLogout }) => persistsLogout)
  return outlived ? parts.upstreams.peek(session.uid) : parts.upstreams.take(session.uid)
}

const summaryOf = (session: AdapterPayload): SessionSummary => ({
  sessionId: session.uid ?? '',
  userId: session.accountId ?? '',
  authTime: session.loginTs ?? 0,
  amr: session.amr ?? [],
  expiresAt: session.exp ?? 0,
  clients: Object.keys(session.authorizations ?? {}),
})

async function grantSummaryOf(
  provider: Provider,
  clientId: string,
  all: readonly (AdapterPayload & { openid?: { scope?: string } })[],
): Promise<GrantSummary> {
  const client = await provider.Client.find(clientId)
  return {
    clientId,
    clientName: client?.clientName ?? clientId,
    scopes: [...new Set(all.flatMap(({ openid }) => openid?.scope?.split(' ') ?? []))],
    since: Math.min(...all.map(({ iat }) => iat ?? 0)),
  }
}
