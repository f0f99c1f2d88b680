// What of a provider is unique in its account: name, issuer and e-mail domains; and how many an account may have. Each refusal
// names the field that an administrator has to change.
import { isProblem, Problem } from '../../problem.ts'
import type { IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { createWithin, createWithinQuota } from '../record/create-within-quota.ts'
import { withKeyLock } from '../record/key-lock.ts'

/** The most providers of a kind that AWS's API has no quota for. */
const mostOfKind = 100

/** A refusal of one field. */
export const atField = (code: 'conflict' | 'validation', field: string, message: string): Problem =>
  new Problem(code, `\`${field}\` ${message}`, { fields: [{ field, message }] })

/**
 * Stores a new provider.
 * @throws Problem('conflict') with the field whose value is taken · Problem('limit_exceeded')
 */
export async function createProvider(store: Store, provider: IdentityProvider): Promise<void> {
  await oneAtATime(provider, async () => {
    await checkFree(store, provider)
    await withinQuota(store, provider, () =>
      store.create('identityProvider', provider).catch((error: unknown) => {
        throw isProblem(error, 'conflict') ? taken(provider) : error
      }),
    )
    await undoIfTaken(store, provider, () => store.delete('identityProvider', provider.id))
  })
}

/** What is checked over several providers, and then written, is done by one request of this process at a time. */
export const oneAtATime = <T>(
  { accountId }: Pick<IdentityProvider, 'accountId'>,
  write: () => Promise<T>,
): Promise<T> => withKeyLock(`identity-providers:${accountId}`, write)

/**
 * Checks the domains again after a write: another process may have written the same ones meanwhile. Of two at once, both may be undone.
 * @throws Problem('conflict')
 */
export async function undoIfTaken(
  store: Store,
  written: IdentityProvider,
  undo: () => Promise<unknown>,
): Promise<void> {
  try {
    await checkDomains(store, written)
  } catch (error) {
    await undo()
    throw error
  }
}

/** @throws Problem('conflict') with the field whose value another provider has */
export async function checkFree(store: Store, provider: IdentityProvider): Promise<void> {
  const byArn = await store.get('identityProvider', provider.id)
  if (byArn !== undefined && byArn.uid !== provider.uid) throw taken(provider)
  const { name, accountId } = provider
  const lookup = { by: 'name', value: `${accountId}/${name?.toLowerCase()}` } as const
  const [named] =
    name === undefined ? [] : (await store.find('identityProvider', lookup, { limit: 1 })).records
  if (named !== undefined && named.id !== provider.id) throw nameTaken(provider)
  await checkDomains(store, provider)
}

/** A domain leads to one enabled provider. @throws Problem('conflict') */
export async function checkDomains(
  store: Store,
  { id, accountId, signIn, disabled }: IdentityProvider,
): Promise<void> {
  if (signIn === undefined || disabled || signIn.domains.length === 0) return
  for await (const other of store.each('identityProvider', { by: 'signIn', value: accountId })) {
    const domain = signIn.domains.find((one) => other.signIn?.domains.includes(one))
    if (other.id !== id && domain !== undefined)
      throw atField('conflict', 'sign_in.domains', `\`${domain}\` is a domain of \`${other.name}\``)
  }
}

export const taken = (provider: IdentityProvider): Problem =>
  provider.kind === 'openid'
    ? atField('conflict', 'url', `\`${provider.url}\` is the issuer of another identity provider`)
    : nameTaken(provider)

const nameTaken = ({ name }: IdentityProvider): Problem =>
  atField('conflict', 'name', `\`${name}\` is the name of another identity provider`)

async function withinQuota(
  store: Store,
  record: IdentityProvider,
  create: () => Promise<void>,
): Promise<void> {
  const { kind, accountId } = record
  const lookup = { by: 'kind', value: `${accountId} ${kind}` } as const
  if (kind === 'openid' || kind === 'saml') {
    const quota = kind === 'saml' ? 'SAMLProvidersPerAccount' : 'OpenIdConnectProvidersPerAccount'
    return createWithinQuota(store, { kind: 'identityProvider', record, quota, lookup }, create)
  }
  const check = (count: number): void => {
    if (count > mostOfKind)
      throw new Problem('limit_exceeded', `an account has at most ${mostOfKind} providers of kind ${kind}`)
  }
  return createWithin(store, { kind: 'identityProvider', record, lookup }, check, create)
}
