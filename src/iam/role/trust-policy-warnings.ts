// A trust policy that may accept more than intended (`repo:*`) is stored, as AWS does, but the linter's warnings are written to
// the log and the audit trail (docs/attacks.md 15).
import { lint } from '../../policy/lint.ts'
import { auditedCaller } from '../audit/audited-caller.ts'
import type { Trail } from '../audit/with-audit.ts'
import type { Call } from '../caller.ts'

/** Lint rules whose findings are reported. */
const reportedRules = new Set([
  'missing-subject',
  'missing-audience',
  'wildcard-subject',
  'anyone',
  'not-principal-allow',
])

/** Reports the warnings of a trust policy, after it was stored. */
export type ReportTrustWarnings = (call: Call, roleArn: string, warnings: readonly string[]) => Promise<void>

/** Lint findings of a trust policy that deserve a warning; empty when there are none. */
export function trustPolicyWarnings(text: string): readonly string[] {
  return lint(text, 'trust')
    .filter(({ rule, severity }) => reportedRules.has(rule) && severity !== 'note')
    .map(({ rule, message }) => `${rule}: ${message}`)
}

/** Writes the warnings to the log and to the audit trail. The entry is durable when it returns. */
export const reportTrustPolicyWarnings =
  (trail: Trail, log: { warn(fields: object, message: string): void }): ReportTrustWarnings =>
  async ({ caller, circumstances }, resource, warnings) => {
    log.warn(
      { role: resource, warnings, requestId: circumstances.requestId },
      'a trust policy may accept more callers than intended',
    )
    await trail.record({
      at: circumstances.now,
      ...auditedCaller(caller),
      action: 'iam:DoubtTrustPolicy',
      resource,
      outcome: 'done',
      reasons: warnings,
      requestId: circumstances.requestId,
      sourceIp: circumstances.sourceIp,
      userAgent: circumstances.userAgent,
    })
  }
