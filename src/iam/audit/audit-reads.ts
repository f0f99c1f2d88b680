// Reads of the audit trail for administrators: the entries of their own account and, for the account that was made at the first
// start, of the server itself.
import type { AuditRecord } from '../../audit/event.ts'
import { type AuditQuery, readEntry, readTrail } from '../../audit/read.ts'
import { type Repeatable, repeatsOf } from '../../audit/repeats.ts'
import { serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { ListPage, ListRequest, Markers } from '../paging.ts'

/** What a list of audit entries is asked for. */
interface AuditListQuery extends Omit<AuditQuery, 'accountId' | 'limit' | 'after'> {
  /** Entries of no account. */
  readonly server: boolean
  /** Oldest first, and with a cursor also at the end. */
  readonly follow: boolean
}

export interface AuditReads {
  readonly markers: Markers
  /** Whether the caller's account may read entries of no account, if its policies allow it. */
  mayReadServer(call: Call): boolean
  /** The account whose entries are meant: the caller's, or that of the server itself. */
  accountFor(call: Call, server: boolean): string
  list(call: Call, query: AuditListQuery, list: string, request: ListRequest): Promise<ListPage<AuditRecord>>
  /** Undefined: there is no such entry in the caller's account, nor among those of the server that the caller may read. */
  get(call: Call, id: string): Promise<AuditRecord | undefined>
  /** Entries of one request, oldest first, at most 100. */
  ofRequest(call: Call, reference: string): Promise<readonly AuditRecord[]>
  /**
   * How often the same was refused or failed shortly before (`repeatsOf`), of the entries of one account: that of the first, where the
   * caller may read it.
   */
  repeats(call: Call, entries: readonly Repeatable[]): Promise<ReadonlyMap<string, number>>
}

export interface AuditReadDependencies {
  readonly store: Pick<Store, 'find' | 'get'>
  readonly markers: Markers
  /** The account of the first start, whose administrators operate the server. */
  readonly operatorAccount: string
}

const mostOfRequest = 100

export function openAuditReads({ store, markers, operatorAccount }: AuditReadDependencies): AuditReads {
  const mayReadServer = ({ caller }: Call): boolean => accountOf(caller) === operatorAccount
  const accountFor = ({ caller }: Call, server: boolean): string =>
    server ? serverAccount : accountOf(caller)
  const accountsOf = (call: Call): readonly string[] => [
    accountOf(call.caller),
    ...(mayReadServer(call) ? [serverAccount] : []),
  ]
  return {
    markers,
    mayReadServer,
    accountFor,
    async list(call, { server, follow, ...query }, list, request) {
      const { records, next } = await readTrail(store, {
        ...query,
        accountId: accountFor(call, server),
        limit: request.maxItems ?? 100,
        after: markers.open(call, list, request.marker),
        ...(follow && { order: 'oldest', to: call.circumstances.now - settleSeconds }),
        keepsPosition: follow,
      })
      return { items: records, marker: next && markers.seal(call, list, next) }
    },
    async get(call, id) {
      const entry = await readEntry(store, id)
      return entry && accountsOf(call).includes(entry.accountId) ? entry : undefined
    },
    async ofRequest(call, reference) {
      const pages = await Promise.all(
        accountsOf(call).map((accountId) =>
          readTrail(store, { accountId, request: reference, order: 'oldest', limit: mostOfRequest }),
        ),
      )
      return pages
        .flatMap(({ records }) => records)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, mostOfRequest)
    },
    repeats(call, entries) {
      const account = accountsOf(call).find((one) => one === entries[0]?.accountId)
      return repeatsOf(
        store,
        entries.filter(({ accountId }) => accountId === account),
      )
    },
  }
}

/**
 * Entries of the last seconds are held back from who follows the trail: those of several processes may become visible in
 * another order than that of their ids, and a cursor would pass over them.
 */
const settleSeconds = 2
