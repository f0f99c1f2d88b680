// ListEntitiesForPolicy: who in the account uses a managed policy, as segments of one list.
import type { Bearer, Group, Role, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { recordSegment, type Segment } from '../segmented-list.ts'
import { policyUse } from './attachments.ts'

export interface EntityFilter {
  /** A kind of policy is a filter that lets nothing through. */
  readonly entity?: 'User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy' | undefined
  readonly pathPrefix?: string | undefined
  readonly usage?: 'PermissionsPolicy' | 'PermissionsBoundary' | undefined
}

export type PolicyEntity =
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'group'; readonly record: Group }
  | { readonly kind: 'role'; readonly record: Role }

/** Without a usage filter both uses count; who uses it in both ways is listed once, as one it is attached to. */
export function entitySegments(
  store: Store,
  accountId: string,
  arn: string,
  { entity, pathPrefix = '/', usage }: EntityFilter,
): readonly Segment<PolicyEntity>[] {
  const value = policyUse(accountId, arn)
  const under = ({ path }: Bearer) => path.startsWith(pathPrefix)
  const attached = { by: 'attached', value, prefix: pathPrefix } as const
  const bound = { by: 'boundary', value, prefix: pathPrefix } as const
  const asPolicy = usage !== 'PermissionsBoundary'
  const onlyBound = (one: Bearer) => under(one) && !(asPolicy && one.attached.includes(arn))
  const users = (lookup: typeof attached | typeof bound, keep: (one: Bearer) => boolean) =>
    recordSegment<'user', PolicyEntity>(
      (page) => store.find('user', lookup, page),
      (record) => (keep(record) ? { kind: 'user', record } : undefined),
    )
  const roles = (lookup: typeof attached | typeof bound, keep: (one: Bearer) => boolean) =>
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
