// Issues a session: its claims, token and credentials. Every session is issued here, after the request was decided elsewhere.

import type { Secret } from '../../secure/secret.ts'
import type { Actor, PolicyLink, TokenClaim } from '../../secure/session/session-claims.ts'
import { type Dependency, writtenDependencies } from '../../secure/session/session-dependencies.ts'
import { mintBearer, mintSession, type SessionGrant } from '../../secure/session/session-token.ts'
import type { Admitted } from '../gate.ts'
import type { AssumableRole, LongPolicies, Now, Roles, Signers } from '../ports.ts'
import { sessionArn } from '../role-arn.ts'
import { embedPolicies, type SessionPolicies, storeLongPolicies } from './session-policy.ts'
import type { SessionTags } from './session-tags.ts'

export interface IssueDependencies {
  readonly issuer: string
  readonly now: Now
  readonly roles: Pick<Roles, 'policyVersion'>
  readonly signers: Signers
  readonly longPolicies: LongPolicies
}

/** The session to issue. For a session of a user, `role` stands for that user (`userAsRole` in gate/own-session.ts). */
export interface DecidedSession {
  readonly role: AssumableRole
  readonly sessionName: string
  /** ARN of the session; default: that of an assumed role. */
  readonly arn?: string | undefined
  /** Seconds. */
  readonly duration: number
  /** Session policies of this call and of all earlier calls along the role chain. */
  readonly policies: readonly SessionPolicies[]
  /** Number of these policies that were added by GetScopedCredentials. */
  readonly scopedPolicies?: number | undefined
  readonly tags: SessionTags
  readonly sourceIdentity?: string | undefined
  readonly actor?: Actor | undefined
  readonly federatedProvider?: string | undefined
  /** Unique id of the user, and id of the client, that the session was made for; revoking either revokes the session. */
  readonly userId?: string | undefined
  readonly clientId?: string | undefined
  readonly authentication?: Authentication | undefined
  /** Claims of the outside token that the role's policies use. */
  readonly tokenClaims?: readonly TokenClaim[] | undefined
  /** What the credential that it was made with depends on; revoking any of it revokes the session. */
  readonly dependencies?: readonly Dependency[] | undefined
}

/** How the user signed in. */
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

/** Audience of session tokens for SigV4: any service, because the credential scope of each signature names the service. */
const anyService = '*'

/**
 * Issues a session as SigV4 credentials.
 * @param _admitted proof that the request passed every check (gate/gate.ts)
 * @throws Problem('packed_policy_too_large') when tags and policies do not fit a token
 */
export async function issueCredentials(
  decided: DecidedSession,
  deps: IssueDependencies,
  _admitted: Admitted,
): Promise<Credentials> {
  const grant = await grantOf(decided, anyService, deps)
  const { token, accessKeyId, secretAccessKey, expiration } = await mintSession(grant, deps.signers())
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

/** Issues a session as a bearer or DPoP access token. @throws Problem('packed_policy_too_large') */
export async function issueBearer(
  decided: DecidedSession,
  terms: BearerTerms,
  deps: IssueDependencies,
  _admitted: Admitted,
): Promise<Bearer> {
  const grant = await grantOf(decided, terms.audience, deps)
  const scoped = terms.scope === undefined ? grant : { ...grant, scope: terms.scope }
  const { token, claims } = await mintBearer(scoped, deps.signers(), { jkt: terms.jkt })
  return { accessToken: token, jti: claims.jti, expiration: claims.exp }
}

async function grantOf(
  decided: DecidedSession,
  aud: string | readonly string[],
  deps: IssueDependencies,
): Promise<SessionGrant> {
  const { role, sessionName, tags, authentication } = decided
  const iat = deps.now()
  const exp = iat + decided.duration
  const links = await linksOf(decided.policies, role.accountId, exp, deps.longPolicies)
  const version = await deps.roles.policyVersion(role)
  const inherited = writtenDependencies(decided.dependencies ?? [], {
    jti: '',
    iat,
    role,
    ...asClaims({
      src: decided.sourceIdentity,
      fed: decided.federatedProvider,
      uid: decided.userId,
      client_id: decided.clientId,
    }),
  })
  return asClaims({
    iss: deps.issuer,
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
  const embedded = embedPolicies(narrowing)
  await storeLongPolicies(embedded, accountId, until, kept)
  return embedded.links
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Claims that are undefined count as absent, as in the JSON of the token; a copy without them took 4 µs for each session. */
const asClaims = <T extends object>(claims: T): Defined<T> => claims as Defined<T>
