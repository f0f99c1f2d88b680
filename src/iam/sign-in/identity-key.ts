// The key of a federated identity: provider, issuer and subject, compared exactly. The provider is part of it, so that a provider
// that claims another one's issuer cannot take over its users.
import { sha256base64url } from '../../secure/digest.ts'

export interface FederatedSubject {
  /** ARN. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
}

/** The value of the user lookup `identity`. */
export const identityLookup = ({ provider, issuer, subject }: FederatedSubject): string =>
  JSON.stringify([provider, issuer, subject])

/** Id of the IdentityLink record, which assigns the identity to a user. */
export const identityLinkId = (identity: FederatedSubject): string =>
  sha256base64url(identityLookup(identity))

export const isSameSubject = (a: FederatedSubject, b: FederatedSubject): boolean =>
  identityLookup(a) === identityLookup(b)
