import { Problem } from '../../problem.ts'

/** A message that must not be believed; why is for the log. */
export const refuse = (detail: string): Problem =>
  new Problem('invalid_identity_token', 'the SAML response is not acceptable', { detail })
