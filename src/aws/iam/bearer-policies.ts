// Actions on inline and attached policies: the same seven for users, groups and roles.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { type AwsAction, action } from '../action.ts'
import { encoded, pageIn, pageOut } from './shapes.ts'

interface Verbs {
  readonly put: Iam['putUserPolicy']
  readonly get: Iam['getUserPolicy']
  readonly list: Iam['listUserPolicies']
  readonly delete: Iam['deleteUserPolicy']
  readonly attach: Iam['attachUserPolicy']
  readonly detach: Iam['detachUserPolicy']
  readonly listAttached: Iam['listAttachedUserPolicies']
}

/** The name in an input: of a user, a group or a role. */
interface Bearer {
  readonly UserName?: string
  readonly GroupName?: string
  readonly RoleName?: string
}
type Put = Omit<sdk.PutUserPolicyCommandInput, 'UserName'> & Bearer
type Named = Omit<sdk.GetUserPolicyCommandInput, 'UserName'> & Bearer
type List = Omit<sdk.ListUserPoliciesCommandInput, 'UserName'> & Bearer
type Attach = Omit<sdk.AttachUserPolicyCommandInput, 'UserName'> & Bearer
type ListAttached = Omit<sdk.ListAttachedUserPoliciesCommandInput, 'UserName'> & Bearer

const rowsOf = (kind: 'User' | 'Group' | 'Role', verbs: Verbs): readonly (readonly [string, AwsAction])[] => {
  const nameOf = (input: Bearer) => input[`${kind}Name`] ?? ''
  return [
    action<Put>(`Put${kind}Policy`, async (input, call) => {
      await verbs.put(call, {
        name: nameOf(input),
        policyName: input.PolicyName,
        document: input.PolicyDocument,
      })
      return {}
    }),
    action<Named>(`Get${kind}Policy`, async (input, call) => {
      const found = await verbs.get(call, { name: nameOf(input), policyName: input.PolicyName })
      return {
        [`${kind}Name`]: found.name,
        PolicyName: found.policyName,
        PolicyDocument: encoded(found.document),
      }
    }),
    action<List>(`List${kind}Policies`, async (input, call) => {
      const names = await verbs.list(call, { ...pageIn(input), name: nameOf(input) })
      return { PolicyNames: names.items, ...pageOut(names) }
    }),
    action<Named>(`Delete${kind}Policy`, async (input, call) => {
      await verbs.delete(call, { name: nameOf(input), policyName: input.PolicyName })
      return {}
    }),
    action<Attach>(`Attach${kind}Policy`, async (input, call) => {
      await verbs.attach(call, { name: nameOf(input), policyArn: input.PolicyArn })
      return {}
    }),
    action<Attach>(`Detach${kind}Policy`, async (input, call) => {
      await verbs.detach(call, { name: nameOf(input), policyArn: input.PolicyArn })
      return {}
    }),
    action<ListAttached>(`ListAttached${kind}Policies`, async (input, call) => {
      const request = { ...pageIn(input), name: nameOf(input), pathPrefix: input.PathPrefix }
      const policies = await verbs.listAttached(call, request)
      const attached = policies.items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }))
      return { AttachedPolicies: attached, ...pageOut(policies) }
    }),
  ]
}

export const bearerPolicyActions = (iam: Iam) => [
  ...rowsOf('User', {
    put: iam.putUserPolicy,
    get: iam.getUserPolicy,
    list: iam.listUserPolicies,
    delete: iam.deleteUserPolicy,
    attach: iam.attachUserPolicy,
    detach: iam.detachUserPolicy,
    listAttached: iam.listAttachedUserPolicies,
  }),
  ...rowsOf('Group', {
    put: iam.putGroupPolicy,
    get: iam.getGroupPolicy,
    list: iam.listGroupPolicies,
    delete: iam.deleteGroupPolicy,
    attach: iam.attachGroupPolicy,
    detach: iam.detachGroupPolicy,
    listAttached: iam.listAttachedGroupPolicies,
  }),
  ...rowsOf('Role', {
    put: iam.putRolePolicy,
    get: iam.getRolePolicy,
    list: iam.listRolePolicies,
    delete: iam.deleteRolePolicy,
    attach: iam.attachRolePolicy,
    detach: iam.detachRolePolicy,
    listAttached: iam.listAttachedRolePolicies,
  }),
]
