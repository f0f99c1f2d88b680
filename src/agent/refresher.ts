// Holds the current credentials and replaces them before they expire. Times are compared with the wall clock and not left to
// one long timer, so that a suspended machine or a corrected clock cannot leave expired credentials in use.
import { isProblem, Problem } from '../problem.ts'
import type { ObtainCredentials, SessionCredentials } from './session-credentials.ts'

export interface RefresherDependencies {
  readonly obtain: ObtainCredentials
  /** Epoch seconds. */
  readonly now: () => number
  /** From 0 up to but not including 1. */
  readonly random: () => number
  readonly onRefreshed: (credentials: SessionCredentials) => void
  readonly onFailed: (error: Problem, retryIn: number) => void
}

/** Seconds before the end at which credentials are replaced; AWS SDKs ask again within the last five minutes. */
const margin = 300
/** Up to this many seconds earlier, so that many machines started together do not all ask at once. */
const jitter = 60
/** Longest pause between two attempts, in seconds. */
const longestPause = 60
/** Milliseconds that a caller waits for new credentials while the old ones are still valid. */
const patience = 2_000
/** Milliseconds after which the clock is compared again. */
const longestTimer = 15_000

export class Refresher {
  readonly #deps: RefresherDependencies
  #held: SessionCredentials | undefined
  #refreshAt = 0
  #retryAt = 0
  #failures = 0
  #error: Problem | undefined
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(deps: RefresherDependencies) {
    this.#deps = deps
  }

  /** Makes the first attempt, and refreshes until `stop`. The first attempt may fail; it is repeated. */
  async start(): Promise<void> {
    await this.#refreshIfDue()
    this.#schedule()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  /**
   * Credentials that have not expired. When the server cannot be reached, the held ones are served until their end.
   * @throws Problem of the last attempt when there are none
   */
  async current(): Promise<SessionCredentials> {
    if (this.#isDue()) {
      const refreshed = this.#refreshIfDue()
      await (this.#isLive() ? Promise.race([refreshed, pause(patience)]) : refreshed)
    }
    if (this.#held !== undefined && this.#isLive()) return this.#held
    throw this.#error ?? new Problem('unavailable', 'there are no credentials yet')
  }

  #isDue(): boolean {
    return this.#held === undefined || this.#deps.now() >= this.#refreshAt
  }

  #isLive(): boolean {
    return this.#held !== undefined && this.#deps.now() < this.#held.expiration
  }

  /** Concurrent callers share one attempt; none is made during the pause after a failure. */
  #refreshIfDue(): Promise<void> {
    if (!this.#isDue() || (this.#deps.now() < this.#retryAt && this.#running === undefined))
      return Promise.resolve()
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #refresh(): Promise<void> {
    const { obtain, now, random, onRefreshed, onFailed } = this.#deps
    try {
      const credentials = await obtain()
      const started = now()
      const lifetime = credentials.expiration - started
      this.#held = credentials
      // Credentials that live shorter than the margin are replaced after half of their life.
      this.#refreshAt = started + Math.max(lifetime - margin - random() * jitter, lifetime / 2)
      this.#failures = 0
      this.#retryAt = 0
      this.#error = undefined
      onRefreshed(credentials)
    } catch (error) {
      this.#error = isProblem(error) ? error : new Problem('unavailable', String(error), { cause: error })
      const wait = Math.min(longestPause, 2 ** this.#failures) * (0.5 + random() / 2)
      this.#failures = Math.min(this.#failures + 1, 16)
      this.#retryAt = now() + wait
      onFailed(this.#error, wait)
    }
  }

  #schedule(): void {
    if (this.#stopped) return
    const next = Math.max(this.#refreshAt, this.#retryAt)
    const delay = Math.min(longestTimer, Math.max(500, (next - this.#deps.now()) * 1000))
    this.#timer = setTimeout(() => {
      void this.#refreshIfDue().then(() => this.#schedule())
    }, delay)
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms).unref()
  })
