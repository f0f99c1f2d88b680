// Ending sessions before their time. A session is not stored, so what is kept is a floor: sessions of this role,
// source identity, user or client issued before it are over, in the caller's own account; or one session by its id.
// Whether a session is below a floor is asked in iam/authorization/revocations.ts here, and by each verifier from its feed.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import type { Audit } from './ports.ts'
import { actorOf, recorded, whoIs } from './recorded.ts'

/** Seconds: no session lives longer (twelve hours for roles, 36 for GetSessionToken and GetFederationToken). */
const longestSession = 129_600

export type RevocationScope = 'role' | 'session' | 'source-identity' | 'user' | 'client'

/** A revocation record fits. */
export interface RevocationFloor {
  /** One per account, scope and value. */
  readonly id: string
  readonly accountId: string
  readonly scope: RevocationScope
  readonly value: string
  /** Sessions with `iat` below this are over. */
  readonly before: number
  readonly at: number
  /** No session it concerns lives longer. */
  readonly expiresAt: number
}

export interface RevokeParts {
  /** Durable when it returns; of two with one id the later floor stays. */
  readonly keep: (floor: RevocationFloor) => Promise<void>
  /** @throws Problem('denied' | 'missing_credentials') */
  readonly authorize: (
    call: { readonly caller: Caller; readonly circumstances: Circumstances },
    action: string,
    resource: string,
  ) => Promise<unknown>
  readonly audit: Audit
}

/** What names the sessions of each scope: unique ids, never names that someone else may have tomorrow. */
const forms = {
  role: /^AROA[A-Z0-9]{12,124}$/,
  session: /^[\w-]{16,64}$/,
  'source-identity': /^[\w+=,.@-]{2,64}$/,
  user: /^AIDA[A-Z0-9]{12,124}$/,
  client: /^[!-~]{1,255}$/,
} as const satisfies Record<RevocationScope, RegExp>

export type Revoke = (
  scope: RevocationScope,
  value: string,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<RevocationFloor>

/**
 * Ends every session of the caller's account that matches and was issued until now. Allowed by `sts:RevokeSessions`.
 * @throws Problem('denied' | 'missing_credentials' | 'validation')
 */
export const revoke =
  (parts: RevokeParts): Revoke =>
  (scope, value, caller, circumstances) => {
    const accountId = caller.kind === 'anonymous' ? '' : caller.accountId
    const what = {
      action: 'sts:RevokeSessions',
      circumstances,
      asked: () => ({
        accountId,
        who: whoIs(caller),
        actor: actorOf(caller),
        details: { scope, value: value.slice(0, 255) },
      }),
      came: ({ before, expiresAt }: RevocationFloor) => ({ before, expiresAt }),
    }
    return recorded(parts, what, async () => {
      if (!forms[scope].test(value)) throw new Problem('validation', `\`value\` does not name a ${scope}`)
      const resource = `arn:aws:sts::${accountId}:sessions/${scope}/${value}`
      await parts.authorize({ caller, circumstances }, 'sts:RevokeSessions', resource)
      const floor = floorOf(scope, value, accountId, circumstances.now)
      await parts.keep(floor)
      return floor
    })
  }

/** `iat` has whole seconds: what is issued within this one counts as before. */
const floorOf = (scope: RevocationScope, value: string, accountId: string, now: number): RevocationFloor => ({
  id: `${accountId} ${scope}:${value}`,
  accountId,
  scope,
  value,
  before: now + 1,
  at: now,
  expiresAt: now + longestSession,
})
