// What a session depends on, and so what can end it before its time. One table of revocation scopes, used by the server
// and by `chancery/verify` alike, so that the two cannot judge a revocation differently.

interface ScopeRule {
  /** How the scope is written in the `dep` claim of a session token. */
  readonly code: string
  /** What a value of this scope must look like: unique ids, never names that somebody else may have later. */
  readonly form: RegExp
  /** What the value is, for messages and documentation. */
  readonly value: string
}

/** Everything a revocation can name. `docs/ends.md` says which event revokes which scope. */
export const revocationScopes = {
  role: { code: 'r', form: /^AROA[A-Z0-9]{12,124}$/, value: 'unique id of a role' },
  session: { code: 's', form: /^[\w-]{16,64}$/, value: '`jti` of a session token' },
  'source-identity': { code: 'i', form: /^[\w+=,.@-]{2,64}$/, value: 'source identity' },
  user: { code: 'u', form: /^AIDA[A-Z0-9]{12,124}$/, value: 'unique id of a user' },
  client: { code: 'c', form: /^[!-~]{1,255}$/, value: 'client id' },
  provider: { code: 'p', form: /^arn:aws:iam::\d{12}:[!-~]{1,220}$/, value: 'ARN of an identity provider' },
  'access-key': { code: 'k', form: /^\w{3,128}$/, value: 'access key id' },
  'sign-in': {
    code: 'g',
    form: /^AIDA[A-Z0-9]{12,124}$/,
    value: 'unique id of a user: all sign-ins of this person',
  },
  'browser-session': { code: 'b', form: /^[\w-]{16,64}$/, value: 'id of one browser session' },
  password: {
    code: 'w',
    form: /^AIDA[A-Z0-9]{12,124}$/,
    value: 'unique id of a user: sign-ins by an older password',
  },
  factor: {
    code: 'f',
    form: /^arn:aws:iam::\d{12}:mfa\/[!-~]{1,200}$/,
    value: 'serial number of an MFA device',
  },
  consent: {
    code: 'o',
    form: /^AIDA[A-Z0-9]{12,124}\/[!-~]{1,200}$/,
    value: 'unique id of a user, `/`, client id: what the user allowed this client',
  },
} as const satisfies Readonly<Record<string, ScopeRule>>

export type RevocationScope = keyof typeof revocationScopes

/** @returns undefined for a word that is no scope */
export const revocationScopeOf = (word: unknown): RevocationScope | undefined =>
  typeof word === 'string' && Object.hasOwn(revocationScopes, word) ? (word as RevocationScope) : undefined

/** One thing a session depends on. */
export interface Dependency {
  readonly scope: RevocationScope
  readonly value: string
  /** Epoch seconds: a revocation of this thing with a later `before` ends the session. */
  readonly since: number
}

/** A dependency as it is written in the `dep` claim: code, value, epoch seconds. */
export type WrittenDependency = readonly [code: string, value: string, since: number]

const scopeByCode: ReadonlyMap<string, RevocationScope> = new Map(
  (Object.keys(revocationScopes) as RevocationScope[]).map((scope) => [revocationScopes[scope].code, scope]),
)

/** @returns whether a claim value is one dependency whose scope this version knows: an unknown one cannot be checked */
export const isWrittenDependency = (value: unknown): value is WrittenDependency =>
  Array.isArray(value) &&
  value.length === 3 &&
  scopeByCode.has(value[0]) &&
  typeof value[1] === 'string' &&
  value[1] !== '' &&
  Number.isSafeInteger(value[2]) &&
  value[2] >= 0

/** The claims of a session token that name what it depends on (session-claims.ts). */
interface OwnClaims {
  readonly jti: string
  readonly iat: number
  readonly role: { readonly id: string }
  readonly src?: string
  readonly uid?: string
  readonly client_id?: string
  readonly fed?: string
  readonly dep?: readonly WrittenDependency[]
}

/** What the claims other than `dep` say, counted from the moment the token was issued. */
function ownDependencies(claims: OwnClaims): readonly Dependency[] {
  const own: readonly (readonly [RevocationScope, string | undefined])[] = [
    ['session', claims.jti],
    ['role', claims.role.id],
    ['source-identity', claims.src],
    ['user', claims.uid],
    ['client', claims.client_id],
    ['provider', claims.fed],
  ]
  return own.flatMap(([scope, value]) => (value === undefined ? [] : [{ scope, value, since: claims.iat }]))
}

/**
 * All a session depends on: itself, its role, and whatever the sessions, sign-in and keys depended on that it was made
 * with. Tokens without a `dep` claim (made by earlier versions) depend on what their other claims name.
 */
export function dependenciesOf(claims: OwnClaims): readonly Dependency[] {
  return earliest([...ownDependencies(claims), ...(readDependencies(claims.dep) ?? [])])
}

/** One entry per thing. The earliest instant is kept: it is the one that more revocations end. */
export function earliest(all: readonly Dependency[]): readonly Dependency[] {
  const kept = new Map<string, Dependency>()
  for (const one of all) {
    const name = dependencyName(one)
    const known = kept.get(name)
    if (known === undefined || one.since < known.since) kept.set(name, one)
  }
  return [...kept.values()]
}

/** The `dep` claim of a new session: what it inherits and its other claims do not say already. */
export function writtenDependencies(
  inherited: readonly Dependency[],
  claims: Omit<OwnClaims, 'dep'>,
): readonly WrittenDependency[] {
  const said = new Map(ownDependencies(claims).map((one) => [dependencyName(one), one.since]))
  return writeDependencies(
    earliest(inherited).filter(
      (one) => one.since < (said.get(dependencyName(one)) ?? Number.POSITIVE_INFINITY),
    ),
  )
}

/** The key under which revocations of a thing are kept: `<scope>:<value>`. */
export const dependencyName = ({ scope, value }: Pick<Dependency, 'scope' | 'value'>): string =>
  `${scope}:${value}`

/**
 * The dependency a revocation has ended, if any.
 * @param before epoch seconds of the revocation of `<scope>:<value>`; undefined when there is none
 */
export const revokedDependency = (
  dependencies: readonly Dependency[],
  before: (name: string) => number | undefined,
): Dependency | undefined =>
  dependencies.find((one) => one.since < (before(dependencyName(one)) ?? Number.NEGATIVE_INFINITY))

/** How dependencies are kept and carried outside a session token's own claims. */
export const writeDependencies = (all: readonly Dependency[]): readonly WrittenDependency[] =>
  all.map(({ scope, value, since }) => [revocationScopes[scope].code, value, since] as const)

/** @returns undefined when it is no list of dependencies, or holds one of a scope this version does not know */
export function readDependencies(written: unknown): readonly Dependency[] | undefined {
  if (!Array.isArray(written) || !written.every(isWrittenDependency)) return undefined
  return written.flatMap(([code, value, since]) => {
    const scope = scopeByCode.get(code)
    return scope === undefined ? [] : [{ scope, value, since }]
  })
}
