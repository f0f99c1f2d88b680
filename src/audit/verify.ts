// Verifies the whole trail: every chain from its opening, every position that later openings confirm, and that no entry of
// any account is outside a chain.
import type { AuditEntry } from '../store/records.ts'
import { serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type AuditKey, type Head, isMacValid, type Opening } from './chain.ts'
import { lastEntry, millisOf } from './chain-reads.ts'
import { type ChainStart, newestCheckpoint } from './checkpoint.ts'
import { eventOf } from './event.ts'

export interface Break {
  readonly chain: string
  /** The first position that is wrong. */
  readonly seq: number
  /** What is wrong, as a phrase for messages. */
  readonly what: string
}

export interface Verified {
  readonly chains: number
  readonly entries: number
  /** The first break of each chain; empty when the trail is intact. */
  readonly breaks: readonly Break[]
  /** Milliseconds since 1970: retention removed the entries before it. Absent when nothing was removed. */
  readonly begins?: number
}

export interface VerifyOptions {
  readonly store: Pick<Store, 'find'>
  /** Finds audit keys, including previous ones (`KeyRing.find`). */
  readonly findKey: (kid: string) => AuditKey | undefined
}

/** The result of checking a chain. */
interface Checked {
  readonly entries: number
  /** The last position up to which the chain is intact. */
  readonly upTo: number
  readonly broken: Break | undefined
  /** MACs at the requested positions. */
  readonly macs: ReadonlyMap<number, string>
}

const pageSize = 1000

/** Verifies the trail. Reads every entry once or twice; memory does not grow with the trail. */
export async function verifyTrail({ store, findKey }: VerifyOptions): Promise<Verified> {
  const checkpoint = await newestCheckpoint(store)
  const cutoff = checkpoint?.cutoff ?? 0
  const starts = new Map(checkpoint?.starts.map((start) => [start.chain, start]))
  const gone = new Map(checkpoint?.gone.map(({ chain, seq }) => [chain, seq]))
  const openings: Opening[] = []
  const named = new Set(starts.keys())
  for await (const { chain, id, event } of allOf(store, 'opening', 'all')) {
    if (millisOf(id) < cutoff) continue // Retention was interrupted; its next run removes it.
    named.add(chain)
    const opening = openingOf(event)
    if (opening) openings.push(opening)
  }
  const heads = openings.flatMap(({ details }) =>
    details.heads.filter(({ chain, seq }) => seq > (gone.get(chain) ?? -1)),
  )
  if (checkpoint) heads.push(checkpoint.entry)
  for (const { chain } of heads) named.add(chain)
  for await (const chain of chainsOfAccounts(store, cutoff)) named.add(chain)

  const breaks: Break[] = []
  let entries = 0
  for (const chain of named) {
    const asked = heads.filter((head) => head.chain === chain)
    const lost = openings.flatMap(({ details }) => details.abandoned.filter((one) => one.chain === chain))
    const end = Math.min(Number.POSITIVE_INFINITY, ...lost.map(({ from }) => from))
    const checked = await checkChain(store, findKey, { chain, end, asked, cutoff, start: starts.get(chain) })
    entries += checked.entries
    const broken = checked.broken ?? missingHead(asked, checked, end, starts.get(chain))
    if (broken) breaks.push(broken)
  }
  return { chains: named.size, entries, breaks, ...(checkpoint && { begins: cutoff }) }
}

interface ChainCheck {
  readonly chain: string
  /** Entries from this position on were never acknowledged. */
  readonly end: number
  readonly asked: readonly Head[]
  /** Milliseconds since 1970: entries before it count as removed. */
  readonly cutoff: number
  /** Where the chain begins, when retention removed its first entries. */
  readonly start: ChainStart | undefined
}

async function checkChain(
  store: Pick<Store, 'find'>,
  findKey: VerifyOptions['findKey'],
  { chain, end, asked, cutoff, start }: ChainCheck,
): Promise<Checked> {
  if (start === undefined && asked.length === 0 && (await isBefore(store, chain, cutoff)))
    return { entries: 0, upTo: -1, broken: undefined, macs: new Map() }
  const wanted = new Set(asked.map(({ seq }) => seq))
  const macs = new Map<number, string>()
  let [entries, expected, before] = [0, start?.seq ?? 0, start?.mac ?? '']
  let kid = start?.kid
  let secret = kid === undefined ? undefined : findKey(kid)?.secret
  let broken: Break | undefined
  for await (const entry of allOf(store, 'chain', chain)) {
    if (entry.seq < expected && entry.seq < (start?.seq ?? 0)) continue
    entries++
    // Entries after a store failure were acknowledged in another chain, or not at all.
    if (broken || entry.seq >= end) continue
    if (entry.seq === 0) {
      kid = openingOf(entry.event)?.details.kid
      secret = kid === undefined ? undefined : findKey(kid)?.secret
    }
    const what = wrongWith(entry, { expected, before, kid, secret })
    if (what) broken = { chain, seq: expected, what }
    if (wanted.has(entry.seq)) macs.set(entry.seq, entry.mac)
    before = entry.mac
    expected++
  }
  if (entries === 0) broken = { chain, seq: start?.seq ?? 0, what: 'the whole chain is gone' }
  return { entries, upTo: expected - 1, broken, macs }
}

/** Whether all entries of a chain are older than what is kept: retention was interrupted, and its next run removes them. */
async function isBefore(store: Pick<Store, 'find'>, chain: string, cutoff: number): Promise<boolean> {
  if (cutoff === 0) return false
  const last = await lastEntry(store, chain)
  return last !== undefined && millisOf(last.id) < cutoff
}

/** The first check that fails; undefined when the entry is as it was written. */
function wrongWith(
  entry: AuditEntry,
  {
    expected,
    before,
    kid,
    secret,
  }: {
    readonly expected: number
    readonly before: string
    readonly kid: string | undefined
    readonly secret: Buffer | undefined
  },
): string | undefined {
  if (entry.seq !== expected) return `entries ${expected} to ${entry.seq - 1} are missing`
  if (kid === undefined) return 'the chain does not begin with an opening'
  if (!secret) return `the key \`${kid}\` of the chain is unknown`
  if (!isMacValid(secret, entry, before)) return `entry \`${entry.id}\` was changed, or the one before it`
  const event = eventOf(entry.event)
  if (event.accountId !== entry.accountId || event.at !== entry.at) return `entry \`${entry.id}\` was moved`
  return undefined
}

/** A later opening names a position that this chain does not have, or has with another MAC. */
function missingHead(
  asked: readonly Head[],
  checked: Checked,
  end: number,
  start: ChainStart | undefined,
): Break | undefined {
  for (const { chain, seq, mac } of asked.toSorted((a, b) => a.seq - b.seq)) {
    if (seq >= end || seq < (start?.seq ?? 0)) continue
    if (seq > checked.upTo)
      return {
        chain,
        seq: checked.upTo + 1,
        what: `entries ${checked.upTo + 1} to ${seq} are missing at the end`,
      }
    if (checked.macs.get(seq) !== mac)
      return { chain, seq, what: 'a later chain recorded a different entry here' }
  }
  return undefined
}

function openingOf(text: string): Opening | undefined {
  try {
    const event = JSON.parse(text) as Opening
    const { kid, heads } = event.details
    return event.action === 'audit:Open' && typeof kid === 'string' && Array.isArray(heads)
      ? event
      : undefined
  } catch {
    return undefined
  }
}

/** Of entries that retention has not removed. */
async function* chainsOfAccounts(store: Pick<Store, 'find'>, cutoff: number): AsyncGenerator<string> {
  const accounts = [serverAccount]
  let after: string | undefined
  do {
    const page = await store.find('account', { by: 'all', value: 'all' }, { limit: pageSize, after })
    accounts.push(...page.records.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  for (const account of new Set(accounts))
    for await (const { id, chain } of allOf(store, 'account', account))
      if (millisOf(id) >= cutoff) yield chain
}

async function* allOf(
  store: Pick<Store, 'find'>,
  by: 'opening' | 'chain' | 'account',
  value: string,
): AsyncGenerator<AuditEntry> {
  let after: string | undefined
  do {
    const page = await store.find('auditEntry', { by, value }, { limit: pageSize, after })
    yield* page.records
    after = page.next
  } while (after !== undefined)
}
