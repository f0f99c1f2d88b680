// Performs an operation of the admin API for a caller who is known already: with authorization by the policy engine, and with
// its audit entry. The routes of the API and the console call it.
import type { Trail } from '../audit/trail.ts'
import type { Call } from '../iam/caller.ts'
import type { RawInput } from './input.ts'
import type { AuditNote, Authorize, Operation, Result } from './operation.ts'
import { recorded } from './recorded.ts'
import type { UseCases } from './use-cases.ts'

export interface PerformPorts {
  readonly authorize: Authorize
  readonly trail: Trail
  readonly use: UseCases
}

export interface OperationInput {
  readonly raw: RawInput
  /** Versions of the header `If-Match`; undefined: whatever the present version is. */
  readonly ifMatch?: readonly string[] | undefined
}

/** @throws Problem */
export function perform(
  { authorize, trail, use }: PerformPorts,
  operation: Operation,
  call: Call,
  { raw, ifMatch }: OperationInput,
): Promise<Result<unknown>> {
  const note: AuditNote = { details: {} }
  const change = operation.method !== 'GET'
  return recorded(trail, { call, action: operation.name, change, note }, async () =>
    operation.perform({ use, authorize, call, raw, ifMatch, note }),
  )
}
