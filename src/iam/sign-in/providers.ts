// The identity providers with which users can sign in. Lookups do not use a cache, so that a provider that any process has disabled is
// no longer found (docs/attacks.md 11). Also keeps what may be used only once: forms that a provider posted, and the ids of
// responses and assertions.
import { type Outcome, outcomeOf } from '../../audit/outcome.ts'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { Secret } from '../../secure/secret.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import type { EpochSeconds, IdentityProvider, SignInRules } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Trail } from '../audit/with-audit.ts'
import { openThrottle, type Throttle } from '../password/throttle.ts'
import { attemptFacts, type RequestOrigin, requestFacts } from '../request-origin.ts'

/** An enabled provider with settings for sign-in. */
export type SignInProvider = IdentityProvider & { readonly name: string; readonly signIn: SignInRules }

export interface SignInProvidersDependencies {
  /** Receives why a directory refused a user. */
  readonly log: { warn(fields: object, message: string): void }
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** The account of the users. */
  readonly accountId: string
}

/** Seconds between a provider's POST and the browser's next request. */
const arrivalLifetime = 120
/** The form fields that are kept: SAML Bindings §3.5.4, OAuth 2.0 Form Post Response Mode, and Apple's `user`. */
const answerFields: ReadonlySet<string> = new Set(
  'SAMLResponse|RelayState|state|code|iss|id_token|user|session_state|error|error_description|error_uri'.split(
    '|',
  ),
)
/** The most characters of a name that are counted; directories accept no longer ones. */
const longestName = 256

export class SignInProviders {
  readonly #deps: SignInProvidersDependencies
  readonly #throttle: Throttle

  constructor(deps: SignInProvidersDependencies) {
    this.#deps = deps
    this.#throttle = openThrottle(deps.store)
  }

  /** Undefined when there is no such provider, it is disabled, or it has no settings for sign-in. */
  async byName(name: string): Promise<SignInProvider | undefined> {
    const { accountId, store } = this.#deps
    const lookup = { by: 'name', value: `${accountId}/${name.toLowerCase()}` } as const
    const [provider] = (await store.find('identityProvider', lookup, { limit: 1 })).records
    return provider && usable(provider) ? provider : undefined
  }

  /** The providers that the sign-in page offers. */
  async offered(): Promise<readonly SignInProvider[]> {
    const { accountId, store } = this.#deps
    const lookup = { by: 'signIn', value: accountId } as const
    const all: IdentityProvider[] = await Array.fromAsync(store.each('identityProvider', lookup))
    return all.filter(usable)
  }

  /** The provider configured for the domain of an address (home-realm discovery). */
  async ofAddress(address: string): Promise<SignInProvider | undefined> {
    const domain = /^[^@\s]+@([^@\s]+)$/.exec(address.trim().toLowerCase())?.[1]
    if (domain === undefined) return undefined
    return (await this.offered()).find(({ signIn }) => signIn.domains.includes(domain))
  }

  /** Cached: a change in another process is visible within a second. For frequent checks. */
  async isLive(arn: string): Promise<boolean> {
    const { store, accountId } = this.#deps
    const provider = await store.get('identityProvider', arn)
    return provider?.accountId === accountId && !provider.disabled
  }

  /**
   * Keeps the form that a provider posted for a `state`, for two minutes. Of several forms for one state the first is kept.
   * @returns the token for `takeForm`
   */
  async keepForm(state: string, form: ReadonlyMap<string, string>): Promise<string> {
    const { store, accountId, now } = this.#deps
    const token = sha256base64url(`form ${state}`)
    const answer = [...form].filter(([name]) => answerFields.has(name))
    await createIfAbsent(
      store.create('arrival', {
        id: sha256base64url(token),
        accountId,
        form: new Secret(JSON.stringify(answer)),
        expiresAt: now() + arrivalLifetime,
      }),
    )
    return token
  }

  /** Returns and deletes a form; undefined when it was taken or has expired. */
  async takeForm(token: string): Promise<ReadonlyMap<string, string> | undefined> {
    const { store, now } = this.#deps
    const arrival = await store.take('arrival', sha256base64url(token))
    if (arrival === undefined || arrival.expiresAt <= now()) return undefined
    return new Map(JSON.parse(arrival.form.reveal()) as [string, string][])
  }

  /** True for exactly one caller per id across all processes. @param until epoch seconds until which the id is remembered */
  async spend(id: string, until: EpochSeconds): Promise<boolean> {
    const { accountId, store } = this.#deps
    const record = { id: `upstream ${sha256base64url(id)}`, accountId, expiresAt: until }
    return createIfAbsent(store.create('spent', record))
  }

  /**
   * A throttled and audited attempt at a password that a directory verifies.
   * @throws Problem('throttled')
   */
  async tryPassword<T>(
    provider: SignInProvider,
    { username, password }: { readonly username: string; readonly password: string },
    from: RequestOrigin,
    check: (password: Secret) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { now, trail, accountId, log } = this.#deps
    const attempt = await this.#throttle.begin(
      'password',
      `at:${provider.id} ${folded(username)}`,
      from.ip,
      now(),
    )
    const refused = (outcome: Outcome, reason: string) =>
      trail.record({
        action: 'signin:CheckPassword',
        ...attemptFacts(undefined, accountId),
        resource: provider.id,
        outcome,
        reason,
        ...requestFacts(from),
        at: now(),
      })
    try {
      const right = await check(new Secret(password))
      if (right !== undefined) await attempt.succeeded()
      else await refused('refused', 'the directory knows no such name and password')
      return right
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await refused(outcomeOf(error), error.detail ?? error.message)
      // A refusal of a known user (locked, expired) is not shown, since it would reveal that the user exists (docs/attacks.md 22).
      if (error.code !== 'denied') throw error
      const { requestId, ip } = from
      const fields = { requestId, provider: provider.id, ip, username: folded(username) }
      log.warn({ ...fields, reason: error.detail ?? error.message }, 'a directory refused a sign-in')
      return undefined
    }
  }
}

/**
 * Normalizes names that a directory treats as equal, so that attempts at them count together (docs/attacks.md 19): RFC 4518 §2 ignores
 * case, width, invisible characters and repeated spaces, and Active Directory ignores accents as well.
 */
const folded = (username: string): string =>
  username
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, '')
    .replace(/\s+/g, ' ')
    // `DOMAIN\name` counts as `name`.
    .replace(/^.*\\(?=.)/, '')
    .trim()
    .toLowerCase()
    .slice(0, longestName)

const usable = (provider: IdentityProvider): provider is SignInProvider =>
  !provider.disabled && provider.signIn !== undefined && provider.name !== undefined
