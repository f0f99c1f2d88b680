// IAM and STS quotas (IAM User Guide, "IAM and AWS STS quotas"), and the words AWS says when one is reached.
import { Problem } from '../problem.ts'

export const quotas = {
  AccessKeysPerUser: 2,
  ClientIdsPerOpenIdConnectProvider: 100,
  GroupsPerUser: 10,
  MFADevicesPerUser: 8,
  OpenIdConnectProvidersPerAccount: 100,
  /** Attached managed policies. */
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  /** Characters of a managed policy without white space. */
  PolicySize: 6144,
  /** Characters of a trust policy without white space. */
  ACLSizePerRole: 2048,
  SAMLProvidersPerAccount: 100,
  TagsPerUser: 50,
  TagsPerRole: 50,
  TagsPerPolicy: 50,
  RolesPerInstanceProfile: 1,
  InstanceProfilesPerAccount: 1000,
  TagsPerInstanceProfile: 50,
  TagsPerMFADevice: 50,
  TagsPerOpenIDConnectProvider: 50,
  TagsPerSAMLProvider: 50,
  ThumbprintsPerOpenIdConnectProvider: 5,
  VersionsPerPolicy: 5,
} as const

/** Characters of all inline policies of one principal together, without white space. */
export const inlineQuota = { user: 2048, group: 5120, role: 10240 } as const

export type Quota = keyof typeof quotas

/** @throws Problem('limit_exceeded') when `count` is more than the quota. */
export function within(quota: Quota, count: number): void {
  if (count > quotas[quota])
    throw new Problem('limit_exceeded', `Cannot exceed quota for ${quota}: ${quotas[quota]}`)
}

/** @throws Problem('limit_exceeded') when the inline policies of one principal are too large together. */
export function withinInline(kind: keyof typeof inlineQuota, name: string, size: number): void {
  if (size > inlineQuota[kind])
    throw new Problem(
      'limit_exceeded',
      `Maximum policy size of ${inlineQuota[kind]} bytes exceeded for ${kind} ${name}`,
    )
}
