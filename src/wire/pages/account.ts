// What a person has on the account page besides their sign-in: the roles that they can become, their access keys, and
// what they did.

import type { AccountDependencies } from '../../account/request.ts'
import type { AccessRequestInput, AccessRequests } from '../../iam/access-requests/access-requests.ts'
import { openOwnActivity } from '../../iam/audit/own-activity.ts'
import { audited } from '../../iam/audit/with-audit.ts'
import type { Authorizer } from '../../iam/authorization/authorize.ts'
import type { Call, PersonCall } from '../../iam/caller.ts'
import type { Iam } from '../../iam/iam.ts'
import { resourceTagKeys } from '../../iam/tags.ts'
import { isProblem } from '../../problem.ts'
import { assumeRoleOfSignIn } from '../../sts/operation/assume-role.ts'
import { ownRole, ownRoles } from '../../sts/operation/own-roles.ts'
import { type Infrastructure, markersOf } from '../infrastructure.ts'
import type { Sts } from '../sts.ts'

export type OwnAccess = Pick<AccountDependencies, 'roles' | 'keys' | 'activity' | 'apps' | 'mayUseConsole'>

export function openOwnAccess(
  { store, keyRing, issuer, trail }: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  iam: Iam,
  accessRequests: AccessRequests,
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
  const own = { ...sts, markers }
  return {
    activity: openOwnActivity(store, markers),
    keys: { iam, may: (call, action) => allows(call, action, call.caller.arn) },
    roles: {
      issuer,
      list: ownRoles(own),
      find: ownRole(own),
      requests: {
        ...audited(
          trail,
          'account',
          {
            requestAccess: (call: Call, input: AccessRequestInput) =>
              accessRequests.requestAccess(call, input),
            withdrawAccessRequest: (call: Call, input: { readonly id: string }) =>
              accessRequests.withdrawAccessRequest(call, input),
          },
          { requestAccess: ({ roleArn }) => roleArn.slice(0, 256) },
        ),
        ofPerson: (userId) => accessRequests.ofPerson(userId),
      },
      assume: assumeRoleOfSignIn(sts),
      mayListRoles: (call) => allows(call, 'iam:ListRoles', `arn:aws:iam::${call.caller.accountId}:role/`),
    },
  }
}
