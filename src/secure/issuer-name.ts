/**
 * An issuer without its scheme, as in the ARN of its provider and in the condition keys of its claims (API reference:
 * CreateOpenIDConnectProvider). `spiffe://` is that of a SPIFFE trust domain.
 */
export const issuerWithoutScheme = (issuer: string): string => issuer.replace(/^(?:https?|spiffe):\/\//, '')
