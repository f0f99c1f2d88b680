// All the reasons for a decision, made on demand: what each layer said, which conditions failed with the value they saw,
// which keys were asked for and missing, and (suggest-fix.ts) the smallest change that would allow.
import type { Asked, CompiledStatement } from './compiled.ts'
import { isMissing } from './conditions.ts'
import type { Explanation, FailedCondition, LayerReport, StatementRef } from './decision.ts'
import { askedOf, evaluate, type Layers, type Link, linksOf } from './evaluate.ts'
import { failedConditions } from './failed-conditions.ts'
import type { Request } from './request.ts'
import { nearestChange } from './suggest-fix.ts'

/** As decide, with every reason. The nearest change is worked out when it is read. */
export function explain(request: Request, layers: Layers): Explanation {
  const asked = askedOf(request, layers.boundary !== undefined)
  const { effect, reason, layer, statements } = evaluate(asked, layers)
  const looked = lookAt(asked, layers)
  return {
    effect,
    reason,
    layer,
    statements,
    layers: looked.layers,
    conditions: looked.conditions,
    missing: looked.missing,
    get nearest() {
      return nearestChange({ reason, layer }, asked, layers)
    },
  }
}

interface Looked {
  readonly layers: LayerReport[]
  readonly conditions: FailedCondition[]
  readonly missing: string[]
}

function lookAt(asked: Asked, layers: Layers): Looked {
  const looked: Looked = { layers: [], conditions: [], missing: [] }
  for (const link of linksOf(layers)) looked.layers.push(reportOf(link, asked, looked))
  if (asked.request.principal.kind === 'root')
    looked.layers.push({ layer: 'root', link: 0, said: 'allow', statements: [] })
  return looked
}

/** What one set said; failed conditions and missing keys go to `looked`. */
function reportOf({ layer, link, set }: Link, asked: Asked, looked: Looked): LayerReport {
  const allowing: StatementRef[] = []
  const denying: StatementRef[] = []
  for (const statement of set.near(asked)) {
    addMissing(statement, asked, looked.missing)
    if (statement.conditionsHold(asked.context))
      (statement.allow ? allowing : denying).push(statement.ref(layer))
    else looked.conditions.push(...failedConditions(statement, layer, asked))
  }
  if (denying.length > 0) return { layer, link, said: 'explicit_deny', statements: denying }
  return { layer, link, said: allowing.length > 0 ? 'allow' : 'implicit_deny', statements: allowing }
}

/** Keys of conditions and of variables that the request does not have. Null asks for absence, so it misses nothing. */
function addMissing(statement: CompiledStatement, { context }: Asked, missing: string[]): void {
  const add = (key: string): void => {
    if (isMissing(context.get(key)) && !missing.includes(key)) missing.push(key)
  }
  for (const { operator, key } of statement.conditions) if (operator !== 'Null') add(key)
  for (const { variables } of statement.resources?.patterns ?? []) for (const key of variables) add(key)
}
