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

interface Questions {
  /** What each action was asked for. */
  readonly resources: Map<string, string>
  readonly allowed: Allowed[]
}

const byRequest = new WeakMap<Circumstances, Questions>()

function questionsOf(circumstances: Circumstances): Questions {
  const known = byRequest.get(circumstances)
  if (known !== undefined) return known
  const made: Questions = { resources: new Map(), allowed: [] }
  byRequest.set(circumstances, made)
  return made
}

/** Notes a question before it is decided, so that an entry of a denial names the resource too. */
export function noteAsked(circumstances: Circumstances, action: string, resource: string): void {
  const { resources } = questionsOf(circumstances)
  if (resources.size < mostDecisions && !resources.has(action)) resources.set(action, resource)
}

export function noteAllowed(circumstances: Circumstances, action: string, decision: Decision): void {
  const { allowed } = questionsOf(circumstances)
  if (allowed.length < mostDecisions) allowed.push({ action, decision })
}

/** `iam:CreateUser allowed by statement …`, one for each decision; undefined when nothing was allowed. */
export function allowedBy(circumstances: Circumstances): readonly string[] | undefined {
  const { allowed = [] } = byRequest.get(circumstances) ?? {}
  return allowed.length === 0
    ? undefined
    : allowed.map(({ action, decision }) => `${action} ${formatDecision(decision)}`)
}

/** The resource that the action of the request was decided on; undefined when no question was asked. */
export const resourceAsked = (circumstances: Circumstances, action: string): string | undefined =>
  byRequest.get(circumstances)?.resources.get(action)
