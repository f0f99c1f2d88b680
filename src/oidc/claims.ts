// What a token says about a person: OpenID Connect Core §5.4 plus `groups`. `sub` is the user's unique id, which no
// renaming changes and no recreated user inherits.
import { type Account, errors, type FindAccount, type KoaContextWithOIDC } from 'oidc-provider'
import { attributeClaims, claimsOfScope, type PersonAttributes } from '../store/person.ts'
import { isFederated, type UpstreamSessions, upstreamOfRequest } from './session/upstream-sessions.ts'

/** A user as tokens show them. */
export interface Person {
  /** `AIDA…` */
  readonly id: string
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly attributes: PersonAttributes
  /** Names of groups. */
  readonly groups: readonly string[]
  /** When their password last changed, which names it; undefined: they have none. */
  readonly passwordChangedAt: number | undefined
}

/** Undefined when the user was deleted or is disabled: then no token of theirs is made or honoured (attacks.md 7). */
export type FindPerson = (userId: string) => Promise<Person | undefined>

/** Which scope brings which claims. */
export const claimsByScope = {
  openid: ['sub', 'auth_time', 'acr', 'amr'],
  profile: ['name', 'preferred_username', ...claimsOfScope('profile')],
  phone: [...claimsOfScope('phone')],
  email: ['email', 'email_verified'],
  groups: ['groups'],
  sid: null,
  iss: null,
}

/** Lets a client act as a role on a person's behalf, by exchange of their token. It brings no claim. */
export const rolesScope = 'roles'

export const scopes = ['openid', 'profile', 'email', 'phone', 'groups', 'offline_access', rolesScope] as const

/**
 * Whether the password that a sign-in or session rests on is still theirs.
 * @param password its `passwordChangedAt`; undefined: it rests on none
 */
export const isPasswordCurrent = (password: number | undefined, person: Person | undefined): boolean =>
  password === undefined || password === person?.passwordChangedAt

/** What a code or token remembers of the sign-in it was made in. */
interface Made {
  readonly sessionUid?: string | undefined
  readonly amr?: readonly string[] | undefined
  readonly extra?: { readonly amr?: readonly string[] | undefined } | undefined
}

/** Asked at every authorization, refresh, exchange and userinfo call. */
export const accountFinder =
  (findPerson: FindPerson, upstreams: UpstreamSessions): FindAccount =>
  async (ctx, sub, token) => {
    const person = await findPerson(sub)
    const login = ctx.oidc.result?.login
    // Its sign-in was ended, and waited until the password it rests on was replaced (attacks.md 22).
    if (
      person &&
      login?.accountId === sub &&
      !isPasswordCurrent(login['password'] as number | undefined, person)
    )
      throw new errors.SessionNotFound('the password was changed meanwhile')
    if (!person || !(await providerLives(ctx, token as Made | undefined, upstreams))) return undefined
    return accountOf(person)
  }

/** Who came through an identity provider that is disabled or gone is nobody (attacks.md 7, 11). */
async function providerLives(
  ctx: KoaContextWithOIDC,
  token: Made | undefined,
  upstreams: UpstreamSessions,
): Promise<boolean> {
  const brought = upstreamOfRequest(ctx)
  if (brought) return upstreams.isLive(brought.provider)
  const { session } = ctx.oidc
  const amr = token === undefined ? session?.amr : (token.amr ?? token.extra?.amr)
  return !isFederated(amr) || upstreams.live(token === undefined ? session?.uid : token.sessionUid)
}

const accountOf = (person: Person): Account => ({
  accountId: person.id,
  claims: () => ({
    sub: person.id,
    name: person.displayName ?? person.name,
    preferred_username: person.name,
    ...(person.email === undefined ? {} : { email: person.email, email_verified: person.emailVerified }),
    ...attributeClaims(person.attributes),
    groups: [...person.groups],
  }),
})
