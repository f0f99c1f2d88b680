// Identity providers that issue tokens to all of their customers. A role that trusts one must restrict the claims, or every
// customer of that provider could assume it (IAM User Guide, "Identity-provider controls for shared OIDC providers").
import type { Condition, Document, Statement } from '../../policy/language/document.ts'
import { Problem } from '../../problem.ts'

const subject: readonly string[] = ['sub']

/** Issuer without its scheme → claims, of which a trust policy must test at least one. */
const sharedIssuers = new Map<string, readonly string[]>([
  ['token.actions.githubusercontent.com', ['sub', 'job_workflow_ref']],
  ['vstoken.actions.githubusercontent.com', subject],
  ['oidc-configuration.audit-log.githubusercontent.com', subject],
  ['gitlab.com', subject],
  ['agent.buildkite.com', subject],
  ['app.terraform.io', subject],
  ['oidc.codefresh.io', subject],
  ['studio.datachain.ai/api', subject],
  ['scalr.io', subject],
  ['tokens.cloud.shisho.dev', subject],
  ['proidc.upbound.io', subject],
  ['api.pulumi.com/oidc', ['aud', 'sub']],
  ['sandboxes.cloud', ['aud', 'sub']],
  ['oidc.vercel.com', ['aud', 'sub']],
])

/** Operators that require a value. Negated ones, `…IfExists`, `Null` and ForAllValues also hold when the claim is absent. */
const naming = new Set(['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'])

/**
 * @throws Problem('malformed_policy') when a trust policy accepts every token of a shared identity provider
 */
export function checkSharedIssuers({ statements }: Pick<Document, 'statements'>): void {
  for (const statement of statements)
    for (const issuer of trustedIssuers(statement)) {
      const claims = sharedIssuers.get(issuer)
      if (claims === undefined || claims.some((claim) => isTested(statement, `${issuer}:${claim}`))) continue
      const keys = claims.map((claim) => `\`${issuer}:${claim}\``).join(' or ')
      throw new Problem(
        'malformed_policy',
        `The trust policy of a role for the shared identity provider ${issuer} must test ${keys} by StringEquals, StringLike or StringEqualsIgnoreCase, with a value that is not only wildcards`,
      )
    }
}

function trustedIssuers({ effect, principals = [] }: Statement): readonly string[] {
  if (effect !== 'Allow') return []
  return principals.flatMap(({ type, name: { text } }) => {
    const issuer = /^arn:[^:]*:iam::\d{12}:oidc-provider\/(.+)$/.exec(text)?.[1]
    return type === 'Federated' && issuer !== undefined ? [issuer.toLowerCase()] : []
  })
}

const isTested = ({ conditions }: Statement, key: string): boolean =>
  conditions.some((condition) => condition.key.text.toLowerCase() === key && namesValues(condition))

const namesValues = ({ operator, set, ifExists, values }: Condition): boolean =>
  naming.has(operator) &&
  !ifExists &&
  set !== 'ForAllValues' &&
  values.length > 0 &&
  values.every(({ text }) => /[^*?]/.test(text))
