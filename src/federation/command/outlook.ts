// What a sign-in would come to, as far as it can be known without the person: which user, or why none. Says what
// iam/identities.ts does; changes nothing.

import type { IdentityProvider } from '../../store/records.ts'
import type { MappedPerson } from '../mapping.ts'

export interface HouseUser {
  readonly name: string
  readonly disabled: boolean
  readonly emailVerified: boolean
  /** ARNs of providers it is joined with. */
  readonly providers: readonly string[]
}

/** Whom we have. */
export interface House {
  userOf(identity: {
    readonly provider: string
    readonly issuer: string
    readonly subject: string
  }): Promise<HouseUser | undefined>
  usersWithEmail(email: string): Promise<readonly HouseUser[]>
  hasGroup(name: string): Promise<boolean>
}

export interface Outlook {
  readonly would: 'sign in' | 'join' | 'create' | 'refuse' | 'unknown'
  /** The user's name; for a new one the name wanted, which gets a number when it is taken. */
  readonly user: string | undefined
  readonly why: string
}

interface Arriving {
  readonly issuer: string
  readonly subject: string | undefined
  readonly person: MappedPerson
  /** The path of a rule of `require` that the claims do not meet. */
  readonly unmet: string | undefined
}

export async function outlook(
  provider: IdentityProvider,
  { issuer, subject, person, unmet }: Arriving,
  house: House | undefined,
): Promise<Outlook> {
  const refuse = (why: string): Outlook => ({ would: 'refuse', user: undefined, why })
  if (provider.disabled) return refuse('the provider is disabled')
  if (!provider.signIn) return refuse('people do not sign in with this provider')
  if (subject === undefined) return refuse('the claims name no subject')
  if (unmet !== undefined) return refuse(`\`${unmet}\` does not meet \`require\``)
  const known = await house?.userOf({ provider: provider.id, issuer, subject })
  if (known?.disabled) return refuse(`\`${known.name}\` has this identity and is disabled`)
  if (known) return { would: 'sign in', user: known.name, why: 'has this identity' }
  const same = person.email === undefined ? [] : ((await house?.usersWithEmail(person.email)) ?? [])
  const joined = joinedBy(provider, person, same)
  if (joined)
    return {
      would: 'join',
      user: joined.name,
      why: `${person.email} is verified, and this provider speaks for its domain`,
    }
  if (same.length > 0)
    return refuse(
      `\`${same[0]?.name}\` has ${person.email} already, and ${notTrusted(provider, person, same)}; they can connect this identity once signed in`,
    )
  if (!provider.signIn.createUsers)
    return house
      ? refuse('nobody here has this identity, and create_users is false')
      : { would: 'unknown', user: undefined, why: 'there is no store to look in, and create_users is false' }
  const why = house
    ? 'nobody here has this identity'
    : 'if nobody has this identity or address; there is no store to look in'
  return { would: 'create', user: person.name ?? `${provider.name ?? provider.kind}-user`, why }
}

/** The one user whom a verified address of a declared domain joins. */
function joinedBy(
  provider: IdentityProvider,
  person: MappedPerson,
  [user, ...others]: readonly HouseUser[],
): HouseUser | undefined {
  if (user === undefined || others.length > 0 || user.disabled || !user.emailVerified) return undefined
  return speaksFor(provider, person) && !user.providers.includes(provider.id) ? user : undefined
}

function speaksFor(provider: IdentityProvider, { email, emailVerified }: MappedPerson): boolean {
  const domain = email?.slice(email.lastIndexOf('@') + 1)
  return emailVerified && domain !== undefined && (provider.signIn?.domains.includes(domain) ?? false)
}

function notTrusted(
  provider: IdentityProvider,
  person: MappedPerson,
  [user, ...others]: readonly HouseUser[],
): string {
  if (!person.emailVerified) return 'the provider does not say that it is verified'
  if (!speaksFor(provider, person)) return 'the provider was not declared to speak for its domain'
  if (others.length > 0) return 'so have others'
  if (user?.disabled) return 'is disabled'
  if (!user?.emailVerified) return 'it is not verified here'
  return 'is joined with another identity of this provider'
}
