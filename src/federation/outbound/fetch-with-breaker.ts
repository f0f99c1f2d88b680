// The guarded fetch behind a circuit breaker per provider: callers of a provider that is down or answers 5xx do not wait.
import { communicationError } from './checked-address.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import type { GuardedFetch } from './guarded-fetch.ts'

const failures = 5
const pauseMs = 15_000

/** Returns the fetch of a provider by its id. A 5xx response counts as a failure, like no response. */
export function fetchesWithBreaker({
  fetch,
  now,
}: {
  readonly fetch: GuardedFetch
  /** Epoch seconds. */
  readonly now: () => number
}): (id: string) => GuardedFetch {
  const breaker = new CircuitBreaker({ failures, pauseMs, now: () => now() * 1000 })
  return (id) => (url, request) =>
    breaker.run(id, async () => {
      const answer = await fetch(url, request)
      if (answer.status >= 500)
        throw communicationError(`\`${new URL(url).origin}\` answered ${answer.status}`)
      return answer
    })
}
