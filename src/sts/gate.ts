// The ordered checks of every way to get a credential. Each way in is one row of a table (ways.ts for sts/,
// oidc/grant-checks.ts for the grants of oidc-provider); a cell is the function that checks, or the reason why there is none.
// `gate` runs a row, and only `gate` makes an `Admitted`, without which no session is issued.
/** The checks in the order in which they run: cheap checks come before expensive ones. */
export const checks = {
  sizes: 'lengths, counts and patterns of all request parameters',
  type: 'the kind of credential: an ID, access, logout or session token is never accepted as another kind',
  client: 'the OAuth client exists, is authenticated, and may use the grant and act for this subject',
  provider: 'the identity provider is registered in the account of the role and is not disabled',
  holder: 'a credential that is bound to a key is presented with a proof of possession of that key',
  times: 'not before, issued at and expiry, with the leeway of secure/clock-skew.ts',
  audience: 'the audience of the credential is this server, or the client that presents it',
  azp: 'the authorized party of the credential (`azp`) is listed in the provider entry',
  proof: 'the signature, secret or stored record that authenticates the credential',
  user: 'the user, role and session that the credential depends on exist and are neither disabled nor revoked',
  session: 'session policy, tags and source identity are well formed, and inherited ones are kept',
  may_act: 'a token with `may_act` (RFC 8693 section 4.4) is presented by an actor that it names',
  mfa: 'the MFA code of the request is correct and was not used before',
  role: 'the role exists and its trust policy allows the request',
  width: 'scope, audience, lifetime and policies are not wider than those of the presented credential',
  once: 'a single-use credential was not used before',
} as const

export type CheckName = keyof typeof checks

export const checkNames = Object.keys(checks) as readonly CheckName[]

/** Refuses the request by throwing a Problem or an error of oidc-provider. May keep results in the attempt for later checks. */
export type Check<A> = (attempt: A) => unknown

/** The check is done elsewhere; the text says where. It is printed in docs/ways-in.md. */
export interface CheckedBy {
  readonly checkedBy: string
}

/** The check does not apply to this way in; the text says why. It is printed in docs/ways-in.md. */
export interface NotApplicable {
  readonly notApplicable: string
}

export type Cell<A> = Check<A> | CheckedBy | NotApplicable

/** One way in: a row of the table. */
export interface WayIn<A> {
  /** Whether audit entries of refusals are rate limited per address; otherwise the reason why not. */
  readonly throttle: 'refusals-per-address' | NotApplicable
  readonly checks: Readonly<Record<CheckName, Cell<A>>>
}

const refusedBy = new WeakMap<Error, CheckName>()

let admit: (way: string) => Admitted

/** Proof, for the type checker, that a request passed every check of its way in. Only `gate` can construct one. */
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
 * Runs the checks of a way in, in order, up to the first one that refuses.
 * @throws what the failed check throws; `checkThatRefused` returns the name of that check
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

/** The check that threw this error inside `gate`; undefined for other errors. */
export const checkThatRefused = (error: unknown): CheckName | undefined =>
  error instanceof Error ? refusedBy.get(error) : undefined

/** Memoizes a function without parameters. A rejected promise is kept as well. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
