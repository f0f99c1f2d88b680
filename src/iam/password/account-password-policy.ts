// The account's password policy: one part of the account's record, read wherever a password is set or used.
import type { PasswordPolicy } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { noSuch } from '../messages.ts'
import { grantToUsersThemselves } from './own-password-grant.ts'
import { passwordPolicyOf } from './password-policy.ts'

/** Every member may be left out. */
type PolicyChange = { readonly [Member in keyof PasswordPolicy]?: PasswordPolicy[Member] | undefined }

/** `minimumLength` when an update does not name it (API reference: UpdateAccountPasswordPolicy). */
const unsaidMinimum = 6

export const accountPasswordPolicy = (parts: Parts) => {
  const { store, authorizer } = parts

  const put = async (accountId: string, passwordPolicy: PasswordPolicy | undefined): Promise<void> => {
    const gone = () => noSuch('passwordPolicy', accountId)
    await change(store, 'account', accountId, { gone }, (old) => {
      if (passwordPolicy === undefined && old.passwordPolicy === undefined) throw gone()
      return { ...old, passwordPolicy }
    })
  }

  return {
    /** @throws Problem('not_found') when the account has none: the default is in force */
    async getAccountPasswordPolicy(call: Call): Promise<PasswordPolicy> {
      const accountId = accountOf(call.caller)
      const policy = await passwordPolicyOf(store, accountId)
      const resource = policy.allowUsersToChange ? grantToUsersThemselves(call.caller) : undefined
      await authorizer.authorize(call, 'iam:GetAccountPasswordPolicy', '*', [], resource && { resource })
      const kept = (await store.get('account', accountId))?.passwordPolicy
      if (kept === undefined) throw noSuch('passwordPolicy', accountId)
      return kept
    },

    /** What is not given goes back to its default (API reference: UpdateAccountPasswordPolicy). */
    async updateAccountPasswordPolicy(call: Call, input: PolicyChange): Promise<void> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:UpdateAccountPasswordPolicy', '*')
      await put(accountId, {
        minimumLength: input.minimumLength ?? unsaidMinimum,
        requireSymbols: input.requireSymbols ?? false,
        requireNumbers: input.requireNumbers ?? false,
        requireUppercase: input.requireUppercase ?? false,
        requireLowercase: input.requireLowercase ?? false,
        allowUsersToChange: input.allowUsersToChange ?? false,
        maxAge: input.maxAge,
        reusePrevention: input.reusePrevention,
        hardExpiry: input.hardExpiry,
      })
    },

    async deleteAccountPasswordPolicy(call: Call): Promise<void> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:DeleteAccountPasswordPolicy', '*')
      await put(accountId, undefined)
    },
  }
}
