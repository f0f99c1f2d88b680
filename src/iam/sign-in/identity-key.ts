// An outside identity as a key: (provider, issuer, subject), to the letter. The provider is part of it, so that one
// provider that claims another's issuer is nobody there.
import { sha256base64url } from '../../secure/digest.ts'

export interface OutsideSubject {
  /** ARN. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
}

/** As the user record's lookup has it. */
export const identityLookup = ({ provider, issuer, subject }: OutsideSubject): string =>
  JSON.stringify([provider, issuer, subject])

/** Id of the record that says whose it is. */
export const joiningId = (identity: OutsideSubject): string => sha256base64url(identityLookup(identity))

export const isSame = (a: OutsideSubject, b: OutsideSubject): boolean =>
  identityLookup(a) === identityLookup(b)
