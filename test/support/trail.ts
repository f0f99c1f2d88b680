// The audit trail of a running server, read from its file beside it.
import { join } from 'node:path'
import type { AuditRecord } from '../../src/audit/event.ts'
import { readTrail } from '../../src/audit/read.ts'
import { openMasterKey } from '../../src/secure/master-key.ts'
import { serverAccount } from '../../src/store/records.ts'
import { accountId, type Running } from './server.ts'
import { openStore } from './store.ts'

/** The newest entries of the account and of the server, newest first within each. */
export async function entriesOf(server: Pick<Running, 'dir'>): Promise<readonly AuditRecord[]> {
  const masterKey = openMasterKey(join(server.dir, 'keys'), { storeExists: true })
  const store = await openStore(join(server.dir, 'data', 'chancery.db'), { masterKey })
  try {
    const pages = await Promise.all(
      [accountId, serverAccount].map((account) => readTrail(store, { accountId: account, limit: 1000 })),
    )
    return pages.flatMap(({ records }) => records)
  } finally {
    await store.close()
  }
}
