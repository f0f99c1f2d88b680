// A queue of back-channel logout requests (OIDC Back-Channel Logout 1.0), so that a client is notified of a sign-out also when
// it, or this process, is down at that moment. A delivery is a record: stored before the session ends, tried at once after
// that, retried with growing pauses, and deleted when the client has responded. Any process may try it; it claims the delivery
// first by a compare-and-swap, for the length of a lease. After a process dies, others take over its deliveries; after a slow
// try, a client may be notified twice, which is harmless. Each try makes a new logout token, which is valid for two minutes.
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { changeQueued, findDue, growingPause, spread, undefinedIfLost } from '../../store/durable-queue.ts'
import { PeriodicWork } from '../../store/periodic-work.ts'
import { type Delivery, type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { ClientPauses } from '../clients/pauses.ts'
import type { EmitEvent } from '../events.ts'
import { divertBackchannelLogout, type SendLogoutToken } from '../library/backchannel-logout.ts'
import type { ClientModel } from '../library/members.ts'
import { findClient } from '../library/models.ts'

/** Seconds in which no other process tries: longer than a try takes (5 s at most, federation/outbound/guarded-fetch.ts). */
const lease = 30
/** Seconds after which a delivery is abandoned. */
const lifetime = 24 * 3600
/** Seconds before expiry in which no try is scheduled, so that a delivery is abandoned with an event before it expires. */
const expiryMargin = 600
const maxTries = 20
/** Seconds before the second try; three times as long before each further one. */
const firstPause = 5
const maxPause = 2 * 3600
/** Tries running in this process, in all and for one client, so that a slow client does not delay the others. */
const maxConcurrent = 16
const maxPerClient = 4
/** Milliseconds between two searches for due deliveries. */
const searchInterval = 2000
const pageSize = 100
/** Pages of one search, which limits the cost of deliveries to a client that does not respond. */
const maxPages = 10

export interface OutboxDependencies {
  readonly provider: Provider
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly emit: EmitEvent
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** Updates the provider's keys; called before a token is signed outside of a request. */
  readonly followKeys: () => void
}

export class LogoutOutbox {
  readonly #deps: OutboxDependencies
  readonly #send: SendLogoutToken
  readonly #pauses: ClientPauses
  readonly #running = new Map<Promise<void>, string>()
  /** Deliveries of this process that wait until their session has ended. */
  #waiting: Delivery[] = []
  readonly #search: PeriodicWork

  constructor(deps: OutboxDependencies) {
    this.#deps = deps
    this.#pauses = new ClientPauses(() => this.#now())
    this.#search = new PeriodicWork({
      work: () => this.deliverDue(),
      interval: () => spread(searchInterval),
      onError: (err) => deps.log.warn({ err }, 'could not search for due logout deliveries'),
    })
    // RP-initiated logout waits until every client was added, and then ends the session.
    this.#send = divertBackchannelLogout(deps.provider, ({ clientId }, userId, sid) =>
      this.add(clientId, userId, sid),
    )
    deps.provider.on('end_session.success', () => this.release())
  }

  /** Starts searching for due deliveries. */
  start(): void {
    this.#search.start()
  }

  /** Deliveries of this process that are being sent or wait for the end of their session. */
  get sending(): number {
    return this.#running.size + this.#waiting.length
  }

  /** Starts no further try; resolves when the running ones have ended. */
  async stop(): Promise<void> {
    this.#search.stop()
    await Promise.all(this.#running.keys())
  }

  /**
   * Queues a delivery for each client of a session with a back-channel logout URI (OIDC Back-Channel Logout 1.0 §2.5). Call
   * it before the session ends, so that a crash in between loses no delivery, and `release` after.
   */
  async addAll({ accountId, authorizations = {} }: AdapterPayload): Promise<void> {
    if (accountId === undefined) return
    await Promise.all(
      Object.entries(authorizations).map(async ([clientId, { sid }]) => {
        const client = await findClient(this.#deps.provider, clientId)
        if (client?.backchannelLogoutUri && sid !== undefined) await this.add(clientId, accountId, sid)
      }),
    )
  }

  /** Queues a delivery; durable when it resolves. Call `release` when the session has ended. */
  async add(clientId: string, userId: string, sid: string): Promise<void> {
    const now = this.#now()
    const delivery: Delivery = {
      id: sid,
      accountId: serverAccount,
      clientId,
      userId,
      tries: 0,
      nextAt: now + lease,
      expiresAt: now + lifetime,
    }
    // Two requests may end one session at the same moment: the client is notified once.
    const kept = await undefinedIfLost(() =>
      this.#deps.store.create('delivery', delivery).then(() => delivery),
    )
    if (kept) this.#waiting.push(kept)
  }

  /** Starts the first tries of deliveries whose session has ended. Does not wait for them. */
  release(): void {
    for (const delivery of this.#waiting.splice(0)) {
      if (!this.#search.stopped && this.#hasRoom(delivery.clientId)) this.#begin(delivery)
      else this.#postpone(delivery, this.#now()).catch(() => undefined)
    }
  }

  /** Starts tries of due deliveries, as many as the limits allow; resolves when those it started have ended. */
  async deliverDue(): Promise<void> {
    const began: Promise<void>[] = []
    let after: string | undefined
    for (let page = 0; page < maxPages && !this.#search.stopped; page++) {
      const due = await findDue(this.#deps.store, 'delivery', this.#now(), { limit: pageSize, after })
      for (const delivery of due.records) {
        const pausedUntil = this.#pauses.until(delivery.clientId)
        if (pausedUntil !== undefined && pausedUntil < delivery.expiresAt - expiryMargin)
          await this.#postpone(delivery, pausedUntil + Math.round(spread(2)))
        else if (this.#hasRoom(delivery.clientId)) began.push(this.#begin(delivery))
      }
      after = due.next
      if (after === undefined || this.#running.size >= maxConcurrent) break
    }
    await Promise.all(began)
  }

  #now(): EpochSeconds {
    return Math.floor(this.#deps.clock() / 1000)
  }

  #hasRoom(clientId: string): boolean {
    const toClient = [...this.#running.values()].filter((one) => one === clientId).length
    return this.#running.size < maxConcurrent && toClient < maxPerClient
  }

  #begin(delivery: Delivery): Promise<void> {
    const trying = this.#try(delivery)
      .catch((err: unknown) =>
        this.#deps.log.error({ err }, 'the result of a logout delivery could not be stored'),
      )
      .finally(() => this.#running.delete(trying))
    this.#running.set(trying, delivery.clientId)
    return trying
  }

  async #try(seen: Delivery): Promise<void> {
    const delivery = await this.#claim(seen)
    const client = delivery && (await this.#clientOf(delivery))
    if (!delivery) return
    if (!client) return void (await this.#deps.store.delete('delivery', delivery.id))
    const { clientId, userId, id: sid } = delivery
    try {
      this.#deps.followKeys()
      await this.#send(client, userId, sid)
    } catch (error) {
      return this.#failed(delivery, error as Error)
    }
    this.#pauses.answered(clientId)
    await this.#deps.store.delete('delivery', sid)
    this.#deps.emit('logout_delivered', { clientId, userId })
  }

  /** Only one of the processes that found it due gets it. */
  #claim(seen: Delivery): Promise<Delivery | undefined> {
    const nextAt = this.#now() + lease
    return this.#change(seen, (old) => ({ ...old, nextAt, tries: old.tries + 1 }))
  }

  /** Undefined when the client was removed or no longer has a back-channel logout URI. */
  async #clientOf({ clientId }: Delivery): Promise<ClientModel | undefined> {
    const client = await findClient(this.#deps.provider, clientId)
    return client?.backchannelLogoutUri ? client : undefined
  }

  async #failed(delivery: Delivery, error: Error): Promise<void> {
    const { clientId, userId, tries } = delivery
    const { log, emit, store } = this.#deps
    this.#pauses.failed(clientId)
    const nextAt = this.#now() + pauseAfter(tries)
    const over = tries >= maxTries || nextAt >= delivery.expiresAt - expiryMargin
    if (over) await store.delete('delivery', delivery.id)
    else await this.#postpone(delivery, nextAt)
    log.warn({ err: error, clientId, tries, givenUp: over }, 'a client could not be notified of a sign-out')
    // Only the first and the last failure are audited.
    if (over) emit('logout_undelivered', { clientId, userId, error: `given up: ${error.message}` })
    else if (tries === 1)
      emit('logout_undelivered', { clientId, userId, error: `will be tried again: ${error.message}` })
  }

  #postpone(seen: Delivery, nextAt: EpochSeconds): Promise<Delivery | undefined> {
    return this.#change(seen, (old) => ({ ...old, nextAt }))
  }

  /** Undefined when another process has changed it first. */
  #change(seen: Delivery, change: (old: Delivery) => Delivery): Promise<Delivery | undefined> {
    return changeQueued(this.#deps.store, 'delivery', seen, change)
  }
}

/** Seconds. */
const pauseAfter = (tries: number): number =>
  growingPause(tries, { first: firstPause, longest: maxPause, factor: 3 })
