// Evaluates one compiled condition: how missing keys, lists, set operators and negation work for every operator
// (docs/policy-semantics.md §3).

import { type Operator, operators, type Test } from '../language/operators.ts'
import type { Condition, Version } from '../language/syntax.ts'
import { readTemplate } from '../language/template.ts'
import type { Context, ContextValue } from '../request.ts'

/** From this many texts on, a hash set is faster than comparing one by one. */
const many = 8

export class CompiledCondition {
  readonly operator: string
  readonly set: Condition['set']
  readonly ifExists: boolean
  /** As written. */
  readonly writtenKey: string
  /** In lower case. */
  readonly key: string
  readonly wanted: readonly string[]
  /** The texts that satisfy the condition, when it compares for equality and no value depends on the request. */
  readonly texts: readonly string[] | undefined
  readonly negated: boolean
  readonly #tests: readonly Test[]
  readonly #hashed: ReadonlySet<string> | undefined

  constructor(condition: Condition, version: Version) {
    const operator = operators.get(condition.operator)!
    this.operator = condition.operator
    this.set = condition.set
    this.ifExists = condition.ifExists
    this.writtenKey = condition.key.text
    this.key = condition.key.text.toLowerCase()
    this.wanted = condition.values.map((value) => value.text)
    this.negated = operator.negated
    this.texts = literalTexts(operator, this.wanted, version)
    this.#hashed = this.texts !== undefined && this.texts.length > many ? new Set(this.texts) : undefined
    this.#tests = this.#hashed ? [] : this.wanted.map((text) => operator.compile(text, version))
  }

  /** `ForAnyValue:StringLikeIfExists`. */
  get name(): string {
    return `${this.set ? `${this.set}:` : ''}${this.operator}${this.ifExists ? 'IfExists' : ''}`
  }

  holds(context: Context): boolean {
    const value = context.get(this.key)
    const missing = isMissing(value)
    if (this.operator === 'Null') return this.#anyOf(String(missing), context)
    if (missing) return this.set === undefined ? this.ifExists || this.negated : this.#setOfNone()
    if (this.set === undefined) {
      // A multi-valued key needs a set operator, whatever the operator and the number of values.
      return typeof value === 'string' && this.#anyOf(value, context) !== this.negated
    }
    const values = typeof value === 'string' ? [value] : (value as readonly string[])
    const agrees = (one: string): boolean => this.#anyOf(one, context) !== this.negated
    return this.set === 'ForAllValues' ? values.every(agrees) : values.some(agrees)
  }

  /** ForAllValues holds for an empty set; ForAnyValue does not, except with IfExists. */
  #setOfNone(): boolean {
    return this.set === 'ForAllValues' || this.ifExists
  }

  #anyOf(actual: string, context: Context): boolean {
    if (this.#hashed) return this.#hashed.has(actual)
    for (const test of this.#tests) if (test(actual, context)) return true
    return false
  }
}

/** Whether a key is missing. A multi-valued key without entries counts as missing. */
export function isMissing(value: ContextValue | undefined): value is undefined {
  return value === undefined || (typeof value !== 'string' && value.length === 0)
}

function literalTexts(
  operator: Operator,
  wanted: readonly string[],
  version: Version,
): readonly string[] | undefined {
  if (!operator.sameText) return undefined
  const texts: string[] = []
  for (const text of wanted) {
    const template = readTemplate(text, { version, wildcards: false })
    if ('fault' in template || template.pieces.some((piece) => piece.kind !== 'literal')) return undefined
    texts.push(template.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '')).join(''))
  }
  return texts
}
