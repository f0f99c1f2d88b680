// Warns about valid documents that grant more than they seem to, have no effect, or will break. Each rule examines the
// parsed document and reports positions, messages and fixes. Syntax errors are reported by document.ts; compare-policies.ts
// compares documents.
import { type DocumentKind, type ParseOptions, parseDocument } from './language/document.ts'
import { conditionRules } from './lint/condition-rules.ts'
import { escalationRules } from './lint/escalation.ts'
import type { Finding, Rule } from './lint/finding.ts'
import { neverRules } from './lint/never-holds.ts'
import { noEffectRules } from './lint/no-effect.ts'
import { shadowRules } from './lint/shadow.ts'
import { Source } from './lint/source.ts'
import { statementRules } from './lint/statement-rules.ts'
import { trustRules } from './lint/trust-rules.ts'

export type { Finding, Rule } from './lint/finding.ts'

/** By name, in the order in which findings at the same position are reported. */
export const rules: ReadonlyMap<string, Rule> = new Map([
  ...trustRules,
  ...neverRules,
  ...noEffectRules,
  ...conditionRules,
  ...statementRules,
  ...escalationRules,
  ...shadowRules,
])

/**
 * Lints a document. A document that cannot be parsed yields its faults under the rule `malformed`; any other yields all
 * findings in document order. Never throws.
 */
export function lint(text: string, kind: DocumentKind, options: ParseOptions = {}): readonly Finding[] {
  const { document, faults } = parseDocument(text, kind, options)
  const source = new Source(text)
  if (document === undefined)
    return faults.map(({ message, line, column }) => ({
      rule: 'malformed',
      severity: 'error',
      message,
      line,
      column,
      end: source.endOf({ line, column }),
      fix: '',
    }))
  const findings: Finding[] = []
  for (const [rule, { severity, check }] of rules)
    for (const found of check({ text, kind, document }))
      findings.push({
        rule,
        severity: found.severity ?? severity,
        message: found.message,
        ...found.at,
        end: found.end ?? source.endOf(found.at),
        fix: found.fix,
      })
  return findings.sort((a, b) => a.line - b.line || a.column - b.column)
}
