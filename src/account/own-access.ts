// What the account pages need of others besides the sign-in methods (own-credentials.ts); wire/account.ts connects it.
import type { PersonCall } from '../iam/caller.ts'
import type { Iam } from '../iam/iam.ts'
import type { AssumeRoleOfSignIn } from '../sts/assume-role.ts'
import type { OwnRoles } from '../sts/own-roles.ts'

export interface RoleAccess {
  readonly issuer: string
  readonly list: OwnRoles
  readonly assume: AssumeRoleOfSignIn
  /** Whether the person may see roles that they cannot become. */
  readonly mayListRoles: (call: PersonCall) => Promise<boolean>
}

export interface KeyAccess {
  readonly iam: Pick<Iam, 'listAccessKeys' | 'createAccessKey' | 'updateAccessKey' | 'deleteAccessKey'>
  /** Whether the person may do this with themselves. */
  readonly may: (call: PersonCall, action: string) => Promise<boolean>
}
