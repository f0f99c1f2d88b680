// The claims of an external token become condition keys prefixed with the issuer's host (`token.example:sub`). An issuer
// whose host equals a prefix listed here could set keys that AWS or this server define, such as `aws:PrincipalTag/team`.

/** The prefixes of condition keys of AWS (IAM User Guide, "AWS global condition context keys") and of this server. */
const reservedPrefixes: ReadonlySet<string> = new Set([
  'audit',
  'aws',
  'chancery',
  'decision',
  'graph',
  'iam',
  'oauth',
  'oidc',
  'saml',
  'signin',
  'sts',
])

/** True when the claims of this issuer would collide with condition keys that it does not own. @param issuer a URL */
export function isReservedIssuer(issuer: string): boolean {
  const host = URL.parse(issuer)?.hostname.replace(/\.$/, '').toLowerCase()
  return host !== undefined && reservedPrefixes.has(host)
}
