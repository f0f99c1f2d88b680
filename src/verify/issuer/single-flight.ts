/** Concurrent calls for the same key share one execution and its result; a failure is not kept. */
export class SingleFlight<V> {
  readonly #flying = new Map<string, Promise<V>>()

  run(key: string, work: () => Promise<V>): Promise<V> {
    const flying = this.#flying.get(key)
    if (flying !== undefined) return flying
    const flight = work().finally(() => this.#flying.delete(key))
    this.#flying.set(key, flight)
    return flight
  }
}
