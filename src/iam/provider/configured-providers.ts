// The providers of the configuration file, which start-up makes to be as the file says.
import { isProblem, Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { created, whenThere } from '../../store/conditional-writes.ts'
import type { IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { checkNotReserved } from './openid-providers.ts'

/**
 * Creates or changes the account's providers so that they are as the file says, and disables those that an earlier file made
 * and this one has no more. Providers made by IAM are left alone.
 * @param endProvider called for each provider that the file disables or has no more, before the store says so: a start that is cut
 *   off does it again
 * @returns those that are disabled now and were not, whose browser sessions must end
 */
export async function applyConfiguredProviders(
  store: Store,
  accountId: string,
  configured: readonly IdentityProvider[],
  endProvider: (provider: IdentityProvider) => Promise<void>,
): Promise<readonly IdentityProvider[]> {
  for (const provider of configured) if (provider.kind === 'openid') checkNotReserved(provider.url)
  const ended = await endRemoved(store, accountId, configured, endProvider)
  for (const provider of configured) if (provider.disabled) await endProvider(provider)
  for (const provider of configured) {
    const made = { ...provider, uid: randomToken(), fromFile: true }
    if (!(await created(store.create('identityProvider', made)))) await changed(store, provider)
  }
  return [...ended, ...configured.filter(({ disabled }) => disabled)]
}

/**
 * What the file made ends with its entry (attacks.md 41): it is disabled, and deleted when an entry needs its name.
 * @returns those that were not disabled before
 */
async function endRemoved(
  store: Store,
  accountId: string,
  configured: readonly IdentityProvider[],
  endProvider: (provider: IdentityProvider) => Promise<void>,
): Promise<readonly IdentityProvider[]> {
  const ids = new Set(configured.map(({ id }) => id))
  const names = new Set(configured.map(({ name }) => name?.toLowerCase()))
  const removed: IdentityProvider[] = []
  for await (const one of store.each('identityProvider', { by: 'account', value: accountId }))
    if (one.fromFile && !ids.has(one.id)) removed.push(one)
  for (const provider of removed) {
    const { id, name, disabled } = provider
    if (!disabled) await endProvider(provider)
    if (name !== undefined && names.has(name.toLowerCase())) await store.delete('identityProvider', id)
    else if (!disabled)
      await whenThere(store.update('identityProvider', id, (old) => ({ ...old, disabled: true })))
  }
  return removed.filter(({ disabled }) => !disabled)
}

async function changed(store: Store, provider: IdentityProvider): Promise<void> {
  try {
    await store.update('identityProvider', provider.id, (old) => {
      const next = {
        ...provider,
        uid: old.uid,
        fromFile: true,
        createdAt: old.createdAt,
        tags: old.tags,
      } as IdentityProvider
      return comparable(old) === comparable(next) ? old : next
    })
  } catch (cause) {
    if (!isProblem(cause, 'not_found', 'conflict')) throw cause
    const message = `identity_providers: the name \`${provider.name}\` belongs to another provider already; choose another`
    throw new Problem('invalid_input', message, { cause })
  }
}

/** Whether a record is as the file says: the order of fields and what is undefined left out, secrets by what they hold. */
const comparable = ({ secret, ...rest }: IdentityProvider): string =>
  JSON.stringify([
    secret?.reveal(),
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .sort(),
  ])
