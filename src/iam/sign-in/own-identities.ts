// The linked identities of a signed-in user, for the account pages.
import type { Store } from '../../store/store.ts'
import type { RequestOrigin } from '../request-origin.ts'
import type { Identities } from './identities.ts'
import { identityLinkId } from './identity-key.ts'
import type { SignInProviders } from './providers.ts'

export interface OwnIdentitiesDependencies {
  readonly store: Pick<Store, 'get'>
  readonly identities: Pick<Identities, 'of' | 'disconnect'>
  readonly providers: Pick<SignInProviders, 'offered'>
}

export function openOwnIdentities({ store, identities, providers }: OwnIdentitiesDependencies) {
  const titleOf = async (arn: string): Promise<string> => {
    const provider = await store.get('identityProvider', arn)
    return provider?.signIn?.title ?? provider?.name ?? 'A deleted provider'
  }
  return {
    async list(userId: string) {
      const all = await identities.of(userId)
      return Promise.all(
        all.map(async (identity) => ({
          key: identityLinkId(identity),
          title: await titleOf(identity.provider),
          label: identity.label,
          lastUsed: identity.lastUsed,
        })),
      )
    },

    /** Providers to which the user is not linked yet; LDAP directories are left out because they have no sign-in page. */
    async connectable(userId: string) {
      const at = new Set((await identities.of(userId)).map(({ provider }) => provider))
      const offered = await providers.offered()
      return offered
        .filter(({ id, kind }) => kind !== 'ldap' && !at.has(id))
        .map(({ name, signIn }) => ({ name, title: signIn.title }))
    },

    /** @param key from `list` @returns false when the user has no such identity */
    async disconnect(userId: string, key: string, from: RequestOrigin): Promise<boolean> {
      const identity = (await identities.of(userId)).find((one) => identityLinkId(one) === key)
      return identity !== undefined && identities.disconnect(userId, identity, from)
    },
  }
}
