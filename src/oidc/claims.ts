// What a token says about a person: OpenID Connect Core §5.4 plus `groups`. `sub` is the user's unique id, which no
// renaming changes and no recreated user inherits.
import type { Account, FindAccount } from 'oidc-provider'

/** A user as tokens show them. */
export interface Person {
  /** `AIDA…` */
  readonly id: string
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  /** Names of groups. */
  readonly groups: readonly string[]
}

/** Undefined when the user was deleted or is disabled: then no token of theirs is made or honoured (attacks.md 7). */
export type FindPerson = (userId: string) => Promise<Person | undefined>

/** Which scope brings which claims. */
export const claimsByScope = {
  openid: ['sub', 'auth_time', 'acr', 'amr'],
  profile: ['name', 'preferred_username'],
  email: ['email', 'email_verified'],
  groups: ['groups'],
  sid: null,
  iss: null,
}

export const scopes = ['openid', 'profile', 'email', 'groups', 'offline_access'] as const

/** Asked at every authorization, refresh, exchange and userinfo call. */
export const accounts =
  (findPerson: FindPerson): FindAccount =>
  async (_ctx, sub) => {
    const person = await findPerson(sub)
    return person && accountOf(person)
  }

const accountOf = (person: Person): Account => ({
  accountId: person.id,
  claims: () => ({
    sub: person.id,
    name: person.displayName ?? person.name,
    preferred_username: person.name,
    ...(person.email === undefined ? {} : { email: person.email, email_verified: person.emailVerified }),
    groups: [...person.groups],
  }),
})
