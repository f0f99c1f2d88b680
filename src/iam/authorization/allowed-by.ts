// What allowed a request, for its audit entry: the decisions of one request, kept with its circumstances until the entry is
// written.
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
