// A Resource element that matches one resource alone, for statements that are proposed after a refusal.

/** Names in ARNs of these services hold no wildcard, so that one at the end was written by the server: it asks about all of a kind. */
const allOfAKind = /^arn:aws:(?:iam|sts)::[^*?$]*\*$/

/**
 * The resource of a request as a pattern of a policy of version 2012-10-17. Its own `*`, `?` and `${` are written as `${*}`, `${?}`
 * and `${$}{` (IAM User Guide, "Policy variables", special characters), as whoever makes a request chooses the text: a request for
 * `arn:…:report-*` that was refused must not lead to a statement that allows all reports. `*` alone, the resource of operations that
 * have none, and `*` at the end of ARNs of IAM and STS stay.
 */
export function resourcePattern(resource: string): string {
  if (resource === '*' || allOfAKind.test(resource)) return resource
  return resource.replaceAll(/[*?]|\$(?=\{)/g, (special) => `\${${special}}`)
}
