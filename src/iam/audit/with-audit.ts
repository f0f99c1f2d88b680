// Every use case with an audit entry: who called what, and the outcome. A change is answered after its entry is durable;
// so is a request that did not succeed. A read that was allowed, or that failed because the store is unavailable, is
// recorded, but its answer does not wait for that.
import type { AuditEvent } from '../../audit/event.ts'
import type { Trail } from '../../audit/trail.ts'
import { withAudit } from '../../audit/with-audit.ts'
import { isProblem } from '../../problem.ts'
import { allowedBy, resourceAsked } from '../authorization/allowed-by.ts'
import type { Call } from '../caller.ts'
import { auditedCaller } from './audited-caller.ts'

export type { Trail } from '../../audit/trail.ts'

type UseCase = (call: Call, input: never) => Promise<unknown>
type UseCases = Readonly<Record<string, UseCase>>

/** Codes of two steps; audit/event.ts redacts every other secret by its name or type. */
const hidden = new Set(['code1', 'code2'])
const readVerb = /^(get|list|simulate)[A-Z]/

/**
 * The same use cases, each with an audit entry `<service>:<Name>`.
 * @param resources the resource of the entry, by use case, where it is not the one that the engine decided on
 * @throws what the use case throws; Problem('unavailable') when the trail cannot be written
 */
export function audited<T extends UseCases>(
  trail: Trail,
  service: string,
  useCases: T,
  resources: { readonly [K in keyof T]?: (input: Parameters<T[K]>[1]) => string } = {},
): T {
  const wrapped = Object.entries(useCases).map(([name, useCase]) => {
    const action = `${service}:${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const resourceOf = resources[name] as ((input: never) => string) | undefined
    return [name, auditedUseCase(trail, action, readVerb.test(name), useCase, resourceOf)]
  })
  return Object.fromEntries(wrapped) as T
}

function auditedUseCase(
  trail: Trail,
  action: string,
  reads: boolean,
  useCase: UseCase,
  resourceOf?: (input: never) => string,
): UseCase {
  const write = async (entry: AuditEvent, error: unknown): Promise<void> => {
    const written = trail.record(entry)
    const waits = !reads || (error !== undefined && !isProblem(error, 'unavailable'))
    if (waits) await written
    else written.catch(() => undefined)
  }
  return (call, input) => {
    const { now: at, requestId, sourceIp, userAgent, region } = call.circumstances
    const entry = () => {
      const reasons = allowedBy(call.circumstances)
      const resource =
        resourceOf === undefined ? resourceAsked(call.circumstances, action) : resourceOf(input)
      return {
        at,
        action,
        ...auditedCaller(call.caller),
        requestId,
        sourceIp,
        userAgent,
        region,
        ...(reasons !== undefined && { reasons }),
        ...(resource !== undefined && { resource }),
        details: detailsOf(input),
      }
    }
    return withAudit({ entry, write }, () => useCase(call, input))
  }
}

function detailsOf(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null) return {}
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== undefined && !hidden.has(name)),
  )
}
