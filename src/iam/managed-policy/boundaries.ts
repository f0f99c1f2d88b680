// Permissions boundaries of users and roles.

import { Problem } from '../../problem.ts'
import { accountOf } from '../arn.ts'
import { changed, opened, refusalsOf } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { checkPolicyArn, policyByArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'

const spelled = { user: 'User', role: 'Role' } as const

/** @throws Problem('not_found') unless the policy is there for the account. */
export async function checkBoundary(parts: Parts, call: Call, arn: string | undefined): Promise<void> {
  if (arn === undefined) return
  checkPolicyArn(arn, 'invalid_input')
  if (!(await policyByArn(parts.store, accountOf(call.caller), arn))) throw noSuch('boundary', arn)
}

const verbsOf = (parts: Parts, kind: 'user' | 'role') => ({
  async put(call: Call, input: { readonly name: string; readonly boundary: string }): Promise<void> {
    const action = `iam:Put${spelled[kind]}PermissionsBoundary`
    // The key is the boundary that would be, so that a policy can demand a certain one.
    const extra = [['iam:PermissionsBoundary', input.boundary]] as const
    const record = await opened(parts, call, kind, input.name, action, extra)
    await checkBoundary(parts, call, input.boundary)
    await change(parts.store, kind, record.id, refusalsOf(kind, input.name), (old) => ({
      ...old,
      boundary: input.boundary,
    }))
  },
  async delete(call: Call, { name }: { readonly name: string }): Promise<void> {
    const action = `iam:Delete${spelled[kind]}PermissionsBoundary`
    await changed(parts, call, kind, name, action, [], (old) => {
      if (old.boundary === undefined)
        throw new Problem(
          'not_found',
          `The ${kind} with name ${old.name} does not have a permissions boundary.`,
        )
      return { ...old, boundary: undefined }
    })
  },
})

export const boundaries = (parts: Parts) => {
  const [user, role] = [verbsOf(parts, 'user'), verbsOf(parts, 'role')]
  return {
    putUserPermissionsBoundary: user.put,
    deleteUserPermissionsBoundary: user.delete,
    putRolePermissionsBoundary: role.put,
    deleteRolePermissionsBoundary: role.delete,
  }
}
