// Conditions that prevent a statement from applying, with the actual values.

import type { Context } from '../request.ts'
import type { CompiledStatement, PreparedRequest } from './compiled.ts'
import type { CompiledCondition } from './conditions.ts'
import type { FailedCondition, LayerName } from './decision.ts'

export function failedConditions(
  statement: CompiledStatement,
  layer: LayerName,
  { context }: PreparedRequest,
): readonly FailedCondition[] {
  return statement.conditions
    .filter((condition) => !condition.holds(context))
    .map((condition) => described(condition, statement, layer, context))
}

export function described(
  condition: CompiledCondition,
  statement: CompiledStatement,
  layer: LayerName,
  context: Context,
): FailedCondition {
  const { name: operator, writtenKey: key, wanted } = condition
  return { operator, key, wanted, seen: context.get(condition.key), statement: statement.ref(layer) }
}
