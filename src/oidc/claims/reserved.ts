// Names of claims that a client's claim mapping cannot set, because clients, services or this server decide by them.

/** Why each name is reserved is the comment of its line. */
export const reservedClaims: ReadonlySet<string> = new Set([
  // RFC 7519 §4.1: issuer, subject, audience and times.
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  // OpenID Connect Core §2 and §3.1.3.6: the sign-in, and hashes of what is sent beside the ID token.
  ...['auth_time', 'nonce', 'acr', 'amr', 'azp', 'at_hash', 'c_hash', 's_hash'],
  // OpenID Connect Core §5.6.2: references to claims of other issuers.
  ...['_claim_names', '_claim_sources'],
  // OpenID Connect Front- and Back-Channel Logout: the session, and what makes a token a logout token.
  ...['sid', 'events', 'sub_jwk'],
  // RFC 7800, RFC 8693 and RFC 9068: the key of a token, its actors, client, scopes and entitlements.
  ...['cnf', 'act', 'may_act', 'client_id', 'scope', 'authorization_details', 'txn'],
  // RFC 7662 §2.2: the state of a token at the introspection endpoint.
  ...['active', 'token_type', 'token_introspection'],
  // What this server finds the grant, session and dependencies of its access tokens by (exchange/subject.ts).
  ...['grant_id', 'session', 'dep', 'fed'],
  // oidc-provider leaves it out of ID tokens, so it would not be the same everywhere.
  'constructor',
  // Claims that make a token a session of a role (secure/session/session-claims.ts).
  ...['acct', 'rsn', 'sp', 'pb', 'sk', 'ttk', 'src', 'uid', 'ctx', 'scoped', 'user_arn'],
])
