// The error for SAML messages that are not accepted.
import { Problem } from '../../problem.ts'

/** @param detail the reason, for the log only */
export const refuse = (detail: string): Problem =>
  new Problem('invalid_identity_token', 'the SAML response is not acceptable', { detail })

const unknownKey = 'the signature does not verify with any certificate of the provider'

export const refuseUnknownKey = (): Problem => refuse(unknownKey)

/** Whether a message was refused because of the key that signed it. */
export const isUnknownKey = (cause: unknown): boolean =>
  cause instanceof Problem && cause.detail === unknownKey
