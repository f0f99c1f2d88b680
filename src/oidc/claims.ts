// Claims about a user in ID tokens and userinfo (OpenID Connect Core §5.4, and `groups`). `sub` is the user's unique id: it
// stays when the user is renamed, and a new user of the same name gets another.
import { type Account, errors, type FindAccount, type KoaContextWithOIDC } from 'oidc-provider'
import type { OidcProfile } from '../iam/sign-in/oidc-profiles.ts'
import { attributeClaims, claimsOfScope } from '../store/person.ts'
import { type ClaimValues, mappedClaims } from './claims/apply.ts'
import type { ClaimMapping, ClaimTarget } from './claims/mapping.ts'
import { isFederated, type UpstreamSessions, upstreamOfRequest } from './session/upstream-sessions.ts'

/** A user as tokens show them. */
export type Person = Omit<OidcProfile, 'accountId'>

/** Undefined when the user is deleted or disabled: none of their tokens is issued or accepted then (docs/attacks.md 7). */
export type FindPerson = (userId: string) => Promise<Person | undefined>

/** The claims of each scope. */
export const claimsByScope = {
  openid: ['sub', 'auth_time', 'acr', 'amr'],
  profile: ['name', 'preferred_username', ...claimsOfScope('profile')],
  phone: [...claimsOfScope('phone')],
  email: ['email', 'email_verified'],
  groups: ['groups'],
  sid: null,
  iss: null,
}

/** Lets a client exchange a user's token for a session of a role. It has no claims. */
export const rolesScope = 'roles'

export const scopes = ['openid', 'profile', 'email', 'phone', 'groups', 'offline_access', rolesScope] as const

/**
 * Whether the password that a sign-in or session depends on is still the user's password. `passwordChangedAt` only grows, so
 * one newer than the user's is current: another worker process changed it, and the user read here is up to a second old.
 * @param password its `passwordChangedAt`; undefined when the sign-in used no password
 */
export const isPasswordCurrent = (
  password: number | undefined,
  person: Pick<Person, 'passwordChangedAt'> | undefined,
): boolean => {
  if (password === undefined) return true
  const changedAt = person?.passwordChangedAt
  return changedAt !== undefined && password >= changedAt
}

/** What a code or token stores about the sign-in it was issued in. */
interface IssuedToken {
  readonly authTime?: number | undefined
  readonly sessionUid?: string | undefined
  readonly amr?: readonly string[] | undefined
  readonly extra?: { readonly amr?: readonly string[] | undefined } | undefined
}

/** Whether a person may use the client of a request, with a token of an earlier sign-in or without. */
export type MayUseOfRequest = (
  ctx: KoaContextWithOIDC,
  person: Person,
  token?: IssuedToken | undefined,
) => Promise<boolean>

/** oidc-provider's `findAccount`, called at every authorization, refresh, exchange and userinfo request. */
export const accountFinder =
  (findPerson: FindPerson, upstreams: UpstreamSessions, mayUse: MayUseOfRequest): FindAccount =>
  async (ctx, sub, token) => {
    const person = await findPerson(sub)
    const login = ctx.oidc.result?.login
    // The sign-in was completed, and its password changed before the session began (docs/attacks.md 22).
    if (
      person &&
      login?.accountId === sub &&
      !isPasswordCurrent(login['password'] as number | undefined, person)
    )
      throw new errors.SessionNotFound('the password was changed meanwhile')
    if (!person || !(await isUpstreamLive(ctx, token as IssuedToken | undefined, upstreams))) return undefined
    // Codes and refresh tokens of a person who may not use the client any more; a sign-in has a page of its own.
    if (token !== undefined && !(await mayUse(ctx, person, token as IssuedToken))) return undefined
    return accountOf(person, ctx.oidc.client)
  }

/** False for a sign-in through an identity provider that is disabled or deleted (docs/attacks.md 7, 11). */
async function isUpstreamLive(
  ctx: KoaContextWithOIDC,
  token: IssuedToken | undefined,
  upstreams: UpstreamSessions,
): Promise<boolean> {
  const completed = upstreamOfRequest(ctx)
  if (completed) return upstreams.isLive(completed.provider)
  const { session } = ctx.oidc
  const amr = token === undefined ? session?.amr : (token.amr ?? token.extra?.amr)
  return !isFederated(amr) || upstreams.live(token === undefined ? session?.uid : token.sessionUid)
}

/** The standard claims of a user; a claim without a value is absent. */
export const personClaims = (person: Person): ClaimValues => ({
  sub: person.id,
  name: person.displayName ?? person.name,
  preferred_username: person.name,
  ...(person.email === undefined ? {} : { email: person.email, email_verified: person.emailVerified }),
  ...attributeClaims(person.attributes),
  groups: [...person.groups],
})

/** What a claim mapping needs of a client. */
export interface MappingClient {
  readonly [name: string]: unknown
}

/** The claims that a client's mapping adds to those of a user. `scopes`: the granted scopes, separated by spaces. */
export const mappedClaimsOf = (
  client: MappingClient | undefined,
  user: ClaimValues,
  target: ClaimTarget,
  scopes: string,
): ClaimValues =>
  mappedClaims(client?.['claims'] as ClaimMapping | undefined, user, {
    target,
    scopes: new Set(scopes.split(' ')),
    registered: client?.['registered'] === true,
  })

/**
 * Holds the mapped claims among those of an account. oidc-provider filters claims by scope and by the names in
 * `claims_supported`, which mapped claims are not among: library/mapped-claims.ts adds them behind that filter.
 */
export const mapped = Symbol('claims of the claim mapping')

const accountOf = (person: Person, client: MappingClient | undefined): Account => ({
  accountId: person.id,
  claims(use, scope) {
    const user = personClaims(person)
    const added = mappedClaimsOf(client, user, use === 'userinfo' ? use : 'id_token', scope)
    return { ...user, sub: person.id, [mapped]: added }
  },
})
