// Probes for operators: liveness and readiness.
import { Problem } from '../problem.ts'
import type { Route } from './route.ts'
import { version } from './version.ts'

/** The requirements for serving, by name; each rejects or throws when it is not met. */
export interface ReadinessChecks {
  /** The store responds. */
  readonly store: () => Promise<void>
  /** Each use has a key that can sign now. */
  readonly keys: () => void
  /** The audit trail can be written. */
  readonly audit: () => Promise<void>
}

/** The order in which failed checks are reported. */
const checkNames = ['store', 'keys', 'audit'] as const satisfies readonly (keyof ReadinessChecks)[]

/**
 * `/healthz`: the process responds. `/readyz`: it can serve according to all checks; otherwise 503 with the names of the
 * failed checks.
 * @param onFailed called for each failed check, for the log
 */
export const operationRoutes = (
  checks: ReadinessChecks,
  onFailed: (check: keyof ReadinessChecks, error: unknown) => void,
): readonly Route[] => [
  {
    method: 'GET',
    path: '/healthz',
    access: 'public',
    run(ctx) {
      ctx.body = { status: 'ok', version }
    },
  },
  {
    method: 'GET',
    path: '/readyz',
    access: 'public',
    async run(ctx) {
      const failed = await failedChecks(checks, onFailed)
      if (failed.length > 0)
        throw new Problem('unavailable', `not ready: ${failed.join(', ')}`, { retryAfter: 1 })
      ctx.body = { status: 'ready', checks: Object.fromEntries(checkNames.map((name) => [name, 'ok'])) }
    },
  },
]

async function failedChecks(
  checks: ReadinessChecks,
  onFailed: (check: keyof ReadinessChecks, error: unknown) => void,
): Promise<readonly string[]> {
  const failed = checkNames.map(async (name) => {
    try {
      await checks[name]()
      return []
    } catch (error) {
      onFailed(name, error)
      return [name]
    }
  })
  return (await Promise.all(failed)).flat()
}
