// The engine's door. evaluate.ts holds the order of evaluation, explain.ts and suggest-fix.ts the reasons, format-decision.ts the words.
import type { Decision } from './decision.ts'
import { askedOf, evaluate, type Layers } from './evaluate.ts'
import type { Request } from './request.ts'

export { emptySet } from './compile.ts'
export type * from './decision.ts'
export type { Layers } from './evaluate.ts'
export { explain } from './explain.ts'
export { say } from './format-decision.ts'

/** Allow or deny, with what decided. Microseconds, whatever the number of statements; never throws. */
export function decide(request: Request, layers: Layers): Decision {
  return evaluate(askedOf(request, layers.boundary !== undefined), layers)
}
