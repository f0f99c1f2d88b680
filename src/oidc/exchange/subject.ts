// A user's access token as the subject of a token exchange. A valid signature is not enough: the grant, browser session, client
// and user behind the token must still exist (docs/attacks.md 7, 8, 11). ID tokens are not accepted: they say who signed in to a
// client and grant nothing.
import type Provider from 'oidc-provider'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { isSignatureValid, type ParsedJws, parseJws } from '../../secure/jws.ts'
import { sessionPoliciesOf, userArnClaim } from '../../secure/session/person-token.ts'
import {
  type Dependency,
  readDependencies,
  writeDependencies,
} from '../../secure/session/session-dependencies.ts'
import { dependenciesOfGrant } from '../artifacts/sign-in-dependencies.ts'
import type { ClaimValues } from '../claims/apply.ts'
import { type FindPerson, mappedClaimsOf, type Person, rolesScope } from '../claims.ts'
import type { TokenKeys } from '../library/keys.ts'
import { isFederated, type UpstreamSessions } from '../session/upstream-sessions.ts'

/** A live access token with its user. */
export interface AccessTokenSubject {
  readonly person: Person
  readonly clientId: string
  /** Resources the token is for; empty for userinfo only. */
  readonly audience: readonly string[]
  readonly scope: string
  /** Epoch seconds. */
  readonly expiresAt: number
  readonly jkt: string | undefined
  readonly authTime: number | undefined
  readonly amr: readonly string[]
  readonly acr: string | undefined
  /** Whether the user's consent includes the scope `roles`, so that the client may assume roles for them. */
  readonly mayActAsRoles: boolean
  /** Session policies that the user consented to: what is made of the token has them too. */
  readonly policies: readonly string[]
  /** Dependencies of the sign-in and consent of the token (docs/ends.md). */
  readonly dependencies: readonly Dependency[]
}

/** Claims of the sign-in (RFC 9068 §2.2.1) and grant of a token. */
interface SignInClaims {
  readonly grant_id?: string | undefined
  readonly auth_time?: number | undefined
  readonly amr?: readonly string[] | undefined
  readonly acr?: string | undefined
  /** ARN of the identity provider of a federated sign-in. */
  readonly fed?: string | undefined
  /** The browser session that the token ends with; undefined with offline_access. */
  readonly session?: string | undefined
  /** What the sign-in and consent depend on (secure/session/session-dependencies.ts). */
  readonly dep?: unknown
  readonly [userArnClaim]?: string | undefined
}

interface Source {
  readonly authTime?: number | undefined
  readonly amr?: readonly string[] | undefined
  readonly acr?: string | undefined
}

/** RFC 6749 §3.3: refuses when none of the requested scopes can be granted. Fewer are granted and returned (§5.1). */
function checkScopeGranted(ctx: KoaContextWithOIDC | undefined, granted: string | undefined): void {
  const requested = (ctx?.oidc.body as { readonly scope?: unknown } | undefined)?.scope
  if (typeof requested === 'string' && requested.trim() !== '' && !granted)
    throw new errors.InvalidScope('none of the requested scopes can be granted', requested.slice(0, 512))
}

/** Claims that users' access tokens have beyond oidc-provider's. */
export const extraTokenClaims =
  (upstreams: Pick<UpstreamSessions, 'peek'>, findPerson: FindPerson) =>
  async (
    ctx: KoaContextWithOIDC | undefined,
    token: {
      readonly kind: string
      readonly accountId?: string
      readonly scope?: string | undefined
      readonly grantId?: string
      readonly sessionUid?: string
      readonly expiresWithSession?: boolean
      readonly resourceServer?: { readonly accessTokenFormat?: string | undefined } | undefined
    },
  ): Promise<{ [name: string]: unknown } | undefined> => {
    if (token.kind === 'ClientCredentials') checkScopeGranted(ctx, token.scope)
    const mappedClaims =
      token.resourceServer?.accessTokenFormat === 'jwt' ? await accessTokenMapping(ctx) : {}
    if (token.kind !== 'AccessToken' || token.grantId === undefined) return mappedClaims
    const entities = ctx?.oidc.entities as Readonly<Record<string, Source | undefined>> | undefined
    const grant = ctx?.oidc.entities.Grant
    const source = entities?.['AuthorizationCode'] ?? entities?.['RefreshToken'] ?? entities?.['DeviceCode']
    const upstream = isFederated(source?.amr) ? await upstreams.peek(token.sessionUid ?? '') : undefined
    const claims: SignInClaims = {
      grant_id: token.grantId,
      auth_time: source?.authTime,
      amr: source?.amr,
      acr: source?.acr,
      fed: upstream?.provider,
      session: token.expiresWithSession ? token.sessionUid : undefined,
      dep: grant && writeDependencies(dependenciesOfGrant(grant)),
      // By it, chancery/verify finds the policies of the person (secure/session/person-token.ts).
      [userArnClaim]:
        token.resourceServer?.accessTokenFormat === 'jwt'
          ? (await findPerson(token.accountId ?? ''))?.arn
          : undefined,
    }
    return { ...mappedClaims, ...claims }
  }

/** The mapped claims of a JWT access token (RFC 9068 §2.2.2); constants alone where no user is behind it. */
async function accessTokenMapping(ctx: KoaContextWithOIDC | undefined): Promise<ClaimValues> {
  const { client, account, grant } = ctx?.oidc ?? {}
  if (client?.['claims'] === undefined) return {}
  const scopes = grant?.getOIDCScope() ?? ''
  const user = account ? await account.claims('userinfo', scopes, {}, []) : {}
  return mappedClaimsOf(client, user, 'access_token', scopes)
}

export interface SubjectDependencies {
  readonly issuer: string
  readonly keys: TokenKeys
  readonly findPerson: FindPerson
  readonly upstreams: Pick<UpstreamSessions, 'isLive'>
  readonly clock: () => number
}

export interface ParsedAccessToken extends SignInClaims {
  readonly userId: string
  readonly clientId: string
  readonly audience: readonly string[]
  readonly scope: string
  readonly expiresAt: number
  readonly issuedAt: number
  readonly jkt: string | undefined
  /** `authorization_details` */
  readonly details: unknown
}

/** In characters. */
const maxTokenLength = 8192

/** The function returns undefined for anything but a live access token of a user; it never throws for a token's content. */
export function makeFindSubject(
  provider: Provider,
  deps: SubjectDependencies,
): (token: string) => Promise<AccessTokenSubject | undefined> {
  return async (token) => {
    if (token.length > maxTokenLength) return undefined
    const found = token.includes('.') ? await signedToken(token, deps) : await opaqueToken(provider, token)
    if (!found || found.expiresAt * 1000 <= deps.clock()) return undefined
    const grant = found.grant_id === undefined ? undefined : await provider.Grant.find(found.grant_id)
    if (!grant || grant.accountId !== found.userId || grant.clientId !== found.clientId) return undefined
    if (found.session !== undefined) {
      const session = await provider.Session.findByUid(found.session)
      if (session?.accountId !== found.userId) return undefined
    }
    const [person, client] = await Promise.all([
      deps.findPerson(found.userId),
      provider.Client.find(found.clientId),
    ])
    if (!person || !client) return undefined
    if (isFederated(found.amr) && !(await deps.upstreams.isLive(found.fed ?? ''))) return undefined
    const { clientId, audience, scope, expiresAt, jkt, auth_time: authTime, amr = [], acr } = found
    const mayActAsRoles = mayAssumeRoles(found, grant)
    const policies = sessionPoliciesOf(found.details)
    if (policies === undefined) return undefined
    return {
      person,
      clientId,
      audience,
      scope,
      expiresAt,
      jkt,
      authTime,
      amr,
      acr,
      mayActAsRoles,
      policies,
      dependencies: dependenciesOf(found),
    }
  }
}

/**
 * A token for userinfo has the scope `roles` itself; one for a resource has only scopes of that resource, so its grant decides.
 */
function mayAssumeRoles(
  { audience, scope }: Pick<ParsedAccessToken, 'audience' | 'scope'>,
  grant: { getOIDCScopeFiltered(filter: Set<string>): string },
): boolean {
  if (grant.getOIDCScopeFiltered(new Set([rolesScope])) !== rolesScope) return false
  return audience.length > 0 || scope.split(' ').includes(rolesScope)
}

/** Tokens without a `dep` claim depend on the user and their sign-ins. */
function dependenciesOf({
  dep,
  userId,
  clientId,
  issuedAt,
  auth_time,
}: ParsedAccessToken): readonly Dependency[] {
  const since = auth_time ?? issuedAt
  const kept = readDependencies(dep) ?? [
    { scope: 'user', value: userId, since } as const,
    { scope: 'sign-in', value: userId, since } as const,
  ]
  return [...kept, { scope: 'client', value: clientId, since: issuedAt }]
}

async function opaqueToken(provider: Provider, value: string): Promise<ParsedAccessToken | undefined> {
  const token = await provider.AccessToken.find(value)
  if (!token?.isValid || token.accountId === undefined || token.clientId === undefined) return undefined
  return {
    ...(token.extra as SignInClaims | undefined),
    grant_id: token.grantId,
    userId: token.accountId,
    clientId: token.clientId,
    audience: [token.aud ?? []].flat(),
    scope: token.scope ?? '',
    expiresAt: token.exp ?? 0,
    issuedAt: token.iat ?? 0,
    jkt: token.jkt,
    details: 'rar' in token ? token.rar : undefined,
  }
}

/** The claims of a JWT access token of this server, whose expiry is not checked here; undefined for any other text. */
export async function signedToken(
  jwt: string,
  { keys, issuer }: Pick<SubjectDependencies, 'keys' | 'issuer'>,
): Promise<ParsedAccessToken | undefined> {
  const jws = wellFormed(jwt)
  const key = keys.find(jws?.header.kid ?? '')
  // Only access tokens have this type (RFC 9068 §4); the key decides the algorithm, not the header.
  if (jws?.header.typ !== 'at+jwt' || !key?.publicKey) return undefined
  const by = { key: key.publicKey, algorithms: [key.alg] }
  return (await isSignatureValid(jws, by)) ? parseClaims(jws.claims, issuer) : undefined
}

function wellFormed(jwt: string): ParsedJws | undefined {
  try {
    return parseJws(jwt, maxTokenLength)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

function parseClaims(
  claims: Readonly<Record<string, unknown>>,
  issuer: string,
): ParsedAccessToken | undefined {
  const { sub, client_id: clientId, exp, iss, cnf } = claims
  if (typeof sub !== 'string' || typeof clientId !== 'string' || typeof exp !== 'number' || iss !== issuer)
    return undefined
  return {
    ...(claims as SignInClaims),
    userId: sub,
    clientId,
    audience: [claims['aud'] ?? []].flat().map(String),
    scope: typeof claims['scope'] === 'string' ? claims['scope'] : '',
    expiresAt: exp,
    issuedAt: typeof claims['iat'] === 'number' ? claims['iat'] : 0,
    jkt: (cnf as { readonly jkt?: string } | undefined)?.jkt,
    details: claims['authorization_details'],
  }
}
