// Creates and updates the identity providers of the configuration file at start.
import { isProblem, Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { createIfAbsent, updateIfPresent } from '../../store/conditional-writes.ts'
import type { IdentityProvider, SamlProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { checkIssuerNotReserved } from './openid-providers.ts'
import { makeWay, type ReplacedProvider } from './replaced-providers.ts'

/**
 * Creates or updates the account's providers as the file specifies, and disables those of an earlier file that this one no longer
 * has. Providers created at run time are not touched, unless the file has their name or ARN (replaced-providers.ts).
 * @param endProvider called for each provider that the file disables or no longer has. Called before the record changes, so that an
 *   interrupted start repeats it
 * @param onReplaced called for each provider made at run time that gave way to an entry of the file
 * @returns the newly disabled providers, whose browser sessions must end
 */
export async function applyConfiguredProviders(
  store: Store,
  accountId: string,
  configured: readonly IdentityProvider[],
  endProvider: (provider: IdentityProvider) => Promise<void>,
  onReplaced: (replaced: ReplacedProvider) => void = () => undefined,
): Promise<readonly IdentityProvider[]> {
  for (const provider of configured) if (provider.kind === 'openid') checkIssuerNotReserved(provider.url)
  const ended = await endRemoved(store, accountId, configured, endProvider)
  for (const replaced of await makeWay(store, accountId, configured, endProvider)) onReplaced(replaced)
  for (const provider of configured) if (provider.disabled) await endProvider(provider)
  for (const provider of configured) {
    const made = { ...provider, uid: randomToken(), fromFile: true }
    if (!(await createIfAbsent(store.create('identityProvider', made))))
      await updateConfigured(store, provider)
  }
  return [...ended, ...configured.filter(({ disabled }) => disabled)]
}

/**
 * Disables the providers whose entry was removed (docs/attacks.md 41), or deletes them when another entry needs their name.
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
      await updateIfPresent(store.update('identityProvider', id, (old) => ({ ...old, disabled: true })))
  }
  return removed.filter(({ disabled }) => !disabled)
}

async function updateConfigured(store: Store, provider: IdentityProvider): Promise<void> {
  try {
    await store.update('identityProvider', provider.id, (old) => {
      const next = {
        ...provider,
        ...fetchedBefore(old, provider),
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

/** The metadata that was fetched from the same source, which the file does not have. */
function fetchedBefore(old: IdentityProvider, next: IdentityProvider): Partial<SamlProvider> {
  if (old.kind !== 'saml' || next.kind !== 'saml' || next.metadataSource === undefined) return {}
  const sourceOf = ({ metadataSource, entityId }: SamlProvider) => JSON.stringify([metadataSource, entityId])
  return sourceOf(old) === sourceOf(next) ? { metadata: old.metadata, validUntil: old.validUntil } : {}
}

/** A provider of the file, with the metadata that its stored record has from the same URL. */
export function withFetchedMetadata(
  provider: IdentityProvider,
  stored: readonly IdentityProvider[],
): IdentityProvider {
  const old = stored.find(({ id }) => id === provider.id)
  return old && provider.kind === 'saml' ? { ...provider, ...fetchedBefore(old, provider) } : provider
}

/** A text by which two records can be compared: field order and undefined fields do not matter, secrets are compared by value. */
const comparable = ({ secret, decryptionKeys, ...rest }: IdentityProvider): string =>
  JSON.stringify([
    secret?.reveal(),
    decryptionKeys?.reveal(),
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .sort(),
  ])
