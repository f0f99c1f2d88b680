// Revokes what sessions depend on before it expires, and lifts revocations: the use cases of `/v1/revocations`. What can be named,
// and how a session is compared with it, is in secure/session-dependencies.ts.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import { type RevocationScope, revocationScopes } from '../secure/session-dependencies.ts'
import type { Audit } from './ports.ts'
import { actorOf, whoIs, withAudit } from './recorded.ts'

export { type RevocationScope, revocationScopeOf, revocationScopes } from '../secure/session-dependencies.ts'

/** Seconds: no session lives longer (twelve hours for roles, 36 for GetSessionToken and GetFederationToken). */
const longestSession = 129_600

/** A revocation record fits. */
export interface NewRevocation {
  /** One per account, scope and value. */
  readonly id: string
  readonly accountId: string
  readonly scope: RevocationScope
  readonly value: string
  /** What depends on the value since before this instant has ended. */
  readonly before: number
  readonly at: number
  /** No session it concerns lives longer. */
  readonly expiresAt: number
}

export interface Lifted {
  readonly scope: RevocationScope
  readonly value: string
  /** The instant that was revoked until now. */
  readonly before: number
}

export interface RevokeParts {
  /** Durable when it returns; of two with one id the later instant stays. */
  readonly keep: (revocation: NewRevocation) => Promise<void>
  /** The instant that was lifted; undefined: nothing was revoked. Durable when it returns. */
  readonly lift: (id: string, now: number) => Promise<number | undefined>
  /** Ends a person's browser sessions and the grants of applications, those with `offline_access` too where asked. */
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
  readonly audit: Audit
}

export interface RevokeRequest {
  readonly scope: RevocationScope
  readonly value: string
  /** Epoch seconds, not later than now; undefined: all that was made until now. */
  readonly before?: number | undefined
  /** Scope `sign-in` alone: applications with `offline_access` end too. */
  readonly offline?: boolean | undefined
}

export interface Revoking {
  /**
   * Ends every session of the caller's account that depends on the value since before the instant. Allowed by
   * `sts:RevokeSessions` on `arn:aws:sts::<account>:sessions/<scope>/<value>`.
   * @throws Problem('denied' | 'missing_credentials' | 'validation')
   */
  revoke(request: RevokeRequest, caller: Caller, circumstances: Circumstances): Promise<NewRevocation>
  /**
   * Takes a revocation back; sessions it had ended and that have not expired are accepted again. Allowed by
   * `sts:LiftRevocation` on the same resource.
   * @throws Problem('not_found' | 'denied' | 'missing_credentials' | 'validation')
   */
  lift(
    request: Pick<RevokeRequest, 'scope' | 'value'>,
    caller: Caller,
    circumstances: Circumstances,
  ): Promise<Lifted>
}

export const revoking = (parts: RevokeParts): Revoking => ({
  revoke: (request, caller, circumstances) => {
    const { scope, value, before, offline = false } = request
    const action = 'sts:RevokeSessions'
    const what = {
      ...described(action, request, caller, circumstances),
      result: (made: NewRevocation) => ({ before: made.before, expiresAt: made.expiresAt }),
    }
    return withAudit(parts, what, async () => {
      checkValue(scope, value)
      checkInstant(before, circumstances.now)
      if (offline && scope !== 'sign-in')
        throw new Problem('validation', '`offline` goes with scope `sign-in` alone')
      const resource = resourceOf(request, caller)
      await parts.authorize({ caller, circumstances }, action, resource)
      const revocation = revocationOf(request, accountOf(caller), circumstances.now)
      await parts.keep(revocation)
      if (scope === 'sign-in')
        await parts.endSignIns?.({ id: value, accountId: accountOf(caller) }, { offline })
      return revocation
    })
  },
  lift: (request, caller, circumstances) => {
    const { scope, value } = request
    const action = 'sts:LiftRevocation'
    const what = {
      ...described(action, request, caller, circumstances),
      result: ({ before }: Lifted) => ({ lifted: before }),
    }
    return withAudit(parts, what, async () => {
      checkValue(scope, value)
      await parts.authorize({ caller, circumstances }, action, resourceOf(request, caller))
      const before = await parts.lift(`${accountOf(caller)} ${scope}:${value}`, circumstances.now)
      if (before === undefined) throw new Problem('not_found', `no revocation of this ${scope} is in force`)
      return { scope, value, before }
    })
  },
})

const described = (action: string, request: RevokeRequest, caller: Caller, circumstances: Circumstances) => ({
  action,
  circumstances,
  request: () => ({
    accountId: accountOf(caller),
    who: whoIs(caller),
    actor: actorOf(caller),
    details: { ...request, value: request.value.slice(0, 255) },
  }),
})

const accountOf = (caller: Caller): string => (caller.kind === 'anonymous' ? '' : caller.accountId)

const resourceOf = ({ scope, value }: Pick<RevokeRequest, 'scope' | 'value'>, caller: Caller): string =>
  `arn:aws:sts::${accountOf(caller)}:sessions/${scope}/${value}`

function checkValue(scope: RevocationScope, value: string): void {
  const rule = revocationScopes[scope]
  if (!rule.form.test(value))
    throw new Problem('validation', `\`value\` does not name a ${scope}: it must be the ${rule.value}`)
}

/** A clock that is ahead must not end sessions that are yet to be made (attacks.md 44). */
function checkInstant(before: number | undefined, now: number): void {
  if (before !== undefined && before > now)
    throw new Problem('validation', '`before` must not be in the future')
}

/** Issue times are whole seconds: what was issued within the current one counts as before. */
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
