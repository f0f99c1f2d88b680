// Runs the steps of a connection test. Never throws: what a step throws is what its report says.
import { Problem } from '../problem.ts'
import type { CheckStep } from './kind.ts'
import { said } from './outbound/sanitize-for-log.ts'

export type Step = readonly [step: string, work: () => Promise<string | undefined>]

/** In order; the first that fails is the last. */
export async function* tried(steps: readonly Step[]): AsyncGenerator<CheckStep> {
  for (const [step, work] of steps) {
    const result = await work().then(
      (answer) => ({ ok: true, said: answer === undefined ? undefined : said(answer) }),
      (error: unknown) => ({ ok: false, said: said(reasonOf(error)) }),
    )
    yield { step, ...result }
    if (!result.ok) return
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Problem ? (error.detail ?? error.message) : String(error)

export const failedStep = (reason: string): Problem => new Problem('invalid_input', reason)
