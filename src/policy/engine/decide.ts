// The engine's public interface. evaluate.ts holds the order of evaluation, explain.ts and suggest-fix.ts the reasons,
// format-decision.ts the sentences.

import type { Request } from '../request.ts'
import type { Decision } from './decision.ts'
import { evaluate, type Layers, prepareRequest } from './evaluate.ts'

export { emptySet } from './compile.ts'
export type * from './decision.ts'
export type { Layers } from './evaluate.ts'
export { explain } from './explain.ts'
export { formatDecision } from './format-decision.ts'

/** Allow or deny, with the statements that decided. Takes microseconds, whatever the number of statements; never throws. */
export function decide(request: Request, layers: Layers): Decision {
  return evaluate(prepareRequest(request, layers.boundary !== undefined), layers)
}
