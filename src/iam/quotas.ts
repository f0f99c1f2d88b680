// IAM and STS quotas (IAM User Guide, "IAM and AWS STS quotas"), with AWS's error messages.
import { Problem } from '../problem.ts'
import type { Account } from '../store/records.ts'
import type { Store } from '../store/store.ts'

/** Quotas that an account may have set otherwise (`chancery settings update`): the default, and the most that can be set. */
export const adjustableQuotas = {
  /** Characters of a trust policy without white space. */
  ACLSizePerRole: { default: 2048, most: 8192 },
  GroupsPerAccount: { default: 300, most: 1_000_000 },
  GroupsPerUser: { default: 10, most: 100 },
  InstanceProfilesPerAccount: { default: 1000, most: 1_000_000 },
  OpenIdConnectProvidersPerAccount: { default: 100, most: 1000 },
  PoliciesPerAccount: { default: 1500, most: 1_000_000 },
  /** Managed policies that are attached to one user, group or role. */
  PoliciesPerGroup: { default: 10, most: 100 },
  PoliciesPerRole: { default: 10, most: 100 },
  PoliciesPerUser: { default: 10, most: 100 },
  RolesPerAccount: { default: 1000, most: 1_000_000 },
  SAMLProvidersPerAccount: { default: 100, most: 1000 },
  ServerCertificatesPerAccount: { default: 20, most: 1000 },
  UsersPerAccount: { default: 5000, most: 10_000_000 },
} as const

export type AdjustableQuota = keyof typeof adjustableQuotas

export type AccountQuotas = { readonly [Q in AdjustableQuota]: number }

const names = Object.keys(adjustableQuotas) as AdjustableQuota[]

/** The quotas of an account: what it has set, and the defaults. */
export const quotasOfAccount = (account: Pick<Account, 'quotas'> | undefined): AccountQuotas =>
  Object.fromEntries(
    names.map((name) => [name, account?.quotas?.[name] ?? adjustableQuotas[name].default]),
  ) as AccountQuotas

export const accountQuotas = async (store: Pick<Store, 'get'>, accountId: string): Promise<AccountQuotas> =>
  quotasOfAccount(await store.get('account', accountId))

/** Quotas that are the same for every account. */
export const quotas = {
  AccessKeysPerUser: 2,
  ClientIdsPerOpenIdConnectProvider: 100,
  MFADevicesPerUser: 8,
  /** Characters of a managed policy without white space. */
  PolicySize: 6144,
  /** AWS's documentation: two, so that one can be replaced. */
  PrivateKeysPerSAMLProvider: 2,
  /** For each service. */
  /** AWS's name for the credentials of a user for one service. */
  ContextSpecificCredentialsPerUserPerContext: 2,
  /** AWS's name for the signing certificates of a user. */
  CertificatesPerUser: 2,
  SSHPublicKeysPerUser: 5,
  TagsPerUser: 50,
  TagsPerRole: 50,
  TagsPerPolicy: 50,
  /** AWS's name for the roles of an instance profile. */
  InstanceSessionsPerInstanceProfile: 1,
  TagsPerInstanceProfile: 50,
  TagsPerMFADevice: 50,
  TagsPerOpenIDConnectProvider: 50,
  TagsPerSAMLProvider: 50,
  TagsPerServerCertificate: 50,
  ThumbprintsPerOpenIdConnectProvider: 5,
  VersionsPerPolicy: 5,
} as const

/** Characters of all inline policies of one principal together, without white space. */
export const inlineQuota = { user: 2048, group: 5120, role: 10240 } as const

export type Quota = keyof typeof quotas

const exceeded = (quota: Quota | AdjustableQuota, most: number) =>
  new Problem('limit_exceeded', `Cannot exceed quota for ${quota}: ${most}`)

/** @throws Problem('limit_exceeded') when `count` is greater than the quota */
export function checkQuota(quota: Quota, count: number): void {
  if (count > quotas[quota]) throw exceeded(quota, quotas[quota])
}

/** @param limits of the account @throws Problem('limit_exceeded') when `count` is greater than the quota */
export function checkAccountQuota(limits: AccountQuotas, quota: AdjustableQuota, count: number): void {
  if (count > limits[quota]) throw exceeded(quota, limits[quota])
}

/** @throws Problem('limit_exceeded') when the inline policies of one user, group or role together are too large */
export function checkInlineQuota(kind: keyof typeof inlineQuota, name: string, size: number): void {
  if (size > inlineQuota[kind])
    throw new Problem(
      'limit_exceeded',
      `Maximum policy size of ${inlineQuota[kind]} bytes exceeded for ${kind} ${name}`,
    )
}
