// The guarded fetch for one provider, behind its circuit breaker: a provider that is down or answers with its own
// faults costs its callers a refusal, not a wait.
import { callFailed } from './checked-address.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import type { GuardedFetch } from './guarded-fetch.ts'

const failures = 5
const pauseMs = 15_000

/** What gives each provider its fetch, by the provider's id. An answer of 5xx is a failure like no answer. */
export function steadyFetches({
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
      if (answer.status >= 500) throw callFailed(`\`${new URL(url).origin}\` answered ${answer.status}`)
      return answer
    })
}
