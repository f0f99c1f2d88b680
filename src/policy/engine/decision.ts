// The result of evaluating a request.

import type { Position } from '../language/syntax.ts'
import type { ContextValue } from '../request.ts'

/** The layer of a decision; `root` is the account root's implicit permission, which no statement grants. */
export type LayerName = 'guardrail' | 'resource' | 'trust' | 'identity' | 'boundary' | 'session' | 'root'

export interface StatementRef {
  readonly layer: LayerName
  /** The name passed to compile(). */
  readonly document: string
  readonly sid: string | undefined
  /** Zero-based index in the document. */
  readonly index: number
  readonly start: Position
  readonly end: Position
}

export interface Decision {
  readonly effect: 'allow' | 'deny'
  readonly reason: 'allowed' | 'explicit_deny' | 'implicit_deny'
  /** The layer that denied; undefined when allowed. */
  readonly layer: LayerName | undefined
  /**
   * The statements that decided: the first Deny of the layer that denied, or, for every layer whose Allow was needed, its
   * first Allow, in the order guardrail, resource or trust, identity, boundary, session. "First" is by document, then by
   * position.
   */
  readonly statements: readonly StatementRef[]
}

export interface LayerReport {
  readonly layer: LayerName
  /** Zero-based index among several guardrails or session policies. */
  readonly link: number
  readonly said: 'allow' | 'explicit_deny' | 'implicit_deny'
  /** All statements that applied, in order. */
  readonly statements: readonly StatementRef[]
}

export interface FailedCondition {
  /** With set operator and IfExists: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string
  readonly key: string
  readonly wanted: readonly string[]
  readonly seen: ContextValue | undefined
  readonly statement: StatementRef
}

/** The smallest change known to the engine that would turn a deny into an allow. */
export type Change =
  /** Make these conditions hold in the request (for a Deny: make one of them fail). */
  | {
      readonly kind: 'context'
      readonly statement: StatementRef
      readonly hold: boolean
      readonly conditions: readonly FailedCondition[]
    }
  /** Extend an Allow that nearly applies to this action, resource or principal. */
  | {
      readonly kind: 'widen'
      readonly statement: StatementRef
      readonly element: 'Action' | 'Resource' | 'Principal'
      readonly add: string
    }
  /** Remove or narrow a Deny. */
  | { readonly kind: 'remove'; readonly statement: StatementRef }
  /** Add a statement to a layer; `statement` can be pasted into a policy. */
  | {
      readonly kind: 'add'
      readonly layer: LayerName
      readonly statement: {
        readonly Effect: 'Allow'
        readonly Principal?: string | Readonly<Record<string, string>>
        readonly Action: string
        readonly Resource?: string
      }
    }

export interface Nearest {
  /** One sentence: lower case, no full stop. */
  readonly text: string
  readonly change: Change
}

export interface Explanation extends Decision {
  /** In evaluation order. */
  readonly layers: readonly LayerReport[]
  /** Failed conditions of statements that cover action, resource and principal. */
  readonly conditions: readonly FailedCondition[]
  /** Keys that such statements use, in conditions or variables, and the request lacks. */
  readonly missing: readonly string[]
  /** Only for a deny. */
  readonly nearest: Nearest | undefined
}
