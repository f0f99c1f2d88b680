// A trust policy that lets in more than it seems (`repo:*`) is saved, as AWS saves it, but never silently: what the linter
// says of it goes on record and into the log (attacks.md 15).
import { lint } from '../policy/lint.ts'
import type { Call } from './caller.ts'
import type { Trail } from './with-audit.ts'

const doubtful = new Set([
  'missing-subject',
  'missing-audience',
  'wildcard-subject',
  'anyone',
  'not-principal-allow',
])

/** Told of doubts, after the policy was saved. */
export type NoteDoubts = (call: Call, roleArn: string, doubts: readonly string[]) => Promise<void>

export function trustDoubts(text: string): readonly string[] {
  return lint(text, 'trust')
    .filter(({ rule, severity }) => doubtful.has(rule) && severity !== 'note')
    .map(({ rule, message }) => `${rule}: ${message}`)
}

/** Into the log, and durable on record. */
export const doubtsOnRecord =
  (trail: Trail, log: { warn(fields: object, message: string): void }): NoteDoubts =>
  async ({ caller, circumstances }, resource, doubts) => {
    log.warn({ role: resource, doubts, requestId: circumstances.requestId }, 'a trust policy is doubtful')
    await trail.record({
      at: circumstances.now,
      accountId: caller.kind === 'anonymous' ? '' : caller.accountId,
      action: 'iam:DoubtTrustPolicy',
      who: caller.kind === 'anonymous' ? 'anonymous' : caller.arn,
      resource,
      outcome: 'done',
      reasons: doubts,
      requestId: circumstances.requestId,
      sourceIp: circumstances.sourceIp,
      userAgent: circumstances.userAgent,
    })
  }
