// The identity providers people sign in with, as sign-in/ asks for them. Read past every cache: one that was disabled a
// moment ago, in whatever process, is not there (attacks.md 11). Here too is what a sign-in elsewhere must happen once:
// what a provider posted is fetched once, an answer or assertion is believed once.
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { Secret } from '../../secure/secret.ts'
import { created } from '../../store/conditional-writes.ts'
import type { EpochSeconds, IdentityProvider, SignInRules } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { openThrottle } from '../password/throttle.ts'
import type { Trail } from '../with-audit.ts'
import type { From } from './credentials.ts'

/** One that people may sign in with. */
export type SignInProvider = IdentityProvider & { readonly name: string; readonly signIn: SignInRules }

export interface SignInProviderParts {
  /** Where an operator reads why a directory refused somebody. */
  readonly log: { warn(fields: object, message: string): void }
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Whose users sign in. */
  readonly accountId: string
}

/** Seconds between a provider's POST and the browser's next request. */
const arrivalLifetime = 120
/** What is read of a form: SAML Bindings §3.5.4, OAuth 2.0 Form Post Response Mode, and Apple's `user`. */
const answerFields: ReadonlySet<string> = new Set(
  'SAMLResponse|RelayState|state|code|iss|id_token|user|session_state|error|error_description|error_uri'.split(
    '|',
  ),
)
/** Longer than any name a directory takes. */
const longestName = 256

export function openSignInProviders({ store, trail, log, now, accountId }: SignInProviderParts) {
  const throttle = openThrottle(store)

  const byName = async (name: string): Promise<SignInProvider | undefined> => {
    const lookup = { by: 'name', value: `${accountId}/${name.toLowerCase()}` } as const
    const [provider] = (await store.find('identityProvider', lookup, { limit: 1 })).records
    return provider && usable(provider) ? provider : undefined
  }

  const offered = async (): Promise<readonly SignInProvider[]> => {
    const lookup = { by: 'signIn', value: accountId } as const
    const all: IdentityProvider[] = await Array.fromAsync(store.each('identityProvider', lookup))
    return all.filter(usable)
  }

  return {
    /** Undefined: there is none, it is disabled, or nobody signs in with it; alike. */
    byName,
    /** Those whose buttons stand on the sign-in page. */
    offered,
    /** The one that speaks for the domain of an address (home-realm discovery). */
    async ofAddress(address: string): Promise<SignInProvider | undefined> {
      const domain = /^[^@\s]+@([^@\s]+)$/.exec(address.trim().toLowerCase())?.[1]
      if (domain === undefined) return undefined
      return (await offered()).find(({ signIn }) => signIn.domains.includes(domain))
    },
    /** From a cache that a change in another process reaches within a second: for what is asked often. */
    async isLive(arn: string): Promise<boolean> {
      const provider = await store.get('identityProvider', arn)
      return provider?.accountId === accountId && !provider.disabled
    },

    /**
     * Keeps the form that a provider posted for the sign-in of this state, until `takeForm`; of several forms for one
     * state the first is kept. Answers the name to take it by.
     */
    async keepForm(state: string, form: ReadonlyMap<string, string>): Promise<string> {
      const token = sha256base64url(`form ${state}`)
      const answer = [...form].filter(([name]) => answerFields.has(name))
      await created(
        store.create('arrival', {
          id: sha256base64url(token),
          accountId,
          form: new Secret(JSON.stringify(answer)),
          expiresAt: now() + arrivalLifetime,
        }),
      )
      return token
    },
    async takeForm(token: string): Promise<ReadonlyMap<string, string> | undefined> {
      const arrival = await store.take('arrival', sha256base64url(token))
      if (arrival === undefined || arrival.expiresAt <= now()) return undefined
      return new Map(JSON.parse(arrival.form.reveal()) as [string, string][])
    },

    /** True for exactly one caller per id, in all processes, until `until`. */
    async spend(id: string, until: EpochSeconds): Promise<boolean> {
      const record = { id: `upstream ${sha256base64url(id)}`, accountId, expiresAt: until }
      return created(store.create('spent', record))
    },

    /**
     * One counted, recorded try at a password that is checked elsewhere.
     * @throws Problem('throttled')
     */
    async tryPassword<T>(
      provider: SignInProvider,
      { username, password }: { readonly username: string; readonly password: string },
      from: From,
      check: (password: Secret) => Promise<T | undefined>,
    ): Promise<T | undefined> {
      const attempt = await throttle.begin(
        'password',
        `at:${provider.id} ${folded(username)}`,
        from.ip,
        now(),
      )
      const refused = (reason: string) =>
        trail.record({
          action: 'signin:CheckPassword',
          accountId,
          who: 'unknown',
          actor: { kind: 'anonymous' },
          resource: provider.id,
          outcome: 'refused',
          reason,
          requestId: from.requestId,
          sourceIp: from.ip,
          userAgent: from.userAgent,
          at: now(),
        })
      try {
        const right = await check(new Secret(password))
        if (right !== undefined) await attempt.succeeded()
        else await refused('the directory knows no such name and password')
        return right
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        await refused(error.detail ?? error.message)
        // A no to a person it knows (locked, expired) is on record alone: else it tells who is there (attacks.md 22).
        if (error.code !== 'denied') throw error
        const { requestId, ip } = from
        const fields = { requestId, provider: provider.id, ip, username: folded(username) }
        log.warn({ ...fields, reason: error.detail ?? error.message }, 'a directory refused a sign-in')
        return undefined
      }
    },
  }
}

/**
 * Names that a directory may take for one count as one (attacks.md 19): RFC 4518 §2 passes over case, width, invisible
 * characters and runs of spaces, Active Directory over accents as well.
 */
const folded = (username: string): string =>
  username
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, '')
    .replace(/\s+/g, ' ')
    // `DOMAIN\name` is the name: whatever stands before is no other person.
    .replace(/^.*\\(?=.)/, '')
    .trim()
    .toLowerCase()
    .slice(0, longestName)

export type SignInProviders = ReturnType<typeof openSignInProviders>

const usable = (provider: IdentityProvider): provider is SignInProvider =>
  !provider.disabled && provider.signIn !== undefined && provider.name !== undefined
