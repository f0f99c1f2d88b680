// Records as AWS's own structures (IAM API reference, "Data types"). What a list leaves out, it leaves out here.
import type { Tag as WireTag } from '@aws-sdk/client-iam'
import { groupArn, instanceProfileArn, roleArn, userArn } from '../../iam/arn.ts'
import type { Iam } from '../../iam/iam.ts'
import type { UsedPolicy } from '../../iam/managed-policy/managed-policies.ts'
import type { Listed, ListRequest } from '../../iam/paging.ts'
import type { Checked } from '../action.ts'

type Of<Verb extends keyof Iam> = Awaited<ReturnType<Iam[Verb]>>
export type UserRecord = Of<'createUser'>
export type GroupRecord = Of<'createGroup'>
export type RoleRecord = Of<'createRole'>
export type PolicyRecord = Of<'createPolicy'>
type PolicyVersionRecord = Of<'getPolicyVersion'>['version']
type TagRecord = UserRecord['tags'][number]

export const dateOf = (seconds: number): Date => new Date(seconds * 1000)

/** AWS answers documents percent-encoded as RFC 3986 has it. */
export const encoded = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

export const tagsIn = (tags: readonly WireTag[] | undefined): readonly TagRecord[] | undefined =>
  (tags as readonly Checked<WireTag>[] | undefined)?.map(({ Key, Value }) => ({ key: Key, value: Value }))

/** Absent when there are none, as AWS leaves them out. */
export const tagsOut = (tags: readonly TagRecord[]) =>
  tags.length === 0 ? undefined : tags.map(({ key, value }) => ({ Key: key, Value: value }))

/** For answers where the list itself is the point. */
export const tagList = (tags: readonly TagRecord[]) =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }))

export const pageIn = (input: {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}): ListRequest => ({ marker: input.Marker, maxItems: input.MaxItems })

/** IsTruncated always stands. */
export const pageOut = ({ marker }: Pick<Listed<unknown>, 'marker'>) => ({
  IsTruncated: marker !== undefined,
  Marker: marker,
})

const boundaryOut = (arn: string | undefined) =>
  arn === undefined ? undefined : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn }

/** As lists show a user. */
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

/** As ListRoles shows a role. */
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

/** As an instance profile shows its role. */
export const roleInProfile = (role: RoleRecord) => ({
  ...roleInList(role),
  Description: undefined,
  MaxSessionDuration: undefined,
})

export type FilledProfile = Of<'getInstanceProfile'>

/** As lists show an instance profile. */
export const profileInList = ({ profile, role }: FilledProfile) => ({
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

/** CreateRole's answer omits Description, MaxSessionDuration and RoleLastUsed. */
export const createdRoleOut = (role: RoleRecord) => ({
  ...roleOut(role),
  Description: undefined,
  MaxSessionDuration: undefined,
  RoleLastUsed: undefined,
})

/** As ListPolicies shows a policy. */
export const policyInList = ({ policy, attachments, boundaries }: UsedPolicy) => ({
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

export const policyOut = (used: UsedPolicy) => ({
  ...policyInList(used),
  Description: used.policy.description,
  // GetPolicy answers an empty list where others leave the tags out.
  Tags: tagList(used.policy.tags),
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
