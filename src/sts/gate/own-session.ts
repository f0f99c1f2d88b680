// What is checked of a caller who asks for temporary credentials of its own: GetSessionToken of a user,
// GetScopedCredentials of a session that narrows itself.

import type { Caller, Circumstances, UserSession } from '../../iam/caller.ts'
import { compile, policySet } from '../../policy/compile.ts'
import { decide, formatDecision } from '../../policy/decide.ts'
import { Problem } from '../../problem.ts'
import { checkRequest } from '../input.ts'
import type { AssumableRole } from '../ports.ts'
import type { SessionCaller } from '../session-caller.ts'
import { checkInlinePolicy } from '../session-policy.ts'
import { once } from './gate.ts'
import { ensureProviderLive } from './live.ts'
import { checkMfa, type KnownCaller, type SignedParts } from './signed.ts'

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

export type UserCaller = Extract<Caller, { kind: 'user' }>

/** A caller with temporary credentials. */
export type TemporaryCaller =
  | SessionCaller
  | (Omit<UserCaller, 'session'> & { readonly session: UserSession })

/** STS API: 36 hours. */
const longest = 129_600
/** STS API: GetScopedCredentials. */
const mostScopedPolicies = 3

const known = (caller: Caller): KnownCaller => {
  if (caller.kind === 'anonymous')
    throw new Problem('missing_credentials', 'Request is missing Authentication Token')
  return caller
}

const duration = (seconds: number | undefined, shortest: number): void => {
  if (seconds === undefined) return
  if (Number.isInteger(seconds) && seconds >= shortest && seconds <= longest) return
  throw new Problem(
    'validation',
    `1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must be between ${shortest} and ${longest}`,
  )
}

/** One GetSessionToken. */
export class SessionTokenAttempt {
  readonly parts: SignedParts
  readonly request: SessionTokenRequest
  readonly circumstances: Circumstances
  readonly #caller: Caller
  /** Set by the `mfa` check. */
  mfa: true | undefined

  constructor(
    parts: SignedParts,
    request: SessionTokenRequest,
    caller: Caller,
    circumstances: Circumstances,
  ) {
    this.parts = parts
    this.request = request
    this.#caller = caller
    this.circumstances = circumstances
  }

  /** @throws Problem('denied') unless it is a user with a long-term key */
  get user(): UserCaller {
    const caller = known(this.#caller)
    if (caller.kind === 'session' || (caller.kind === 'user' && caller.session !== undefined))
      throw new Problem('denied', 'Cannot call GetSessionToken with session credentials')
    if (caller.kind === 'root')
      throw new Problem('denied', 'Cannot call GetSessionToken with the key of the account root')
    return caller
  }
}

export const sessionTokenChecks = {
  sizes({ request: { serialNumber, tokenCode, durationSeconds } }: SessionTokenAttempt): void {
    checkRequest({ serialNumber, tokenCode })
    duration(durationSeconds, 900)
  },
  type: (attempt: SessionTokenAttempt): void => void attempt.user,
  user: ({ parts, user }: SessionTokenAttempt): Promise<void> => parts.callers.ensureLive(user),
  async mfa(attempt: SessionTokenAttempt): Promise<void> {
    attempt.mfa = await checkMfa(attempt.request, attempt.user, attempt.parts.mfa)
  },
}

/** One GetScopedCredentials. */
export class ScopedAttempt {
  readonly parts: SignedParts
  readonly request: ScopedRequest
  readonly circumstances: Circumstances
  readonly #caller: Caller

  constructor(parts: SignedParts, request: ScopedRequest, caller: Caller, circumstances: Circumstances) {
    this.parts = parts
    this.request = request
    this.#caller = caller
    this.circumstances = circumstances
  }

  /** @throws Problem('denied') unless it came with temporary credentials */
  get caller(): TemporaryCaller {
    const caller = known(this.#caller)
    if (caller.kind === 'session') return caller
    if (caller.kind === 'user' && caller.session !== undefined) return { ...caller, session: caller.session }
    throw new Problem('denied', 'GetScopedCredentials must be called with temporary credentials')
  }

  /** What the calling session is made of besides its role. */
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

  /** @throws Problem('denied') when the role is gone, or another one has its name */
  readonly role = once(async (): Promise<AssumableRole> => {
    const { caller, parts } = this
    if (caller.kind === 'user') return holderOf(caller)
    const role = await parts.roles.byArn(caller.roleArn)
    if (role?.id === caller.roleId) return role
    throw new Problem('denied', 'The role of the calling session does not exist.')
  })
}

/** A user in the place of a role: whose session it is. */
export const holderOf = ({ accountId, arn, userId, userName }: UserCaller): AssumableRole => ({
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
    duration(durationSeconds, 1)
  },
  type: (attempt: ScopedAttempt): void => void attempt.caller,
  async provider({ parts, caller }: ScopedAttempt): Promise<void> {
    if (caller.kind === 'session') await ensureProviderLive(parts, caller)
  },
  user: ({ parts, caller }: ScopedAttempt): Promise<void> => parts.callers.ensureLive(caller),
  session: ({ request }: ScopedAttempt): void => checkInlinePolicy(request.policy),
  async role(attempt: ScopedAttempt): Promise<void> {
    await attempt.role()
    await checkNotDenied(attempt)
  },
  width(attempt: ScopedAttempt): void {
    if (attempt.scopedPolicies > mostScopedPolicies && attempt.request.policy !== undefined)
      throw new Problem(
        'denied',
        `A session can have at most ${mostScopedPolicies} scope down policies of GetScopedCredentials`,
      )
    if (attempt.circumstances.now + attempt.duration > attempt.session.expiresAt)
      throw new Problem(
        'insufficient_session_lifetime',
        'The requested DurationSeconds exceeds the remaining lifetime of the calling session.',
      )
  },
}

/** Narrowing oneself needs no permission; an explicit Deny of any layer stands. */
async function checkNotDenied({ parts, caller, circumstances }: ScopedAttempt): Promise<void> {
  const action = 'sts:GetScopedCredentials'
  const grant = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: caller.arn }, Action: action, Resource: caller.arn }],
  })
  const request = {
    principal: parts.callers.principalOf(caller),
    action,
    resource: caller.arn,
    resourceAccount: caller.accountId,
    context: await parts.callers.contextOf(caller, circumstances),
  }
  const layers = {
    ...(await parts.callers.layersOf(caller)),
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
