// The decision log: requests for decisions (AuthZEN, forward authentication) and the decisions with their reasons, as entries of the
// audit trail. Unless it is off, every deny is recorded, and of the allows all or a sample. An answer does not wait until its entry is
// durable. When more entries are being written than may be kept in memory, answers wait for room, so that a caller is slowed down to what the
// trail can take. What cannot be written then is counted and reported as lost.
import type { Trail } from '../iam/audit/with-audit.ts'
import type { StatementRef } from '../policy/engine/decide.ts'
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
  /** Called with the number of entries lost so far, and the failure: for the first, then at every power of two. */
  readonly onLost: (lost: number, error: unknown) => void
  /** Called for each entry that was never given to the trail. */
  readonly onDropped: () => void
}

type Entry = Parameters<Trail['record']>[0]

/**
 * Records one decision. `entry` is called when it is to be recorded. The caller waits for what is returned before it answers: a promise
 * only while there is no room, which resolves after five seconds at most.
 */
export type DecisionLog = (allowed: boolean, entry: () => Entry) => Promise<void> | undefined

/** Records one AuthZEN decision. `explanation` is called for a deny that is recorded; absent when there is no such subject. */
export type RecordDecision = (
  call: AuthzenCall,
  question: EvaluationRequest,
  answer: EvaluationResponse,
  explanation?: (() => Entry['decision']) | undefined,
) => Promise<void> | undefined

/** Maximum entries being written. */
const maxPending = 1000
/** Milliseconds that an answer waits for room. */
const longestWait = 5000

export function decisionLog(options: DecisionLogOptions): DecisionLog | undefined {
  const { mode, rate, trail, random } = options
  if (mode === 'off') return undefined
  const queue = new EntryQueue(options)
  return (allowed, entry) => {
    if (allowed && mode === 'sampled' && random() >= rate) return undefined
    return queue.add(() => trail.record(entry()))
  }
}

/** Writes entries, a limited number at a time. */
class EntryQueue {
  readonly #options: Pick<DecisionLogOptions, 'onLost' | 'onDropped'>
  /** Each writes its entry. In order of arrival. */
  readonly #waiting = new Set<() => void>()
  #pending = 0
  #lost = 0
  /** Nothing was written for as long as an answer waits: further answers do not wait until something is. */
  #stalled = false

  constructor(options: Pick<DecisionLogOptions, 'onLost' | 'onDropped'>) {
    this.#options = options
  }

  add(write: () => Promise<void>): Promise<void> | undefined {
    if (this.#pending < maxPending) return this.#begin(write)
    if (this.#stalled) return this.#drop()
    return new Promise((done) => {
      const begin = (): void => {
        clearTimeout(timer)
        this.#begin(write)
        done()
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(begin)
        this.#stalled = true
        this.#drop()
        done()
      }, longestWait)
      this.#waiting.add(begin)
    })
  }

  #begin(write: () => Promise<void>): undefined {
    this.#pending++
    write()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#pending--
        this.#stalled = false
        const [next] = this.#waiting
        if (next === undefined) return
        this.#waiting.delete(next)
        next()
      })
  }

  #drop(): undefined {
    this.#options.onDropped()
    this.#failed(new Error(`${this.#pending} entries are still being written`))
  }

  #failed(error: unknown): void {
    this.#lost++
    if ((this.#lost & (this.#lost - 1)) === 0) this.#options.onLost(this.#lost, error)
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
