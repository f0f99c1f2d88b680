// The providers of the configuration file, which start-up makes to be as the file says.
import { isProblem, Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { created } from '../../store/conditional-writes.ts'
import type { IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { checkNotReserved } from './openid-providers.ts'

/**
 * Creates or changes the account's providers so that they are as the file says; others are left alone.
 * @returns those the file disables, whose sessions must end
 */
export async function applyConfiguredProviders(
  store: Store,
  configured: readonly IdentityProvider[],
): Promise<readonly IdentityProvider[]> {
  for (const provider of configured) if (provider.kind === 'openid') checkNotReserved(provider.url)
  for (const provider of configured) {
    const made = { ...provider, uid: randomToken() }
    if (!(await created(store.create('identityProvider', made)))) await changed(store, provider)
  }
  return configured.filter(({ disabled }) => disabled)
}

async function changed(store: Store, provider: IdentityProvider): Promise<void> {
  try {
    await store.update('identityProvider', provider.id, (old) => {
      const next = { ...provider, uid: old.uid, createdAt: old.createdAt, tags: old.tags } as IdentityProvider
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
