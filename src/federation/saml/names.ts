// Identifiers of SAML 2.0 (OASIS saml-core, saml-metadata, saml-bindings).
export const assertionNs = 'urn:oasis:names:tc:SAML:2.0:assertion'
export const protocolNs = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const metadataNs = 'urn:oasis:names:tc:SAML:2.0:metadata'
export const signatureNs = 'http://www.w3.org/2000/09/xmldsig#'
export const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
export const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
export const bearerMethod = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
export const successStatus = 'urn:oasis:names:tc:SAML:2.0:status:Success'
/** Core §8.3.7. */
export const persistentFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
export const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
export const unspecifiedFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'
