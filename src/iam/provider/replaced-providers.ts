// Providers made at run time whose name or ARN an entry of the configuration file has too. The file wins: its people must find the
// provider that the operator wrote down, and a start must not fail because of what was made at run time.
import { updateIfPresent } from '../../store/conditional-writes.ts'
import type { IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { vouchesDifferently } from './provider-rights.ts'

/** A provider that gave way to an entry of the file, for the log. */
export interface ReplacedProvider {
  readonly arn: string
  readonly name: string | undefined
  /** Undefined: the entry has the same ARN and has replaced its settings. */
  readonly renamedTo: string | undefined
}

/**
 * Gives the names of the file's providers free: another provider of such a name is renamed, and disabled where people sign in with
 * it. Its ARN stays, and with it the roles that trust it.
 * @param endProvider called before a provider is disabled, or another server vouches under its ARN
 */
export async function makeWay(
  store: Store,
  accountId: string,
  configured: readonly IdentityProvider[],
  endProvider: (provider: IdentityProvider) => Promise<void>,
): Promise<readonly ReplacedProvider[]> {
  const ids = new Set(configured.map(({ id }) => id))
  const names = new Set(configured.map(({ name }) => name?.toLowerCase()))
  const all = await Array.fromAsync(store.each('identityProvider', { by: 'account', value: accountId }))
  const made = all.filter(({ fromFile }) => fromFile !== true)
  const taken = new Set([...all.map(({ name }) => name?.toLowerCase()), ...names])
  const replaced: ReplacedProvider[] = made
    .filter(({ id }) => ids.has(id))
    .map(({ id, name }) => ({ arn: id, name, renamedTo: undefined }))
  // Sign-ins by its former server, keys or directory end: the file has others under the same ARN.
  for (const provider of made) {
    const next = configured.find(({ id }) => id === provider.id)
    const signsIn = provider.signIn !== undefined && !provider.disabled
    if (next !== undefined && signsIn && vouchesDifferently(provider, next)) await endProvider(provider)
  }
  for (const provider of made) {
    const { id, name } = provider
    if (ids.has(id) || name === undefined || !names.has(name.toLowerCase())) continue
    const renamedTo = freeName(name, taken)
    taken.add(renamedTo.toLowerCase())
    await rename(store, provider, renamedTo, endProvider)
    replaced.push({ arn: id, name, renamedTo })
  }
  return replaced
}

async function rename(
  store: Store,
  provider: IdentityProvider,
  name: string,
  endProvider: (provider: IdentityProvider) => Promise<void>,
): Promise<void> {
  const isLeft = provider.signIn !== undefined && !provider.disabled
  if (isLeft) await endProvider(provider)
  await updateIfPresent(
    store.update('identityProvider', provider.id, (old) => ({
      ...old,
      name,
      disabled: old.disabled || isLeft,
      changes: (old.changes ?? 0) + 1,
    })),
  )
}

/** Names have at most 64 characters (federation/settings.ts). */
function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  for (let at = 1; ; at++) {
    const suffix = at === 1 ? '-replaced' : `-replaced-${at}`
    const free = `${name.slice(0, 64 - suffix.length)}${suffix}`
    if (!taken.has(free.toLowerCase())) return free
  }
}
