// What a workload has to set to become a role: read from the role's trust policy, so that it is right for roles that were made by
// hand too.
import { type JobLines, jobLines } from '../../federation/workload/job-lines.ts'
import { parseDocument } from '../../policy/language/document.ts'

export type { JobLines } from '../../federation/workload/job-lines.ts'

const provider = /^arn:aws:iam::\d{12}:oidc-provider\/([^*?$]+)$/
/** Values that need no quoting, in YAML or in a shell; others are left to the reader. */
const plain = /^[\w.:/@-]{1,255}$/

/**
 * The lines for the first workload that the policy trusts.
 * @param trust the trust policy
 * @returns undefined when it trusts none of an issuer that is known
 */
export function workloadJob(
  trust: string,
  { roleArn, endpoint }: { readonly roleArn: string; readonly endpoint: string },
): JobLines | undefined {
  const { document } = parseDocument(trust, 'trust')
  for (const { effect, principals, conditions } of document?.statements ?? []) {
    const [, issuer] = provider.exec(principals?.[0]?.name.text ?? '') ?? []
    if (effect !== 'Allow' || issuer === undefined) continue
    const claims = new Map<string, string>()
    for (const { operator, key, values } of conditions) {
      const [first] = values
      if (/^String(?:Equals|Like)$/.test(operator) && first && key.text.startsWith(`${issuer}:`))
        claims.set(key.text.slice(issuer.length + 1), plain.test(first.text) ? first.text : '')
    }
    const audience = claims.get('oaud') ?? claims.get('aud')
    const lines = jobLines(issuer, { roleArn, endpoint, claims, audience: audience || 'AUDIENCE' })
    if (lines !== undefined) return lines
  }
  return undefined
}
