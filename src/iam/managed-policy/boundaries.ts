// Permissions boundaries of users and roles.

import { Problem } from '../../problem.ts'
import { accountOf } from '../arn.ts'
import { getAuthorized, updateAuthorized, updateErrors } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { checkPolicyArn, policyByArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'

const spelled = { user: 'User', role: 'Role' } as const

/** @throws Problem('not_found') unless the account has the policy, Problem('invalid_input') for a malformed ARN */
export async function checkBoundary(
  deps: IamDependencies,
  call: Call,
  arn: string | undefined,
): Promise<void> {
  if (arn === undefined) return
  checkPolicyArn(arn, 'invalid_input')
  if (!(await policyByArn(deps.store, accountOf(call.caller), arn))) throw noSuch('boundary', arn)
}

const verbsOf = (deps: IamDependencies, kind: 'user' | 'role') => ({
  async put(call: Call, input: { readonly name: string; readonly boundary: string }): Promise<void> {
    const action = `iam:Put${spelled[kind]}PermissionsBoundary`
    // The condition key holds the new boundary, so that a policy can require a certain one.
    const extra = [['iam:PermissionsBoundary', input.boundary]] as const
    const record = await getAuthorized(deps, call, kind, input.name, action, extra)
    await checkBoundary(deps, call, input.boundary)
    await updateRecord(deps.store, kind, record.id, updateErrors(kind, input.name), (old) => ({
      ...old,
      boundary: input.boundary,
    }))
  },
  async delete(call: Call, { name }: { readonly name: string }): Promise<void> {
    const action = `iam:Delete${spelled[kind]}PermissionsBoundary`
    await updateAuthorized(deps, call, kind, name, action, [], (old) => {
      if (old.boundary === undefined)
        throw new Problem(
          'not_found',
          `The ${kind} with name ${old.name} does not have a permissions boundary.`,
        )
      return { ...old, boundary: undefined }
    })
  },
})

export const boundaries = (deps: IamDependencies) => {
  const [user, role] = [verbsOf(deps, 'user'), verbsOf(deps, 'role')]
  return {
    putUserPermissionsBoundary: user.put,
    deleteUserPermissionsBoundary: user.delete,
    putRolePermissionsBoundary: role.put,
    deleteRolePermissionsBoundary: role.delete,
  }
}
