// Verifies the whole trail: every chain from its opening, every position that later openings confirm, and that no entry of
// any account is outside a chain.
import type { AuditEntry } from '../store/records.ts'
import { serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type AuditKey, type Head, isMacValid, type Opening } from './chain.ts'
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
  readonly opening: Opening | undefined
  /** MACs at the requested positions. */
  readonly macs: ReadonlyMap<number, string>
}

const pageSize = 1000

/** Verifies the trail. Reads every entry once or twice; memory does not grow with the trail. */
export async function verifyTrail({ store, findKey }: VerifyOptions): Promise<Verified> {
  const openings: Opening[] = []
  const named = new Set<string>()
  for await (const { chain, event } of allOf(store, 'opening', 'all')) {
    named.add(chain)
    const opening = openingOf(event)
    if (opening) openings.push(opening)
  }
  const heads = openings.flatMap(({ details }) => details.heads)
  for (const { chain } of heads) named.add(chain)
  for await (const chain of chainsOfAccounts(store)) named.add(chain)

  const breaks: Break[] = []
  let entries = 0
  for (const chain of named) {
    const asked = heads.filter((head) => head.chain === chain)
    const lost = openings.flatMap(({ details }) => details.abandoned.filter((one) => one.chain === chain))
    const end = Math.min(Number.POSITIVE_INFINITY, ...lost.map(({ from }) => from))
    const checked = await checkChain(store, chain, findKey, end, asked)
    entries += checked.entries
    const broken = checked.broken ?? missingHead(asked, checked, end)
    if (broken) breaks.push(broken)
  }
  return { chains: named.size, entries, breaks }
}

async function checkChain(
  store: Pick<Store, 'find'>,
  chain: string,
  findKey: VerifyOptions['findKey'],
  end: number,
  asked: readonly Head[],
): Promise<Checked> {
  const wanted = new Set(asked.map(({ seq }) => seq))
  const macs = new Map<number, string>()
  let [entries, expected, before] = [0, 0, '']
  let opening: Opening | undefined
  let secret: Buffer | undefined
  let broken: Break | undefined
  for await (const entry of allOf(store, 'chain', chain)) {
    entries++
    // Entries after a store failure were acknowledged in another chain, or not at all.
    if (broken || entry.seq >= end) continue
    if (entry.seq === 0) {
      opening = openingOf(entry.event)
      secret = opening && findKey(opening.details.kid)?.secret
    }
    const what = wrongWith(entry, expected, before, opening, secret)
    if (what) broken = { chain, seq: expected, what }
    if (wanted.has(entry.seq)) macs.set(entry.seq, entry.mac)
    before = entry.mac
    expected++
  }
  if (entries === 0) broken = { chain, seq: 0, what: 'the whole chain is gone' }
  return { entries, upTo: expected - 1, broken, opening, macs }
}

/** The first check that fails; undefined when the entry is as it was written. */
function wrongWith(
  entry: AuditEntry,
  expected: number,
  before: string,
  opening: Opening | undefined,
  secret: Buffer | undefined,
): string | undefined {
  if (entry.seq !== expected) return `entries ${expected} to ${entry.seq - 1} are missing`
  if (!opening) return 'the chain does not begin with an opening'
  if (!secret) return `the key \`${opening.details.kid}\` of the chain is unknown`
  if (!isMacValid(secret, entry, before)) return `entry \`${entry.id}\` was changed, or the one before it`
  const event = eventOf(entry.event)
  if (event.accountId !== entry.accountId || event.at !== entry.at) return `entry \`${entry.id}\` was moved`
  return undefined
}

/** A later opening names a position that this chain does not have, or has with another MAC. */
function missingHead(asked: readonly Head[], checked: Checked, end: number): Break | undefined {
  for (const { chain, seq, mac } of asked.toSorted((a, b) => a.seq - b.seq)) {
    if (seq >= end) continue
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

async function* chainsOfAccounts(store: Pick<Store, 'find'>): AsyncGenerator<string> {
  const accounts = [serverAccount]
  let after: string | undefined
  do {
    const page = await store.find('account', { by: 'all', value: 'all' }, { limit: pageSize, after })
    accounts.push(...page.records.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  for (const account of new Set(accounts))
    for await (const { chain } of allOf(store, 'account', account)) yield chain
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
