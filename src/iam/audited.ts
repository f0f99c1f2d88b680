// Every use case on record, once, from outside: what was asked, by whom, and how it ended. A change is answered after
// its entry is durable; so is a refusal; a read that was allowed is recorded, but nobody waits for it.
import { Problem } from '../problem.ts'
import { Secret } from '../secure/secret.ts'
import type { Call } from './caller.ts'

/** One line of the record; sts/ writes the same. */
export interface Happening {
  readonly action: string
  readonly accountId: string
  /** ARN of the caller. */
  readonly who: string
  readonly outcome: 'done' | 'refused'
  /** Code and message of a refusal. */
  readonly reason?: string | undefined
  readonly requestId: string
  readonly sourceIp: string
  readonly at: number
  /** What was asked; never a password, code or secret. */
  readonly details: Readonly<Record<string, unknown>>
}

export interface Trail {
  /** Durable when it returns. @throws Problem('unavailable'): then nothing may be answered. */
  record(event: Happening): Promise<void>
}

type UseCase = (call: Call, input: never) => Promise<unknown>
type UseCases = Readonly<Record<string, UseCase>>

/** Never on record, whatever type they have. */
const hidden = new Set(['password', 'oldPassword', 'newPassword', 'secret', 'code', 'code1', 'code2', 'seed'])
/** Characters of one value that the record keeps; a managed policy fits. */
const longest = 8192
const readVerb = /^(get|list)[A-Z]/

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

function recording(trail: Trail, action: string, reads: boolean, useCase: UseCase) {
  return async (call: Call, input: never): Promise<unknown> => {
    const entry = (outcome: Happening['outcome'], reason?: string): Happening => ({
      action,
      accountId: call.caller.kind === 'anonymous' ? '' : call.caller.accountId,
      who: call.caller.kind === 'anonymous' ? 'anonymous' : call.caller.arn,
      outcome,
      reason,
      requestId: call.circumstances.requestId,
      sourceIp: call.circumstances.sourceIp,
      at: call.circumstances.now,
      details: shown(input),
    })
    let result: unknown
    try {
      result = await useCase(call, input)
    } catch (error) {
      await trail.record(entry('refused', reasonOf(error)))
      throw error
    }
    const written = trail.record(entry('done'))
    if (reads) written.catch(() => undefined)
    else await written
    return result
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Problem)) return 'internal error'
  const { code, message, detail } = error
  return detail === undefined ? `${code}: ${message}` : `${code}: ${message} (${detail})`
}

/** The input without secrets, absent members and endless texts. */
function shown(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null) return {}
  const kept = Object.entries(input).filter(
    ([name, value]) => value !== undefined && !hidden.has(name) && !(value instanceof Secret),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, cut(value)]))
}

const cut = (value: unknown): unknown =>
  typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value
