// What requests leave in the store before anybody has proven who they are, bounded in bytes: per address and in all. The
// limits are enforced from this table, docs/limits.md shows it, and test/web/35-anonymous-bytes.test.ts measures each row.
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { AddressLimit, asGet } from './limits.ts'

const kB = 1000
const MB = 1000 * kB

/** Bytes. */
export interface ByteLimit {
  /** At once, after a pause. */
  readonly burst: number
  readonly perHour: number
}

export interface AnonymousRecords {
  /** What is stored. */
  readonly stores: string
  /** The requests that make one: method, and path in full. Empty: the row is charged where the record is made. */
  readonly requests: readonly (readonly [method: string, path: string])[]
  /** Bytes in the store file of one record, besides what is sent. */
  readonly bytes: number
  /** And for each byte that the query and the body have: sealing and base64 are in it. */
  readonly perByteSent: number
  /** Seconds until it is removed; undefined: it stays. */
  readonly lifetime: number | undefined
  readonly perAddress: ByteLimit
  readonly all: ByteLimit
}

const short = {
  perAddress: { burst: 64 * MB, perHour: 64 * MB },
  all: { burst: 512 * MB, perHour: 1024 * MB },
}

export const anonymousRecords = {
  interaction: {
    stores: 'a sign-in that has begun',
    // And wherever a page of ours asks to sign in: charged by `chargeSignIns`.
    requests: [['GET', '/authorize']],
    bytes: 3 * kB,
    perByteSent: 2,
    lifetime: 3600,
    ...short,
  },
  form: {
    stores: 'a form of an identity provider, for a sign-in that waits for it',
    requests: [],
    bytes: 1 * kB,
    perByteSent: 1.5,
    lifetime: 120,
    ...short,
  },
  session: {
    stores: 'a browser session that nobody is signed in to, for the token of a form',
    requests: [
      ['GET', '/device'],
      ['POST', '/device'],
      ['GET', '/logout'],
      ['POST', '/logout'],
    ],
    bytes: 2 * kB,
    perByteSent: 2,
    lifetime: 3600,
    ...short,
  },
  device_code: {
    stores: 'a device code',
    requests: [['POST', '/device/auth']],
    bytes: 2 * kB,
    perByteSent: 2,
    lifetime: 600,
    ...short,
  },
  pushed_request: {
    stores: 'a pushed authorization request',
    requests: [['POST', '/par']],
    bytes: 2 * kB,
    perByteSent: 2,
    lifetime: 60,
    ...short,
  },
  mail_request: {
    stores: 'a request for a message, such as for a forgotten password; processed within seconds',
    requests: [
      ['POST', '/sign-in/forgot'],
      ['POST', '/sign-in/register'],
    ],
    bytes: 3 * kB,
    perByteSent: 2,
    lifetime: 1800,
    perAddress: { burst: 64 * kB, perHour: 128 * kB },
    all: { burst: 4 * MB, perHour: 16 * MB },
  },
  registration: {
    stores: 'a registered client, with an initial access token alone; at most 1,000',
    requests: [['POST', '/register']],
    bytes: 6 * kB,
    perByteSent: 3,
    lifetime: undefined,
    perAddress: { burst: 4 * MB, perHour: 1 * MB },
    all: { burst: 16 * MB, perHour: 4 * MB },
  },
  refusal: {
    stores:
      'an audit entry of a refused request for credentials, or of a refused authorization request of a known client; what is left out is counted in the next entry',
    requests: [],
    bytes: 5 * kB,
    perByteSent: 0,
    lifetime: undefined,
    perAddress: { burst: 60 * 5 * kB, perHour: 120 * 5 * kB },
    all: { burst: 600 * 5 * kB, perHour: 1800 * 5 * kB },
  },
} as const satisfies Readonly<Record<string, AnonymousRecords>>

export type AnonymousRow = keyof typeof anonymousRecords

/** Bytes that `one` admits and that are in the store at once, or, of what stays, are added in a day. */
export function worstCase({ burst, perHour }: ByteLimit, lifetime: number | undefined): number {
  return lifetime === undefined ? burst + 24 * perHour : burst + (perHour * lifetime) / 3600
}

/** Part of `all` that is kept for addresses that have taken little, so that a few greedy ones do not stop everybody. */
const reserved = 0.25
/** Bytes. */
const little = 256 * kB
const everybody = 'all'

/** The limits of one row. In memory: each process of a server has its own. */
export class ByteBudget {
  readonly #row: AnonymousRecords
  readonly #addresses: AddressLimit
  readonly #all: AddressLimit

  /** @param clock milliseconds; only differences count */
  constructor(row: AnonymousRecords, clock: () => number = () => performance.now()) {
    this.#row = row
    const limit = ({ burst, perHour }: ByteLimit) =>
      new AddressLimit({ burst, perSecond: perHour / 3600, clock })
    this.#addresses = limit(row.perAddress)
    this.#all = limit(row.all)
  }

  /**
   * Charges a record.
   * @param sent bytes of the request that it may hold
   * @throws Problem('throttled') with the seconds to wait
   */
  take(address: string, sent = 0): void {
    const { bytes, perByteSent, perAddress, all } = this.#row
    const cost = bytes + perByteSent * sent
    const taken = perAddress.burst - this.#addresses.left(address)
    const scarce = this.#all.left(everybody) < reserved * all.burst
    if (scarce && taken > Math.min(little, perAddress.burst / 4))
      throw new Problem('throttled', 'too many requests at the moment', { retryAfter: 60 })
    this.#addresses.take(address, cost)
    this.#all.take(everybody, cost)
  }

  /** The same as a question: false where `take` would throw. */
  allows(address: string, sent = 0): boolean {
    try {
      this.take(address, sent)
      return true
    } catch {
      return false
    }
  }
}

/**
 * Charges each request that is in the table to its row.
 * @throws Problem('throttled')
 */
export function admitAnonymousRecords(
  budgetOf: (row: AnonymousRow) => ByteBudget = openBudgets(),
): (address: string, ctx: Pick<Context, 'method' | 'path' | 'querystring' | 'request'>) => void {
  const charged = new Map<string, ByteBudget>()
  for (const row of rows)
    for (const [method, path] of anonymousRecords[row].requests)
      charged.set(`${method} ${path}`, budgetOf(row))
  return (address, ctx) => {
    const budget = charged.get(`${asGet(ctx.method)} ${ctx.path}`)
    // A body whose length is not given has any length that is taken.
    const body = ctx.method === 'POST' ? (ctx.request.length ?? unknownBody) : 0
    budget?.take(address, ctx.querystring.length + Math.min(body, unknownBody))
  }
}

/** Characters of the path that a sign-in for our own pages leads back to; instead of a longer one, `/account`. */
const longestReturn = 2048

type StartSignIn<Options> = (ctx: Context, returnTo: string, options?: Options) => Promise<void>

/** The same, each sign-in that is begun for our own pages charged first. */
export const chargeSignIns =
  <Options>(budget: ByteBudget, start: StartSignIn<Options>): StartSignIn<Options> =>
  (ctx, returnTo, options) => {
    const short = returnTo.length > longestReturn ? '/account' : returnTo
    budget.take(ctx.ip, short.length)
    return start(ctx, short, options)
  }

/** oidc-provider takes bodies of 56 KiB. */
const unknownBody = 56 * 1024

const rows = Object.keys(anonymousRecords).filter((name): name is AnonymousRow => name in anonymousRecords)

/** One budget a row. */
export function openBudgets(): (row: AnonymousRow) => ByteBudget {
  const budgets = new Map(rows.map((row) => [row, new ByteBudget(anonymousRecords[row])]))
  return (row) => {
    const budget = budgets.get(row)
    if (budget === undefined) throw new TypeError(`no row ${row}`)
    return budget
  }
}
