// The identity provider of each federated browser session. Such a session and its tokens end when the provider is disabled or
// deleted (docs/attacks.md 11). What a sign-out at the provider needs is stored here too.
import type { KoaContextWithOIDC } from 'oidc-provider'
import { Secret } from '../../secure/secret.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { EpochSeconds, UpstreamSession } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { SignOutTarget, Upstream } from '../edge.ts'
import { lifetimes } from '../lifetimes.ts'

export interface UpstreamSessions {
  keep(sessionId: string, userId: string, upstream: Upstream): Promise<void>
  /** Whether the identity provider of a federated session exists and is not disabled. */
  live(sessionId: string | undefined): Promise<boolean>
  isLive(provider: string): Promise<boolean>
  peek(sessionId: string): Promise<Upstream | undefined>
  take(sessionId: string): Promise<Upstream | undefined>
  /** The sessions that a logout request of an identity provider names. */
  named(target: SignOutTarget): Promise<readonly UpstreamSession[]>
  /** Sessions of an identity provider (ARN), also those that have ended here. */
  through(provider: string): AsyncIterable<Pick<UpstreamSession, 'id' | 'userId'>>
}

/** @param clock milliseconds; @param isLive whether the provider of this ARN exists and is not disabled */
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
        // Tokens may outlive the browser session in which they were issued.
        expiresAt: now() + lifetimes.RefreshFamily + lifetimes.Session,
      }
      // A second sign-in in the same session replaces the provider of the first.
      await upsert(store, 'upstreamSession', sessionId, () => record)
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

/** Whether the methods of a sign-in include `fed`, our name for another identity provider (RFC 8176 has none). */
export const isFederated = (amr: readonly string[] | undefined): boolean => amr?.includes('fed') ?? false

/** The provider of the federated sign-in that this request completes, before it is stored. */
export const upstreamOfRequest = (ctx: KoaContextWithOIDC): Upstream | undefined =>
  (ctx.oidc?.result as { readonly upstream?: Upstream } | undefined)?.upstream

/** Stores the provider after a sign-in at an application; the session's id is known only then. */
export async function saveUpstreamSession(ctx: KoaContextWithOIDC, kept: UpstreamSessions): Promise<void> {
  const upstream = upstreamOfRequest(ctx)
  const { session } = ctx.oidc ?? {}
  if (upstream && session?.accountId !== undefined) await kept.keep(session.uid, session.accountId, upstream)
}
