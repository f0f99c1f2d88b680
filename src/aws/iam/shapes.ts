// Converts records to AWS's structures (IAM API reference, "Data types"), without the members that AWS omits in lists.
import type { Tag as WireTag } from '@aws-sdk/client-iam'
import { groupArn, instanceProfileArn, roleArn, userArn } from '../../iam/arn.ts'
import type { Iam } from '../../iam/iam.ts'
import type { PolicyWithUsage } from '../../iam/managed-policy/managed-policies.ts'
import type { ListPage, ListRequest } from '../../iam/paging.ts'
import type { Checked } from '../action.ts'

type Of<Verb extends keyof Iam> = Awaited<ReturnType<Iam[Verb]>>
export type UserRecord = Of<'createUser'>
export type GroupRecord = Of<'createGroup'>
export type RoleRecord = Of<'createRole'>
export type PolicyRecord = Of<'createPolicy'>
type PolicyVersionRecord = Of<'getPolicyVersion'>['version']
type TagRecord = UserRecord['tags'][number]

export const dateOf = (seconds: number): Date => new Date(seconds * 1000)

/** AWS returns policy documents percent-encoded (RFC 3986). */
export const encoded = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

export const tagsIn = (tags: readonly WireTag[] | undefined): readonly TagRecord[] | undefined =>
  (tags as readonly Checked<WireTag>[] | undefined)?.map(({ Key, Value }) => ({ key: Key, value: Value }))

/** Undefined when there are no tags, because AWS omits the member then: in what creates, and in GetUser and GetRole. */
export const tagsOut = (tags: readonly TagRecord[]) =>
  tags.length === 0 ? undefined : tags.map(({ key, value }) => ({ Key: key, Value: value }))

/**
 * For responses that have the list also when it is empty: lists of tags, and the Get operation of policies, instance profiles,
 * providers and server certificates.
 */
export const tagList = (tags: readonly TagRecord[]) =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }))

export const pageIn = (input: {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}): ListRequest => ({ marker: input.Marker, maxItems: input.MaxItems })

/** IsTruncated is always present. */
export const pageOut = ({ marker }: Pick<ListPage<unknown>, 'marker'>) => ({
  IsTruncated: marker !== undefined,
  Marker: marker,
})

const boundaryOut = (arn: string | undefined) =>
  arn === undefined ? undefined : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn }

/** A user in a list. */
export const userInList = (user: UserRecord) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: userArn(user),
  CreateDate: dateOf(user.createdAt),
  PasswordLastUsed: user.passwordLastUsed === undefined ? undefined : dateOf(user.passwordLastUsed),
})

export const userOut = (user: UserRecord) => ({
  ...userInList(user),
  PermissionsBoundary: boundaryOut(user.boundary),
  Tags: tagsOut(user.tags),
})

export const groupOut = (group: GroupRecord) => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: groupArn(group),
  CreateDate: dateOf(group.createdAt),
})

/** A role in ListRoles. */
export const roleInList = (role: RoleRecord) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: roleArn(role),
  CreateDate: dateOf(role.createdAt),
  AssumeRolePolicyDocument: encoded(role.trust),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDuration,
})

/** The role in an instance profile. */
export const roleInProfile = (role: RoleRecord) => ({
  ...roleInList(role),
  Description: undefined,
  MaxSessionDuration: undefined,
})

export type ProfileWithRole = Of<'getInstanceProfile'>

/** An instance profile in a list. */
export const profileInList = ({ profile, role }: ProfileWithRole) => ({
  Path: profile.path,
  InstanceProfileName: profile.name,
  InstanceProfileId: profile.id,
  Arn: instanceProfileArn(profile),
  CreateDate: dateOf(profile.createdAt),
  Roles: role === undefined ? [] : [roleInProfile(role)],
})

export const roleOut = (role: RoleRecord) => ({
  ...roleInList(role),
  PermissionsBoundary: boundaryOut(role.boundary),
  Tags: tagsOut(role.tags),
  RoleLastUsed: role.lastUsed === undefined ? {} : { LastUsedDate: dateOf(role.lastUsed) },
})

/** The response of UpdateRoleDescription has no MaxSessionDuration and RoleLastUsed. */
export const describedRoleOut = (role: RoleRecord) => ({
  ...roleOut(role),
  MaxSessionDuration: undefined,
  RoleLastUsed: undefined,
})

/** The response of CreateRole has no Description either. */
export const createdRoleOut = (role: RoleRecord) => ({ ...describedRoleOut(role), Description: undefined })

/** A policy in ListPolicies. */
export const policyInList = ({ policy, attachments, boundaries }: PolicyWithUsage) => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersion,
  AttachmentCount: attachments,
  PermissionsBoundaryUsageCount: boundaries,
  IsAttachable: true,
  CreateDate: dateOf(policy.createdAt),
  UpdateDate: dateOf(policy.updatedAt),
})

export const policyOut = (used: PolicyWithUsage) => ({
  ...policyInList(used),
  Description: used.policy.description,
  Tags: tagList(used.policy.tags),
})

/** The response of CreatePolicy has no Description. */
export const createdPolicyOut = (policy: PolicyRecord) => ({
  ...policyInList({ policy, attachments: 0, boundaries: 0 }),
  Tags: tagsOut(policy.tags),
})

export const versionInList = (policy: PolicyRecord, version: PolicyVersionRecord) => ({
  VersionId: version.id,
  IsDefaultVersion: version.id === policy.defaultVersion,
  CreateDate: dateOf(version.createdAt),
})

export const versionOut = (policy: PolicyRecord, version: PolicyVersionRecord) => ({
  ...versionInList(policy, version),
  Document: encoded(version.document),
})
