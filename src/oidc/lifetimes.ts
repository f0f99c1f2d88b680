// Lifetimes of tokens, sessions and grants, in seconds.

const minute = 60
const hour = 60 * minute
const day = 24 * hour

export const lifetimes = {
  /** RFC 6749 §4.1.2 asks for ten minutes at most. */
  AuthorizationCode: minute,
  /** Of an opaque access token: it is introspected at each use, so revoking it has effect at once. */
  AccessToken: hour,
  /** Of a JWT access token, unless its resource sets another: it is verified offline, so it is short. */
  JwtAccessToken: 10 * minute,
  ClientCredentials: 10 * minute,
  IdToken: hour,
  /** Without use; each rotation starts it again, up to `RefreshFamily`. */
  RefreshToken: 14 * day,
  /** Of a family of refresh tokens, from its first token. */
  RefreshFamily: 90 * day,
  DeviceCode: 10 * minute,
  Interaction: hour,
  Session: 14 * day,
  /** Of a session without "remember me", and of one without a signed-in user. */
  TransientSession: day,
  AnonymousSession: hour,
  /** Of a consent; not shorter than the refresh token family under it. */
  Grant: 90 * day,
  RegistrationAccessToken: 365 * day,
} as const
