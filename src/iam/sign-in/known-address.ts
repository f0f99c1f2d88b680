// Decides what happens when a federated identity without a local user has an email address that local users have. Pure, so that a
// sign-in and `chancery provider try` decide alike.
import type { IdentityProvider, User } from '../../store/records.ts'

/** The email claims of a provider. */
export interface ProviderAddress {
  readonly email: string | undefined
  readonly emailVerified: boolean
}

export type EmailMatch =
  | { readonly match: 'none' }
  | { readonly match: 'link'; readonly user: User }
  /** The provider has reassigned the address of this user to somebody else; it moves to the new user. */
  | { readonly match: 'move'; readonly user: User }
  /** Because of the address no user may be created. */
  | { readonly match: 'refuse'; readonly user: User; readonly why: string }

/** An address is trusted when the provider marks it as verified and is configured for its domain. */
export function isTrustedAddress(
  provider: IdentityProvider,
  { email, emailVerified }: ProviderAddress,
): boolean {
  return emailVerified && coversDomain(provider, email)
}

/** Whether the domain of an address is among the provider's configured domains. */
export function coversDomain({ signIn }: IdentityProvider, email: string | undefined): boolean {
  const domain = email?.slice(email.lastIndexOf('@') + 1)
  return domain !== undefined && (signIn?.domains.includes(domain) ?? false)
}

/** The email fields of a user. */
export type UserAddress = Pick<User, 'email' | 'emailVerified'>

/**
 * The email fields of a user after a sign-in with a linked identity. They follow the provider when its domains include the new or
 * the old address. Any other provider can only change an unverified address of a user whom it created.
 * @param owns whether this provider created the user
 */
export function updatedAddress(
  old: UserAddress,
  provider: IdentityProvider,
  next: ProviderAddress,
  owns: boolean,
): UserAddress {
  const { email } = next
  if (email === undefined) return old
  if (isTrustedAddress(provider, next)) return { email, emailVerified: true }
  if (email === old.email) return old
  const coversOld = coversDomain(provider, old.email)
  if (old.emailVerified && !coversOld) return old
  if (owns) return { email, emailVerified: false }
  return coversOld && old.emailVerified ? { email: undefined, emailVerified: false } : old
}

/**
 * @param users all users with this address
 * @returns `link` only when exactly one user has the address and the provider may speak for that user (docs/attacks.md 17)
 */
export function matchByEmail(
  provider: IdentityProvider,
  address: ProviderAddress,
  users: readonly User[],
): EmailMatch {
  const trusted = isTrustedAddress(provider, address)
  const holders = trusted ? users.filter(holdsAddress) : users
  const [user, ...others] = holders
  if (user === undefined) return { match: 'none' }
  const refuse = (why: string): EmailMatch => ({ match: 'refuse', user, why })
  if (!address.emailVerified) return refuse('the provider does not mark it as verified')
  if (!trusted) return refuse('its domain is not among the domains of the provider')
  // All of them are users of this provider, which has now given the address to another subject.
  if (holders.every((one) => isKnownTo(one, provider))) return { match: 'move', user }
  if (others.length > 0) return refuse('so have others')
  const why = whyNotLinkable(user, provider)
  return why === undefined ? { match: 'link', user } : refuse(why)
}

/** Why an identity of this provider cannot be linked to the user by email address; undefined when it can. */
export function whyNotLinkable(user: User, provider: IdentityProvider): string | undefined {
  if (user.disabled) return 'is disabled'
  if (!user.emailVerified) return 'it is not verified here'
  // The user is linked to another subject of this provider, so the address now belongs to somebody else.
  if (isKnownTo(user, provider)) return 'is joined with another identity of this provider'
  return undefined
}

const isKnownTo = ({ identities = [] }: User, { id }: IdentityProvider): boolean =>
  identities.some(({ provider }) => provider === id)

/** An unverified address that only a provider supplied does not count, so that it cannot lock out its real owner. */
const holdsAddress = ({ emailVerified, login, identities = [] }: User): boolean =>
  emailVerified || login !== undefined || !identities.some(({ owns }) => owns)
