// How often people signed in, tokens were exchanged and requests were refused, hour by hour. Each hour and each kind has a limit, so
// that a summary costs the same however long the trail is; an hour that has ended is read once and kept.
import { LRUCache } from 'lru-cache'
import { notDone } from '../store/audit-lookups.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Outcome } from './outcome.ts'
import { readTrail, reasonCode } from './read.ts'

/** Actions that are counted when they were done: sign-ins, and exchanges of a credential for another one. */
export const countedActions = [
  'signin:SignIn',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoleWithSAML',
  'sts:ExchangeToken',
] as const

/** Entries of one kind in one hour that have something in common. */
export interface SummaryPart {
  readonly outcome: Outcome
  /** Of entries that are `done`: one of `countedActions`. */
  readonly action: string | undefined
  /** Of entries that are not: the code of the reason. */
  readonly reason: string | undefined
  /** At least so many. */
  readonly count: number
}

export interface SummaryHour {
  readonly from: EpochSeconds
  /** False: not read yet, because of the limit of one summary. */
  readonly read: boolean
  /** Whether there may be more than what was counted. */
  readonly more: boolean
  readonly parts: readonly SummaryPart[]
}

/** Entries that are counted of one kind in one hour. */
export const mostPerHour = 60
/** Entries that are examined for them: those of the same action that were not done are passed over. */
const examinedPerHour = 120
/** Entries that one summary reads; hours that are older than that are read by the next. */
const mostPerSummary = 1000
const hours = 24
const hour = 3600
/** Seconds after which entries of an hour are all visible, those of other processes too. */
const settled = 10
/** Hours that are kept: a day of 200 accounts. */
const kept = hours * 200

export class ActivitySummary {
  readonly #store: Pick<Store, 'find'>
  readonly #ended = new LRUCache<string, SummaryHour>({ max: kept })

  constructor(store: Pick<Store, 'find'>) {
    this.#store = store
  }

  /** The current hour and the 23 before it, the newest first. */
  async of(accountId: string, now: EpochSeconds): Promise<readonly SummaryHour[]> {
    const current = Math.floor(now / hour) * hour
    const found: SummaryHour[] = []
    let left = mostPerSummary
    for (let at = 0; at < hours; at++) {
      const from = current - at * hour
      const key = `${accountId} ${from}`
      const known = this.#ended.get(key)
      if (known !== undefined || left <= 0) {
        found.push(known ?? { from, read: false, more: true, parts: [] })
        continue
      }
      const counted = await this.#read(accountId, from)
      left -= counted.parts.reduce((sum, { count }) => sum + count, 0)
      if (from + hour + settled <= now) this.#ended.set(key, counted)
      found.push(counted)
    }
    return found
  }

  async #read(accountId: string, from: EpochSeconds): Promise<SummaryHour> {
    const within = {
      accountId,
      from,
      to: from + hour,
      order: 'oldest',
      limit: mostPerHour,
      examined: examinedPerHour,
    } as const
    const [others, ...done] = await Promise.all([
      readTrail(this.#store, { ...within, outcome: notDone }),
      ...countedActions.map((action) => readTrail(this.#store, { ...within, action, outcome: 'done' })),
    ])
    const parts = new Map<string, SummaryPart>()
    for (const record of others.records) {
      const reason = reasonCode(record)
      const key = `${record.outcome} ${reason}`
      const count = (parts.get(key)?.count ?? 0) + 1
      parts.set(key, { outcome: record.outcome, action: undefined, reason, count })
    }
    const finished = done.map(({ records }, at) => ({
      outcome: 'done' as const,
      action: countedActions[at],
      reason: undefined,
      count: records.length,
    }))
    return {
      from,
      read: true,
      more: [others, ...done].some(({ next }) => next !== undefined),
      parts: [...finished.filter(({ count }) => count > 0), ...parts.values()],
    }
  }
}
