// Checks of requests for credentials with the caller's own identity: GetSessionToken by a user, and GetScopedCredentials by a session
// that narrows itself.

import type { UserSession } from '../../iam/caller.ts'
import { compile, policySet } from '../../policy/engine/compile.ts'
import { decide, formatDecision } from '../../policy/engine/decide.ts'
import { Problem } from '../../problem.ts'
import { once } from '../gate.ts'
import { checkRequest } from '../input.ts'
import type { AssumableRole, UserCaller } from '../ports.ts'
import type { SessionCaller } from '../session/session-caller.ts'
import { checkInlinePolicy } from '../session/session-policy.ts'
import { ensureProviderLive } from './live.ts'
import { RequestAttempt, requireCredentials } from './request-attempt.ts'
import { checkMfa } from './signed.ts'

export interface SessionTokenRequest {
  /** Seconds, 900…129600; default 43200. */
  readonly durationSeconds?: number | undefined
  readonly serialNumber?: string | undefined
  readonly tokenCode?: string | undefined
}

export interface ScopedRequest {
  readonly policy?: string | undefined
  /** Seconds, 1…129600, and no more than the calling session still has; default: all of it. */
  readonly durationSeconds?: number | undefined
}

/** A caller with temporary credentials. */
export type TemporaryCaller =
  | SessionCaller
  | (Omit<UserCaller, 'session'> & { readonly session: UserSession })

/** STS API: 36 hours. */
const longest = 129_600
/** STS API: GetScopedCredentials. */
const maxScopedPolicies = 3

/** @throws Problem('validation') */
export const checkDuration = (seconds: number | undefined, shortest: number): void => {
  if (seconds === undefined) return
  if (Number.isInteger(seconds) && seconds >= shortest && seconds <= longest) return
  throw new Problem(
    'validation',
    `1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must be between ${shortest} and ${longest}`,
  )
}

/** One GetSessionToken request, with the results of its checks. */
export class SessionTokenAttempt extends RequestAttempt<SessionTokenRequest> {
  /** Set by the `mfa` check. */
  mfa: true | undefined

  /** @throws Problem('denied') unless the caller is a user with a long-term key */
  get user(): UserCaller {
    return this.userWithKey('GetSessionToken')
  }
}

export const sessionTokenChecks = {
  sizes({ request: { serialNumber, tokenCode, durationSeconds } }: SessionTokenAttempt): void {
    checkRequest({ serialNumber, tokenCode })
    checkDuration(durationSeconds, 900)
  },
  type: (attempt: SessionTokenAttempt): void => void attempt.user,
  user: ({ deps, user }: SessionTokenAttempt): Promise<void> => deps.callers.ensureLive(user),
  async mfa(attempt: SessionTokenAttempt): Promise<void> {
    attempt.mfa = await checkMfa(attempt.request, attempt.user, attempt.deps.mfa)
  },
}

/** One GetScopedCredentials request, with the results of its checks. */
export class ScopedAttempt extends RequestAttempt<ScopedRequest> {
  /** @throws Problem('denied') unless the caller has temporary credentials */
  get caller(): TemporaryCaller {
    const caller = requireCredentials(this.sender)
    if (caller.kind === 'session') return caller
    if (caller.kind === 'user' && caller.session !== undefined) return { ...caller, session: caller.session }
    throw new Problem('denied', 'GetScopedCredentials must be called with temporary credentials')
  }

  /** Expiry, session policies and number of scope down policies of the calling session. */
  get session(): {
    readonly expiresAt: number
    readonly policies: readonly (readonly string[])[]
    readonly scoped: number
  } {
    const { caller } = this
    const {
      expiresAt,
      sessionPolicies: policies,
      scopedPolicies = 0,
    } = caller.kind === 'session' ? caller : caller.session
    return { expiresAt, policies, scoped: scopedPolicies }
  }

  /** Seconds of the new session. */
  get duration(): number {
    const remaining = this.session.expiresAt - this.circumstances.now
    return this.request.durationSeconds ?? remaining
  }

  get scopedPolicies(): number {
    return this.session.scoped + (this.request.policy === undefined ? 0 : 1)
  }

  /** @throws Problem('denied') when the role was deleted, also when another one was created with its name */
  readonly role = once(async (): Promise<AssumableRole> => {
    const { caller, deps } = this
    if (caller.kind === 'user') return userAsRole(caller)
    const role = await deps.roles.byArn(caller.roleArn)
    if (role?.id === caller.roleId) return role
    throw new Problem('denied', 'The role of the calling session does not exist.')
  })
}

/** A user in the place of a role, for sessions that have the permissions of a user. */
export const userAsRole = ({ accountId, arn, userId, userName }: UserCaller): AssumableRole => ({
  accountId,
  arn,
  id: userId,
  name: userName,
  maxSessionDuration: longest,
  trust: '',
  tags: [],
})

export const scopedChecks = {
  sizes({ request: { policy, durationSeconds } }: ScopedAttempt): void {
    if (policy === undefined && durationSeconds === undefined)
      throw new Problem('validation', 'Must specify at least one of Policy and DurationSeconds')
    checkRequest({ policy })
    checkDuration(durationSeconds, 1)
  },
  type: (attempt: ScopedAttempt): void => void attempt.caller,
  async provider({ deps, caller }: ScopedAttempt): Promise<void> {
    if (caller.kind === 'session') await ensureProviderLive(deps, caller)
  },
  user: ({ deps, caller }: ScopedAttempt): Promise<void> => deps.callers.ensureLive(caller),
  session: ({ request }: ScopedAttempt): void => checkInlinePolicy(request.policy),
  async role(attempt: ScopedAttempt): Promise<void> {
    await attempt.role()
    await checkNotDenied(attempt)
  },
  width(attempt: ScopedAttempt): void {
    if (attempt.scopedPolicies > maxScopedPolicies && attempt.request.policy !== undefined)
      throw new Problem(
        'denied',
        `A session can have at most ${maxScopedPolicies} scope down policies of GetScopedCredentials`,
      )
    if (attempt.circumstances.now + attempt.duration > attempt.session.expiresAt)
      throw new Problem(
        'insufficient_session_lifetime',
        'The requested DurationSeconds exceeds the remaining lifetime of the calling session.',
      )
  },
}

/** Narrowing one's own session needs no Allow, but an explicit Deny in any layer still denies it. */
async function checkNotDenied({ deps, caller, circumstances }: ScopedAttempt): Promise<void> {
  const action = 'sts:GetScopedCredentials'
  const grant = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: caller.arn }, Action: action, Resource: caller.arn }],
  })
  const request = {
    principal: deps.callers.principalOf(caller),
    action,
    resource: caller.arn,
    resourceAccount: caller.accountId,
    context: await deps.callers.contextOf(caller, circumstances),
  }
  const layers = {
    ...(await deps.callers.layersOf(caller)),
    resource: policySet([compile(grant, 'resource', 'own session')]),
  }
  const decision = decide(request, layers)
  if (decision.effect === 'allow') return
  throw new Problem(
    'denied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${caller.arn} with an explicit deny`,
    { detail: formatDecision(decision) },
  )
}
