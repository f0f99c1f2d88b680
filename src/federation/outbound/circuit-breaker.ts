// Leaves alone what has failed again and again: for a while its callers are refused at once, then one may try.
// A provider that is down costs a sign-in nothing but the refusal.
import { isProblem, Problem } from '../../problem.ts'

export interface CircuitBreakerOptions {
  /** So many failures in a row open it. */
  readonly failures: number
  /** How long it stays open. */
  readonly pauseMs: number
  /** Milliseconds. */
  readonly now: () => number
}

interface Circuit {
  readonly failures: number
  /** Refused until then; then one caller tries. */
  readonly openUntil: number
}

export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions
  /** Of what failed last; who succeeds leaves. */
  readonly #circuits = new Map<string, Circuit>()

  constructor(options: CircuitBreakerOptions) {
    this.#options = options
  }

  /**
   * Does the work, unless `key` has failed too often lately. Only Problem('idp_communication_error') is a failure: a
   * refusal shows that the other side is well.
   * @throws Problem('idp_communication_error') without doing the work
   */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { failures, pauseMs, now } = this.#options
    const circuit = this.#circuits.get(key)
    if (circuit && circuit.failures >= failures) {
      if (now() < circuit.openUntil) throw paused(circuit.failures)
      // The others wait on while this one tries.
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
