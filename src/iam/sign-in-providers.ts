// The identity providers people sign in with, as sign-in/ asks for them. Read past every cache: one that was disabled a
// moment ago, in whatever process, is not there (attacks.md 11). Here too is what a sign-in elsewhere must happen once:
// what a provider posted is fetched once, an answer or assertion is believed once.
import { Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import { randomToken } from '../secure/random.ts'
import { Secret } from '../secure/secret.ts'
import type { EpochSeconds, IdentityProvider, SignInRules } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Trail } from './audited.ts'
import { allOf } from './paging.ts'
import type { From } from './sign-in-credentials.ts'
import { openThrottle } from './throttle.ts'

/** One that people may sign in with. */
export type SignInProvider = IdentityProvider & { readonly name: string; readonly signIn: SignInRules }

export interface SignInProviderParts {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** Whose users sign in. */
  readonly accountId: string
}

/** Seconds between a provider's POST and the browser's next request. */
const arrivalLifetime = 120
/** Longer than any name a directory takes. */
const longestName = 256

export function openSignInProviders({ store, trail, now, accountId }: SignInProviderParts) {
  const throttle = openThrottle(store)

  const byName = async (name: string): Promise<SignInProvider | undefined> => {
    const lookup = { by: 'name', value: `${accountId}/${name.toLowerCase()}` } as const
    const [provider] = (await store.find('identityProvider', lookup, { limit: 1 })).records
    return provider && usable(provider) ? provider : undefined
  }

  const offered = async (): Promise<readonly SignInProvider[]> => {
    const lookup = { by: 'signIn', value: accountId } as const
    const all = await allOf<'identityProvider'>((page) => store.find('identityProvider', lookup, page))
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

    /** Keeps a form that came without the browser's cookies; its name is for one `takeForm`. */
    async keepForm(form: ReadonlyMap<string, string>): Promise<string> {
      const token = randomToken()
      const text = JSON.stringify([...form])
      const expiresAt = now() + arrivalLifetime
      await store.create('arrival', {
        id: sha256base64url(token),
        accountId,
        form: new Secret(text),
        expiresAt,
      })
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
      try {
        await store.create('spent', record)
        return true
      } catch (error) {
        if (error instanceof Problem && error.code === 'conflict') return false
        throw error
      }
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
      const name = username.normalize('NFKC').trim().toLowerCase().slice(0, longestName)
      const attempt = await throttle.begin('password', `at:${provider.id} ${name}`, from.ip, now())
      const right = await check(new Secret(password))
      if (right !== undefined) {
        await attempt.succeeded()
        return right
      }
      await trail.record({
        action: 'signin:CheckPassword',
        accountId,
        who: 'unknown',
        actor: { kind: 'anonymous' },
        resource: provider.id,
        outcome: 'refused',
        reason: 'the directory knows no such name and password',
        requestId: from.requestId,
        sourceIp: from.ip,
        userAgent: from.userAgent,
        at: now(),
      })
      return undefined
    },
  }
}

export type SignInProviders = ReturnType<typeof openSignInProviders>

const usable = (provider: IdentityProvider): provider is SignInProvider =>
  !provider.disabled && provider.signIn !== undefined && provider.name !== undefined
