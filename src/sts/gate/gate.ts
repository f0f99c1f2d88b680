// The ordered checks of every way to get a credential. Each way in is one row of a table (ways.ts for sts/,
// oidc/grant-checks.ts for the grants of oidc-provider); a cell is the function that checks, or the reason why there is none.
// `gate` runs a row, and only `gate` makes an `Admitted`, without which no session is issued.
/** The checks in the order in which they run: what costs nothing comes before what costs work. */
export const checks = {
  sizes: 'lengths, counts and patterns of everything that was sent',
  type: 'the kind of credential: an ID, access, logout or session token is never taken for another kind',
  client: 'the OAuth client exists, has authenticated, may use the grant and act for this subject',
  provider: 'the identity provider is registered in the account of the role and is not disabled',
  holder: 'a credential that is bound to a key comes with a proof of that key',
  times: 'not before, issued at and expiry, with the leeway of secure/clock-skew.ts',
  audience: 'the credential is meant for this server, or for the client that brings it',
  azp: 'the party the credential was issued to (`azp`) is one the provider entry names',
  proof: 'the signature, secret or stored record that proves the credential',
  user: 'the user, role and session behind the credential exist, are not disabled and were not revoked',
  session: 'session policy, tags and source identity are well formed, and inherited ones are kept',
  may_act: 'a token that names its actors (RFC 8693 section 4.4) is brought by one of them',
  mfa: 'the second factor that was sent is right and not spent',
  role: 'the role exists and its trust policy allows the request',
  width: 'scope, audience, lifetime and policies are not wider than those of the credential brought',
  once: 'a credential that may be used once was not used before',
} as const

export type CheckName = keyof typeof checks

export const checkNames = Object.keys(checks) as readonly CheckName[]

/** Refuses by throwing a Problem, or an error of oidc-provider. May store its findings in the attempt. */
export type Check<A> = (attempt: A) => unknown

/** The check is made by code that runs before or inside another step; says which. */
export interface CheckedBy {
  readonly checkedBy: string
}

/** The check cannot apply to this way in: says why. */
export interface NotApplicable {
  readonly notApplicable: string
}

export type Cell<A> = Check<A> | CheckedBy | NotApplicable

/** One way in: a row of the table. */
export interface WayIn<A> {
  /** Whether refusals leave a bounded number of audit entries per address, and why not otherwise. */
  readonly throttle: 'refusals-per-address' | NotApplicable
  readonly checks: Readonly<Record<CheckName, Cell<A>>>
}

const refusedBy = new WeakMap<Error, CheckName>()

let admit: (way: string) => Admitted

/** Proof that a request passed every check of its way in. Only the gate makes one. */
export class Admitted {
  readonly #way: string

  private constructor(way: string) {
    this.#way = way
  }

  get way(): string {
    return this.#way
  }

  static {
    admit = (way) => new Admitted(way)
  }
}

/**
 * Runs the checks of a way in, in their order; the first refusal ends it.
 * @throws what the check that refuses throws; `checkThatRefused` names the check
 */
export async function gate<A>(name: string, way: WayIn<A>, attempt: A): Promise<Admitted> {
  for (const check of checkNames) {
    const cell = way.checks[check]
    if (typeof cell !== 'function') continue
    try {
      const pending = cell(attempt)
      if (pending instanceof Promise) await pending
    } catch (error) {
      if (error instanceof Error && !refusedBy.has(error)) refusedBy.set(error, check)
      throw error
    }
  }
  return admit(name)
}

/** The check that made the gate refuse; undefined when the error is from elsewhere. */
export const checkThatRefused = (error: unknown): CheckName | undefined =>
  error instanceof Error ? refusedBy.get(error) : undefined

/** Makes a value once and keeps it, also a rejected promise. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
