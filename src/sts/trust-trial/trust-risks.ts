// Risks in the trust policies of roles that trust an identity provider: the linter's rules for outside tokens, applied to the statements
// that name the provider.
import type { Risk } from '../../federation/kind.ts'
import { lint } from '../../policy/lint.ts'

const rules = new Set(['missing-subject', 'missing-audience', 'wildcard-subject'])

export interface TrustingRole {
  readonly name: string
  readonly trust: string
}

/** @param provider ARN */
export function trustRisks(provider: string, roles: readonly TrustingRole[]): readonly Risk[] {
  return roles.flatMap(({ name, trust }) => {
    const about = onlyNaming(trust, provider)
    if (about === undefined) return []
    return lint(about, 'trust').flatMap(({ rule, severity, message, fix }): Risk[] =>
      rules.has(rule)
        ? [{ level: severity === 'error' ? 'high' : 'medium', what: `role \`${name}\`: ${message}`, fix }]
        : [],
    )
  })
}

/** The policy with the statements about this provider alone; undefined when there are none. */
function onlyNaming(trust: string, provider: string): string | undefined {
  const document = JSON.parse(trust) as { readonly Statement: unknown }
  const named = [document.Statement].flat().filter((statement) => federatedIn(statement).includes(provider))
  return named.length === 0 ? undefined : JSON.stringify({ ...document, Statement: named })
}

function federatedIn(statement: unknown): readonly unknown[] {
  if (typeof statement !== 'object' || statement === null || !('Principal' in statement)) return []
  const { Principal: principal } = statement
  if (typeof principal !== 'object' || principal === null || !('Federated' in principal)) return []
  return [principal.Federated].flat()
}
