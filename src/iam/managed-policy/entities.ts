// ListEntitiesForPolicy: the users, groups and roles that use a managed policy, as segments of one list.
import type { Group, IamEntity, Role, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { recordSegment, type Segment } from '../record/segmented-list.ts'
import { policyUsageKey } from './attachments.ts'

export interface EntityFilter {
  /** The two kinds of policy are valid filters that match nothing. */
  readonly entity?: 'User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy' | undefined
  readonly pathPrefix?: string | undefined
  readonly usage?: 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
}

export type PolicyEntity =
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'group'; readonly record: Group }
  | { readonly kind: 'role'; readonly record: Role }

/** Without a usage filter both uses count; an entity with both is listed once. */
export function entitySegments(
  store: Store,
  accountId: string,
  arn: string,
  { entity, pathPrefix = '/', usage }: EntityFilter,
): readonly Segment<PolicyEntity>[] {
  const value = policyUsageKey(accountId, arn)
  const under = ({ path }: IamEntity) => path.startsWith(pathPrefix)
  const attached = { by: 'attached', value, prefix: pathPrefix } as const
  const bound = { by: 'boundary', value, prefix: pathPrefix } as const
  const asPolicy = usage !== 'PermissionsBoundary'
  const onlyBound = (one: IamEntity) => under(one) && !(asPolicy && one.attached.includes(arn))
  const users = (lookup: typeof attached | typeof bound, keep: (one: IamEntity) => boolean) =>
    recordSegment<'user', PolicyEntity>(
      (page) => store.find('user', lookup, page),
      (record) => (keep(record) ? { kind: 'user', record } : undefined),
    )
  const roles = (lookup: typeof attached | typeof bound, keep: (one: IamEntity) => boolean) =>
    recordSegment<'role', PolicyEntity>(
      (page) => store.find('role', lookup, page),
      (record) => (keep(record) ? { kind: 'role', record } : undefined),
    )
  const groups = recordSegment<'group', PolicyEntity>(
    (page) => store.find('group', attached, page),
    (record) => (under(record) ? { kind: 'group', record } : undefined),
  )
  const all = [
    { of: 'User', as: 'PermissionsPolicy', segment: users(attached, under) },
    { of: 'User', as: 'PermissionsBoundary', segment: users(bound, onlyBound) },
    { of: 'Group', as: 'PermissionsPolicy', segment: groups },
    { of: 'Role', as: 'PermissionsPolicy', segment: roles(attached, under) },
    { of: 'Role', as: 'PermissionsBoundary', segment: roles(bound, onlyBound) },
  ]
  return all
    .filter((one) => (entity ?? one.of) === one.of && (usage ?? one.as) === one.as)
    .map(({ segment }) => segment)
}
