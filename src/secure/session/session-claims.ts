// The claims of a session token, and their parser.
import { isWrittenDependency, type WrittenDependency } from './session-dependencies.ts'

/** The acting party, nested (RFC 8693 §4.1): the outermost is the current actor. */
export interface Actor {
  readonly iss?: string
  readonly sub: string
  readonly act?: Actor
}

/**
 * The session policies of one call: policy texts and ARNs of managed policies, or the SHA-256 (base64url) of their JSON
 * array when they are too long for the token. A managed policy is read when the session is used, so its ARN is stored
 * instead of its text.
 */
export type PolicyLink = readonly string[] | { readonly h: string }

/** The role's policies: by id and version, or as documents for a service that cannot fetch them. */
export type PolicyBase = { readonly id: string; readonly v: string } | { readonly docs: readonly string[] }

export type SessionConfirmation =
  | { readonly jwk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string } }
  | { readonly jkt: string }

/** A condition key and its value; a list for a multi-valued key. */
export type TokenClaim = readonly [key: string, value: string | readonly string[]]

export interface SessionClaims {
  readonly iss: string
  readonly aud: string | readonly string[]
  /** The session's ARN. */
  readonly sub: string
  readonly iat: number
  readonly nbf: number
  readonly exp: number
  readonly jti: string
  /** Twelve digits. */
  readonly acct: string
  /** The role; of a session of GetSessionToken or GetFederationToken, the user. */
  readonly role: { readonly arn: string; readonly id: string }
  /** RoleSessionName; of a user's own session, the user's name; of a federated user, its name. */
  readonly rsn: string
  /** Source identity: set once and unchanged along the role chain. */
  readonly src?: string
  readonly act?: Actor
  /** Session tags as pairs, so that a tag named `__proto__` needs no special treatment. */
  readonly tags?: readonly (readonly [key: string, value: string])[]
  /** Keys of the transitive tags. */
  readonly ttk?: readonly string[]
  readonly amr?: readonly string[]
  readonly acr?: string
  readonly auth_time?: number
  /** Session policies, one link per call of the role chain, append-only: every link restricts the session. */
  readonly sp?: readonly PolicyLink[]
  /** How many links of `sp` GetScopedCredentials added. */
  readonly scoped?: number
  readonly pb?: PolicyBase
  /** Key id of the `session-secret` key. Signed sessions only. */
  readonly sk?: string
  readonly cnf?: SessionConfirmation
  /** `aws:FederatedProvider` of a session created from an external token. */
  readonly fed?: string
  /** Unique ids of the user and the client from which this session descends: revoking either ends the session. */
  readonly uid?: string
  /** RFC 9068 §2.2. */
  readonly client_id?: string
  readonly scope?: string
  /**
   * Claims of the external token from which the session was created, as lower-case condition keys (`ci.example:sub`), as
   * far as the session's policies use them (sts/outside/token-claims.ts).
   */
  readonly ctx?: readonly TokenClaim[]
  /**
   * Other things on which the session depends, each with the instant that a revocation is compared with
   * (session-dependencies.ts).
   */
  readonly dep?: readonly WrittenDependency[]
}

/** Whether the session is one of a user, by its unique id in `role`. */
export const isOfUser = ({ role }: Pick<SessionClaims, 'role'>): boolean => role.id.startsWith('AIDA')

/** Whether the session is one of GetFederationToken; then `role` is the user who requested it. */
export const isOfFederatedUser = (claims: Pick<SessionClaims, 'role' | 'sub'>): boolean =>
  isOfUser(claims) && claims.sub.includes(':federated-user/')

/** Whether an entry of a link is the ARN of a managed policy; a policy text is a JSON object and starts differently. */
export const isPolicyArn = (entry: string): boolean => entry.startsWith('arn:')

type Check = (value: unknown) => boolean
const text: Check = (v) => typeof v === 'string' && v !== ''
const texts: Check = (v) => Array.isArray(v) && v.every((item) => typeof item === 'string')
const seconds: Check = (v) => Number.isSafeInteger(v) && (v as number) >= 0
const shaped =
  (shape: Readonly<Record<string, Check>>): Check =>
  (v) =>
    isObject(v) &&
    Object.keys(shape).every((name) => shape[name]!(v[name])) &&
    Object.keys(v).every((name) => Object.hasOwn(shape, name))
const oneOf =
  (...checks: readonly Check[]): Check =>
  (v) =>
    checks.some((check) => check(v))
const listOf =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.every(check)

const actor: Check = (v) =>
  isObject(v) &&
  text(v['sub']) &&
  (v['iss'] === undefined || text(v['iss'])) &&
  (v['act'] === undefined || actor(v['act']))
const pair: Check = (v) => Array.isArray(v) && v.length === 2 && texts(v)
const tokenClaim: Check = (v) =>
  Array.isArray(v) &&
  v.length === 2 &&
  text(v[0]) &&
  // Our own condition keys are never taken from the claims of an external token.
  !/^(?:aws|sts|iam):/i.test(String(v[0])) &&
  (typeof v[1] === 'string' || texts(v[1]))
const p256: Check = shaped({ kty: (v) => v === 'EC', crv: (v) => v === 'P-256', x: text, y: text })

const required: ReadonlyMap<string, Check> = new Map([
  ['iss', text],
  ['aud', oneOf(text, texts)],
  ['sub', text],
  ['iat', seconds],
  ['nbf', seconds],
  ['exp', seconds],
  ['jti', text],
  ['acct', (v: unknown) => typeof v === 'string' && /^\d{12}$/.test(v)],
  ['role', shaped({ arn: text, id: text })],
  ['rsn', text],
])

const optional: ReadonlyMap<string, Check> = new Map([
  ['src', text],
  ['act', actor],
  ['tags', listOf(pair)],
  ['ttk', texts],
  ['amr', texts],
  ['acr', text],
  ['auth_time', seconds],
  ['sp', listOf(oneOf(texts, shaped({ h: text })))],
  ['scoped', seconds],
  ['pb', oneOf(shaped({ id: text, v: text }), shaped({ docs: texts }))],
  ['sk', text],
  ['cnf', oneOf(shaped({ jwk: p256 }), shaped({ jkt: text }))],
  ['fed', text],
  ['uid', text],
  ['client_id', text],
  ['ctx', listOf(tokenClaim)],
  ['scope', (v: unknown) => typeof v === 'string'],
  // A dependency with an unknown scope could not be checked for revocation, so such a token is refused.
  ['dep', listOf(isWrittenDependency)],
])

/** Parses the claims: all required ones must be present, and all must have the right type. Unknown claims are refused. */
export function readClaims(claims: Readonly<Record<string, unknown>>): SessionClaims | undefined {
  for (const [name, check] of required) if (!check(claims[name])) return undefined
  for (const name of Object.keys(claims)) {
    if (required.has(name)) continue
    const check = optional.get(name)
    // An unknown claim may restrict the session; ignoring it would grant more.
    if (!check?.(claims[name])) return undefined
  }
  return claims as unknown as SessionClaims
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
