// Every use case on record, once, from outside: what was asked, by whom, and how it ended. A change is answered after
// its entry is durable; so is a refusal; a read that was allowed, or that the store did not answer, is recorded, but
// nobody waits for it.
import type { Actor, AuditEvent } from '../audit/event.ts'
import { isProblem, Problem } from '../problem.ts'
import type { Call, Caller } from './caller.ts'

/** What this room asks of audit/trail.ts. */
export interface Trail {
  /** Durable when it returns. @throws Problem('unavailable'): then nothing may be answered. */
  record(event: AuditEvent): Promise<void>
}

type UseCase = (call: Call, input: never) => Promise<unknown>
type UseCases = Readonly<Record<string, UseCase>>

/** Codes of two steps; audit/event.ts blanks every other secret by its name or type. */
const hidden = new Set(['code1', 'code2'])
const readVerb = /^(get|list|simulate)[A-Z]/

/**
 * The same use cases, each on record as `<service>:<Name>`.
 * @throws what the use case throws; Problem('unavailable') when the trail cannot be written
 */
export function audited<T extends UseCases>(trail: Trail, service: string, useCases: T): T {
  const wrapped = Object.entries(useCases).map(([name, useCase]) => {
    const action = `${service}:${name.charAt(0).toUpperCase()}${name.slice(1)}`
    return [name, recording(trail, action, readVerb.test(name), useCase)]
  })
  return Object.fromEntries(wrapped) as T
}

function recording(trail: Trail, action: string, reads: boolean, useCase: UseCase): UseCase {
  return async (call, input) => {
    const entry = (outcome: AuditEvent['outcome'], reason?: string): AuditEvent => ({
      at: call.circumstances.now,
      action,
      ...whoIs(call.caller),
      outcome,
      reason,
      requestId: call.circumstances.requestId,
      sourceIp: call.circumstances.sourceIp,
      userAgent: call.circumstances.userAgent,
      details: asked(input),
    })
    const recorded = async (event: AuditEvent, waits: boolean) => {
      const written = trail.record(event)
      if (waits) await written
      else written.catch(() => undefined)
    }
    let result: unknown
    try {
      result = await useCase(call, input)
    } catch (error) {
      const waits = !reads || !isProblem(error, 'unavailable')
      await recorded(entry(outcomeOf(error), reasonOf(error)), waits)
      throw error
    }
    await recorded(entry('done'), !reads)
    return result
  }
}

const outcomeOf = (error: unknown): AuditEvent['outcome'] => {
  if (!(error instanceof Problem)) return 'failed'
  return error.code === 'denied' ? 'denied' : 'refused'
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Problem)) return 'internal error'
  const { code, message, detail } = error
  return detail === undefined ? `${code}: ${message}` : `${code}: ${message} (${detail})`
}

function whoIs(caller: Caller): Pick<AuditEvent, 'accountId' | 'who' | 'actor'> {
  if (caller.kind === 'anonymous') return { accountId: '', who: 'anonymous', actor: { kind: 'anonymous' } }
  const { accountId, arn: who, accessKeyId } = caller
  return { accountId, who, actor: { ...actorOf(caller), accessKeyId } }
}

function actorOf(caller: Exclude<Caller, { kind: 'anonymous' }>): Actor {
  switch (caller.kind) {
    case 'root':
      return { kind: 'root' }
    case 'user':
      return { kind: 'user', id: caller.userId }
    case 'session': {
      const { roleId, sessionId, sourceIdentity } = caller
      return { kind: 'session', id: roleId, session: sessionId, sourceIdentity }
    }
  }
}

function asked(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null) return {}
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== undefined && !hidden.has(name)),
  )
}
