// What a condition asks of its key, as far as rules want to know.
import type { Condition } from '../document.ts'
import { operators } from '../operators.ts'

export const keyOf = ({ key }: Condition): string => key.text.toLowerCase()

/** True when it cannot hold of a request that lacks the key. */
export function needsKey(condition: Condition): boolean {
  if (condition.operator === 'Null')
    return condition.values.every(({ text }) => text.toLowerCase() === 'false')
  if (condition.ifExists || condition.set === 'ForAllValues') return false
  return condition.set === 'ForAnyValue' || !isNegated(condition)
}

/** True when it names values the key must have: no negation, no way past it by leaving the key out. */
export const pins = (condition: Condition): boolean =>
  condition.operator !== 'Null' && needsKey(condition) && !isNegated(condition)

export const isNegated = ({ operator }: Condition): boolean => operators.get(operator)?.negated === true

/** As it was written: `ForAnyValue:StringLikeIfExists`. */
export const operatorOf = ({ set, operator, ifExists }: Condition): string =>
  `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`
