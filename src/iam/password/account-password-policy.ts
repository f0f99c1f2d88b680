// Get, update and delete the account's password policy, which is stored on the account record.
import type { PasswordPolicy } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'
import { ownPasswordGrant } from './own-password-grant.ts'
import { passwordPolicyOf } from './password-policy.ts'

/** Every field is optional. */
type PolicyChange = { readonly [Member in keyof PasswordPolicy]?: PasswordPolicy[Member] | undefined }

/** `minimumLength` when an update does not name it (API reference: UpdateAccountPasswordPolicy). */
const defaultMinimumLength = 6

export class AccountPasswordPolicy {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /** @throws Problem('not_found') when the account has none and the default applies */
  async getAccountPasswordPolicy(call: Call): Promise<PasswordPolicy> {
    const { store, authorizer } = this.#deps
    const accountId = accountOf(call.caller)
    const policy = await passwordPolicyOf(store, accountId)
    const resource = policy.allowUsersToChange ? ownPasswordGrant(call.caller) : undefined
    await authorizer.authorize(call, 'iam:GetAccountPasswordPolicy', '*', [], resource && { resource })
    const kept = (await store.get('account', accountId))?.passwordPolicy
    if (kept === undefined) throw noSuch('passwordPolicy', accountId)
    return kept
  }

  /** Fields that are not given are reset to their default (API reference: UpdateAccountPasswordPolicy). */
  async updateAccountPasswordPolicy(call: Call, input: PolicyChange): Promise<void> {
    const accountId = accountOf(call.caller)
    await this.#deps.authorizer.authorize(call, 'iam:UpdateAccountPasswordPolicy', '*')
    await this.#put(accountId, {
      minimumLength: input.minimumLength ?? defaultMinimumLength,
      requireSymbols: input.requireSymbols ?? false,
      requireNumbers: input.requireNumbers ?? false,
      requireUppercase: input.requireUppercase ?? false,
      requireLowercase: input.requireLowercase ?? false,
      allowUsersToChange: input.allowUsersToChange ?? false,
      maxAge: input.maxAge,
      reusePrevention: input.reusePrevention,
      hardExpiry: input.hardExpiry,
    })
  }

  async deleteAccountPasswordPolicy(call: Call): Promise<void> {
    const accountId = accountOf(call.caller)
    await this.#deps.authorizer.authorize(call, 'iam:DeleteAccountPasswordPolicy', '*')
    await this.#put(accountId, undefined)
  }

  async #put(accountId: string, passwordPolicy: PasswordPolicy | undefined): Promise<void> {
    const notFound = () => noSuch('passwordPolicyToDelete', accountId)
    await updateRecord(this.#deps.store, 'account', accountId, { notFound }, (old) => {
      if (passwordPolicy === undefined && old.passwordPolicy === undefined) throw notFound()
      return { ...old, passwordPolicy }
    })
  }
}
