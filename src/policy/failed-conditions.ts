// Conditions that keep a statement from applying, with the value they saw.
import type { Asked, CompiledStatement } from './compiled.ts'
import type { CompiledCondition } from './conditions.ts'
import type { FailedCondition, LayerName } from './decision.ts'
import type { Context } from './request.ts'

export function failedConditions(
  statement: CompiledStatement,
  layer: LayerName,
  { context }: Asked,
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
