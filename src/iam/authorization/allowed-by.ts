// What a request was about and what allowed it, for its audit entry: the decisions of one request, kept with its circumstances
// until the entry is written.
import { type Decision, formatDecision } from '../../policy/engine/decide.ts'
import type { Circumstances } from '../caller.ts'

/** Decisions that an entry names. */
const mostDecisions = 8

interface Allowed {
  readonly action: string
  readonly decision: Decision
}

const byRequest = new WeakMap<Circumstances, Allowed[]>()

export function noteAllowed(circumstances: Circumstances, action: string, decision: Decision): void {
  const known = byRequest.get(circumstances)
  if (known === undefined) byRequest.set(circumstances, [{ action, decision }])
  else if (known.length < mostDecisions) known.push({ action, decision })
}

/** `iam:CreateUser allowed by statement …`, one for each decision; undefined when nothing was decided. */
export const allowedBy = (circumstances: Circumstances): readonly string[] | undefined =>
  byRequest.get(circumstances)?.map(({ action, decision }) => `${action} ${formatDecision(decision)}`)

/** What each action was asked for, in the order of the questions. */
const askedByRequest = new WeakMap<Circumstances, Map<string, string>>()

/** Notes a question before it is decided, so that an entry of a denial names the resource too. */
export function noteAsked(circumstances: Circumstances, action: string, resource: string): void {
  const known = askedByRequest.get(circumstances)
  if (known === undefined) askedByRequest.set(circumstances, new Map([[action, resource]]))
  else if (known.size < mostDecisions && !known.has(action)) known.set(action, resource)
}

/** The resource that the action of the request was decided on; undefined when no question was asked. */
export const resourceAsked = (circumstances: Circumstances, action: string): string | undefined =>
  askedByRequest.get(circumstances)?.get(action)
