// Properties of conditions that several lint rules need.
import type { Condition } from '../language/document.ts'
import { operators } from '../language/operators.ts'

export const keyOf = ({ key }: Condition): string => key.text.toLowerCase()

/** True when the condition cannot hold for a request that lacks the key. */
export function needsKey(condition: Condition): boolean {
  if (condition.operator === 'Null')
    return condition.values.every(({ text }) => text.toLowerCase() === 'false')
  if (condition.ifExists || condition.set === 'ForAllValues') return false
  return condition.set === 'ForAnyValue' || !isNegated(condition)
}

/** True when the condition requires the key to be present with one of the listed values. */
export const pins = (condition: Condition): boolean =>
  condition.operator !== 'Null' && needsKey(condition) && !isNegated(condition)

export const isNegated = ({ operator }: Condition): boolean => operators.get(operator)?.negated === true

/** The operator as written: `ForAnyValue:StringLikeIfExists`. */
export const operatorOf = ({ set, operator, ifExists }: Condition): string =>
  `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`
