// The policies of a person, group or role, as far as the reader may list them.
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'

export type HolderKind = 'user' | 'group' | 'role'

interface Named {
  readonly name: string
}

const attached = {
  user: ({ ports: { iam }, call }: ConsoleRequest, input: Named) => iam.listAttachedUserPolicies(call, input),
  group: ({ ports: { iam }, call }: ConsoleRequest, input: Named) =>
    iam.listAttachedGroupPolicies(call, input),
  role: ({ ports: { iam }, call }: ConsoleRequest, input: Named) => iam.listAttachedRolePolicies(call, input),
} as const

const inline = {
  user: ({ ports: { iam }, call }: ConsoleRequest, input: Named) => iam.listUserPolicies(call, input),
  group: ({ ports: { iam }, call }: ConsoleRequest, input: Named) => iam.listGroupPolicies(call, input),
  role: ({ ports: { iam }, call }: ConsoleRequest, input: Named) => iam.listRolePolicies(call, input),
} as const

/** The managed policies that are attached to it. @throws Problem('denied'), Problem('not_found') */
export const attachedPolicies = async (request: ConsoleRequest, kind: HolderKind, name: string) =>
  (await attached[kind](request, { name })).items

/** Those, and the names of its inline policies; or why the reader may not list them. @throws Problem('not_found') */
export const holderPolicies = (request: ConsoleRequest, kind: HolderKind, name: string) =>
  part(async () => {
    const [managed, own] = await Promise.all([
      attachedPolicies(request, kind, name),
      inline[kind](request, { name }),
    ])
    return { attached: managed, inline: own.items }
  })
