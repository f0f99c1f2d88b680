// Tolerated difference, in seconds, between our clock and that of the issuer of a token, assertion or message. Defined
// once, so that every protocol allows the same. AWS allows 300 s; this is stricter on purpose, since every server can
// synchronise its clock with NTP.

/** For other servers: workload tokens, ID tokens, logout tokens, SAML messages. */
export const issuerClockSkew = 60

/** For what our clients sign at the moment of a request: client assertions, DPoP proofs (FAPI 2.0 §5.3.2.1 asks for 10). */
export const clientClockSkew = 10
