// What the audit entries of pages have in common: where the request came from, and the user who acted.
import type { User } from '../store/records.ts'
import { userArn } from './arn.ts'

/** Origin of a request, for throttling and the audit trail. */
export interface RequestOrigin {
  readonly ip: string
  readonly userAgent: string | undefined
  readonly requestId: string
}

/** The request, in an audit entry. */
export const requestFacts = ({ requestId, ip, userAgent }: RequestOrigin) => ({
  requestId,
  sourceIp: ip,
  userAgent,
})

/** A user who acts for themselves, in an audit entry. */
export const userFacts = (user: Pick<User, 'id' | 'accountId' | 'path' | 'name'>) =>
  ({
    accountId: user.accountId,
    who: userArn(user),
    actor: { kind: 'user', id: user.id },
  }) as const

/**
 * Who attempts to sign in, in an audit entry. Unknown names are not recorded, because a password may have been typed as the name.
 * @param accountId the account that has the entry when the user is unknown
 */
export const attemptFacts = (user: User | undefined, accountId: string) =>
  user === undefined
    ? ({ accountId, who: 'unknown', actor: { kind: 'anonymous' } } as const)
    : userFacts(user)
