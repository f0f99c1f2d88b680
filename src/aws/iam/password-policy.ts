// Actions on the password policy of the account.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'

export const passwordPolicyActions = (iam: Iam) => [
  action<sdk.GetAccountPasswordPolicyCommandInput>('GetAccountPasswordPolicy', async (_, call) => {
    const policy = await iam.getAccountPasswordPolicy(call)
    return {
      PasswordPolicy: {
        MinimumPasswordLength: policy.minimumLength,
        RequireSymbols: policy.requireSymbols,
        RequireNumbers: policy.requireNumbers,
        RequireUppercaseCharacters: policy.requireUppercase,
        RequireLowercaseCharacters: policy.requireLowercase,
        AllowUsersToChangePassword: policy.allowUsersToChange,
        ExpirePasswords: policy.maxAge !== undefined,
        MaxPasswordAge: policy.maxAge,
        PasswordReusePrevention: policy.reusePrevention,
        HardExpiry: policy.hardExpiry,
      },
    }
  }),
  action<sdk.UpdateAccountPasswordPolicyCommandInput>('UpdateAccountPasswordPolicy', async (input, call) => {
    await iam.updateAccountPasswordPolicy(call, {
      minimumLength: input.MinimumPasswordLength,
      requireSymbols: input.RequireSymbols,
      requireNumbers: input.RequireNumbers,
      requireUppercase: input.RequireUppercaseCharacters,
      requireLowercase: input.RequireLowercaseCharacters,
      allowUsersToChange: input.AllowUsersToChangePassword,
      maxAge: input.MaxPasswordAge,
      reusePrevention: input.PasswordReusePrevention,
      hardExpiry: input.HardExpiry,
    })
    return {}
  }),
  action<sdk.DeleteAccountPasswordPolicyCommandInput>('DeleteAccountPasswordPolicy', async (_, call) => {
    await iam.deleteAccountPasswordPolicy(call)
    return {}
  }),
]
