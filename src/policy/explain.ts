// All the reasons for a decision, made on demand: what each layer said, which conditions failed with the value they saw,
// which keys were asked for and missing, and (nearest.ts) the smallest change that would allow.
import type { Asked, CompiledStatement } from './compiled.ts'
import { isMissing } from './conditions.ts'
import type { Explanation, FailedCondition, LayerName, LayerReport } from './decision.ts'
import { askedOf, evaluate, type Layers, layersInOrder } from './evaluate.ts'
import { failedConditions } from './failed-conditions.ts'
import { nearestChange } from './nearest.ts'
import type { PolicySet } from './policy-set.ts'
import type { Request } from './request.ts'

/** As decide, with every reason. `nearest` is worked out when it is read. */
export function explain(request: Request, layers: Layers): Explanation {
  const decision = evaluate(request, layers)
  const asked = askedOf(request)
  const looked = [...layersInOrder(layers)].map(([layer, link, set]) => lookAt(layer, link, set, asked))
  const reports = looked.map(({ report }) => report)
  if (request.principal.kind === 'root')
    reports.push({ layer: 'root', link: 0, said: 'allow', statements: [] })
  return {
    ...decision,
    layers: reports,
    conditions: looked.flatMap(({ failed }) => failed),
    missing: [...new Set(looked.flatMap(({ missing }) => missing))],
    get nearest() {
      return nearestChange(decision, asked, layers)
    },
  }
}

interface Looked {
  readonly report: LayerReport
  readonly failed: readonly FailedCondition[]
  readonly missing: readonly string[]
}

function lookAt(layer: LayerName, link: number, set: PolicySet, asked: Asked): Looked {
  const failed: FailedCondition[] = []
  const missing: string[] = []
  const applied: CompiledStatement[] = []
  for (const statement of set.near(asked)) {
    const reasons = failedConditions(statement, layer, asked)
    if (reasons.length === 0) applied.push(statement)
    failed.push(...reasons)
    missing.push(...missingKeys(statement, asked))
  }
  const denied = applied.filter((statement) => !statement.allow)
  const deciding = denied.length > 0 ? denied : applied
  const said = denied.length > 0 ? 'explicit_deny' : applied.length > 0 ? 'allow' : 'implicit_deny'
  const statements = deciding.map((statement) => statement.ref(layer))
  return { report: { layer, link, said, statements }, failed, missing }
}

/** Keys of conditions and of variables that the request does not have. Null asks for absence, so it misses nothing. */
function missingKeys(statement: CompiledStatement, { context }: Asked): readonly string[] {
  const asked = statement.conditions.filter(({ operator }) => operator !== 'Null').map(({ key }) => key)
  const variables = (statement.resources?.patterns ?? []).flatMap((pattern) => pattern.variables)
  return [...asked, ...variables].filter((key) => isMissing(context.get(key)))
}
