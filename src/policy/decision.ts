// What the engine answers, as data.

import type { ContextValue } from './request.ts'
import type { Position } from './syntax.ts'

/** Where a word came from; `root` is the account root's standing permission, which no statement gives. */
export type LayerName = 'guardrail' | 'resource' | 'trust' | 'identity' | 'boundary' | 'session' | 'root'

export interface StatementRef {
  readonly layer: LayerName
  /** The name given to compile(). */
  readonly document: string
  readonly sid: string | undefined
  /** Place in its document, from 0. */
  readonly index: number
  readonly start: Position
  readonly end: Position
}

export interface Decision {
  readonly effect: 'allow' | 'deny'
  readonly reason: 'allowed' | 'explicit_deny' | 'implicit_deny'
  /** That refused; undefined when allowed. */
  readonly layer: LayerName | undefined
  /**
   * That decided: the first Deny of the layer that refused; or, for every layer whose allow was needed, its first Allow
   * in the order guardrail, resource or trust, identity, boundary, session. "First" is by document, then by place.
   */
  readonly statements: readonly StatementRef[]
}

export interface LayerReport {
  readonly layer: LayerName
  /** Which of several guardrails or session links, from 0. */
  readonly link: number
  readonly said: 'allow' | 'explicit_deny' | 'implicit_deny'
  /** All that applied, in order. */
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

/** The smallest change the engine can name that would turn a deny into an allow. */
export type Change =
  /** Make the request's circumstances such that these conditions hold (or, of a Deny, one of them fails). */
  | {
      readonly kind: 'context'
      readonly statement: StatementRef
      readonly hold: boolean
      readonly conditions: readonly FailedCondition[]
    }
  /** Let an Allow that almost applies cover this action, resource or principal. */
  | {
      readonly kind: 'widen'
      readonly statement: StatementRef
      readonly element: 'Action' | 'Resource' | 'Principal'
      readonly add: string
    }
  /** Take a Deny away, or narrow it. */
  | { readonly kind: 'remove'; readonly statement: StatementRef }
  /** Add a statement to a layer; `statement` is ready to paste. */
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
  /** In the order of evaluation. */
  readonly layers: readonly LayerReport[]
  /** Of statements that cover action, resource and principal and failed on conditions alone. */
  readonly conditions: readonly FailedCondition[]
  /** Keys such statements asked for, in conditions or variables, that the request does not have. */
  readonly missing: readonly string[]
  /** For a deny. */
  readonly nearest: Nearest | undefined
}
