// What a person has on the account page besides their sign-in: the roles that they can become, their access keys, and
// what they did.

import type { AccountDependencies } from '../account/request.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import type { PersonCall } from '../iam/caller.ts'
import type { Iam } from '../iam/iam.ts'
import { openOwnActivity } from '../iam/own-activity.ts'
import { resourceTagKeys } from '../iam/tags.ts'
import { isProblem } from '../problem.ts'
import { assumeRoleOfSignIn } from '../sts/assume-role.ts'
import { ownRoles } from '../sts/own-roles.ts'
import { type Infrastructure, markersOf } from './infrastructure.ts'
import type { Sts } from './sts.ts'

export type OwnAccess = Pick<AccountDependencies, 'roles' | 'keys' | 'activity' | 'apps' | 'mayUseConsole'>

export function openOwnAccess(
  { store, keyRing, issuer }: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  iam: Iam,
): Omit<OwnAccess, 'apps' | 'mayUseConsole'> {
  const allows = async (call: PersonCall, ...asked: readonly [action: string, resource: string]) => {
    try {
      const tags = (await authorizer.policiesOf({ kind: 'user', id: call.caller.userId }))?.tags
      await authorizer.authorize(call, ...asked, resourceTagKeys(tags))
      return true
    } catch (error) {
      if (!isProblem(error, 'denied')) throw error
      return false
    }
  }
  const markers = markersOf(keyRing)
  return {
    activity: openOwnActivity(store, markers),
    keys: { iam, may: (call, action) => allows(call, action, call.caller.arn) },
    roles: {
      issuer,
      list: ownRoles({ ...sts, markers }),
      assume: assumeRoleOfSignIn(sts),
      mayListRoles: (call) => allows(call, 'iam:ListRoles', `arn:aws:iam::${call.caller.accountId}:role/`),
    },
  }
}
