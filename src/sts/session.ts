// Makes a session from a decided request: its claims, token and credentials. All sessions are made here, and nothing is decided
// here.

import type { Secret } from '../secure/secret.ts'
import type { Actor, PolicyLink, TokenClaim } from '../secure/session-claims.ts'
import { type Dependency, writtenDependencies } from '../secure/session-dependencies.ts'
import { mintBearer, mintSession, type SessionGrant } from '../secure/session-token.ts'
import type { Admitted } from './gate/gate.ts'
import type { AssumableRole, LongPolicies, Now, Roles, Signers } from './ports.ts'
import { sessionArn } from './role-arn.ts'
import { carry, keepLong, type SessionPolicies } from './session-policy.ts'
import type { SessionTags } from './session-tags.ts'

export interface SessionParts {
  readonly issuer: string
  readonly now: Now
  readonly roles: Pick<Roles, 'policyVersion'>
  readonly signers: Signers
  readonly longPolicies: LongPolicies
}

/** What was decided. `role` of a session of a user is that user (`holderOf` in own-session.ts). */
export interface DecidedSession {
  readonly role: AssumableRole
  readonly sessionName: string
  /** ARN of the session; default: that of an assumed role. */
  readonly arn?: string | undefined
  /** Seconds. */
  readonly duration: number
  /** Of this call and all before it along the chain. */
  readonly policies: readonly SessionPolicies[]
  /** How many of the policies GetScopedCredentials added. */
  readonly scopedPolicies?: number | undefined
  readonly tags: SessionTags
  readonly sourceIdentity?: string | undefined
  readonly actor?: Actor | undefined
  readonly federatedProvider?: string | undefined
  /** Unique id of the user and id of the client it descends from: revoking either ends it. */
  readonly userId?: string | undefined
  readonly clientId?: string | undefined
  readonly authentication?: Authentication | undefined
  /** Claims of the outside token it was made from, for the role's own policies. */
  readonly tokenClaims?: readonly TokenClaim[] | undefined
  /** What the caller, token or sign-in it was made with depends on. */
  readonly dependencies?: readonly Dependency[] | undefined
}

/** How the person behind it signed in, where one did. */
export interface Authentication {
  readonly amr?: readonly string[] | undefined
  readonly acr?: string | undefined
  readonly authTime?: number | undefined
}

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
  readonly sessionToken: string
  /** Epoch seconds. */
  readonly expiration: number
}

/** Services a signed session is for: any; its reader checks the signature's scope instead. */
const anyService = '*'

/**
 * @param _admitted the proof that the request passed the gate: without one no session is made
 * @throws Problem('packed_policy_too_large') when tags and policies do not fit a token
 */
export async function issueCredentials(
  decided: DecidedSession,
  parts: SessionParts,
  _admitted: Admitted,
): Promise<Credentials> {
  const grant = await grantOf(decided, anyService, parts)
  const { token, accessKeyId, secretAccessKey, expiration } = await mintSession(grant, parts.signers())
  return { accessKeyId, secretAccessKey, sessionToken: token, expiration }
}

export interface BearerTerms {
  /** Resource servers; never empty. */
  readonly audience: string | readonly string[]
  readonly scope?: string | undefined
  /** RFC 9449 §6.1. */
  readonly jkt?: string | undefined
}

export interface Bearer {
  readonly accessToken: string
  readonly jti: string
  readonly expiration: number
}

/** The same session as a bearer or DPoP access token. @throws Problem('packed_policy_too_large') */
export async function issueBearer(
  decided: DecidedSession,
  terms: BearerTerms,
  parts: SessionParts,
  _admitted: Admitted,
): Promise<Bearer> {
  const grant = await grantOf(decided, terms.audience, parts)
  const scoped = terms.scope === undefined ? grant : { ...grant, scope: terms.scope }
  const { token, claims } = await mintBearer(scoped, parts.signers(), { jkt: terms.jkt })
  return { accessToken: token, jti: claims.jti, expiration: claims.exp }
}

async function grantOf(
  decided: DecidedSession,
  aud: string | readonly string[],
  parts: SessionParts,
): Promise<SessionGrant> {
  const { role, sessionName, tags, authentication } = decided
  const iat = parts.now()
  const exp = iat + decided.duration
  const links = await linksOf(decided.policies, role.accountId, exp, parts.longPolicies)
  const version = await parts.roles.policyVersion(role)
  const inherited = writtenDependencies(decided.dependencies ?? [], {
    jti: '',
    iat,
    role,
    ...compact({
      src: decided.sourceIdentity,
      fed: decided.federatedProvider,
      uid: decided.userId,
      client_id: decided.clientId,
    }),
  })
  return compact({
    iss: parts.issuer,
    aud,
    sub: decided.arn ?? sessionArn(role, sessionName),
    iat,
    nbf: iat,
    exp,
    acct: role.accountId,
    role: { arn: role.arn, id: role.id },
    rsn: sessionName,
    src: decided.sourceIdentity,
    act: decided.actor,
    tags: tags.tags.length === 0 ? undefined : tags.tags.map(({ key, value }) => [key, value] as const),
    ttk: tags.transitiveKeys.length === 0 ? undefined : tags.transitiveKeys,
    amr: authentication?.amr,
    acr: authentication?.acr,
    auth_time: authentication?.authTime,
    sp: links.length === 0 ? undefined : links,
    scoped: decided.scopedPolicies || undefined,
    pb: { id: role.id, v: version },
    ctx: decided.tokenClaims?.length ? decided.tokenClaims : undefined,
    fed: decided.federatedProvider,
    uid: decided.userId,
    client_id: decided.clientId,
    dep: inherited.length === 0 ? undefined : inherited,
  })
}

async function linksOf(
  chain: readonly SessionPolicies[],
  accountId: string,
  until: number,
  kept: LongPolicies,
): Promise<readonly PolicyLink[]> {
  const narrowing = chain.filter((link) => link.length > 0)
  if (narrowing.length === 0) return []
  const carried = carry(narrowing)
  await keepLong(carried, accountId, until, kept)
  return carried.links
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Absent rather than undefined: claims say only what is so. */
function compact<T extends object>(claims: T): Defined<T> {
  const said: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(claims)) if (value !== undefined) said[name] = value
  return said as Defined<T>
}
