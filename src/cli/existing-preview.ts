// What `chancery client preview` reads of an existing store; it works beside a running server or without one.
import type { Config } from '../config.ts'
import { firstAccount } from '../iam/bootstrap.ts'
import { byName } from '../iam/lookup.ts'
import { openOidcProfiles } from '../iam/sign-in/oidc-profiles.ts'
import { type OpenedPreview, openClientPreview } from '../oidc/client-preview.ts'
import { Problem } from '../problem.ts'
import { openExistingStore } from '../store/open.ts'

/** @throws Problem('not_found') when there is no store, or it was never started */
export async function openPreview(config: Config): Promise<OpenedPreview> {
  const { store } = await openExistingStore(config)
  try {
    const accountId = await firstAccount(store)
    const people = openOidcProfiles(store, accountId)
    const preview = openClientPreview({
      ...config.file,
      store,
      issuer: config.issuer ?? `http://localhost:${config.port}`,
      findPerson: (userId) => people.find(userId),
      now: () => Math.floor(Date.now() / 1000),
    })
    return {
      async preview({ client, user, scopes, resource }) {
        const found = await byName(store, 'user', accountId, user)
        if (!found) throw new Problem('not_found', `there is no user \`${user}\``)
        return preview({ clientId: client, userId: found.id, scopes, resource })
      },
      close: async () => {
        people.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
