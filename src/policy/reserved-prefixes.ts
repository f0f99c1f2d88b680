// The claims of an outside token are condition keys below the issuer's host (`token.example:sub`). An issuer whose host is
// one of the words here would write keys that AWS or this server define, such as `aws:PrincipalTag/team`.

/** What stands before the colon in condition keys of AWS (IAM User Guide, "AWS global condition context keys") and of this server. */
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

/** True when the claims of this issuer would read as condition keys that it does not own. @param issuer a URL */
export function isReservedIssuer(issuer: string): boolean {
  const host = URL.parse(issuer)?.hostname.replace(/\.$/, '').toLowerCase()
  return host !== undefined && reservedPrefixes.has(host)
}
