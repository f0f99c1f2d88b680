// Who a signed-in person is elsewhere, for their own pages.
import type { Store } from '../../store/store.ts'
import type { From } from './credentials.ts'
import type { Identities } from './identities.ts'
import { joiningId } from './identity-key.ts'
import type { SignInProviders } from './providers.ts'

export interface OwnIdentityParts {
  readonly store: Pick<Store, 'get'>
  readonly identities: Pick<Identities, 'of' | 'disconnect'>
  readonly providers: Pick<SignInProviders, 'offered'>
}

export function openOwnIdentities({ store, identities, providers }: OwnIdentityParts) {
  const titleOf = async (arn: string): Promise<string> => {
    const provider = await store.get('identityProvider', arn)
    return provider?.signIn?.title ?? provider?.name ?? 'A provider that is gone'
  }
  return {
    async list(userId: string) {
      const all = await identities.of(userId)
      return Promise.all(
        all.map(async (identity) => ({
          key: joiningId(identity),
          title: await titleOf(identity.provider),
          label: identity.label,
          lastUsed: identity.lastUsed,
        })),
      )
    },

    /** Providers with pages of their own, at which this person is nobody yet. */
    async connectable(userId: string) {
      const at = new Set((await identities.of(userId)).map(({ provider }) => provider))
      const offered = await providers.offered()
      return offered
        .filter(({ id, kind }) => kind !== 'ldap' && !at.has(id))
        .map(({ name, signIn }) => ({ name, title: signIn.title }))
    },

    /** @param key as `list` gave it */
    async disconnect(userId: string, key: string, from: From): Promise<boolean> {
      const identity = (await identities.of(userId)).find((one) => joiningId(one) === key)
      return identity !== undefined && identities.disconnect(userId, identity, from)
    },
  }
}
