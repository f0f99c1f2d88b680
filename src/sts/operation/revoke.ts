// Revokes sessions before they expire, and lifts revocations: the use cases of `/v1/revocations`. The scopes of a revocation, and how a
// session is compared with one, are in secure/session/session-dependencies.ts.
import type { Trail } from '../../audit/trail.ts'
import { auditedCaller } from '../../iam/audit/audited-caller.ts'
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { type RevocationScope, revocationScopes } from '../../secure/session/session-dependencies.ts'
import { withRequestAudit } from '../recorded.ts'

export {
  type RevocationScope,
  revocationScopeOf,
  revocationScopes,
} from '../../secure/session/session-dependencies.ts'

/** Seconds: the maximum of all sessions (12 hours for roles, 36 for GetSessionToken and GetFederationToken). */
const longestSession = 129_600

/** A revocation to store. */
export interface NewRevocation {
  /** Made of account, scope and value. */
  readonly id: string
  readonly accountId: string
  readonly scope: RevocationScope
  readonly value: string
  /** Sessions that depend on the value since before this time are revoked. Epoch seconds, as the next two. */
  readonly before: number
  readonly at: number
  /** When every revoked session has expired anyway. */
  readonly expiresAt: number
}

export interface LiftedRevocation {
  readonly scope: RevocationScope
  readonly value: string
  /** `before` of the lifted revocation. */
  readonly before: number
}

export interface RevokeDependencies {
  /** Durable when it returns. Of two revocations with one id the later `before` is kept. */
  readonly keep: (revocation: NewRevocation) => Promise<void>
  /** `before` of the lifted revocation; undefined when there was none. Durable when it returns. */
  readonly lift: (id: string, now: number) => Promise<number | undefined>
  /** Ends a user's browser sessions and the grants of applications; those with `offline_access` only with `offline`. */
  readonly endSignIns?: (
    user: { readonly id: string; readonly accountId: string },
    options: { readonly offline: boolean },
  ) => Promise<void>
  /** @throws Problem('denied' | 'missing_credentials') */
  readonly authorize: (
    call: { readonly caller: Caller; readonly circumstances: Circumstances },
    action: string,
    resource: string,
  ) => Promise<unknown>
  readonly audit: Trail
}

export interface RevokeRequest {
  readonly scope: RevocationScope
  readonly value: string
  /** Epoch seconds, not in the future; undefined: everything issued until now. */
  readonly before?: number | undefined
  /** For scope `sign-in`: also ends the grants of applications with `offline_access`. */
  readonly offline?: boolean | undefined
}

export interface Revocations {
  /**
   * Revokes every session of the caller's account that depends on the value since before the given time. Needs
   * `sts:RevokeSessions` on `arn:aws:sts::<account>:sessions/<scope>/<value>`.
   * @throws Problem('denied' | 'missing_credentials' | 'validation')
   */
  revoke(request: RevokeRequest, caller: Caller, circumstances: Circumstances): Promise<NewRevocation>
  /**
   * Lifts a revocation: revoked sessions that have not expired are accepted again. Needs `sts:LiftRevocation` on the same resource.
   * @throws Problem('not_found' | 'denied' | 'missing_credentials' | 'validation')
   */
  lift(
    request: Pick<RevokeRequest, 'scope' | 'value'>,
    caller: Caller,
    circumstances: Circumstances,
  ): Promise<LiftedRevocation>
}

export const sessionRevocation = (deps: RevokeDependencies): Revocations => ({
  revoke: (request, caller, circumstances) => {
    const { scope, value, before, offline = false } = request
    const action = 'sts:RevokeSessions'
    const what = {
      ...auditedRevocation(action, request, caller, circumstances),
      result: (made: NewRevocation) => ({ before: made.before, expiresAt: made.expiresAt }),
    }
    return withRequestAudit(deps, what, async () => {
      checkValue(scope, value)
      checkInstant(before, circumstances.now)
      if (offline && scope !== 'sign-in')
        throw new Problem('validation', '`offline` can be set for scope `sign-in` only')
      const resource = resourceOf(request, caller)
      await deps.authorize({ caller, circumstances }, action, resource)
      const revocation = revocationOf(request, accountOf(caller), circumstances.now)
      await deps.keep(revocation)
      if (scope === 'sign-in')
        await deps.endSignIns?.({ id: value, accountId: accountOf(caller) }, { offline })
      return revocation
    })
  },
  lift: (request, caller, circumstances) => {
    const { scope, value } = request
    const action = 'sts:LiftRevocation'
    const what = {
      ...auditedRevocation(action, request, caller, circumstances),
      result: ({ before }: LiftedRevocation) => ({ lifted: before }),
    }
    return withRequestAudit(deps, what, async () => {
      checkValue(scope, value)
      await deps.authorize({ caller, circumstances }, action, resourceOf(request, caller))
      const before = await deps.lift(`${accountOf(caller)} ${scope}:${value}`, circumstances.now)
      if (before === undefined) throw new Problem('not_found', `no revocation of this ${scope} is in force`)
      return { scope, value, before }
    })
  },
})

const auditedRevocation = (
  action: string,
  request: RevokeRequest,
  caller: Caller,
  circumstances: Circumstances,
) => ({
  action,
  circumstances,
  request: () => ({
    ...auditedCaller(caller),
    details: { ...request, value: request.value.slice(0, 255) },
  }),
})

const accountOf = (caller: Caller): string => (caller.kind === 'anonymous' ? '' : caller.accountId)

const resourceOf = ({ scope, value }: Pick<RevokeRequest, 'scope' | 'value'>, caller: Caller): string =>
  `arn:aws:sts::${accountOf(caller)}:sessions/${scope}/${value}`

function checkValue(scope: RevocationScope, value: string): void {
  const rule = revocationScopes[scope]
  if (!rule.form.test(value))
    throw new Problem('validation', `\`value\` is not valid for scope ${scope}: it must be the ${rule.value}`)
}

/** A caller whose clock is ahead must not revoke sessions that are issued later (docs/attacks.md 44). */
function checkInstant(before: number | undefined, now: number): void {
  if (before !== undefined && before > now)
    throw new Problem('validation', '`before` must not be in the future')
}

/** Issue times are whole seconds, so without `before` the revocation includes sessions issued within the current second. */
const revocationOf = (
  { scope, value, before }: RevokeRequest,
  accountId: string,
  now: number,
): NewRevocation => ({
  id: `${accountId} ${scope}:${value}`,
  accountId,
  scope,
  value,
  before: before ?? now + 1,
  at: now,
  expiresAt: now + longestSession,
})
