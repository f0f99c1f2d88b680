// The queue of messages. A message is a record in the store, durable before the request that caused it is answered. The
// process that added it sends it at once if it can; otherwise, and after failures, any process does. Delivery is at least
// once: when a process dies between handing over a message and removing its record, the message is sent again with the same
// Message-ID. An attempt that the server refused for good, and a message whose time is over, are audited.
import { Problem } from '../problem.ts'
import { randomToken } from '../secure/random.ts'
import { Secret } from '../secure/secret.ts'
import { changeQueued, findDue, growingPause, undefinedIfLost } from '../store/durable-queue.ts'
import { PeriodicWork } from '../store/periodic-work.ts'
import type { EpochSeconds, QueuedMail } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type Waiting, WaitingFigures } from './waiting-figures.ts'

export interface NewMail {
  readonly accountId: string
  readonly userId?: string | undefined
  readonly queue?: QueuedMail['queue']
  readonly template: string
  /** Becomes JSON, and is sealed in the store. */
  readonly content: object
  /** Seconds after which it is not sent any more. */
  readonly lifetime: number
  /** Given by whoever may add the same message twice; default random. */
  readonly id?: string
}

/** How an attempt failed. */
export interface Failed {
  /** No further attempt is made. */
  readonly permanent: boolean
  /** Other messages would fail as well: this process pauses. */
  readonly ofServer: boolean
  /** Without secrets. */
  readonly message: string
}

export type MailResult = 'sent' | 'postponed' | 'failed'

export interface MailOutboxDependencies {
  readonly store: Store
  readonly now: () => EpochSeconds
  /** Whether mail is configured now. While it is not, messages wait, and what is over is removed. */
  readonly canSend: () => boolean
  /** Sends a message or does what a request asks for. */
  readonly process: (mail: QueuedMail) => Promise<void>
  /** What an error of `process` means. */
  readonly failureOf: (error: unknown) => Failed
  /** A message is abandoned. Durable when it resolves. */
  readonly onFailed: (mail: QueuedMail, reason: string) => Promise<void>
  readonly count: (result: MailResult) => void
  readonly log: { warn(fields: object, message: string): void }
}

/** Seconds in which no other process tries: longer than an attempt takes (smtp.ts). */
export const lease = 120
/** Attempts running in this process: more than there are connections (smtp.ts), so that none of those waits for the store. */
export const maxConcurrent = 32
/** Records that may wait, by queue: what is more is refused, so that nobody can fill the store. */
export const mostWaiting = { message: 100_000, request: 2_000 } as const satisfies Record<
  QueuedMail['queue'],
  number
>
/** Milliseconds between two searches for due messages. */
const searchInterval = 2000
const pageSize = 100
/** Seconds. */
const retry = { first: 5, longest: 600, factor: 3 } as const
/** Seconds for which this process sends nothing after the mail server could not be used. */
const serverPause = { first: 2, longest: 60, factor: 2 } as const
/** The longest pause with what is random in it. */
const mostPause = serverPause.longest * 1.25

export class MailOutbox {
  readonly #deps: MailOutboxDependencies
  readonly #running = new Set<Promise<void>>()
  readonly #search: PeriodicWork
  readonly #figures: WaitingFigures
  #draining: Promise<void> | undefined
  #serverFailures = 0
  #pausedUntil: EpochSeconds = 0

  constructor(deps: MailOutboxDependencies) {
    this.#deps = deps
    this.#figures = new WaitingFigures(deps.store)
    this.#search = new PeriodicWork({
      work: () => Promise.all([this.sendDue(), this.#figures.refresh()]),
      interval: () => searchInterval,
      onError: (err) => deps.log.warn({ err }, 'could not search for mail to send'),
    })
  }

  /** Starts searching for due messages. */
  start(): void {
    this.#search.start()
  }

  /** Starts no further attempt; resolves when the running ones have ended. */
  async stop(): Promise<void> {
    this.#search.stop()
    await this.#draining?.catch(() => undefined)
    await Promise.all(this.#running)
  }

  /** Attempts running in this process. */
  get sending(): number {
    return this.#running.size
  }

  /** Messages of all processes as they were a few seconds ago. */
  get waiting(): Waiting {
    return this.#figures.latest
  }

  /**
   * Durable when it resolves; does not wait for the attempt. Nothing happens when a message of this id is there already.
   * @throws Problem('unavailable') when too many wait
   */
  async add({ queue = 'message', ...mail }: NewMail): Promise<void> {
    const { store, now, canSend } = this.#deps
    if ((await store.count('mail', { by: 'queue', value: queue })) >= mostWaiting[queue])
      throw new Problem('unavailable', 'too much mail is waiting to be sent', { retryAfter: 60 })
    const at = now()
    const begins = canSend() && this.#hasRoom(at)
    const record: QueuedMail = {
      id: mail.id ?? randomToken(),
      accountId: mail.accountId,
      queue,
      userId: mail.userId,
      template: mail.template,
      content: new Secret(JSON.stringify(mail.content)),
      // Created as claimed by this process, which spares a write.
      tries: begins ? 1 : 0,
      nextAt: begins ? at + lease : at,
      createdAt: at,
      expiresAt: at + mail.lifetime,
    }
    const added = await undefinedIfLost(() => store.create('mail', record).then(() => record))
    if (added === undefined) return
    if (begins) this.#run(() => this.#attempt(added))
    else this.sendDue().catch(() => undefined)
  }

  /** Other settings may succeed where the former ones failed: pauses end, and what was postponed is sent. */
  resume(): void {
    this.#serverFailures = 0
    this.#pausedUntil = 0
    this.#hasten().then(
      () => this.sendDue(),
      (err: unknown) => this.#deps.log.warn({ err }, 'mail that waits is sent later'),
    )
  }

  /** Makes messages due that failed, a page of them: the others are due within a minute. What is being sent is due later. */
  async #hasten(): Promise<void> {
    const { store, now, canSend } = this.#deps
    if (!canSend() || this.#search.stopped) return
    const at = now()
    const { records } = await store.find('mail', { by: 'next', value: 'all' }, { limit: pageSize })
    const postponed = records.filter(
      ({ failure, nextAt }) => failure !== undefined && nextAt > at && nextAt <= at + mostPause,
    )
    await Promise.all(
      postponed.map((mail) => changeQueued(store, 'mail', mail, (old) => ({ ...old, nextAt: at }))),
    )
  }

  /** Sends what is due, a few at a time; resolves when nothing is left that can be sent now. */
  sendDue(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined
    })
    return this.#draining
  }

  async #drain(): Promise<void> {
    const { store, now, canSend } = this.#deps
    let after: string | undefined
    while (!this.#search.stopped && now() >= this.#pausedUntil) {
      const sends = canSend()
      const due = await findDue(store, 'mail', now(), { limit: pageSize, after })
      // In any order, so that processes that search at the same time rarely try to claim the same record.
      for (const mail of shuffled(due.records)) {
        if (this.#search.stopped || now() < this.#pausedUntil) break
        if (!sends && mail.expiresAt > now()) continue
        while (this.#running.size >= maxConcurrent) await Promise.race(this.#running)
        this.#run(async () => {
          const claimed = await this.#claim(mail)
          if (claimed) await this.#attempt(claimed)
        })
      }
      await Promise.all(this.#running)
      // What was processed is no longer due, so the next page is the first again; without mail it stays.
      after = sends ? undefined : due.next
      if (due.records.length === 0 || (!sends && after === undefined)) return
    }
  }

  #hasRoom(at: EpochSeconds): boolean {
    return !this.#search.stopped && this.#running.size < maxConcurrent && at >= this.#pausedUntil
  }

  #run(work: () => Promise<void>): void {
    const running: Promise<void> = work()
      .catch((err: unknown) =>
        this.#deps.log.warn({ err }, 'the result of an attempt to send mail was not stored'),
      )
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  #claim(seen: QueuedMail): Promise<QueuedMail | undefined> {
    const nextAt = this.#deps.now() + lease
    return changeQueued(this.#deps.store, 'mail', seen, (old) => ({ ...old, nextAt, tries: old.tries + 1 }))
  }

  async #attempt(mail: QueuedMail): Promise<void> {
    const { store, now, canSend, process, failureOf, count } = this.#deps
    if (mail.expiresAt <= now()) return this.#abandon(mail, overOf(mail))
    if (!canSend()) {
      // Mail was removed in between: the message waits for other settings.
      await changeQueued(store, 'mail', mail, (old) => ({ ...old, nextAt: now() }))
      return
    }
    try {
      await process(mail)
    } catch (error) {
      return this.#failed(mail, failureOf(error))
    }
    this.#serverFailures = 0
    await store.delete('mail', mail.id)
    if (mail.queue === 'message') count('sent')
  }

  async #failed(mail: QueuedMail, { permanent, ofServer, message }: Failed): Promise<void> {
    const { store, now, count, log } = this.#deps
    if (permanent) return this.#abandon(mail, message)
    let nextAt = now() + growingPause(mail.tries, retry)
    if (ofServer) {
      // Attempts that ran at the same time are one failure.
      if (now() >= this.#pausedUntil) this.#serverFailures += 1
      this.#pausedUntil = now() + growingPause(this.#serverFailures, serverPause)
      // When the server is back, all of them are due.
      nextAt = this.#pausedUntil
    }
    if (nextAt >= mail.expiresAt) return this.#abandon(mail, `its time is over; the last attempt: ${message}`)
    const at = now()
    await changeQueued(store, 'mail', mail, (old) => ({
      ...old,
      nextAt,
      failure: { since: old.failure?.since ?? at, at, reason: message },
    }))
    count('postponed')
    log.warn(
      { mail: mail.id, template: mail.template, tries: mail.tries, reason: message },
      'a message could not be sent and will be tried again',
    )
  }

  /** The entry in the audit trail comes first: after a crash in between there may be two, never none. */
  async #abandon(mail: QueuedMail, reason: string): Promise<void> {
    const { store, onFailed, count, log } = this.#deps
    await onFailed(mail, reason)
    if (!(await store.delete('mail', mail.id))) return
    count('failed')
    log.warn(
      { mail: mail.id, template: mail.template, tries: mail.tries, reason },
      'a message was not delivered',
    )
  }
}

const overOf = ({ failure }: QueuedMail): string =>
  failure === undefined ? 'its time was over' : `its time was over; the last attempt: ${failure.reason}`

function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((item) => [Math.random(), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item)
}
