// A decision of the policy engine as an audit entry keeps it: what was asked, what each layer of policies said, and the
// conditions that did not hold, with the values of the request. Made where the decision was made; plain JSON.

export interface AuditDecision {
  readonly action: string
  readonly resource: string
  readonly reason: 'allowed' | 'explicit_deny' | 'implicit_deny'
  /** The layer that denied. */
  readonly layer?: string | undefined
  /** Of each layer in the order of evaluation. */
  readonly layers: readonly AuditDecisionLayer[]
  readonly conditions: readonly AuditFailedCondition[]
  /** Condition keys that statements use and the request lacked. */
  readonly missing: readonly string[]
  /** The smallest change that would have allowed it, as a sentence. */
  readonly nearest?: string | undefined
}

export interface AuditDecisionLayer {
  readonly layer: string
  readonly said: 'allow' | 'explicit_deny' | 'implicit_deny'
  /** Statements that applied, as `statement \`Sid\` of \`document\` (line 4)`. */
  readonly statements: readonly string[]
}

export interface AuditFailedCondition {
  readonly statement: string
  readonly operator: string
  readonly key: string
  readonly wanted: readonly string[]
  /** The value of the request; absent when the request had none. */
  readonly seen?: string | readonly string[] | undefined
}

/** Whose policies an entry may describe, where the caller and the resource are of two accounts: those of one account only. */
export type DecisionSide = 'caller' | 'resource'

/** Decisions of errors, made when an entry is written: most errors that are thrown and caught again have none. */
const decisions = new WeakMap<object, MakeDecision>()

/** With `side`, what that account may read of the decision. */
type MakeDecision = (side?: DecisionSide) => AuditDecision

/** Keeps the decision with the error that it is the reason of. @returns the error */
export function withDecision<E extends Error>(error: E, make: MakeDecision): E {
  decisions.set(error, make)
  return error
}

/** The decision behind an error, if a decision is behind it. */
export const decisionOf = (error: unknown, side?: DecisionSide): AuditDecision | undefined =>
  typeof error === 'object' && error !== null ? decisions.get(error)?.(side) : undefined
