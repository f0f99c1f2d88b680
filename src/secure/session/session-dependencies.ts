// What a session depends on, and therefore what can end it early. The server and `chancery/verify` use this one table of
// revocation scopes, so that both evaluate a revocation alike.
import { sha256base64url } from '../digest.ts'

interface ScopeRule {
  /** Code of the scope in the `dep` claim of a session token. */
  readonly code: string
  /** Format of a value of this scope: unique ids, never names, which can be reused. */
  readonly form: RegExp
  /** Describes the value, for messages and documentation. */
  readonly value: string
}

/** Everything that a revocation can name. `docs/ends.md` lists which event revokes which scope. */
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

/** @returns undefined when the text is not a scope */
export const revocationScopeOf = (word: unknown): RevocationScope | undefined =>
  typeof word === 'string' && Object.hasOwn(revocationScopes, word) ? (word as RevocationScope) : undefined

/** One thing on which a session depends. */
export interface Dependency {
  readonly scope: RevocationScope
  readonly value: string
  /** Epoch seconds: a revocation of this thing with a later `before` ends the session. */
  readonly since: number
}

/** A dependency as stored in the `dep` claim: code, value, epoch seconds. */
export type WrittenDependency = readonly [code: string, value: string, since: number]

const scopeByCode: ReadonlyMap<string, RevocationScope> = new Map(
  (Object.keys(revocationScopes) as RevocationScope[]).map((scope) => [revocationScopes[scope].code, scope]),
)

/** Whether a claim value is a dependency with a known scope; an unknown scope could not be checked. */
export const isWrittenDependency = (value: unknown): value is WrittenDependency =>
  Array.isArray(value) &&
  value.length === 3 &&
  scopeByCode.has(value[0]) &&
  typeof value[1] === 'string' &&
  value[1] !== '' &&
  Number.isSafeInteger(value[2]) &&
  value[2] >= 0

/** The claims of a session token that identify its dependencies (session-claims.ts). */
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

/** Dependencies from the claims other than `dep`, counted from the time the token was issued. */
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
 * Everything on which a session depends: itself, its role, and the dependencies of the sessions, sign-in and keys it was
 * created with. Tokens without a `dep` claim (from earlier versions) depend on what their other claims identify.
 */
export function dependenciesOf(claims: OwnClaims): readonly Dependency[] {
  return earliest([...ownDependencies(claims), ...(readDependencies(claims.dep) ?? [])])
}

/** One entry per thing, with the earliest instant, because more revocations end that one. */
export function earliest(all: readonly Dependency[]): readonly Dependency[] {
  const kept = new Map<string, Dependency>()
  for (const one of all) {
    const name = dependencyName(one)
    const known = kept.get(name)
    if (known === undefined || one.since < known.since) kept.set(name, one)
  }
  return [...kept.values()]
}

/** The `dep` claim of a new session: inherited dependencies that are not implied by its other claims. */
export function writtenDependencies(
  inherited: readonly Dependency[],
  claims: Omit<OwnClaims, 'dep'>,
): readonly WrittenDependency[] {
  const ownSince = new Map(ownDependencies(claims).map((one) => [dependencyName(one), one.since]))
  return writeDependencies(
    earliest(inherited).filter(
      (one) => one.since < (ownSince.get(dependencyName(one)) ?? Number.POSITIVE_INFINITY),
    ),
  )
}

/** The key under which revocations of a thing are stored: `<scope>:<value>`. */
export const dependencyName = ({ scope, value }: Pick<Dependency, 'scope' | 'value'>): string =>
  `${scope}:${value}`

/** The scope, in the feed of one account, of what another account revoked. */
export const foreignScope = 'foreign'

/**
 * The value under which the feed of one account names what another account revoked: a digest, so that only a service that was
 * shown a session that depends on the thing recognizes it.
 * @param accountId of the account that revoked it
 * @param name `<scope>:<value>`
 */
export const foreignValue = (accountId: string, name: string): string =>
  sha256base64url(`${accountId} ${name}`).slice(0, 22)

interface Acting {
  readonly sub: string
  readonly act?: Acting | undefined
}

/** The accounts whose revocations end a session: its own, and those of the callers it was made from (claim `act`). */
export function accountsOf(accountId: string, actor: Acting | undefined): readonly string[] {
  const accounts = new Set([accountId])
  for (let one = actor; one !== undefined; one = one.act) {
    const account = /^arn:aws:(?:sts|iam)::(\d{12}):/.exec(one.sub)?.[1]
    if (account !== undefined) accounts.add(account)
  }
  return [...accounts]
}

/**
 * The first dependency that has been revoked, if any.
 * @param before epoch seconds of the revocation of `<scope>:<value>`; undefined when there is none
 */
export const revokedDependency = (
  dependencies: readonly Dependency[],
  before: (name: string) => number | undefined,
): Dependency | undefined =>
  dependencies.find((one) => one.since < (before(dependencyName(one)) ?? Number.NEGATIVE_INFINITY))

/** The form in which dependencies are stored and transmitted. */
export const writeDependencies = (all: readonly Dependency[]): readonly WrittenDependency[] =>
  all.map(({ scope, value, since }) => [revocationScopes[scope].code, value, since] as const)

/** @returns undefined when it is not a list of dependencies, or one has an unknown scope */
export function readDependencies(written: unknown): readonly Dependency[] | undefined {
  if (!Array.isArray(written) || !written.every(isWrittenDependency)) return undefined
  return written.flatMap(([code, value, since]) => {
    const scope = scopeByCode.get(code)
    return scope === undefined ? [] : [{ scope, value, since }]
  })
}
