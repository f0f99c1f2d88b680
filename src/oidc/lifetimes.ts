// How long everything lives, in seconds, in one table. One place for all of them.

const minute = 60
const hour = 60 * minute
const day = 24 * hour

export const lifetimes = {
  /** RFC 6749 §4.1.2 asks for ten minutes at most. */
  AuthorizationCode: minute,
  /** Opaque: every use asks us, so it ends at once when revoked. */
  AccessToken: hour,
  /** Of an access token that is a JWT, unless its resource says otherwise: nobody asks us, so it is short. */
  JwtAccessToken: 10 * minute,
  ClientCredentials: 10 * minute,
  IdToken: hour,
  /** Idle; each rotation begins anew, within `RefreshFamily`. */
  RefreshToken: 14 * day,
  /** From the first refresh token of a family to the end of its last. */
  RefreshFamily: 90 * day,
  DeviceCode: 10 * minute,
  Interaction: hour,
  Session: 14 * day,
  /** A session that is not to be remembered, and one that nobody is signed in to yet. */
  TransientSession: day,
  AnonymousSession: hour,
  /** Longest that a consent is remembered; at least the refresh family under it. */
  Grant: 90 * day,
  RegistrationAccessToken: 365 * day,
} as const
