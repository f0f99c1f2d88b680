// Checks of AssumeRole by an authenticated caller: a user, the account root or a role session. The exchange of a user's access token,
// and of a session for another role, runs the same checks.

import type { Grant } from '../../iam/access-requests/granted-statement.ts'
import type { ContextEntry } from '../../iam/authorization/caller-context.ts'
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { type Context, contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Actor } from '../../secure/session/session-claims.ts'
import type { Dependency } from '../../secure/session/session-dependencies.ts'
import { sessionDuration } from '../duration.ts'
import { once } from '../gate.ts'
import { type AssumeRoleRequest, checkRequest } from '../input.ts'
import type { AssumableRole, CallerFacts, ManagedPolicies, MfaCheck, Roles } from '../ports.ts'
import type { DecidedSession } from '../session/session.ts'
import { checkInlinePolicy, packedPolicySize, readSessionPolicies } from '../session/session-policy.ts'
import { noTags, type SessionTags, sessionTags, tagContext } from '../session/session-tags.ts'
import { dependencyOn, grantNeeded, restsOnGrant } from '../trust/access-grant.ts'
import {
  actionsFor,
  describeTrustDenial,
  evaluateTrust,
  notAuthorized,
  withTrustDenial,
} from '../trust/trust.ts'
import { ensureProviderLive, type LiveProviders } from './live.ts'

export interface SignedDependencies extends LiveProviders {
  readonly roles: Roles
  readonly managedPolicies: ManagedPolicies
  readonly callers: CallerFacts
  readonly mfa: MfaCheck
}

/**
 * A caller that may assume roles. Unlike at AWS ("Roles may not be assumed by root accounts") that includes the account root: its key
 * is the only one of a new installation, and root could create a user that may. The trust policy must allow the account as well.
 */
export type KnownCaller = Exclude<Caller, { kind: 'anonymous' | 'federated' }>

/** STS API, GetFederationToken: a federated user can call no operation of STS except GetCallerIdentity. */
export const federatedDenied = (): Problem =>
  new Problem('denied', 'A federated user can call no STS operation except GetCallerIdentity')

/** One AssumeRole request, with the results of its checks. */
export class SignedAttempt {
  readonly deps: SignedDependencies
  readonly request: AssumeRoleRequest
  readonly circumstances: Circumstances
  /** Seconds until the presented credential expires, where the session must not outlive it. */
  readonly remaining: number | undefined
  readonly #caller: Caller
  /** Set by the `mfa` check: true when a device was given and its code was correct. */
  mfa: true | undefined
  /** Set by the `role` check: the approved access request that the session rests on. */
  grant: Grant | undefined

  constructor(
    deps: SignedDependencies,
    request: AssumeRoleRequest,
    caller: Caller,
    circumstances: Circumstances,
    remaining?: number,
  ) {
    this.deps = deps
    this.request = request
    this.#caller = caller
    this.circumstances = circumstances
    this.remaining = remaining
  }

  get caller(): KnownCaller {
    if (this.#caller.kind === 'anonymous')
      throw new Problem('missing_credentials', 'Request is missing Authentication Token')
    if (this.#caller.kind === 'federated') throw federatedDenied()
    return this.#caller
  }

  /** What a chained session inherits: transitive tags, the source identity, and all session policies of the calling session. */
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

  /** Cannot be changed along a role chain (IAM User Guide, "Monitor and control actions taken with assumed roles"). */
  readonly sourceIdentity = once((): string | undefined => {
    const { sourceIdentity } = this.request
    const inherited = this.inherited().sourceIdentity
    if (inherited === undefined || sourceIdentity === undefined || sourceIdentity === inherited)
      return inherited ?? sourceIdentity
    throw new Problem('denied', 'SourceIdentity was set for the calling session and cannot be changed')
  })

  /** @throws Problem('denied') with the same message as for a role that does not trust the caller */
  readonly role = once(async (): Promise<AssumableRole> => {
    const role = await this.deps.roles.byArn(this.request.roleArn)
    if (!role) throw notAuthorized(this.caller.arn, this.request.roleArn, 'there is no such role')
    return role
  })

  /** The session to issue, with all session policies of the chain. Call it after the checks have passed. */
  readonly decided = once(async (): Promise<DecidedSession> => {
    const { caller, request } = this
    const role = await this.role()
    const limits = {
      role: role.maxSessionDuration,
      chained: caller.kind === 'session',
      remaining: this.#remaining(),
    }
    const duration = sessionDuration(request.durationSeconds, limits)
    const own = await readSessionPolicies(request, role.accountId, this.deps.managedPolicies)
    return {
      role,
      sessionName: request.roleSessionName,
      duration,
      policies: [...this.inherited().policies, own],
      tags: this.tags(),
      sourceIdentity: this.sourceIdentity(),
      actor: actorFor(caller),
      userId: caller.kind === 'root' ? undefined : caller.userId,
      dependencies: [
        ...dependenciesFrom(caller, this.mfa && request.serialNumber, this.circumstances.now),
        ...this.#ofGrant(),
      ],
      clientId: caller.kind === 'session' ? caller.clientId : undefined,
    }
  })

  /** Sessions that rest on approved access end with it: also those that are made from such a session, which would renew it otherwise. */
  #remaining(): number | undefined {
    const { caller } = this
    const parentEnd = caller.kind === 'session' && restsOnGrant(caller) ? caller.expiresAt : undefined
    const ends = [this.grant?.until, parentEnd].filter((end) => end !== undefined)
    const limits = ends.map((end) => end - this.circumstances.now)
    return limits.length === 0
      ? this.remaining
      : Math.min(this.remaining ?? Number.POSITIVE_INFINITY, ...limits)
  }

  #ofGrant(): readonly Dependency[] {
    return this.grant === undefined ? [] : [dependencyOn(this.grant, this.circumstances.now)]
  }
}

interface Inherited {
  readonly tags: SessionTags
  readonly sourceIdentity: string | undefined
  readonly policies: readonly (readonly string[])[]
}

/** Checks of a SignedAttempt, by their names in gate.ts. */
export const signedChecks = {
  sizes: ({ request }: SignedAttempt): void => checkRequest(request),

  async provider({ deps, caller }: SignedAttempt): Promise<void> {
    if (caller.kind === 'session') await ensureProviderLive(deps, caller)
  },

  user: ({ deps, caller }: SignedAttempt): Promise<void> => deps.callers.ensureLive(caller),

  session(attempt: SignedAttempt): void {
    checkInlinePolicy(attempt.request.policy)
    const tags = attempt.tags()
    attempt.sourceIdentity()
    packedPolicySize(attempt.request, tags.tags)
  },

  async mfa(attempt: SignedAttempt): Promise<void> {
    attempt.mfa = await checkMfa(attempt.request, attempt.caller, attempt.deps.mfa)
  },

  async role(attempt: SignedAttempt): Promise<void> {
    const { deps, caller, circumstances } = attempt
    const role = await attempt.role()
    const question = {
      role,
      principal: deps.callers.principalOf(caller),
      layers: await deps.callers.layersOf(caller),
      context: requestContext(await deps.callers.contextOf(caller, circumstances), attempt),
    }
    const actions = actionsFor(attempt.tags(), attempt.sourceIdentity())
    const refusal = evaluateTrust(question, actions)
    if (refusal)
      throw withTrustDenial(notAuthorized(caller.arn, role.arn, describeTrustDenial(refusal)), refusal)
    attempt.grant = grantNeeded(question, actions)
  },

  width: async (attempt: SignedAttempt): Promise<void> => void (await attempt.decided()),
}

/**
 * True when a device was given and its code was correct, which marks the code as used; undefined when none was given.
 * @throws Problem('denied') for a wrong code or half of the pair · Problem('throttled')
 */
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
  // Only users have MFA devices.
  if (caller.kind !== 'user') throw failed()
  if (!(await mfa.verify(caller, serialNumber, tokenCode))) throw failed()
  return true
}

function requestContext(facts: Context, attempt: SignedAttempt): Context {
  const { request, mfa } = attempt
  const requested: readonly ContextEntry[] = [
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
  ]
  return contextOf(requested, facts)
}

/** What ends the new session when it is revoked: everything its caller depends on, the access key, and the MFA device used. */
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

/** RFC 8693 section 4.1: the current actor, with earlier actors nested. */
const actorFor = (caller: KnownCaller): Actor =>
  caller.kind === 'session' && caller.actor ? { sub: caller.arn, act: caller.actor } : { sub: caller.arn }
