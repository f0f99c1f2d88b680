// What ends when: one function per row of docs/ends.md. Each writes the revocations that services learn of, and ends the
// browser sessions and grants that depend on the same thing. Called by the use case in which it happens: before the change,
// so that a process that dies right after it leaves no session alive at services, and after it, before it is answered.
import { type Dependency, dependencyName } from '../secure/session-dependencies.ts'
import { type EpochSeconds, serverAccount, type User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import {
  afterEnd,
  keepRevocation,
  type NewRevocation,
  revocationRecord,
} from './authorization/revocation-records.ts'
import { recoveryFactor } from './mfa/recovery-codes.ts'

/**
 * Makes a change that ends something. Everything that depends on it ends before the change, and once more after it, for
 * what was made meanwhile.
 * @param end one of the functions below; may run twice
 */
export async function endingAround<T>(end: () => Promise<void>, change: () => Promise<T>): Promise<T> {
  await end()
  const result = await change()
  await end()
  return result
}

type Account = Pick<User, 'accountId'>
type Person = Pick<User, 'id' | 'accountId'>

/** The browser sessions and grants of people; oidc/edge.ts fulfils it. */
export interface SignIns {
  endSignIns(
    userId: string,
    matches: (dependencies: readonly Dependency[]) => boolean,
    keep?: string,
  ): Promise<void>
  endSessionsThrough(provider: string): Promise<void>
  /** All sessions, grants and remembered consents of a user. */
  revokeUser(userId: string): Promise<void>
}

export type Ends = ReturnType<typeof openEnds>

export interface EndsParts {
  readonly store: Store
  readonly now: () => EpochSeconds
  readonly signIns: SignIns
}

export function openEnds({ store, now, signIns }: EndsParts) {
  const revoke = (revocation: NewRevocation) => keepRevocation(store, revocationRecord(revocation, now()))
  /** For what is gone or switched off: also what a process made that had not learned of it yet. */
  const revokeAll = ({ accountId }: Account, scope: Dependency['scope'], value: string) =>
    revoke({ accountId, scope, value, before: afterEnd(now()) })
  const dependsOn =
    (scope: Dependency['scope'], value: string) =>
    (dependencies: readonly Dependency[]): boolean =>
      dependencies.some((one) => dependencyName(one) === dependencyName({ scope, value }))

  return {
    /** User deleted or disabled. */
    async userEnded(user: Person): Promise<void> {
      await revokeAll(user, 'user', user.id)
      await signIns.revokeUser(user.id)
    },

    /**
     * Password replaced or taken away: sign-ins by an older one end.
     * @param changedAt of the new one (LoginProfile.changedAt); undefined: there is none any more
     * @param keep id of the browser session in which its own person did it
     */
    async passwordReplaced(user: Person, changedAt: EpochSeconds | undefined, keep?: string): Promise<void> {
      const before = changedAt ?? afterEnd(now())
      await revoke({ accountId: user.accountId, scope: 'password', value: user.id, before })
      // Browser sessions end however they were signed in to; what outlives them ends where it depends on the password.
      const ends = ({ scope, value, since }: Dependency): boolean =>
        scope === 'browser-session' || (scope === 'password' && value === user.id && since < before)
      await signIns.endSignIns(user.id, (dependencies) => dependencies.some(ends), keep)
    },

    /** Second factor removed by an administrator: what it, or a recovery code in its place, was used for ends. */
    async factorRemoved(user: Person, device: string): Promise<void> {
      for (const factor of [device, recoveryFactor(user)]) {
        await revokeAll(user, 'factor', factor)
        await signIns.endSignIns(user.id, dependsOn('factor', factor))
      }
    },

    /**
     * An administrator signs a person out.
     * @param offline applications with `offline_access` end too
     */
    async signedOut(user: Person, { offline }: { readonly offline: boolean }): Promise<void> {
      await revoke({ accountId: user.accountId, scope: 'sign-in', value: user.id, before: now() + 1 })
      if (!offline) return signIns.endSignIns(user.id, dependsOn('sign-in', user.id))
      const consents = new Set<string>()
      await signIns.endSignIns(user.id, (dependencies) => {
        for (const { scope, value } of dependencies) if (scope === 'consent') consents.add(value)
        return true
      })
      for (const value of consents)
        await revoke({ accountId: user.accountId, scope: 'consent', value, before: now() + 1 })
    },

    /** Consent withdrawn. @param latest the newest grant's date, so that a consent given again counts for itself */
    async consentWithdrawn(user: Person, clientId: string, latest: EpochSeconds): Promise<void> {
      const value = `${user.id}/${clientId}`
      await revoke({ accountId: user.accountId, scope: 'consent', value, before: latest + 1 })
    },

    /** Client deleted or disabled: clients belong to the server, so it counts in every account. */
    clientEnded: (clientId: string): Promise<void> =>
      revokeAll({ accountId: serverAccount }, 'client', clientId),

    /** Identity provider disabled or deleted. */
    async providerEnded(provider: Person): Promise<void> {
      await revokeAll(provider, 'provider', provider.id)
      await signIns.endSessionsThrough(provider.id)
    },

    /** The identity provider says that somebody signed out there; their browser session here has ended already. */
    upstreamSignedOut: (provider: Account, sessionId: string): Promise<void> =>
      revokeAll(provider, 'browser-session', sessionId),

    /**
     * Signing keys that leaked were replaced (KeyRing.replaceCompromised): wakes every service that holds the feed open,
     * so that it learns the new key and forgets what the old ones signed.
     */
    async signingKeysReplaced(keyIds: readonly string[]): Promise<void> {
      for (const id of keyIds) await revokeAll({ accountId: serverAccount }, 'session', `signing-key-${id}`)
    },

    roleEnded: (role: Person): Promise<void> => revokeAll(role, 'role', role.id),

    /** Access key deactivated or deleted: sessions made with it end. */
    accessKeyEnded: (key: Person): Promise<void> => revokeAll(key, 'access-key', key.id),
  }
}
