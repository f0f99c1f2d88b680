// The account's alias, and the counts and quotas of GetAccountSummary.
import { Problem } from '../../problem.ts'
import type { Account } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { alreadyExists, noSuch } from '../messages.ts'
import { type AdjustableQuota, inlineQuota, quotas, quotasOfAccount } from '../quotas.ts'
import { updateRecord } from '../record/update-record.ts'

/** Entries that are the same for every account. IAM User Guide, "IAM and AWS STS quotas". */
const constantEntries = {
  PolicyVersionsInUseQuota: 10000,
  SigningCertificatesPerUserQuota: quotas.CertificatesPerUser,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
  UserPolicySizeQuota: inlineQuota.user,
  GroupPolicySizeQuota: inlineQuota.group,
  RolePolicySizeQuota: inlineQuota.role,
  PolicySizeQuota: quotas.PolicySize,
  VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
} as const

/** By name in the summary. */
const accountEntries = {
  UsersQuota: 'UsersPerAccount',
  GroupsQuota: 'GroupsPerAccount',
  RolesQuota: 'RolesPerAccount',
  PoliciesQuota: 'PoliciesPerAccount',
  InstanceProfilesQuota: 'InstanceProfilesPerAccount',
  ServerCertificatesQuota: 'ServerCertificatesPerAccount',
  GroupsPerUserQuota: 'GroupsPerUser',
  AttachedPoliciesPerUserQuota: 'PoliciesPerUser',
  AttachedPoliciesPerGroupQuota: 'PoliciesPerGroup',
  AttachedPoliciesPerRoleQuota: 'PoliciesPerRole',
  AssumeRolePolicySizeQuota: 'ACLSizePerRole',
} as const satisfies Record<string, AdjustableQuota>

export class AccountAliasAndSummary {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async getAccountSummary(call: Call): Promise<Readonly<Record<string, number>>> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:GetAccountSummary', '*')
    const inAccount = { by: 'account', value: accountId } as const
    const versionsAtLeast = (many: number) =>
      store.count('policy', { by: 'versions', value: `${accountId} ${many}` })
    const [users, groups, roles, policies, devices, inUse, providers, rootKeys, ...versions] =
      await Promise.all([
        store.count('user', inAccount),
        store.count('group', inAccount),
        store.count('role', inAccount),
        store.count('policy', inAccount),
        store.count('mfaDevice', inAccount),
        store.count('mfaDevice', { by: 'inUse', value: accountId }),
        store.count('identityProvider', inAccount),
        store.find('accessKey', { by: 'root', value: accountId }, { limit: 1 }),
        ...Array.from({ length: quotas.VersionsPerPolicy }, (_, at) => versionsAtLeast(at + 1)),
      ])
    const account = await store.get('account', accountId)
    const limits = quotasOfAccount(account)
    const entries = Object.entries(accountEntries).map(([entry, quota]) => [entry, limits[quota]] as const)
    return {
      ...constantEntries,
      ...Object.fromEntries(entries),
      Users: users,
      Groups: groups,
      Roles: roles,
      Policies: policies,
      PolicyVersionsInUse: versions.reduce((sum, many) => sum + many, 0),
      Providers: providers,
      MFADevices: devices,
      MFADevicesInUse: inUse,
      ServerCertificates: await store.count('serverCertificate', inAccount),
      InstanceProfiles: await store.count('instanceProfile', inAccount),
      GlobalEndpointTokenVersion: account?.tokenVersion ?? 2,
      AccountAccessKeysPresent: rootKeys.records.length,
    }
  }

  /**
   * An account has at most one alias; a new one replaces it.
   * @throws Problem('validation') for 12 digits, which would read as the id of an account (IAM User Guide, "Your AWS account alias")
   */
  async createAccountAlias(call: Call, { alias }: { readonly alias: string }): Promise<void> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:CreateAccountAlias', '*')
    if (/^\d{12}$/.test(alias))
      throw new Problem(
        'validation',
        'The specified value for accountAlias is invalid. It must not be 12 digits, as the ID of an account is.',
      )
    const refusals = { ...this.#missing(accountId), conflict: () => alreadyExists('accountAlias', alias) }
    await updateRecord(store, 'account', accountId, refusals, (old) => ({ ...old, alias }))
  }

  async deleteAccountAlias(call: Call, { alias }: { readonly alias: string }): Promise<void> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:DeleteAccountAlias', '*')
    await updateRecord(store, 'account', accountId, this.#missing(accountId), (old) => {
      if (old.alias !== alias) throw noSuch('accountAlias', alias)
      return { ...old, alias: undefined }
    })
  }

  /** Kept and shown in the summary. It changes nothing else: this server has one form of session token. */
  async setSecurityTokenServicePreferences(
    call: Call,
    { tokenVersion }: { readonly tokenVersion: 1 | 2 },
  ): Promise<void> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:SetSecurityTokenServicePreferences', '*')
    await updateRecord(store, 'account', accountId, this.#missing(accountId), (old) => ({
      ...old,
      tokenVersion,
    }))
  }

  async listAccountAliases(call: Call): Promise<readonly string[]> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:ListAccountAliases', '*')
    const found: Account | undefined = await store.get('account', accountId)
    return found?.alias === undefined ? [] : [found.alias]
  }

  #missing(accountId: string) {
    return { notFound: () => noSuch('accountAlias', accountId) }
  }
}
