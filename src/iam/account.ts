// The account itself: its alias, and the counts and quotas of GetAccountSummary.
import type { Account } from '../store/records.ts'
import { accountOf } from './arn.ts'
import type { Call } from './caller.ts'
import { change } from './change.ts'
import type { Parts } from './dependencies.ts'
import { alreadyExists, noSuch } from './messages.ts'
import { inlineQuota, quotas } from './quotas.ts'

/** What does not depend on the account. IAM User Guide, "IAM and AWS STS quotas". */
const fixed = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  PolicyVersionsInUseQuota: 10000,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  InstanceProfilesQuota: 1000,
  SigningCertificatesPerUserQuota: 2,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  GlobalEndpointTokenVersion: 2,
  AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
  GroupsPerUserQuota: quotas.GroupsPerUser,
  AttachedPoliciesPerUserQuota: quotas.PoliciesPerUser,
  AttachedPoliciesPerGroupQuota: quotas.PoliciesPerGroup,
  AttachedPoliciesPerRoleQuota: quotas.PoliciesPerRole,
  UserPolicySizeQuota: inlineQuota.user,
  GroupPolicySizeQuota: inlineQuota.group,
  RolePolicySizeQuota: inlineQuota.role,
  AssumeRolePolicySizeQuota: quotas.ACLSizePerRole,
  PolicySizeQuota: quotas.PolicySize,
  VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
} as const

export const account = (parts: Parts) => {
  const { store, authorizer } = parts
  const gone = (accountId: string) => ({ gone: () => noSuch('accountAlias', accountId) })

  return {
    async getAccountSummary(call: Call): Promise<Readonly<Record<string, number>>> {
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
      return {
        ...fixed,
        Users: users,
        Groups: groups,
        Roles: roles,
        Policies: policies,
        PolicyVersionsInUse: versions.reduce((sum, many) => sum + many, 0),
        Providers: providers,
        MFADevices: devices,
        MFADevicesInUse: inUse,
        InstanceProfiles: await store.count('instanceProfile', inAccount),
        AccountAccessKeysPresent: rootKeys.records.length,
      }
    },

    /** An account has at most one alias: a new one takes the old one's place. */
    async createAccountAlias(call: Call, { alias }: { readonly alias: string }): Promise<void> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:CreateAccountAlias', '*')
      const refusals = { ...gone(accountId), taken: () => alreadyExists('accountAlias', alias) }
      await change(store, 'account', accountId, refusals, (old) => ({ ...old, alias }))
    },

    async deleteAccountAlias(call: Call, { alias }: { readonly alias: string }): Promise<void> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:DeleteAccountAlias', '*')
      await change(store, 'account', accountId, gone(accountId), (old) => {
        if (old.alias !== alias) throw noSuch('accountAlias', alias)
        return { ...old, alias: undefined }
      })
    },

    async listAccountAliases(call: Call): Promise<readonly string[]> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:ListAccountAliases', '*')
      const found: Account | undefined = await store.get('account', accountId)
      return found?.alias === undefined ? [] : [found.alias]
    },
  }
}
