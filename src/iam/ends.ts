// Ends sessions when something that they depend on ends: one function per row of docs/ends.md. Each writes revocations, which
// services read from the feed, and ends the browser sessions and grants with the same dependency. A use case calls it before its
// change, so that no session survives if the process dies right after the change, and once more before it answers.
import { type Dependency, dependencyName } from '../secure/session/session-dependencies.ts'
import { type EpochSeconds, serverAccount, type User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import {
  type NewRevocation,
  revocationRecord,
  revokedBefore,
  saveRevocation,
} from './authorization/revocation-records.ts'
import { recoveryFactor } from './mfa/recovery-codes.ts'
import { removeTrustedBrowsers } from './mfa/trusted-browsers.ts'
import { removePasswordLinks } from './sign-in/link-token.ts'

/**
 * Makes a change after which sessions must no longer work. Revokes before the change, and again after it for sessions that were
 * made meanwhile.
 * @param end one of the functions of `Ends`; runs twice
 */
export async function revokeAround<T>(end: () => Promise<void>, change: () => Promise<T>): Promise<T> {
  await end()
  const result = await change()
  await end()
  return result
}

type InAccount = Pick<User, 'accountId'>
type AccountRecord = Pick<User, 'id' | 'accountId'>

/** Ends browser sessions and grants; implemented by oidc/. */
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

export interface EndsDependencies {
  readonly store: Store
  readonly now: () => EpochSeconds
  readonly signIns: SignIns
}

export class Ends {
  readonly #deps: EndsDependencies

  constructor(deps: EndsDependencies) {
    this.#deps = deps
  }

  /** A user was deleted or disabled. */
  async userEnded(user: AccountRecord): Promise<void> {
    await this.#revokeNow(user, 'user', user.id)
    await removeTrustedBrowsers(this.#deps.store, user.id)
    await this.#deps.signIns.revokeUser(user.id)
  }

  /**
   * A password was replaced or deleted: sign-ins with an earlier one end, and no one-time link can replace it once more.
   * @param changedAt LoginProfile.changedAt of the new password; undefined when it was deleted
   * @param keep id of the browser session in which the user changed it, which stays
   */
  async passwordReplaced(
    user: AccountRecord,
    changedAt: EpochSeconds | undefined,
    keep?: string,
  ): Promise<void> {
    const { now, signIns, store } = this.#deps
    const before = changedAt ?? revokedBefore(now())
    await removePasswordLinks(store, user)
    await removeTrustedBrowsers(store, user.id)
    await this.#revoke({ accountId: user.accountId, scope: 'password', value: user.id, before })
    // Browser sessions end whatever the sign-in method; grants that outlive them end when they depend on the password.
    const ends = ({ scope, value, since }: Dependency): boolean =>
      scope === 'browser-session' || (scope === 'password' && value === user.id && since < before)
    await signIns.endSignIns(user.id, (dependencies) => dependencies.some(ends), keep)
  }

  /** An administrator removed a second factor: sign-ins with it or with a recovery code end. */
  async factorRemoved(user: AccountRecord, device: string): Promise<void> {
    await removeTrustedBrowsers(this.#deps.store, user.id)
    for (const factor of [device, recoveryFactor(user)]) {
      await this.#revokeNow(user, 'factor', factor)
      await this.#deps.signIns.endSignIns(user.id, this.#dependsOn('factor', factor))
    }
  }

  /** A passkey was removed by its owner: sign-ins with it end. @param factor `passkeyFactor` */
  async passkeyRemoved(user: AccountRecord, factor: string): Promise<void> {
    await removeTrustedBrowsers(this.#deps.store, user.id)
    await this.#revokeNow(user, 'factor', factor)
    await this.#deps.signIns.endSignIns(user.id, this.#dependsOn('factor', factor))
  }

  /** An administrator ends one browser session: what was made in it ends too. */
  async browserSessionEnded(user: AccountRecord, sessionId: string): Promise<void> {
    await this.#revokeNow(user, 'browser-session', sessionId)
    await this.#deps.signIns.endSignIns(user.id, this.#dependsOn('browser-session', sessionId))
  }

  /**
   * An administrator signs a user out.
   * @param offline also end grants with `offline_access`
   */
  async signedOut(user: AccountRecord, { offline }: { readonly offline: boolean }): Promise<void> {
    const { now, signIns, store } = this.#deps
    await this.#revoke({ accountId: user.accountId, scope: 'sign-in', value: user.id, before: now() + 1 })
    await removeTrustedBrowsers(store, user.id)
    if (!offline) return signIns.endSignIns(user.id, this.#dependsOn('sign-in', user.id))
    const consents = new Set<string>()
    await signIns.endSignIns(user.id, (dependencies) => {
      for (const { scope, value } of dependencies) if (scope === 'consent') consents.add(value)
      return true
    })
    for (const value of consents)
      await this.#revoke({ accountId: user.accountId, scope: 'consent', value, before: now() + 1 })
  }

  /** A consent was withdrawn. @param latest when the newest grant was made; a consent given later is not affected */
  async consentWithdrawn(user: AccountRecord, clientId: string, latest: EpochSeconds): Promise<void> {
    const value = `${user.id}/${clientId}`
    await this.#revoke({ accountId: user.accountId, scope: 'consent', value, before: latest + 1 })
  }

  /** An OAuth client was deleted or disabled. Clients belong to the server, so this counts in every account. */
  clientEnded(clientId: string): Promise<void> {
    return this.#revokeNow({ accountId: serverAccount }, 'client', clientId)
  }

  /** An identity provider was disabled or deleted. */
  async providerEnded(provider: AccountRecord): Promise<void> {
    await this.#revokeNow(provider, 'provider', provider.id)
    await this.#deps.signIns.endSessionsThrough(provider.id)
  }

  /** The identity provider reported a sign-out; the browser session on this server has already ended. */
  upstreamSignedOut(provider: InAccount, sessionId: string): Promise<void> {
    return this.#revokeNow(provider, 'browser-session', sessionId)
  }

  /**
   * Compromised signing keys were replaced (KeyRing.replaceCompromised). The entry wakes services that wait on the revocation
   * feed, so that they load the new key and drop what the old ones signed.
   */
  async signingKeysReplaced(keyIds: readonly string[]): Promise<void> {
    for (const id of keyIds)
      await this.#revokeNow({ accountId: serverAccount }, 'session', `signing-key-${id}`)
  }

  roleEnded(role: AccountRecord): Promise<void> {
    return this.#revokeNow(role, 'role', role.id)
  }

  /** Access that was approved for a time was ended early: `id` of the access request (sts/trust/access-grant.ts). */
  grantEnded(request: AccountRecord): Promise<void> {
    return this.#revokeNow(request, 'session', request.id)
  }

  /** An access key was deactivated or deleted: sessions made with it end. */
  accessKeyEnded(key: AccountRecord): Promise<void> {
    return this.#revokeNow(key, 'access-key', key.id)
  }

  #revoke(revocation: NewRevocation) {
    return saveRevocation(this.#deps.store, revocationRecord(revocation, this.#deps.now()))
  }

  /** For something deleted or disabled: also covers sessions of a process that had not yet learned of the change. */
  #revokeNow({ accountId }: InAccount, scope: Dependency['scope'], value: string) {
    return this.#revoke({ accountId, scope, value, before: revokedBefore(this.#deps.now()) })
  }

  #dependsOn(scope: Dependency['scope'], value: string) {
    return (dependencies: readonly Dependency[]): boolean =>
      dependencies.some((one) => dependencyName(one) === dependencyName({ scope, value }))
  }
}
