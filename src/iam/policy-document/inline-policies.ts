// Inline policies of users, groups and roles: Put, Get, List and Delete.

import { getAuthorized, updateAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { EntityKind } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import { checkName } from '../names.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { checkInlinePolicy, withInlinePolicy } from './documents.ts'

const spelled = { user: 'User', group: 'Group', role: 'Role' } as const

interface Named {
  /** The user's, group's or role's. */
  readonly name: string
  readonly policyName: string
}

export interface InlineDocument extends Named {
  readonly document: string
}

const isNamed =
  (policyName: string) =>
  ({ name }: { readonly name: string }): boolean =>
    name.toLowerCase() === policyName.toLowerCase()

const verbsOf = (deps: IamDependencies, kind: EntityKind) => {
  const action = (verb: string, noun = 'Policy') => `iam:${verb}${spelled[kind]}${noun}`
  const missing = (policyName: string) => noSuch(`${kind}Policy`, policyName)
  return {
    async put(call: Call, input: InlineDocument): Promise<void> {
      const { name, policyName, document } = input
      checkName('policy', policyName)
      const record = await getAuthorized(deps, call, kind, name, action('Put'))
      checkInlinePolicy(document)
      await updateAuthorized(deps, call, kind, name, action('Put'), [], (old) => {
        // Names are compared without case; the spelling of the first put is kept.
        const first = old.inline.find(isNamed(policyName))?.name ?? policyName
        return { ...old, inline: withInlinePolicy(kind, record.name, old.inline, { name: first, document }) }
      })
    },
    async get(call: Call, { name, policyName }: Named): Promise<InlineDocument> {
      const record = await getAuthorized(deps, call, kind, name, action('Get'))
      const found = record.inline.find(isNamed(policyName))
      if (found === undefined) throw missing(policyName)
      return { name: record.name, policyName: found.name, document: found.document }
    },
    async list(call: Call, input: ListRequest & { readonly name: string }): Promise<ListPage<string>> {
      const record = await getAuthorized(deps, call, kind, input.name, action('List', 'Policies'))
      const names = record.inline.map((policy) => policy.name)
      return pageOfItems(deps.markers, call, `inline:${record.id}`, input, names, (name) => name)
    },
    async delete(call: Call, { name, policyName }: Named): Promise<void> {
      await updateAuthorized(deps, call, kind, name, action('Delete'), [], (old) => {
        const inline = old.inline.filter((policy) => !isNamed(policyName)(policy))
        if (inline.length === old.inline.length) throw missing(policyName)
        return { ...old, inline }
      })
    },
  }
}

export const inlinePolicies = (deps: IamDependencies) => {
  const [user, group, role] = [verbsOf(deps, 'user'), verbsOf(deps, 'group'), verbsOf(deps, 'role')]
  return {
    putUserPolicy: user.put,
    getUserPolicy: user.get,
    listUserPolicies: user.list,
    deleteUserPolicy: user.delete,
    putGroupPolicy: group.put,
    getGroupPolicy: group.get,
    listGroupPolicies: group.list,
    deleteGroupPolicy: group.delete,
    putRolePolicy: role.put,
    getRolePolicy: role.get,
    listRolePolicies: role.list,
    deleteRolePolicy: role.delete,
  }
}
