// The decision log: what services asked and were told, with the reasons, as entries of the audit trail. Denies are kept
// unless it is off; of allows all, some or none. Nobody waits for an entry: a log that is slow or full must not make
// decisions slow, so what cannot be written in time is counted and told of instead.
import type { Trail } from '../iam/with-audit.ts'
import type { StatementRef } from '../policy/decide.ts'
import type { Answer, Question } from './authzen.ts'
import type { Signed } from './ports.ts'

export interface DecisionLogOptions {
  /** `off`: none · `sampled`: every deny, and `rate` of the allows · `full`: every decision. */
  readonly mode: 'off' | 'sampled' | 'full'
  /** 0 to 1. */
  readonly rate: number
  readonly trail: Trail
  /** From 0 up to 1. */
  readonly random: () => number
  /** Told how many entries were lost, with the first failure. */
  readonly onLost: (lost: number, error: unknown) => void
}

/** Undefined when nothing is to be recorded, so that who asks pays for nothing. */
export type RecordDecision = (signed: Signed, question: Question, answer: Answer) => void

/** Entries under way beyond which more are lost rather than kept in memory. */
const mostPending = 1000

export function decisionLog(options: DecisionLogOptions): RecordDecision | undefined {
  const { mode, rate, trail, random, onLost } = options
  if (mode === 'off') return undefined
  let pending = 0
  let lost = 0
  const failed = (error: unknown): void => {
    lost++
    // The first, and then ever more rarely.
    if ((lost & (lost - 1)) === 0) onLost(lost, error)
  }
  return (signed, question, answer) => {
    if (answer.decision && mode === 'sampled' && random() >= rate) return
    if (pending >= mostPending) return failed(new Error(`${pending} entries are waiting to be written`))
    pending++
    trail
      .record(entryOf(signed, question, answer))
      .catch(failed)
      .finally(() => pending--)
  }
}

function entryOf({ caller, circumstances }: Signed, question: Question, { decision, context }: Answer) {
  const { subject, action, resource } = question
  const { now, requestId, sourceIp, userAgent } = circumstances
  const statements = (context['statements'] ?? []) as readonly StatementRef[]
  return {
    at: now,
    accountId: caller.accountId,
    action: 'decision:Evaluate',
    who: caller.arn,
    actor: { kind: caller.kind, accessKeyId: caller.accessKeyId },
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
  } as const
}
