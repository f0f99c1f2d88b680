// How far the clock of whoever issued a token, assertion or message may be from ours, in seconds. One place, so that every
// way in allows the same. AWS allows 300 s; we are stricter on purpose, since every server can have its time from NTP.

/** For what other servers issue: tokens of workloads, ID tokens, logout tokens, SAML messages. */
export const issuerClockSkew = 60

/** For what clients of ours sign at the moment of a request: client assertions, DPoP proofs (FAPI 2.0 §5.3.2.1 asks for 10). */
export const clientClockSkew = 10
