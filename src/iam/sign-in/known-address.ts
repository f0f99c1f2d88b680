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
  /** The address stands in the way of a new user. */
  | { readonly comesTo: 'refuse'; readonly user: User; readonly why: string }

/** An address counts as verified where the provider says so and was declared to speak for its domain. */
export function speaksFor(provider: IdentityProvider, { email, emailVerified }: Address): boolean {
  const domain = email?.slice(email.lastIndexOf('@') + 1)
  return emailVerified && domain !== undefined && (provider.signIn?.domains.includes(domain) ?? false)
}

/** @param users all who have this address; joined is the one it must be, and none where there is any doubt (attacks.md 17) */
export function judgeAddress(
  provider: IdentityProvider,
  address: Address,
  users: readonly User[],
): AddressVerdict {
  const trusted = speaksFor(provider, address)
  const [user, ...others] = trusted ? users.filter(holdsAddress) : users
  if (user === undefined) return { comesTo: 'nobody' }
  const refuse = (why: string): AddressVerdict => ({ comesTo: 'refuse', user, why })
  if (!address.emailVerified) return refuse('the provider does not say that it is verified')
  if (!trusted) return refuse('the provider was not declared to speak for its domain')
  if (others.length > 0) return refuse('so have others')
  const why = notSpokenFor(user, provider)
  return why === undefined ? { comesTo: 'join', user } : refuse(why)
}

/** Why a provider that speaks for the address of this user does not speak for the user. */
export function notSpokenFor(
  { disabled, emailVerified, identities = [] }: User,
  { id }: IdentityProvider,
): string | undefined {
  if (disabled) return 'is disabled'
  if (!emailVerified) return 'it is not verified here'
  // An address that was given to somebody else there: the user stays whom they were (another subject came first).
  if (identities.some(({ provider }) => provider === id))
    return 'is joined with another identity of this provider'
  return undefined
}

/** An address that some provider gave and nobody verified is nobody's: it keeps its owner out of nothing. */
const holdsAddress = ({ emailVerified, login, identities = [] }: User): boolean =>
  emailVerified || login !== undefined || !identities.some(({ owns }) => owns)
