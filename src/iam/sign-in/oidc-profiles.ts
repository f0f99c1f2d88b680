// Cache of the user profiles from which OpenID Connect claims are made. Read at every authorization, refresh and token exchange.

import type { PersonAttributes } from '../../store/person.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { isAccountOpen } from '../account/open-account.ts'
import { userArn } from '../arn.ts'
import { ReadThroughCache } from '../record/read-through-cache.ts'

export interface OidcProfile {
  /** `AIDA…` */
  readonly id: string
  readonly accountId: string
  readonly arn: string
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly attributes: PersonAttributes
  /** Names of the groups; none for users of another account than that of the clients. */
  readonly groups: readonly string[]
  /** Unique ids (`AGPA…`) of the same groups. */
  readonly groupIds: readonly string[]
  /** LoginProfile.changedAt, which identifies the password; undefined without a password. */
  readonly passwordChangedAt: EpochSeconds | undefined
}

/**
 * @param clientAccountId the account that clients and protected hosts belong to. Groups of other accounts are not shown to them:
 *   whoever administers another account could give a group any name that an application trusts.
 */
export function openOidcProfiles(store: Store, clientAccountId: string) {
  const held = new ReadThroughCache<OidcProfile | undefined>(store, ['group', 'account'], ['user'])

  const load = async (userId: string): Promise<OidcProfile | undefined> => {
    const user = await store.get('user', userId)
    if (user === undefined || user.disabled || !(await isAccountOpen(store, user.accountId))) return undefined
    const shown = user.accountId === clientAccountId ? user.groups : []
    const found = await Promise.all(shown.map((id) => store.get('group', id)))
    const { id, accountId, name, displayName, email, emailVerified, attributes = {}, login } = user
    const groups = found.flatMap((group) => (group?.accountId === accountId ? [group] : []))
    const memberships = { groups: groups.map((one) => one.name), groupIds: groups.map((one) => one.id) }
    const passwordChangedAt = login?.changedAt
    const about = { name, displayName, email, emailVerified, attributes }
    return { id, accountId, arn: userArn(user), ...about, ...memberships, passwordChangedAt }
  }

  return {
    /** Undefined when the user was deleted or is disabled, or the account is closed. */
    find: (userId: string): Promise<OidcProfile | undefined> =>
      held.get(`user:${userId}`, () => load(userId)),
    close: () => held.close(),
  }
}
