// Somebody unknown comes with an address that users here may have: what that comes to. Pure, so that a sign-in and
// `chancery provider try` judge alike.
import type { IdentityProvider, User } from '../../store/records.ts'

/** What a provider says of someone's address. */
export interface Address {
  readonly email: string | undefined
  readonly emailVerified: boolean
}

export type AddressVerdict =
  | { readonly comesTo: 'nobody' }
  | { readonly comesTo: 'join'; readonly user: User }
  /** The provider gave the address of this user to somebody else: it moves to the new one. */
  | { readonly comesTo: 'move'; readonly user: User }
  /** The address stands in the way of a new user. */
  | { readonly comesTo: 'refuse'; readonly user: User; readonly why: string }

/** An address counts as verified where the provider says so and was declared to speak for its domain. */
export function speaksFor(provider: IdentityProvider, { email, emailVerified }: Address): boolean {
  return emailVerified && isOfItsDomains(provider, email)
}

/** Whether a provider was declared to speak for the domain of an address. */
export function isOfItsDomains({ signIn }: IdentityProvider, email: string | undefined): boolean {
  const domain = email?.slice(email.lastIndexOf('@') + 1)
  return domain !== undefined && (signIn?.domains.includes(domain) ?? false)
}

/** What is kept of somebody's address once their provider has said it anew. */
export type KnownAddress = Pick<User, 'email' | 'emailVerified'>

/**
 * The address of a user who signs in with a provider that knows them already. It follows the provider where that speaks
 * for the domain of the new address, or spoke for the old one; a provider that speaks for neither can only change an
 * address that nobody verified, of a user it made.
 * @param owns whether this provider made the user
 */
export function followedAddress(
  old: KnownAddress,
  provider: IdentityProvider,
  next: Address,
  owns: boolean,
): KnownAddress {
  const { email } = next
  if (email === undefined) return old
  if (speaksFor(provider, next)) return { email, emailVerified: true }
  if (email === old.email) return old
  const spokeForOld = isOfItsDomains(provider, old.email)
  if (old.emailVerified && !spokeForOld) return old
  if (owns) return { email, emailVerified: false }
  return spokeForOld && old.emailVerified ? { email: undefined, emailVerified: false } : old
}

/** @param users all who have this address; joined is the one it must be, and none where there is any doubt (attacks.md 17) */
export function judgeAddress(
  provider: IdentityProvider,
  address: Address,
  users: readonly User[],
): AddressVerdict {
  const trusted = speaksFor(provider, address)
  const holders = trusted ? users.filter(holdsAddress) : users
  const [user, ...others] = holders
  if (user === undefined) return { comesTo: 'nobody' }
  const refuse = (why: string): AddressVerdict => ({ comesTo: 'refuse', user, why })
  if (!address.emailVerified) return refuse('the provider does not say that it is verified')
  if (!trusted) return refuse('the provider was not declared to speak for its domain')
  // All are people of this very provider, which says that the address is somebody else's now.
  if (holders.every((one) => isKnownTo(one, provider))) return { comesTo: 'move', user }
  if (others.length > 0) return refuse('so have others')
  const why = notSpokenFor(user, provider)
  return why === undefined ? { comesTo: 'join', user } : refuse(why)
}

/** Why a provider that speaks for the address of this user does not speak for the user. */
export function notSpokenFor(user: User, provider: IdentityProvider): string | undefined {
  if (user.disabled) return 'is disabled'
  if (!user.emailVerified) return 'it is not verified here'
  // Another subject of this provider is this user: whoever has the address now is somebody else.
  if (isKnownTo(user, provider)) return 'is joined with another identity of this provider'
  return undefined
}

const isKnownTo = ({ identities = [] }: User, { id }: IdentityProvider): boolean =>
  identities.some(({ provider }) => provider === id)

/** An address that some provider gave and nobody verified is nobody's: it keeps its owner out of nothing. */
const holdsAddress = ({ emailVerified, login, identities = [] }: User): boolean =>
  emailVerified || login !== undefined || !identities.some(({ owns }) => owns)
