// The audit trail of a running server, read from its file beside it.
import type { AuditRecord } from '../../src/audit/event.ts'
import { readTrail } from '../../src/audit/read.ts'
import { serverAccount } from '../../src/store/records.ts'
import { accountId, type Running } from './server.ts'
import { storeBeside } from './store.ts'

/** The newest entries of the account and of the server, newest first within each. */
export async function entriesOf(server: Pick<Running, 'dir'>): Promise<readonly AuditRecord[]> {
  const store = await storeBeside(server)
  const pages = await Promise.all(
    [accountId, serverAccount].map((account) => readTrail(store, { accountId: account, limit: 1000 })),
  )
  return pages.flatMap(({ records }) => records)
}

/** The newest 1,000 entries of an account as they are stored. */
export async function storedEvents(
  server: Pick<Running, 'dir'>,
  account: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const store = await storeBeside(server)
  const lookup = { by: 'account', value: account } as const
  const { records } = await store.find('auditEntry', lookup, { limit: 1000, descending: true })
  return records.map(({ event }) => JSON.parse(event))
}
