// Runs the steps of a connection test in order. Never throws: a failed step becomes a failed report.
import { Problem } from '../problem.ts'
import type { CheckStep } from './kind.ts'
import { sanitizeForLog } from './outbound/sanitize-for-log.ts'

export type Step = readonly [step: string, work: () => Promise<string | undefined>]

/** Runs the steps in order and stops after the first failure. */
export async function* runSteps(steps: readonly Step[]): AsyncGenerator<CheckStep> {
  for (const [step, work] of steps) {
    const result = await work().then(
      (answer) => ({ ok: true, said: answer === undefined ? undefined : sanitizeForLog(answer) }),
      (error: unknown) => ({ ok: false, said: sanitizeForLog(reasonOf(error)) }),
    )
    yield { step, ...result }
    if (!result.ok) return
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Problem ? (error.detail ?? error.message) : String(error)

export const failedStep = (reason: string): Problem => new Problem('invalid_input', reason)
