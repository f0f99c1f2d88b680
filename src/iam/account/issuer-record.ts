// The issuer URL that a store was used with. Tokens, sessions, passkeys and registrations at other parties contain it and stop
// working when it changes, so the server refuses to start with another issuer unless the change is confirmed.
import { Problem } from '../../problem.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import { serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

const recordId = 'issuer'
const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

export interface IssuerChange {
  /** The public URL, no trailing slash. */
  readonly issuer: string
  /** CHANCERY_PREVIOUS_ISSUER: confirms a change from exactly this one. */
  readonly previous: string | undefined
}

/**
 * Stores the issuer at the first start with a public URL. Loopback URLs are not stored, because their port may change.
 * @throws Problem('invalid_input') when the issuer differs from the stored one and `previous` is not the stored one
 */
export async function confirmIssuer(
  store: Pick<Store, 'create' | 'get' | 'update'>,
  { issuer, previous }: IssuerChange,
): Promise<void> {
  const kept = (await store.get('setting', recordId))?.value
  const setting = { id: recordId, accountId: serverAccount, value: issuer }
  if (kept === issuer) return
  if (kept === undefined) {
    if (isLoopback(issuer)) return
    if (!(await createIfAbsent(store.create('setting', setting))))
      await confirmIssuer(store, { issuer, previous })
    return
  }
  if (previous !== kept && !isLoopback(kept))
    throw new Problem(
      'invalid_input',
      `the issuer of this store is \`${kept}\` and would become \`${issuer}\`: set CHANCERY_ISSUER to the former, or confirm the change with CHANCERY_PREVIOUS_ISSUER=${kept}; it ends every token, session and passkey, and clients, services and identity providers must be given the new URL`,
    )
  await store.update('setting', recordId, (old) => (old.value === kept ? setting : old))
}
