// The decision log: requests for decisions (AuthZEN, forward authentication) and the decisions with their reasons, as entries of the
// audit trail. Unless it is off, every deny is recorded, and of the allows all or a sample. Decisions do not wait for entries: entries
// that cannot be written in time are counted and reported as lost.
import type { Trail } from '../iam/with-audit.ts'
import type { StatementRef } from '../policy/decide.ts'
import type { EvaluationRequest, EvaluationResponse } from './authzen.ts'
import type { AuthzenCall } from './authzen-caller.ts'

export interface DecisionLogOptions {
  /** `off`: none · `sampled`: every deny, and the fraction `rate` of the allows · `full`: every decision. */
  readonly mode: 'off' | 'sampled' | 'full'
  /** 0 to 1. */
  readonly rate: number
  readonly trail: Trail
  /** Returns a number from 0 up to 1. */
  readonly random: () => number
  /** Called with the number of entries lost, and the first failure. */
  readonly onLost: (lost: number, error: unknown) => void
}

type Entry = Parameters<Trail['record']>[0]

/** Records one decision. `entry` is called when it is to be recorded. */
export type DecisionLog = (allowed: boolean, entry: () => Entry) => void

/** Records one AuthZEN decision. `explanation` is called for a deny that is recorded; absent when there is no such subject. */
export type RecordDecision = (
  call: AuthzenCall,
  question: EvaluationRequest,
  answer: EvaluationResponse,
  explanation?: (() => Entry['decision']) | undefined,
) => void

/** Maximum entries being written; further ones are dropped rather than kept in memory. */
const maxPending = 1000

export function decisionLog(options: DecisionLogOptions): DecisionLog | undefined {
  const { mode, rate, trail, random, onLost } = options
  if (mode === 'off') return undefined
  let pending = 0
  let lost = 0
  const failed = (error: unknown): void => {
    lost++
    // Reported for the first, then at every power of two.
    if ((lost & (lost - 1)) === 0) onLost(lost, error)
  }
  return (allowed, entry) => {
    if (allowed && mode === 'sampled' && random() >= rate) return
    if (pending >= maxPending) return failed(new Error(`${pending} entries are still being written`))
    pending++
    trail
      .record(entry())
      .catch(failed)
      .finally(() => pending--)
  }
}

/** The log for AuthZEN. */
export const authzenDecisions =
  (log: DecisionLog): RecordDecision =>
  (call, question, answer, explanation) =>
    log(answer.decision, () => ({
      ...entryOf(call, question, answer),
      ...(!answer.decision && { decision: explanation?.() }),
    }))

function entryOf(
  { caller, circumstances }: AuthzenCall,
  question: EvaluationRequest,
  { decision, context }: EvaluationResponse,
): Entry {
  const { subject, action, resource } = question
  const { now, requestId, sourceIp, userAgent } = circumstances
  const statements = (context['statements'] ?? []) as readonly StatementRef[]
  return {
    at: now,
    accountId: caller.accountId,
    action: 'decision:Evaluate',
    who: caller.arn,
    actor: { kind: caller.kind === 'federated' ? 'session' : caller.kind, accessKeyId: caller.accessKeyId },
    resource: resource.id,
    outcome: 'done',
    reasons: statements.map(
      ({ layer, document, sid, index, start }) =>
        `${layer} ${document} ${sid || index + 1}, line ${start.line}`,
    ),
    requestId,
    sourceIp,
    userAgent,
    details: {
      decision: decision ? 'allow' : 'deny',
      reason: context['reason'],
      layer: context['layer'],
      subject: `${subject.type}/${subject.id}`,
      action,
      resource: `${resource.type}/${resource.id}`,
      properties: resource.properties,
      context: question.context,
    },
  }
}
