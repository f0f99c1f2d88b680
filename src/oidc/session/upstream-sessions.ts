// Which identity provider a browser session came through. A session, and every token that lives by it, ends with its
// provider: disabled or deleted, it is dead at once (attacks.md 11). What signing out there takes is kept here too.
import type { KoaContextWithOIDC } from 'oidc-provider'
import { Secret } from '../../secure/secret.ts'
import { put } from '../../store/conditional-writes.ts'
import type { EpochSeconds, UpstreamSession } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { SignOutTarget, Upstream } from '../edge.ts'
import { lifetimes } from '../lifetimes.ts'

export interface UpstreamSessions {
  keep(sessionId: string, userId: string, upstream: Upstream): Promise<void>
  /** Whether the provider of a session that came through one still signs people in. */
  live(sessionId: string | undefined): Promise<boolean>
  isLive(provider: string): Promise<boolean>
  peek(sessionId: string): Promise<Upstream | undefined>
  take(sessionId: string): Promise<Upstream | undefined>
  /** Those that an identity provider names. */
  named(target: SignOutTarget): Promise<readonly UpstreamSession[]>
  /** Sessions that came through a provider, also those that ended here already. */
  through(provider: string): AsyncIterable<Pick<UpstreamSession, 'id' | 'userId'>>
}

/** @param clock milliseconds; @param isLive whether the provider of this ARN is there and not disabled */
export function openUpstreamSessions(
  store: Store,
  clock: () => number,
  isLive: (provider: string) => Promise<boolean>,
): UpstreamSessions {
  const now = (): EpochSeconds => Math.floor(clock() / 1000)
  return {
    isLive,
    async keep(sessionId, userId, { provider, accountId, leave, signOutNames }) {
      const record = {
        id: sessionId,
        accountId,
        userId,
        provider,
        leave: leave === undefined ? undefined : new Secret(leave),
        ...(signOutNames === undefined ? {} : { signOutNames }),
        // Tokens outlive the browser session they began in.
        expiresAt: now() + lifetimes.RefreshFamily + lifetimes.Session,
      }
      // A session that is signed in to again came another way: the newer one counts, and there is one all along.
      await put(store, 'upstreamSession', sessionId, () => record)
    },
    async live(sessionId) {
      const kept = sessionId === undefined ? undefined : await store.get('upstreamSession', sessionId)
      return kept !== undefined && isLive(kept.provider)
    },
    peek: async (sessionId) => upstreamIn(await store.get('upstreamSession', sessionId)),
    async named({ subject, sessions }) {
      const byLookup = subject === undefined ? sessions : [subject]
      const found: UpstreamSession[] = []
      for (const value of byLookup)
        for await (const one of store.each('upstreamSession', { by: 'signOut', value })) found.push(one)
      return found.filter(
        ({ signOutNames: names }) =>
          sessions.length === 0 || (names?.session !== undefined && sessions.includes(names.session)),
      )
    },
    take: async (sessionId) => upstreamIn(await store.take('upstreamSession', sessionId)),
    through: (provider) => store.each('upstreamSession', { by: 'provider', value: provider }),
  }
}

const upstreamIn = (kept: UpstreamSession | undefined): Upstream | undefined =>
  kept && { provider: kept.provider, accountId: kept.accountId, leave: kept.leave?.reveal() }

/** True when these methods name a sign-in at another identity provider (RFC 8176 has no word; ours is `fed`). */
export const isFederated = (amr: readonly string[] | undefined): boolean => amr?.includes('fed') ?? false

/** The provider of the sign-in that this very request brings, before any session holds it. */
export const upstreamOfRequest = (ctx: KoaContextWithOIDC): Upstream | undefined =>
  (ctx.oidc?.result as { readonly upstream?: Upstream } | undefined)?.upstream

/** After a sign-in at an application was taken up: its session is known only now. */
export async function saveUpstreamSession(ctx: KoaContextWithOIDC, kept: UpstreamSessions): Promise<void> {
  const upstream = upstreamOfRequest(ctx)
  const { session } = ctx.oidc ?? {}
  if (upstream && session?.accountId !== undefined) await kept.keep(session.uid, session.accountId, upstream)
}
