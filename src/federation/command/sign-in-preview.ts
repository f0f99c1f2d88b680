// Predicts the result of a sign-in without the user: which local user it would sign in, or why it would be refused. Follows the
// rules of iam/sign-in/identities.ts and changes nothing.
import type { IdentityProvider } from '../../store/records.ts'
import type { MappedPerson } from '../mapping.ts'

export interface LocalUser {
  readonly name: string
  readonly disabled: boolean
}

/** What the verified address of an unknown identity leads to. */
export type EmailMatch =
  | { readonly match: 'none' }
  | { readonly match: 'link'; readonly user: LocalUser }
  | { readonly match: 'move'; readonly user: LocalUser }
  | { readonly match: 'refuse'; readonly user: LocalUser; readonly why: string }

/** The local users, and the rules of iam/ for linking identities to them. */
export interface UserDirectory {
  userOf(identity: {
    readonly provider: string
    readonly issuer: string
    readonly subject: string
  }): Promise<LocalUser | undefined>
  matchByEmail(provider: IdentityProvider, person: MappedPerson): Promise<EmailMatch>
  /** The name of a new user; a number is appended when it is taken. */
  newUserName(provider: IdentityProvider, wanted: string | undefined): string
  hasGroup(name: string): Promise<boolean>
}

export interface SignInPreview {
  readonly would: 'sign in' | 'join' | 'create' | 'refuse' | 'unknown'
  /** The user's name; for a new user the requested name, to which a number is appended when it is taken. */
  readonly user: string | undefined
  readonly why: string
}

interface FederatedIdentity {
  readonly issuer: string
  readonly subject: string | undefined
  readonly person: MappedPerson
  /** The path of a rule of `require` that is not met. */
  readonly unmet: string | undefined
}

export async function previewSignIn(
  provider: IdentityProvider,
  { issuer, subject, person, unmet }: FederatedIdentity,
  users: UserDirectory | undefined,
): Promise<SignInPreview> {
  const refuse = (why: string): SignInPreview => ({ would: 'refuse', user: undefined, why })
  if (provider.disabled) return refuse('the provider is disabled')
  if (!provider.signIn) return refuse('users do not sign in with this provider')
  if (subject === undefined) return refuse('the claims have no subject')
  if (unmet !== undefined) return refuse(`\`${unmet}\` does not meet \`require\``)
  const known = await users?.userOf({ provider: provider.id, issuer, subject })
  if (known?.disabled) return refuse(`\`${known.name}\` has this identity and is disabled`)
  if (known) return { would: 'sign in', user: known.name, why: 'has this identity' }
  const verdict = await users?.matchByEmail(provider, person)
  if (verdict?.match === 'link')
    return {
      would: 'join',
      user: verdict.user.name,
      why: `${person.email} is verified, and its domain is one of this provider’s`,
    }
  if (verdict?.match === 'refuse')
    return refuse(
      `\`${verdict.user.name}\` has ${person.email} already, and ${verdict.why}; they can connect this identity once signed in`,
    )
  if (!provider.signIn.createUsers)
    return users
      ? refuse('no user has this identity, and create_users is false')
      : { would: 'unknown', user: undefined, why: 'there is no store to search, and create_users is false' }
  const why = users
    ? verdict?.match === 'move'
      ? `no user has this identity; ${person.email} is taken from \`${verdict.user.name}\``
      : 'no user has this identity'
    : 'if no user has this identity or address; there is no store to search'
  const user = users
    ? users.newUserName(provider, person.name)
    : (person.name ?? `${provider.name ?? provider.kind}-user`)
  return { would: 'create', user, why }
}
