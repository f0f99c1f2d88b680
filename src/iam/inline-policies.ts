// Policies written into one user, group or role: Put, Get, List, Delete.

import { changed, opened } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { Parts } from './dependencies.ts'
import { checkInline, withInline } from './documents.ts'
import type { BearerKind } from './lookup.ts'
import { noSuch } from './messages.ts'
import { checkName } from './names.ts'
import { type Listed, type ListRequest, pageOfItems } from './paging.ts'

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

const verbsOf = (parts: Parts, kind: BearerKind) => {
  const action = (verb: string, noun = 'Policy') => `iam:${verb}${spelled[kind]}${noun}`
  const missing = (policyName: string) => noSuch(`${kind}Policy`, policyName)
  return {
    async put(call: Call, input: InlineDocument): Promise<void> {
      const { name, policyName, document } = input
      checkName('policy', policyName)
      const record = await opened(parts, call, kind, name, action('Put'))
      checkInline(document)
      await changed(parts, call, kind, name, action('Put'), [], (old) => {
        // One name whatever its case, shown as it was first written.
        const first = old.inline.find(isNamed(policyName))?.name ?? policyName
        return { ...old, inline: withInline(kind, record.name, old.inline, { name: first, document }) }
      })
    },
    async get(call: Call, { name, policyName }: Named): Promise<InlineDocument> {
      const record = await opened(parts, call, kind, name, action('Get'))
      const found = record.inline.find(isNamed(policyName))
      if (found === undefined) throw missing(policyName)
      return { name: record.name, policyName: found.name, document: found.document }
    },
    async list(call: Call, input: ListRequest & { readonly name: string }): Promise<Listed<string>> {
      const record = await opened(parts, call, kind, input.name, action('List', 'Policies'))
      const names = record.inline.map((policy) => policy.name)
      return pageOfItems(parts.markers, call, `inline:${record.id}`, input, names, (name) => name)
    },
    async delete(call: Call, { name, policyName }: Named): Promise<void> {
      await changed(parts, call, kind, name, action('Delete'), [], (old) => {
        const inline = old.inline.filter((policy) => !isNamed(policyName)(policy))
        if (inline.length === old.inline.length) throw missing(policyName)
        return { ...old, inline }
      })
    },
  }
}

export const inlinePolicies = (parts: Parts) => {
  const [user, group, role] = [verbsOf(parts, 'user'), verbsOf(parts, 'group'), verbsOf(parts, 'role')]
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
