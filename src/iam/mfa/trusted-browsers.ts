// Browsers in which a person needs no second factor at sign-in for some days, because they used one there and chose to trust the
// browser. The first factor is always asked for, and a sign-in without the second factor never counts as one with it (`amr`).
// The browser has a token in a cookie. It changes at each use, so that of a browser and a copy of its cookie one is refused, which
// ends the trust of both.
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import { updateIfPresent } from '../../store/conditional-writes.ts'
import type { EpochSeconds, SignInSettings, TrustedBrowser, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { findEnabledUser } from '../account/enabled-user.ts'
import type { Trail } from '../audit/with-audit.ts'
import { signInSettingsOf } from '../password/sign-in-settings.ts'
import { type RequestOrigin, requestFacts, userFacts } from '../request-origin.ts'
import { passkeysOf } from './passkey-records.ts'
import { enabledDevices } from './totp-devices.ts'

/** Name of the cookie (web/request/cookies.ts). */
export const trustedBrowserCookie = 'trusted-browser'

/** The most days that an account may allow. */
export const mostTrustedDeviceDays = 90
const day = 24 * 3600
/** Of one person; the one that was used least recently makes room. */
const mostPerPerson = 10
/** People who may trust one browser; the latest are kept. */
const mostPerBrowser = 5
/** Seconds for which the token before is accepted: two requests of one browser may be under way at once. */
const concurrentSeconds = 30
const longestText = 512

/** A browser as its owner and administrators see it. */
export interface TrustedBrowserSummary {
  readonly id: string
  /** `User-Agent` and address when it was trusted. */
  readonly browser: string | undefined
  readonly address: string | undefined
  readonly createdAt: EpochSeconds
  readonly lastUsedAt: EpochSeconds | undefined
  readonly expiresAt: EpochSeconds
}

/** A value for the browser's cookie. */
export interface TrustCookie {
  readonly value: string
  /** Seconds. */
  readonly maxAge: number
}

export interface TrustedBrowsersDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
}

interface Token {
  readonly id: string
  readonly secret: string
}

export class TrustedBrowsers {
  readonly #deps: TrustedBrowsersDependencies

  constructor(deps: TrustedBrowsersDependencies) {
    this.#deps = deps
  }

  /** For how many days the person may trust a browser; undefined when they may not. */
  async daysOf(userId: string): Promise<number | undefined> {
    const { store } = this.#deps
    const user = await findEnabledUser(store, userId)
    return user && daysFor(await signInSettingsOf(store, user.accountId), user)
  }

  /**
   * Trusts a browser after a sign-in with a second factor. Undefined when the person may not.
   * @param cookie the value that the browser has
   * @param factor what was used (`Progress.factor`)
   */
  async trust(
    userId: string,
    { cookie, factor }: { readonly cookie: string | undefined; readonly factor: string },
    origin: RequestOrigin,
  ): Promise<TrustCookie | undefined> {
    const { store, now } = this.#deps
    const user = await findEnabledUser(store, userId)
    if (user === undefined) return undefined
    const settings = await signInSettingsOf(store, user.accountId)
    const days = daysFor(settings, user)
    if (days === undefined) return undefined
    const others: Token[] = []
    for (const token of tokensOf(cookie))
      if ((await store.get('trustedBrowser', token.id))?.userId === userId)
        await store.delete('trustedBrowser', token.id)
      else others.push(token)
    const at = now()
    const token = { id: randomToken(16), secret: randomToken() }
    await store.create('trustedBrowser', {
      id: token.id,
      accountId: user.accountId,
      userId,
      hash: sha256base64url(token.secret),
      previousHash: undefined,
      factor,
      credentials: await credentialsOf(store, user),
      browser: origin.userAgent?.slice(0, longestText),
      address: origin.ip.slice(0, longestText),
      createdAt: Math.max(at, settings.trustedDevicesSince ?? 0),
      lastUsedAt: undefined,
      expiresAt: at + days * day,
    })
    await this.#removeLeastUsed(userId, token.id)
    await this.#record('signin:TrustBrowser', user, origin, { browser: token.id, days })
    return cookieOf([token, ...others])
  }

  /**
   * Whether the browser is trusted for a sign-in of this person, whose first factor was verified. Uses up its token.
   * @returns the factor on which the sign-in depends, and the next value of the cookie; undefined when a second factor is needed
   */
  async use(
    userId: string,
    cookie: string | undefined,
    origin: RequestOrigin,
  ): Promise<
    { readonly id: string; readonly factor: string; readonly cookie: TrustCookie | undefined } | undefined
  > {
    const { store, now } = this.#deps
    const tokens = tokensOf(cookie)
    const [token, known] = (await this.#ownToken(tokens, userId)) ?? []
    const user = await findEnabledUser(store, userId)
    if (token === undefined || known === undefined || user === undefined) return undefined
    if (!(await this.#isInForce(known, user))) {
      await store.delete('trustedBrowser', known.id)
      return undefined
    }
    const next = { id: token.id, secret: randomToken() }
    const at = now()
    let accepted = undefined as Acceptance | undefined
    const present = await updateIfPresent(
      store.update('trustedBrowser', known.id, (old) => {
        accepted = acceptanceOf(old, sha256base64url(token.secret), at)
        if (accepted !== 'now') return old
        return { ...old, hash: sha256base64url(next.secret), previousHash: old.hash, lastUsedAt: at }
      }),
    )
    if (!present) return undefined
    if (accepted === undefined) {
      await store.delete('trustedBrowser', known.id)
      await this.#record('signin:UseTrustedBrowser', user, origin, { browser: known.id }, reused)
      return undefined
    }
    const rotated = cookieOf(tokens.map((one) => (one === token ? next : one)))
    return { id: known.id, factor: known.factor, cookie: accepted === 'now' ? rotated : undefined }
  }

  /** The browsers that a person trusts now, the latest use first. */
  async list(userId: string): Promise<readonly TrustedBrowserSummary[]> {
    const { store } = this.#deps
    const user = await store.get('user', userId)
    if (user === undefined) return []
    const days = daysFor(await signInSettingsOf(store, user.accountId), user) ?? 0
    const found: TrustedBrowser[] = []
    for (const one of await trustedBrowsersOf(store, userId))
      if (await this.#isInForce(one, user)) found.push(one)
    return found
      .toSorted((one, other) => lastUse(other) - lastUse(one) || one.id.localeCompare(other.id))
      .map((one) => ({
        id: one.id,
        browser: one.browser,
        address: one.address,
        createdAt: one.createdAt,
        lastUsedAt: one.lastUsedAt,
        expiresAt: endOf(one, days),
      }))
  }

  /** Removes one browser of a person. False when it is not theirs. */
  async remove(userId: string, id: string): Promise<boolean> {
    const { store } = this.#deps
    if ((await store.get('trustedBrowser', id))?.userId !== userId) return false
    return store.delete('trustedBrowser', id)
  }

  /** Removes all browsers of a person. @returns how many there were */
  removeAll(userId: string): Promise<number> {
    return removeTrustedBrowsers(this.#deps.store, userId)
  }

  /** As `remove`, by the person themselves. */
  async removeOwn(userId: string, id: string, origin: RequestOrigin): Promise<boolean> {
    if (!(await this.remove(userId, id))) return false
    await this.#recordRemoval(userId, origin, { browser: id })
    return true
  }

  /** The person trusts no browser any more, or only the one that has this cookie. */
  async removeAllOwn(userId: string, origin: RequestOrigin, keep?: string): Promise<void> {
    const kept = await this.current(userId, keep)
    if ((await removeTrustedBrowsers(this.#deps.store, userId, kept)) === 0) return
    await this.#recordRemoval(userId, origin, { browser: kept === undefined ? 'all' : 'all others' })
  }

  /** Which browser of the person has this cookie. */
  async current(userId: string, cookie: string | undefined): Promise<string | undefined> {
    const [token, known] = (await this.#ownToken(tokensOf(cookie), userId)) ?? []
    if (token === undefined || known === undefined) return undefined
    return acceptanceOf(known, sha256base64url(token.secret), this.#deps.now()) && known.id
  }

  async #ownToken(tokens: readonly Token[], userId: string): Promise<[Token, TrustedBrowser] | undefined> {
    for (const token of tokens) {
      const known = await this.#deps.store.get('trustedBrowser', token.id)
      if (known?.userId === userId) return [token, known]
    }
    return undefined
  }

  async #isInForce(browser: TrustedBrowser, user: User): Promise<boolean> {
    const { store, now } = this.#deps
    const settings = await signInSettingsOf(store, user.accountId)
    const days = daysFor(settings, user)
    if (days === undefined || browser.createdAt < (settings.trustedDevicesSince ?? 0)) return false
    if (endOf(browser, days) <= now()) return false
    return browser.credentials === (await credentialsOf(store, user))
  }

  async #removeLeastUsed(userId: string, newest: string): Promise<void> {
    const { store } = this.#deps
    const known = (await trustedBrowsersOf(store, userId)).filter(({ id }) => id !== newest)
    const surplus = known.toSorted((one, other) => lastUse(other) - lastUse(one)).slice(mostPerPerson - 1)
    for (const { id } of surplus) await store.delete('trustedBrowser', id)
  }

  async #recordRemoval(userId: string, origin: RequestOrigin, details: object): Promise<void> {
    const user = await this.#deps.store.get('user', userId)
    if (user) await this.#record('account:RemoveTrustedBrowser', user, origin, { ...details })
  }

  #record(
    action: string,
    user: User,
    origin: RequestOrigin,
    details: Readonly<Record<string, unknown>>,
    refused?: string,
  ): Promise<void> {
    const { trail, now } = this.#deps
    return trail.record({
      action,
      ...userFacts(user),
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      ...requestFacts(origin),
      at: now(),
      details,
    })
  }
}

const reused =
  'the token of the browser is not its current one: it may have been copied, so the browser is no longer trusted'

/**
 * Removes what a person trusts, because a credential changed or somebody ended it (docs/ends.md).
 * @param keep id of a browser that stays
 * @returns how many there were
 */
export async function removeTrustedBrowsers(
  store: Pick<Store, 'each' | 'delete'>,
  userId: string,
  keep?: string,
): Promise<number> {
  const removed = (await trustedBrowsersOf(store, userId)).filter(({ id }) => id !== keep)
  for (const { id } of removed) await store.delete('trustedBrowser', id)
  return removed.length
}

/**
 * The settings after a change of the days. Browsers whose trust ended under the old or ends under the new days stay ended when the
 * days are raised again.
 */
export function withTrustedSince(
  before: SignInSettings,
  after: SignInSettings,
  now: EpochSeconds,
): SignInSettings {
  const [old, next] = [before.trustedDeviceDays ?? 0, after.trustedDeviceDays ?? 0]
  // While there were none, nothing has ended.
  if (old === next || old === 0) return after
  const ended = now + 1 - Math.min(old, next) * day
  return { ...after, trustedDevicesSince: Math.max(before.trustedDevicesSince ?? 0, ended) }
}

const trustedBrowsersOf = (store: Pick<Store, 'each'>, userId: string): Promise<readonly TrustedBrowser[]> =>
  Array.fromAsync(store.each('trustedBrowser', { by: 'user', value: userId }))

const lastUse = ({ lastUsedAt, createdAt }: TrustedBrowser): EpochSeconds => lastUsedAt ?? createdAt

/** @param days that the settings allow now, which may be fewer than when it was trusted */
const endOf = ({ createdAt, expiresAt }: TrustedBrowser, days: number): EpochSeconds =>
  Math.min(expiresAt, createdAt + days * day)

function daysFor(settings: SignInSettings, { groups }: Pick<User, 'groups'>): number | undefined {
  const { trustedDeviceDays: days = 0, trustedDevicesForGroups = true, secondFactorGroups } = settings
  const isExcluded = !trustedDevicesForGroups && groups.some((id) => secondFactorGroups.includes(id))
  return days > 0 && !isExcluded ? days : undefined
}

/** The password, the authenticator apps and the usable passkeys of a user. */
async function credentialsOf(store: Pick<Store, 'each'>, user: User): Promise<string> {
  const devices = (await enabledDevices(store, user.id)).map(({ id, enabledAt }) => [id, enabledAt])
  const passkeys = (await passkeysOf(store, user.id)).filter(({ copiedAt }) => copiedAt === undefined)
  const factors = [...devices, ...passkeys.map(({ id, createdAt }) => [id, createdAt])]
  return sha256base64url(JSON.stringify([user.login?.changedAt, factors.map(String).sort()]))
}

/** `concurrently`: as the token before, and there is no next one. */
type Acceptance = 'now' | 'concurrently'

/** How a token is accepted; undefined when it is not. */
function acceptanceOf(
  { hash, previousHash, lastUsedAt }: TrustedBrowser,
  given: string,
  now: EpochSeconds,
): Acceptance | undefined {
  if (given === hash) return 'now'
  const isRecent = now - (lastUsedAt ?? 0) <= concurrentSeconds
  return given === previousHash && isRecent ? 'concurrently' : undefined
}

/** The tokens in a cookie, at most five; anything else in it is ignored. */
function tokensOf(cookie: string | undefined): readonly Token[] {
  const found = (cookie ?? '').slice(0, 1024).matchAll(/(?<=^|~)([\w-]{22})\.([\w-]{43})(?=~|$)/g)
  return [...found].slice(0, mostPerBrowser).map(([, id = '', secret = '']) => ({ id, secret }))
}

const cookieOf = (tokens: readonly Token[]): TrustCookie => ({
  value: tokens
    .slice(0, mostPerBrowser)
    .map(({ id, secret }) => `${id}.${secret}`)
    .join('~'),
  maxAge: mostTrustedDeviceDays * day,
})
