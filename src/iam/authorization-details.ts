// GetAccountAuthorizationDetails: everybody and everything that says what they may, a page at a time.
import type { Group, Policy, Role, User } from '../store/records.ts'
import { accountOf } from './arn.ts'
import type { Call } from './caller.ts'
import type { Parts } from './dependencies.ts'
import { awsManaged } from './managed-policy/aws-managed.ts'
import { allOf, type ListRequest, pageOfItems } from './paging.ts'
import { shownTrust } from './trust-document.ts'

export type DetailKind = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'

export type Detail =
  | { readonly kind: 'User'; readonly record: User; readonly groupNames: readonly string[] }
  | { readonly kind: 'Group'; readonly record: Group }
  | { readonly kind: 'Role'; readonly record: Role }
  | {
      readonly kind: 'LocalManagedPolicy' | 'AWSManagedPolicy'
      readonly record: Policy
      readonly attachments: number
      readonly boundaries: number
    }

export const authorizationDetails = (parts: Parts) => {
  const { store, authorizer, markers } = parts
  return {
    async getAccountAuthorizationDetails(
      call: Call,
      input: ListRequest & { readonly filter?: readonly DetailKind[] | undefined },
    ): Promise<{ readonly details: readonly Detail[]; readonly marker: string | undefined }> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:GetAccountAuthorizationDetails', '*')
      const wanted = (kind: DetailKind) => !input.filter?.length || input.filter.includes(kind)
      const inAccount = { by: 'account', value: accountId } as const
      const [users, groups, roles, policies] = await Promise.all([
        allOf<'user'>((page) => store.find('user', inAccount, page)),
        allOf<'group'>((page) => store.find('group', inAccount, page)),
        allOf<'role'>((page) => store.find('role', inAccount, page)),
        allOf<'policy'>((page) => store.find('policy', inAccount, page)),
      ])
      const groupName = new Map(groups.map(({ id, name }) => [id, name]))
      const bearers = [...users, ...groups, ...roles]
      const usage = ({ arn }: Policy) => ({
        attachments: bearers.filter(({ attached }) => attached.includes(arn)).length,
        boundaries: [...users, ...roles].filter(({ boundary }) => boundary === arn).length,
      })
      const everything: Detail[] = [
        ...users.map((record): Detail => {
          const groupNames = record.groups.flatMap((id) => groupName.get(id) ?? [])
          return { kind: 'User', record, groupNames }
        }),
        ...groups.map((record): Detail => ({ kind: 'Group', record })),
        ...roles.map((record): Detail => ({ kind: 'Role', record })),
        ...policies.map((record): Detail => ({ kind: 'LocalManagedPolicy', record, ...usage(record) })),
        // AWS's own are listed when they are used (API reference).
        ...awsManaged
          .map((record): Detail & object => ({ kind: 'AWSManagedPolicy', record, ...usage(record) }))
          .filter((detail) => !('attachments' in detail) || detail.attachments + detail.boundaries > 0),
      ]
      const list = `details:${JSON.stringify(input.filter ?? [])}`
      const named = everything.filter(({ kind }) => wanted(kind))
      const page = pageOfItems(markers, call, list, input, named, ({ kind, record }) => kind + record.id)
      return { details: await Promise.all(page.items.map(withShownTrust)), marker: page.marker }
    },
  }

  async function withShownTrust(detail: Detail): Promise<Detail> {
    if (detail.kind !== 'Role') return detail
    const { record } = detail
    return { ...detail, record: { ...record, trust: await shownTrust(store, record.trust) } }
  }
}
