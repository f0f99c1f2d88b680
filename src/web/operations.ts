// What an operator's probes ask: is the process alive, can it serve.
import { Problem } from '../problem.ts'
import type { Route } from './route.ts'

/** What serving takes, by name; each rejects or throws when it is not there. */
export interface ReadinessChecks {
  /** The store answers. */
  readonly store: () => Promise<void>
  /** There is a key of each use that can sign at this moment. */
  readonly keys: () => void
  /** The audit trail can be written. */
  readonly audit: () => Promise<void>
}

/** In this order they are named when they fail. */
const checkNames = ['store', 'keys', 'audit'] as const satisfies readonly (keyof ReadinessChecks)[]

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, as each of the checks says; otherwise 503, which names the
 * checks that failed.
 * @param onFailed told of each failed check, for the log
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
      ctx.body = { status: 'ok' }
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
