// GET /v1/revocations: the revocation feed, as a JWS (`revocations+jwt`) signed with the token key, so that caches and
// proxies cannot shorten it unnoticed. `cursor` is the value from the last response; with `wait` (seconds, at most 30) a
// response without news is held until there is some. Current revocations are read once per change, and each cursor's
// response is signed once, however many services wait for it (docs/attacks.md 36).
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { queryValue } from './input.ts'
import type { Authorize, RevocationEntry, RevocationList, SignFeed } from './ports.ts'
import { cursorForm, RevocationJournal } from './revocation-journal.ts'
import { HeldRequests } from './revocation-waiters.ts'
import type { Authenticate } from './signed.ts'

export interface RevocationPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly revocations: RevocationList
  readonly sign: SignFeed
  readonly issuer: string
  readonly clock: () => number
  /** Random, identifies this process in its cursors. At most 32 of `A-Za-z0-9_-`. */
  readonly instance: string
  /** Aborted when the server is about to stop: held requests are then answered, and no more are held. */
  readonly ending?: AbortSignal | undefined
}

const longestWait = 30
/** Maximum held requests; further ones are answered immediately. */
const maxHeld = 2000

export const revocationFeed = (ports: RevocationPorts) => {
  const feeds = new Map<string, AccountFeed>()
  const feedOf = (accountId: string): AccountFeed => {
    const known = feeds.get(accountId) ?? new AccountFeed(accountId, ports)
    feeds.set(accountId, known)
    return known
  }
  ports.revocations.watch(() => {
    for (const feed of feeds.values()) feed.refresh().catch(() => undefined)
  })
  return async (ctx: Context): Promise<void> => {
    const signed = await ports.authenticate(ctx, 0)
    const { accountId } = signed.caller
    const { cursor, wait } = parseQuery(ctx)
    await ports.authorize(signed, 'decision:GetRevocations', `arn:aws:decision::${accountId}:revocations`)
    const body = await feedOf(accountId).answer(ctx, cursor, wait)
    ctx.set('cache-control', 'no-store')
    ctx.type = 'application/jwt'
    ctx.body = body
  }
}

/** @throws Problem('invalid_input') */
function parseQuery(ctx: Context): { readonly cursor: string | undefined; readonly wait: number } {
  const cursor = queryValue(ctx, 'cursor')
  if (cursor !== undefined && !cursorForm.test(cursor))
    throw new Problem('invalid_input', '`cursor` must be what the last answer gave')
  const wait = queryValue(ctx, 'wait') ?? '0'
  if (!/^\d{1,2}$/.test(wait) || Number(wait) > longestWait)
    throw new Problem('invalid_input', `\`wait\` must be 0 to ${longestWait} seconds`)
  return { cursor, wait: Number(wait) }
}

class AccountFeed {
  readonly #accountId: string
  readonly #ports: RevocationPorts
  readonly #journal: RevocationJournal
  readonly #waiters = new HeldRequests()
  /** Signed responses by the cursor that they continue from, for one position and second. */
  #answers = new Map<string, Promise<string>>()
  #answersOf = ''

  constructor(accountId: string, ports: RevocationPorts) {
    this.#accountId = accountId
    this.#ports = ports
    this.#journal = new RevocationJournal(ports.instance)
  }

  /** Reads the current revocations and answers held requests when they changed. */
  async refresh(): Promise<void> {
    if (this.#journal.advance(await this.#ports.revocations.list(this.#accountId))) this.#waiters.wakeAll()
  }

  async answer(ctx: Context, cursor: string | undefined, wait: number): Promise<string> {
    const { ending } = this.#ports
    const end = Date.now() + wait * 1000
    await this.refresh()
    while (
      this.#journal.isCurrent(cursor) &&
      Date.now() < end &&
      !ctx.res.destroyed &&
      !ending?.aborted &&
      this.#waiters.size < maxHeld
    )
      await this.#waiters.wait(ctx, end - Date.now(), ending)
    // A response is signed as current; without the store nobody knows whether it is.
    await this.#ports.revocations.reachable()
    return this.#signed(cursor)
  }

  #signed(cursor: string | undefined): Promise<string> {
    const now = Math.floor(this.#ports.clock())
    const current = `${now} ${this.#journal.cursor}`
    if (this.#answersOf !== current) {
      this.#answersOf = current
      this.#answers = new Map()
    }
    const key = cursor ?? ''
    const known = this.#answers.get(key) ?? this.#sign(cursor, now)
    this.#answers.set(key, known)
    return known
  }

  #sign(cursor: string | undefined, now: number): Promise<string> {
    const news = this.#journal.since(cursor)
    const lifted = news.filter((entry) => entry.before === 0)
    return this.#ports.sign('revocations+jwt', {
      iss: this.#ports.issuer,
      acct: this.#accountId,
      iat: now,
      cursor: this.#journal.cursor,
      revocations: news.filter((entry) => entry.before > 0).map(entryOf),
      // Older verifiers ignore this member; for them a lift takes effect when the revocation expires.
      ...(lifted.length === 0 ? {} : { lifted: lifted.map(liftOf) }),
    })
  }
}

const entryOf = ({ scope, value, before, expiresAt }: RevocationEntry) => [scope, value, before, expiresAt]
const liftOf = ({ scope, value, lifted = 0 }: RevocationEntry) => [scope, value, lifted]
