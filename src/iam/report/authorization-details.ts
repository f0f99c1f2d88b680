// GetAccountAuthorizationDetails: all users, groups, roles and policies of an account, a page at a time.
import type { Group, InstanceProfile, Policy, Role, User } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { type PolicyUsage, usageOf } from '../managed-policy/attachments.ts'
import { awsManaged } from '../managed-policy/aws-managed.ts'
import { type ListRequest, limitOf } from '../paging.ts'
import { itemSegment, pageOfSegments, recordSegment, type Segment } from '../record/segmented-list.ts'
import { toDisplayedTrust } from '../role/trust-document.ts'

export type DetailKind = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'

export type Detail =
  | { readonly kind: 'User'; readonly record: User; readonly groupNames: readonly string[] }
  | { readonly kind: 'Group'; readonly record: Group }
  | { readonly kind: 'Role'; readonly record: Role; readonly profiles: readonly InstanceProfile[] }
  | (PolicyUsage & {
      readonly kind: 'LocalManagedPolicy' | 'AWSManagedPolicy'
      readonly record: Policy
    })

/**
 * The most entries of one response, since each contains its policy documents. IAM may return fewer than `MaxItems` although
 * more exist (API reference, GetAccountAuthorizationDetails).
 */
const maxDetails = 250

export class AuthorizationDetails {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async getAccountAuthorizationDetails(
    call: Call,
    input: ListRequest & { readonly filter?: readonly DetailKind[] | undefined },
  ): Promise<{ readonly details: readonly Detail[]; readonly marker: string | undefined }> {
    const { authorizer, markers } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:GetAccountAuthorizationDetails', '*')
    const list = `details:${JSON.stringify(input.filter ?? [])}`
    const wanted = this.#segmentsOf(accountId).filter(
      ({ kind }) => !input.filter?.length || input.filter.includes(kind),
    )
    const segments = wanted.map(({ segment }) => segment)
    const request = { marker: input.marker, maxItems: Math.min(limitOf(input), maxDetails) }
    const page = await pageOfSegments<Detail>(markers, call, list, request, segments)
    return { details: page.items, marker: page.marker }
  }

  #segmentsOf(
    accountId: string,
  ): readonly { readonly kind: DetailKind; readonly segment: Segment<Detail> }[] {
    const { store } = this.#deps
    const inAccount = { by: 'account', value: accountId } as const
    const usage = ({ arn }: Policy) => usageOf(store, accountId, arn)
    return [
      {
        kind: 'User',
        segment: recordSegment<'user', Detail>(
          (page) => store.find('user', inAccount, page),
          async (record) => ({ kind: 'User', record, groupNames: await this.#groupNamesOf(record) }),
        ),
      },
      {
        kind: 'Group',
        segment: recordSegment<'group', Detail>(
          (page) => store.find('group', inAccount, page),
          (record) => ({ kind: 'Group', record }),
        ),
      },
      {
        kind: 'Role',
        segment: recordSegment<'role', Detail>(
          (page) => store.find('role', inAccount, page),
          async (record) => {
            const profiles = await store.find(
              'instanceProfile',
              { by: 'role', value: record.id },
              { limit: 100 },
            )
            return { kind: 'Role', record: await this.#withShownTrust(record), profiles: profiles.records }
          },
        ),
      },
      {
        kind: 'LocalManagedPolicy',
        segment: recordSegment<'policy', Detail>(
          (page) => store.find('policy', inAccount, page),
          async (record) => ({ kind: 'LocalManagedPolicy', record, ...(await usage(record)) }),
        ),
      },
      {
        kind: 'AWSManagedPolicy',
        // AWS managed policies are listed only when they are in use (API reference).
        segment: itemSegment<Policy, Detail>(
          awsManaged,
          ({ arn }) => arn,
          async (record) => {
            const used = await usage(record)
            if (used.attachments + used.boundaries === 0) return undefined
            return { kind: 'AWSManagedPolicy', record, ...used }
          },
        ),
      },
    ]
  }

  async #groupNamesOf(user: User): Promise<readonly string[]> {
    const found = await Promise.all(user.groups.map((id) => this.#deps.store.get('group', id)))
    return found.flatMap((group) => (group?.accountId === user.accountId ? [group.name] : []))
  }

  async #withShownTrust(role: Role): Promise<Role> {
    return { ...role, trust: await toDisplayedTrust(this.#deps.store, role.trust) }
  }
}
