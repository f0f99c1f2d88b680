// Ending sessions before their time. A session is not stored, so what is kept is a floor: sessions of this role,
// source identity, user or client issued before it are over; and single sessions by their id.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import type { Audit } from './ports.ts'
import { recorded } from './recorded.ts'

/** Seconds: no session lives longer (AWS: twelve hours for roles, 36 for GetSessionToken). */
const longestSession = 129_600

export type RevocationScope = 'role' | 'session' | 'source-identity' | 'user' | 'client'

export interface RevocationFloor {
  readonly scope: RevocationScope
  /** Role or user unique id, session `jti`, client id; a source identity as `<account>/<source identity>`. */
  readonly value: string
  readonly accountId: string
  /** Sessions with `iat` below this are over. */
  readonly before: number
  readonly at: number
  /** No session it concerns lives longer. */
  readonly expiresAt: number
}

export interface RevocationStore {
  /** Durable when it returns; of two for one scope and value the later floor stays. */
  put(floor: RevocationFloor): Promise<void>
}

export interface RevocationTargets {
  /** Unique id of the account's role of this ARN, or user of this name. */
  roleId(arn: string, accountId: string): Promise<string | undefined>
  userId(name: string, accountId: string): Promise<string | undefined>
}

export interface RevokeParts {
  readonly revocations: RevocationStore
  readonly targets: RevocationTargets
  /** @throws Problem('denied') */
  readonly authorize: (
    caller: Caller,
    action: string,
    resource: string,
    circumstances: Circumstances,
  ) => Promise<void>
  readonly audit: Audit
}

/** What to end, in the words of who asks. */
export type RevokeRequest =
  | { readonly scope: 'role'; readonly roleArn: string }
  | { readonly scope: 'session'; readonly jti: string }
  | { readonly scope: 'source-identity'; readonly sourceIdentity: string }
  | { readonly scope: 'user'; readonly userName: string }
  | { readonly scope: 'client'; readonly clientId: string }

export type Revoke = (
  request: RevokeRequest,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<RevocationFloor>

/**
 * Ends every session that matches and was issued until now, of the caller's own account alone. Allowed by
 * `sts:RevokeSessions`.
 * @throws Problem('denied' | 'not_found' | 'missing_credentials' | 'validation')
 */
export const revoke =
  (parts: RevokeParts): Revoke =>
  (request, caller, circumstances) => {
    const accountId = caller.kind === 'anonymous' ? '' : caller.accountId
    const what = {
      action: 'sts:RevokeSessions',
      circumstances,
      asked: () => ({
        accountId,
        who: caller.kind === 'anonymous' ? 'anonymous' : caller.arn,
        details: { ...request },
      }),
      came: ({ before, expiresAt }: RevocationFloor) => ({ before, expiresAt }),
    }
    return recorded(parts.audit, what, async () => {
      if (caller.kind === 'anonymous')
        throw new Problem('missing_credentials', 'Request is missing Authentication Token')
      await parts.authorize(caller, 'sts:RevokeSessions', resourceOf(request, accountId), circumstances)
      const value = await valueOf(request, accountId, parts.targets)
      const floor = floorOf(request.scope, value, accountId, circumstances.now)
      await parts.revocations.put(floor)
      return floor
    })
  }

/** `iat` has whole seconds: what is issued within this one counts as before. */
export const floorOf = (
  scope: RevocationScope,
  value: string,
  accountId: string,
  now: number,
): RevocationFloor => ({
  scope,
  value,
  accountId,
  before: now + 1,
  at: now,
  expiresAt: now + longestSession,
})

function resourceOf(request: RevokeRequest, accountId: string): string {
  switch (request.scope) {
    case 'role':
      return request.roleArn
    case 'user':
      return `arn:aws:iam::${accountId}:user/${request.userName}`
    case 'session':
      return `arn:aws:sts::${accountId}:session/${request.jti}`
    case 'source-identity':
      return `arn:aws:sts::${accountId}:source-identity/${request.sourceIdentity}`
    case 'client':
      return `arn:aws:sts::${accountId}:client/${request.clientId}`
  }
}

async function valueOf(
  request: RevokeRequest,
  accountId: string,
  targets: RevocationTargets,
): Promise<string> {
  switch (request.scope) {
    case 'role':
      return found(await targets.roleId(request.roleArn, accountId), 'role', request.roleArn)
    case 'user':
      return found(await targets.userId(request.userName, accountId), 'user', request.userName)
    case 'session':
      return checked(request.jti, /^[\w-]{22}$/, 'a session id has 22 characters of base64url')
    case 'source-identity':
      // Source identities are an account's own words: another account's `alice` is someone else.
      return `${accountId}/${checked(request.sourceIdentity, /^[\w+=,.@-]{2,64}$/, 'a source identity has 2 to 64 characters')}`
    case 'client':
      return checked(request.clientId, /^[!-~]{1,256}$/, 'a client id has 1 to 256 visible characters')
  }
}

function found(id: string | undefined, kind: string, name: string): string {
  if (id === undefined)
    throw new Problem('not_found', `The ${kind} with name ${name.slice(0, 256)} cannot be found.`)
  return id
}

function checked(value: string, pattern: RegExp, rule: string): string {
  if (!pattern.test(value)) throw new Problem('validation', rule)
  return value
}

/** Whether a session is over by one of the floors; `floor` finds one by scope and value. */
export function isRevoked(
  claims: {
    readonly jti: string
    readonly iat: number
    readonly acct: string
    readonly role: { readonly id: string }
    readonly src?: string | undefined
    readonly uid?: string | undefined
    readonly client_id?: string | undefined
  },
  floor: (scope: RevocationScope, value: string) => Pick<RevocationFloor, 'before'> | undefined,
): boolean {
  const over = (scope: RevocationScope, value: string | undefined) =>
    value !== undefined && claims.iat < (floor(scope, value)?.before ?? 0)
  return (
    over('session', claims.jti) ||
    over('role', claims.role.id) ||
    over('source-identity', claims.src === undefined ? undefined : `${claims.acct}/${claims.src}`) ||
    over('user', claims.uid) ||
    over('client', claims.client_id)
  )
}
