// Circuit breaker: after repeated failures callers are rejected at once for a while, then one caller may try again. A provider
// that is down does not make sign-ins wait.
import { isProblem, Problem } from '../../problem.ts'

export interface CircuitBreakerOptions {
  /** Consecutive failures that open the circuit. */
  readonly failures: number
  /** Milliseconds for which it stays open. */
  readonly pauseMs: number
  /** Milliseconds. */
  readonly now: () => number
}

interface Circuit {
  readonly failures: number
  /** Callers are rejected until then; afterwards one caller tries. */
  readonly openUntil: number
}

export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions
  /** Keys whose last call failed. */
  readonly #circuits = new Map<string, Circuit>()

  constructor(options: CircuitBreakerOptions) {
    this.#options = options
  }

  /**
   * Runs the work, unless the circuit of `key` is open. Only Problem('idp_communication_error') counts as a failure; any other
   * error shows that the other side responds.
   * @throws Problem('idp_communication_error') without running the work, while the circuit is open
   */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { failures, pauseMs, now } = this.#options
    const circuit = this.#circuits.get(key)
    if (circuit && circuit.failures >= failures) {
      if (now() < circuit.openUntil) throw paused(circuit.failures)
      // Other callers stay rejected while this one tries.
      this.#circuits.set(key, { ...circuit, openUntil: now() + pauseMs })
    }
    try {
      const done = await work()
      this.#circuits.delete(key)
      return done
    } catch (error) {
      if (isProblem(error, 'idp_communication_error')) this.#failed(key)
      else this.#circuits.delete(key)
      throw error
    }
  }

  #failed(key: string): void {
    const failures = (this.#circuits.get(key)?.failures ?? 0) + 1
    this.#circuits.set(key, { failures, openUntil: this.#options.now() + this.#options.pauseMs })
  }
}

const paused = (failures: number): Problem =>
  new Problem('idp_communication_error', 'An error occurred while calling the identity provider', {
    detail: `left alone for a while after ${failures} failures in a row`,
  })
