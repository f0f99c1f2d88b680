// Which statements of a set concern a request, whatever their conditions: for pictures of access, which show also what would
// apply if a condition held. The decision itself is evaluate.ts's.

import type { Request } from '../request.ts'
import type { LayerName, StatementRef } from './decision.ts'
import { prepareRequest } from './evaluate.ts'
import type { PolicySet } from './policy-set.ts'

export interface CoveringStatement {
  readonly ref: StatementRef
  readonly allow: boolean
  /** Whether all its conditions hold, so that it applies. */
  readonly holds: boolean
}

/**
 * The statements that cover principal, action and resource, in order.
 * @param layer that the set is evaluated as
 * @param bounded whether the principal has a permissions boundary
 */
export function coveringStatements(
  request: Request,
  set: PolicySet,
  layer: LayerName,
  bounded: boolean,
): readonly CoveringStatement[] {
  const prepared = prepareRequest(request, bounded)
  return set.covering(prepared).map((statement) => ({
    ref: statement.ref(layer),
    allow: statement.allow,
    holds: statement.conditionsHold(prepared.context),
  }))
}
