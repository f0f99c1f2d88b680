// AssumeRole by a known caller: a user, the account root or a role session. Exchanges of a user's access token or of a session for
// another role pass the same checks.
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { type Context, contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Actor } from '../../secure/session-claims.ts'
import type { Dependency } from '../../secure/session-dependencies.ts'
import { sessionDuration } from '../duration.ts'
import { type AssumeRoleRequest, checkRequest } from '../input.ts'
import type { AssumableRole, CallerFacts, ManagedPolicies, MfaCheck, Roles } from '../ports.ts'
import type { DecidedSession } from '../session.ts'
import { checkInlinePolicy, packedPolicySize, readSessionPolicies } from '../session-policy.ts'
import { noTags, type SessionTags, sessionTags, tagContext } from '../session-tags.ts'
import { actionsFor, describeTrustDenial, evaluateTrust, notAuthorized } from '../trust.ts'
import { once } from './gate.ts'
import { ensureProviderLive, type LiveProviders } from './live.ts'

export interface SignedParts extends LiveProviders {
  readonly roles: Roles
  readonly managedPolicies: ManagedPolicies
  readonly callers: CallerFacts
  readonly mfa: MfaCheck
}

/**
 * The account root may, where AWS says "Roles may not be assumed by root accounts": it is the only key of a first start,
 * and it may make itself a user that could. The trust policy must name the account all the same.
 */
export type KnownCaller = Exclude<Caller, { kind: 'anonymous' }>

/** One AssumeRole request and what its checks found out. */
export class SignedAttempt {
  readonly parts: SignedParts
  readonly request: AssumeRoleRequest
  readonly circumstances: Circumstances
  /** Seconds the presented credential still has, where the session must end with it. */
  readonly remaining: number | undefined
  readonly #caller: Caller
  /** Set by the `mfa` check: true when a device was named and its code was right. */
  mfa: true | undefined

  constructor(
    parts: SignedParts,
    request: AssumeRoleRequest,
    caller: Caller,
    circumstances: Circumstances,
    remaining?: number,
  ) {
    this.parts = parts
    this.request = request
    this.#caller = caller
    this.circumstances = circumstances
    this.remaining = remaining
  }

  get caller(): KnownCaller {
    if (this.#caller.kind === 'anonymous')
      throw new Problem('missing_credentials', 'Request is missing Authentication Token')
    return this.#caller
  }

  /** What a chained session inherits: transitive tags, the source identity, and every session policy so far. */
  readonly inherited = once((): Inherited => {
    const { caller } = this
    if (caller.kind !== 'session') {
      const policies = caller.kind === 'user' ? (caller.session?.sessionPolicies ?? []) : []
      return { tags: noTags, sourceIdentity: undefined, policies }
    }
    return {
      tags: { tags: caller.tags, transitiveKeys: caller.transitiveTagKeys },
      sourceIdentity: caller.sourceIdentity,
      policies: caller.sessionPolicies,
    }
  })

  readonly tags = once((): SessionTags => {
    const { tags = [], transitiveTagKeys = [] } = this.request
    return sessionTags({ tags, transitiveKeys: transitiveTagKeys }, this.inherited().tags)
  })

  /** Set once, the same along the chain (User Guide, "Monitor and control actions taken with assumed roles"). */
  readonly sourceIdentity = once((): string | undefined => {
    const { sourceIdentity } = this.request
    const inherited = this.inherited().sourceIdentity
    if (inherited === undefined || sourceIdentity === undefined || sourceIdentity === inherited)
      return inherited ?? sourceIdentity
    throw new Problem('denied', 'SourceIdentity was set for the calling session and cannot be changed')
  })

  /** @throws Problem('denied') in the same words as for a role that does not trust the caller */
  readonly role = once(async (): Promise<AssumableRole> => {
    const role = await this.parts.roles.byArn(this.request.roleArn)
    if (!role) throw notAuthorized(this.caller.arn, this.request.roleArn, 'there is no such role')
    return role
  })

  /** The session that was decided on, with every policy of the chain. Call it once the checks have passed. */
  readonly decided = once(async (): Promise<DecidedSession> => {
    const { caller, request } = this
    const role = await this.role()
    const limits = {
      role: role.maxSessionDuration,
      chained: caller.kind === 'session',
      remaining: this.remaining,
    }
    const duration = sessionDuration(request.durationSeconds, limits)
    const own = await readSessionPolicies(request, role.accountId, this.parts.managedPolicies)
    return {
      role,
      sessionName: request.roleSessionName,
      duration,
      policies: [...this.inherited().policies, own],
      tags: this.tags(),
      sourceIdentity: this.sourceIdentity(),
      actor: actingFor(caller),
      userId: caller.kind === 'root' ? undefined : caller.userId,
      dependencies: dependenciesFrom(caller, this.mfa && request.serialNumber, this.circumstances.now),
      clientId: caller.kind === 'session' ? caller.clientId : undefined,
    }
  })
}

interface Inherited {
  readonly tags: SessionTags
  readonly sourceIdentity: string | undefined
  readonly policies: readonly (readonly string[])[]
}

/** Checks of a SignedAttempt, by the column they stand in. */
export const signedChecks = {
  sizes: ({ request }: SignedAttempt): void => checkRequest(request),

  async provider({ parts, caller }: SignedAttempt): Promise<void> {
    if (caller.kind === 'session') await ensureProviderLive(parts, caller)
  },

  user: ({ parts, caller }: SignedAttempt): Promise<void> => parts.callers.ensureLive(caller),

  session(attempt: SignedAttempt): void {
    checkInlinePolicy(attempt.request.policy)
    const tags = attempt.tags()
    attempt.sourceIdentity()
    packedPolicySize(attempt.request, tags.tags)
  },

  async mfa(attempt: SignedAttempt): Promise<void> {
    attempt.mfa = await checkMfa(attempt.request, attempt.caller, attempt.parts.mfa)
  },

  async role(attempt: SignedAttempt): Promise<void> {
    const { parts, caller, circumstances } = attempt
    const role = await attempt.role()
    const question = {
      role,
      principal: parts.callers.principalOf(caller),
      layers: await parts.callers.layersOf(caller),
      context: requestContext(await parts.callers.contextOf(caller, circumstances), attempt),
    }
    const refusal = evaluateTrust(question, actionsFor(attempt.tags(), attempt.sourceIdentity()))
    if (refusal) throw notAuthorized(caller.arn, role.arn, describeTrustDenial(refusal))
  },

  width: async (attempt: SignedAttempt): Promise<void> => void (await attempt.decided()),
}

/** True when a device was named and its code was right; undefined when none was named. */
export async function checkMfa(
  { serialNumber, tokenCode }: Pick<AssumeRoleRequest, 'serialNumber' | 'tokenCode'>,
  caller: KnownCaller,
  mfa: MfaCheck,
): Promise<true | undefined> {
  if (serialNumber === undefined && tokenCode === undefined) return undefined
  const failed = () =>
    new Problem('denied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.')
  if (serialNumber === undefined || tokenCode === undefined) {
    throw new Problem(
      'denied',
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    )
  }
  // Root and sessions have no devices: those are a user's.
  if (caller.kind !== 'user') throw failed()
  if (!(await mfa.verify(caller, serialNumber, tokenCode))) throw failed()
  return true
}

function requestContext(facts: Context, attempt: SignedAttempt): Context {
  const { request, mfa } = attempt
  const asked = contextOf([
    ['sts:ExternalId', request.externalId],
    ['sts:RoleSessionName', request.roleSessionName],
    ['sts:SourceIdentity', attempt.sourceIdentity()],
    [
      'sts:DurationSeconds',
      request.durationSeconds === undefined ? undefined : String(request.durationSeconds),
    ],
    ['aws:MultiFactorAuthPresent', mfa && 'true'],
    ['aws:MultiFactorAuthAge', mfa && '0'],
    ...tagContext(attempt.tags()),
  ])
  return new Map([...facts, ...asked])
}

/** What the new session depends on beside itself: what its caller depends on, the access key, the device of the code. */
export function dependenciesFrom(
  caller: KnownCaller,
  device: string | undefined,
  now: number,
): readonly Dependency[] {
  const inherited = caller.kind === 'root' ? [] : (caller.dependencies ?? [])
  const temporary = caller.kind === 'session' || (caller.kind === 'user' && caller.session !== undefined)
  const key = temporary ? undefined : caller.accessKeyId
  return [
    ...inherited,
    ...(key === undefined ? [] : [{ scope: 'access-key', value: key, since: now } as const]),
    ...(device === undefined ? [] : [{ scope: 'factor', value: device, since: now } as const]),
  ]
}

/** RFC 8693 §4.1: the present actor, with the earlier actors nested. */
const actingFor = (caller: KnownCaller): Actor =>
  caller.kind === 'session' && caller.actor ? { sub: caller.arn, act: caller.actor } : { sub: caller.arn }
