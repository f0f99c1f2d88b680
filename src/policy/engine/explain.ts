// Explains a decision on demand: the verdict of each layer, the failed conditions with the actual values, the missing keys,
// and (suggest-fix.ts) the smallest change that would allow the request.

import type { Request } from '../request.ts'
import type { CompiledStatement, PreparedRequest } from './compiled.ts'
import { isMissing } from './conditions.ts'
import type { Explanation, FailedCondition, LayerReport, StatementRef } from './decision.ts'
import { evaluate, type Layers, type Link, linksOf, prepareRequest } from './evaluate.ts'
import { failedConditions } from './failed-conditions.ts'
import { suggestFix } from './suggest-fix.ts'

/** Evaluates a request like `decide` and collects every reason. The suggested change is computed when it is first read. */
export function explain(request: Request, layers: Layers): Explanation {
  const prepared = prepareRequest(request, layers.boundary !== undefined)
  const { effect, reason, layer, statements } = evaluate(prepared, layers)
  const looked = lookAt(prepared, layers)
  return {
    effect,
    reason,
    layer,
    statements,
    layers: looked.layers,
    conditions: looked.conditions,
    missing: looked.missing,
    get nearest() {
      return suggestFix({ reason, layer }, prepared, layers)
    },
  }
}

interface Looked {
  readonly layers: LayerReport[]
  readonly conditions: FailedCondition[]
  readonly missing: string[]
}

function lookAt(prepared: PreparedRequest, layers: Layers): Looked {
  const looked: Looked = { layers: [], conditions: [], missing: [] }
  for (const link of linksOf(layers)) looked.layers.push(reportOf(link, prepared, looked))
  if (prepared.request.principal.kind === 'root')
    looked.layers.push({ layer: 'root', link: 0, said: 'allow', statements: [] })
  return looked
}

/** The report of one policy set; failed conditions and missing keys are added to `looked`. */
function reportOf({ layer, link, set }: Link, prepared: PreparedRequest, looked: Looked): LayerReport {
  const allowing: StatementRef[] = []
  const denying: StatementRef[] = []
  for (const statement of set.covering(prepared)) {
    addMissing(statement, prepared, looked.missing)
    if (statement.conditionsHold(prepared.context))
      (statement.allow ? allowing : denying).push(statement.ref(layer))
    else looked.conditions.push(...failedConditions(statement, layer, prepared))
  }
  if (denying.length > 0) return { layer, link, said: 'explicit_deny', statements: denying }
  return { layer, link, said: allowing.length > 0 ? 'allow' : 'implicit_deny', statements: allowing }
}

/** Keys of conditions and variables that the request lacks. `Null` tests for absence, so its keys are not reported. */
function addMissing(statement: CompiledStatement, { context }: PreparedRequest, missing: string[]): void {
  const add = (key: string): void => {
    if (isMissing(context.get(key)) && !missing.includes(key)) missing.push(key)
  }
  for (const { operator, key } of statement.conditions) if (operator !== 'Null') add(key)
  for (const { variables } of statement.resources?.patterns ?? []) for (const key of variables) add(key)
}
