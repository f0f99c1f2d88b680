// OIDC Back-Channel Logout 1.0, so that a client is told of a sign-out although it, or this process, is down just then.
// A delivery is a record: it is kept before the session ends, tried at once after, tried again with growing pauses, and
// gone when the client has answered. Any process may try; a try begins with a claim, a compare-and-swap that no other
// process makes until the lease is over. A process that dies leaves its deliveries to the others; one that is too slow may
// tell a client twice, which is harmless. The logout token is made for each try: it lives two minutes.
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { isProblem, Problem } from '../../problem.ts'
import { type Delivery, type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Found, Store } from '../../store/store.ts'
import { ClientPauses } from '../clients/pauses.ts'
import type { EmitEvent } from '../events.ts'
import { divertBackchannelLogout, type SendLogoutToken } from '../library/backchannel-logout.ts'
import type { ClientModel } from '../library/members.ts'
import { findClient } from '../library/models.ts'

/** Seconds for which nobody else tries: longer than a try can take (federation/outbound/guarded-fetch.ts: 5 s). */
const lease = 30
/** Seconds after which a delivery is given up. */
const lifetime = 24 * 3600
/** Seconds before its end in which no further try is planned: a record that ends unseen would be given up by nobody. */
const lastCall = 600
const mostTries = 20
/** Seconds before the second try; three times as long before each further one. */
const firstPause = 5
const longestPause = 2 * 3600
/** Tries under way in this process, and of those to one client: who does not answer holds up nobody else. */
const mostAtOnce = 16
const mostPerClient = 4
/** Milliseconds between looks for what is due. */
const lookEvery = 2000
const pageSize = 100
/** Pages of one look: bounds what the deliveries of a silent client cost. */
const mostPages = 10

export interface OutboxDependencies {
  readonly provider: Provider
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly emit: EmitEvent
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** Before a token is signed outside of a request: by the keys of now. */
  readonly followKeys: () => void
}

export class LogoutOutbox {
  readonly #parts: OutboxDependencies
  readonly #send: SendLogoutToken
  readonly #pauses: ClientPauses
  readonly #underWay = new Map<Promise<void>, string>()
  /** Made here and not yet tried: the session they speak of has not ended. */
  #held: Delivery[] = []
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(parts: OutboxDependencies) {
    this.#parts = parts
    this.#pauses = new ClientPauses(() => this.#now())
    // RP-initiated logout waits until every client was added, and then ends the session.
    this.#send = divertBackchannelLogout(parts.provider, ({ clientId }, userId, sid) =>
      this.add(clientId, userId, sid),
    )
    parts.provider.on('end_session.success', () => this.release())
  }

  /** Looks for what is due from now on. */
  start(): void {
    const look = () => {
      this.deliverDue()
        .catch((err: unknown) => this.#parts.log.warn({ err }, 'undelivered sign-outs were not looked for'))
        .finally(() => {
          if (!this.#stopped) this.#timer = setTimeout(look, spread(lookEvery)).unref()
        })
    }
    look()
  }

  /** No further try begins; resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await Promise.all(this.#underWay.keys())
  }

  /**
   * Keeps that the clients of a session that asked to know are to be told (OIDC Back-Channel Logout 1.0 §2.5). Before the
   * session ends: a crash in between tells clients too much, never too little. `release` as with `add`.
   */
  async addAll({ accountId, authorizations = {} }: AdapterPayload): Promise<void> {
    if (accountId === undefined) return
    await Promise.all(
      Object.entries(authorizations).map(async ([clientId, { sid }]) => {
        const client = await findClient(this.#parts.provider, clientId)
        if (client?.backchannelLogoutUri && sid !== undefined) await this.add(clientId, accountId, sid)
      }),
    )
  }

  /** Keeps that a client is to be told; call `release` when the session has ended. Resolves when it is durable. */
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
    // Two requests may end one session at once: the client is told once.
    const kept = await settled(() => this.#parts.store.create('delivery', delivery).then(() => delivery))
    if (kept) this.#held.push(kept)
  }

  /** The sessions have ended: first tries begin. Nobody waits for them. */
  release(): void {
    for (const delivery of this.#held.splice(0)) {
      if (!this.#stopped && this.#hasRoom(delivery.clientId)) this.#begin(delivery)
      else this.#postpone(delivery, this.#now()).catch(() => undefined)
    }
  }

  /** Begins tries of what is due, as many as there is room for; resolves when those it began have ended. */
  async deliverDue(): Promise<void> {
    const began: Promise<void>[] = []
    let after: string | undefined
    for (let page = 0; page < mostPages && !this.#stopped; page++) {
      const due = await this.#due(after)
      for (const delivery of due.records) {
        const pausedUntil = this.#pauses.until(delivery.clientId)
        if (pausedUntil !== undefined && pausedUntil < delivery.expiresAt - lastCall)
          await this.#postpone(delivery, pausedUntil + Math.round(spread(2)))
        else if (this.#hasRoom(delivery.clientId)) began.push(this.#begin(delivery))
      }
      after = due.next
      if (after === undefined || this.#underWay.size >= mostAtOnce) break
    }
    await Promise.all(began)
  }

  async #due(after: string | undefined): Promise<Found<Delivery>> {
    const lookup = { by: 'next', value: 'all' } as const
    const { records, next } = await this.#parts.store.find('delivery', lookup, { limit: pageSize, after })
    const now = this.#now()
    const due = records.filter(({ nextAt }) => nextAt <= now)
    return { records: due, next: due.length < records.length ? undefined : next }
  }

  #now(): EpochSeconds {
    return Math.floor(this.#parts.clock() / 1000)
  }

  #hasRoom(clientId: string): boolean {
    const toClient = [...this.#underWay.values()].filter((one) => one === clientId).length
    return this.#underWay.size < mostAtOnce && toClient < mostPerClient
  }

  #begin(delivery: Delivery): Promise<void> {
    const trying = this.#try(delivery)
      .catch((err: unknown) => this.#parts.log.error({ err }, 'the try to tell of a sign-out was not kept'))
      .finally(() => this.#underWay.delete(trying))
    this.#underWay.set(trying, delivery.clientId)
    return trying
  }

  async #try(seen: Delivery): Promise<void> {
    const delivery = await this.#claim(seen)
    const client = delivery && (await this.#clientOf(delivery))
    if (!delivery) return
    if (!client) return void (await this.#parts.store.delete('delivery', delivery.id))
    const { clientId, userId, id: sid } = delivery
    try {
      this.#parts.followKeys()
      await this.#send(client, userId, sid)
    } catch (error) {
      return this.#failed(delivery, error as Error)
    }
    this.#pauses.answered(clientId)
    await this.#parts.store.delete('delivery', sid)
    this.#parts.emit('logout_delivered', { clientId, userId })
  }

  /** Of all processes that saw it due, one gets it. */
  #claim(seen: Delivery): Promise<Delivery | undefined> {
    const nextAt = this.#now() + lease
    return this.#change(seen, (old) => ({ ...old, nextAt, tries: old.tries + 1 }))
  }

  /** Undefined: it is gone, or does not want to be told any more. */
  async #clientOf({ clientId }: Delivery): Promise<ClientModel | undefined> {
    const client = await findClient(this.#parts.provider, clientId)
    return client?.backchannelLogoutUri ? client : undefined
  }

  async #failed(delivery: Delivery, error: Error): Promise<void> {
    const { clientId, userId, tries } = delivery
    const { log, emit, store } = this.#parts
    this.#pauses.failed(clientId)
    const nextAt = this.#now() + pauseAfter(tries)
    const over = tries >= mostTries || nextAt >= delivery.expiresAt - lastCall
    if (over) await store.delete('delivery', delivery.id)
    else await this.#postpone(delivery, nextAt)
    log.warn({ err: error, clientId, tries, givenUp: over }, 'a client was not told of a sign-out')
    // The first and the last failure are on record; those between say nothing new.
    if (over) emit('logout_undelivered', { clientId, userId, error: `given up: ${error.message}` })
    else if (tries === 1)
      emit('logout_undelivered', { clientId, userId, error: `will be tried again: ${error.message}` })
  }

  #postpone(seen: Delivery, nextAt: EpochSeconds): Promise<Delivery | undefined> {
    return this.#change(seen, (old) => ({ ...old, nextAt }))
  }

  /** Undefined: another process was quicker. */
  #change(seen: Delivery, change: (old: Delivery) => Delivery): Promise<Delivery | undefined> {
    return settled(() =>
      this.#parts.store.update('delivery', seen.id, (old) => {
        if (old.nextAt !== seen.nextAt || old.tries !== seen.tries)
          throw new Problem('conflict', 'another process has it')
        return change(old)
      }),
    )
  }
}

/** A quarter more or less, so that those who failed together do not come back together. */
const spread = (about: number): number => about * (0.75 + Math.random() / 2)

/** Seconds. */
const pauseAfter = (tries: number): number =>
  Math.round(spread(Math.min(longestPause, firstPause * 3 ** (tries - 1))))

/** Undefined when another process has made, changed or removed the record. */
async function settled<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (isProblem(error, 'conflict', 'not_found')) return undefined
    throw error
  }
}
