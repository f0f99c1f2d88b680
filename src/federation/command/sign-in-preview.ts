// What a sign-in would come to, as far as it can be known without the person: which user, or why none. Says what
// iam/sign-in/identities.ts does; changes nothing.
import type { IdentityProvider } from '../../store/records.ts'
import type { MappedPerson } from '../mapping.ts'

export interface HouseUser {
  readonly name: string
  readonly disabled: boolean
}

/** What the address of somebody unknown comes to. */
export type AddressVerdict =
  | { readonly comesTo: 'nobody' }
  | { readonly comesTo: 'join'; readonly user: HouseUser }
  | { readonly comesTo: 'move'; readonly user: HouseUser }
  | { readonly comesTo: 'refuse'; readonly user: HouseUser; readonly why: string }

/** Whom we have, and the rules of iam/ about them. */
export interface House {
  userOf(identity: {
    readonly provider: string
    readonly issuer: string
    readonly subject: string
  }): Promise<HouseUser | undefined>
  judgeAddress(provider: IdentityProvider, person: MappedPerson): Promise<AddressVerdict>
  /** The name of a new user, which gets a number when it is taken. */
  newUserName(provider: IdentityProvider, wanted: string | undefined): string
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
  const verdict = await house?.judgeAddress(provider, person)
  if (verdict?.comesTo === 'join')
    return {
      would: 'join',
      user: verdict.user.name,
      why: `${person.email} is verified, and this provider speaks for its domain`,
    }
  if (verdict?.comesTo === 'refuse')
    return refuse(
      `\`${verdict.user.name}\` has ${person.email} already, and ${verdict.why}; they can connect this identity once signed in`,
    )
  if (!provider.signIn.createUsers)
    return house
      ? refuse('nobody here has this identity, and create_users is false')
      : { would: 'unknown', user: undefined, why: 'there is no store to look in, and create_users is false' }
  const why = house
    ? verdict?.comesTo === 'move'
      ? `nobody here has this identity; ${person.email} is taken from \`${verdict.user.name}\``
      : 'nobody here has this identity'
    : 'if nobody has this identity or address; there is no store to look in'
  const user = house
    ? house.newUserName(provider, person.name)
    : (person.name ?? `${provider.name ?? provider.kind}-user`)
  return { would: 'create', user, why }
}
