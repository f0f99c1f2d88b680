// What the middlewares of every framework share: ask the verifier, and turn a refusal into an answer.
import { Problem } from '../problem.ts'
import { type Answer, answerDenied, answerProblem } from './answer.ts'
import type { Ask, Verified, Verifier } from './index.ts'
import type { Presented } from './request.ts'

/** `path` is the request's path decoded once, mount points included: the only one to name a resource by. */
type Given<R, T> = T | ((request: R, path: string) => T | Promise<T>)

/** What a route asks for. Each part is a value, or a function of the framework's request and the decoded path. */
export interface Rule<R> {
  /** `docs:GetDocument` */
  readonly action: Given<R, string>
  /** The ARN of what is touched. */
  readonly resource: Given<R, string>
  /** Condition keys of the service's own, tags of the resource (`aws:ResourceTag/…`). */
  readonly context?: Given<R, Ask['context']>
  /** The resource's own policy (JSON text), where it has one. */
  readonly resourcePolicy?: Given<R, string | undefined>
  /** Whether a 403 names the deciding statements. Default true. */
  readonly reasons?: boolean
}

export type Admission =
  | { readonly admitted: true; readonly verified: Verified }
  | { readonly admitted: false; readonly answer: Answer }

const given = async <R, T>(part: Given<R, T>, request: R, path: string): Promise<T> =>
  typeof part === 'function'
    ? await (part as (request: R, path: string) => T | Promise<T>)(request, path)
    : part

/**
 * Authenticates first: what a rule reads from the request, or from a database for it, is not read for strangers.
 * Anything but a Problem is the service's own failure, and is thrown on to its error handler.
 */
export async function admit<R>(
  verifier: Verifier,
  rule: Rule<R>,
  request: R,
  presented: Presented,
): Promise<Admission> {
  try {
    const { decide, explain: _, ...known } = await verifier.authenticate(presented)
    const decision = await decide(await asked(rule, request, known.path))
    if (decision.effect === 'allow') return { admitted: true, verified: { ...known, decision } }
    return { admitted: false, answer: answerDenied(decision, rule.reasons ?? true) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { admitted: false, answer: answerProblem(error, verifier.scope) }
  }
}

const asked = async <R>(rule: Rule<R>, request: R, path: string): Promise<Ask> => ({
  action: await given(rule.action, request, path),
  resource: await given(rule.resource, request, path),
  context: await given(rule.context, request, path),
  resourcePolicy: await given(rule.resourcePolicy, request, path),
})
