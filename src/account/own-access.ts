// What the account pages need of others besides the sign-in methods (own-credentials.ts); wire/pages/account.ts connects it.
import type { AccessRequests } from '../iam/access-requests/access-requests.ts'
import type { PersonCall } from '../iam/caller.ts'
import type { Iam } from '../iam/iam.ts'
import type { AssumeRoleOfSignIn } from '../sts/operation/assume-role.ts'
import type { OwnRole, OwnRoles } from '../sts/operation/own-roles.ts'

export interface RoleAccess {
  readonly issuer: string
  readonly list: OwnRoles
  /** One role of the person's account. */
  readonly find: OwnRole
  /** Asks to become a role for a time; with an audit entry. */
  readonly requests: Pick<AccessRequests, 'requestAccess' | 'withdrawAccessRequest' | 'ofPerson'>
  readonly assume: AssumeRoleOfSignIn
  /** Whether the person may see roles that they cannot become. */
  readonly mayListRoles: (call: PersonCall) => Promise<boolean>
}

export interface KeyAccess {
  readonly iam: Pick<Iam, 'listAccessKeys' | 'createAccessKey' | 'updateAccessKey' | 'deleteAccessKey'>
  /** Whether the person may do this with themselves. */
  readonly may: (call: PersonCall, action: string) => Promise<boolean>
}

export type OwnRequest = Awaited<ReturnType<RoleAccess['requests']['ofPerson']>>[number]
