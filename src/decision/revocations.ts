// GET /v1/revocations: what was taken back, as a JWS (`revocations+jwt`) signed like our tokens, so that it can pass through
// caches and proxies without being believed to be less. `cursor` is what the last answer gave; with `wait` (seconds, at most
// 30) an answer without news is held until there is some.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { queryValue } from './input.ts'
import type { Authorize, RevocationEntry, RevocationList, SignFeed } from './ports.ts'
import type { Authenticate } from './signed.ts'

export interface RevocationPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly revocations: RevocationList
  readonly sign: SignFeed
  readonly issuer: string
  readonly clock: () => number
  /** Aborted when the server is about to end: held requests are answered then, and none is held any more. */
  readonly ending?: AbortSignal | undefined
}

const longestWait = 30
/** Requests held open at once; beyond that they are answered without waiting. */
const mostHeld = 1000
/** Seconds: clocks of our processes may differ by less, so an entry dated a little before the cursor is told again. */
const overlap = 60

export const revocationFeed = (ports: RevocationPorts) => {
  let held = 0
  const listAfter = async (ctx: Context, accountId: string, cursor: string | undefined, wait: number) => {
    const first = await ports.revocations.list(accountId)
    if (wait === 0 || held >= mostHeld || ports.ending?.aborted || cursorOf(first) !== cursor) return first
    held++
    try {
      return await untilNews(ctx, ports, accountId, cursor, wait)
    } finally {
      held--
    }
  }
  return async (ctx: Context): Promise<void> => {
    const signed = await ports.authenticate(ctx, 0)
    const { accountId } = signed.caller
    const { cursor, wait } = parseQuery(ctx)
    await ports.authorize(signed, 'decision:GetRevocations', `arn:aws:decision::${accountId}:revocations`)
    const entries = await listAfter(ctx, accountId, cursor, wait)
    const since = cursor === undefined ? 0 : Number(cursor.split('.')[0]) - overlap
    const news = cursorOf(entries) === cursor ? [] : entries.filter((entry) => entry.at >= since)
    ctx.set('cache-control', 'no-store')
    ctx.type = 'application/jwt'
    ctx.body = await ports.sign('revocations+jwt', {
      iss: ports.issuer,
      acct: accountId,
      iat: Math.floor(ports.clock()),
      cursor: cursorOf(entries),
      revocations: news.map(({ scope, value, before, expiresAt }) => [scope, value, before, expiresAt]),
    })
  }
}

/** @throws Problem('invalid_input') */
function parseQuery(ctx: Context): { readonly cursor: string | undefined; readonly wait: number } {
  const cursor = queryValue(ctx, 'cursor')
  if (cursor !== undefined && !/^\d{1,12}\.\d{1,12}\.\d{1,16}$/.test(cursor))
    throw new Problem('invalid_input', '`cursor` must be what the last answer gave')
  const wait = queryValue(ctx, 'wait') ?? '0'
  if (!/^\d{1,2}$/.test(wait) || Number(wait) > longestWait)
    throw new Problem('invalid_input', `\`wait\` must be 0 to ${longestWait} seconds`)
  return { cursor, wait: Number(wait) }
}

/** Latest date, how many, and the sum of their floors: any entry that comes, goes or is raised changes one of them. */
function cursorOf(entries: readonly RevocationEntry[]): string {
  let latest = 0
  let sum = 0
  for (const { at, before } of entries) {
    latest = Math.max(latest, at)
    sum = (sum + before) % Number.MAX_SAFE_INTEGER
  }
  return `${latest}.${entries.length}.${sum}`
}

/** The list once it differs from `cursor`, or as it is when the time is over or the client has gone. */
async function untilNews(
  ctx: Context,
  { revocations, ending }: Pick<RevocationPorts, 'revocations' | 'ending'>,
  accountId: string,
  cursor: string | undefined,
  wait: number,
): Promise<readonly RevocationEntry[]> {
  const end = Date.now() + wait * 1000
  for (;;) {
    const woken = nextChange(ctx, revocations, end - Date.now(), ending)
    // Listed after the watch began: a change in between is not missed.
    const entries = await revocations.list(accountId)
    if (cursorOf(entries) !== cursor || ctx.res.destroyed || ending?.aborted || Date.now() >= end) {
      woken.stop()
      return entries
    }
    await woken.promise
  }
}

function nextChange(
  ctx: Context,
  revocations: RevocationList,
  patience: number,
  ending: AbortSignal | undefined,
) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.max(0, patience))
  const unwatch = revocations.watch(resolve)
  const wake = () => resolve()
  ctx.res.once('close', wake)
  ending?.addEventListener('abort', wake)
  const stop = () => {
    clearTimeout(timer)
    unwatch()
    ctx.res.off('close', wake)
    ending?.removeEventListener('abort', wake)
    resolve()
  }
  return { promise: promise.finally(stop), stop }
}
