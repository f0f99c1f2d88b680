// Checks of tokens issued by this server that are exchanged. A user's access token becomes a role session, as with AssumeRole. A
// session becomes a session of another role (role chaining), or the same session with fewer permissions.
import type { Circumstances } from '../../iam/caller.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Actor, SessionClaims } from '../../secure/session/session-claims.ts'
import { verifySessionToken } from '../../secure/session/session-token.ts'
import { sessionDuration } from '../duration.ts'
import { once } from '../gate.ts'
import type { UserCaller } from '../ports.ts'
import { checkPolicyScopes, checkResourcesHaveScopes } from '../session/scopes.ts'
import type { Authentication, DecidedSession } from '../session/session.ts'
import { type SessionCaller, sessionCaller } from '../session/session-caller.ts'
import { checkInlinePolicy, readSessionPolicies } from '../session/session-policy.ts'
import {
  checkBinding,
  checkExchangeSizes,
  checkMeantFor,
  type ExchangeDependencies,
  type ExchangeRequest,
  type ExchangeTerms,
  narrowedAudience,
  narrowedScope,
  notAcceptable,
  requiredAudience,
  requiredRole,
  type SignedInSubject,
  sessionRequest,
} from './exchange-request.ts'
import { ensureProviderLive } from './live.ts'
import { SignedAttempt, signedChecks } from './signed.ts'

/** At the token endpoint a revoked or invalid credential is an invalid subject token, not an unauthenticated caller. */
const asInvalidSubjectToken = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    if (isProblem(cause, 'unauthenticated')) throw notAcceptable(cause.detail ?? cause.message, cause)
    throw cause
  })

abstract class OwnTokenAttempt {
  readonly deps: ExchangeDependencies
  readonly request: ExchangeRequest
  readonly circumstances: Circumstances

  constructor(deps: ExchangeDependencies, request: ExchangeRequest, circumstances: Circumstances) {
    this.deps = deps
    this.request = request
    this.circumstances = circumstances
  }
}

/** Maximum duration, in seconds, of a role session that a client gets on a user's behalf. The consent page states it. */
const longestForPerson = 3600

/** The exchange of a user's access token. */
export class PersonAttempt extends OwnTokenAttempt {
  /** The token's user and client. Audit entries of later refusals use it too. */
  found: SignedInSubject | undefined

  readonly subject = once(async (): Promise<SignedInSubject> => {
    this.found = await this.request.signedIn()
    if (!this.found) throw notAcceptable('the subject token is unknown, expired or revoked')
    return this.found
  })

  readonly signed = once(async (): Promise<SignedAttempt> => {
    const { deps, request, circumstances } = this
    const { caller, expiresAt } = await this.subject()
    const requested = { ...sessionRequest(request), ...requiredRole(request) }
    const remaining = Math.min(longestForPerson, expiresAt - circumstances.now)
    return new SignedAttempt(deps, requested, caller, circumstances, remaining)
  })

  readonly terms = once(async (): Promise<ExchangeTerms> => {
    const { request } = this
    const subject = await this.subject()
    const decided = await (await this.signed()).decided()
    const audience = requiredAudience(request.audience)
    const resources = request.targets(audience)
    // The user consented to these scopes for the audience of the token, and for no other resource.
    const consented = audience.every((one) => subject.audience.includes(one))
    const scope = narrowedScope(request.scope, consented ? subject.scope : '')
    checkResourcesHaveScopes(resources, scope)
    return {
      decided: {
        ...decided,
        policies: subject.policies.length > 0 ? [subject.policies, ...decided.policies] : decided.policies,
        clientId: request.clientId,
        authentication: subject.authentication,
      },
      audience,
      scope: scope === '' ? undefined : scope,
    }
  })
}

export const personChecks = {
  sizes: ({ request }: PersonAttempt): void => checkExchangeSizes(request),

  async holder(attempt: PersonAttempt): Promise<void> {
    checkBinding((await attempt.subject()).jkt, attempt.request.jkt)
  },

  async audience(attempt: PersonAttempt): Promise<void> {
    const { clientId, audience, mayActAsRoles } = await attempt.subject()
    checkMeantFor(attempt.request.clientId, clientId, audience)
    if (!mayActAsRoles)
      throw new Problem(
        'denied',
        'the user has not consented that this client assumes roles for them: the scope `roles` is missing',
      )
  },

  proof: (attempt: PersonAttempt): Promise<unknown> => attempt.subject(),

  user: async (attempt: PersonAttempt): Promise<void> => signedChecks.user(await attempt.signed()),

  session: async (attempt: PersonAttempt): Promise<void> => signedChecks.session(await attempt.signed()),

  role: async (attempt: PersonAttempt): Promise<void> => signedChecks.role(await attempt.signed()),

  width: (attempt: PersonAttempt): Promise<unknown> => attempt.terms(),
}

interface LiveSession {
  readonly claims: SessionClaims
  readonly caller: SessionCaller
}

/** The exchange of a session that this server issued. */
export class SessionAttempt extends OwnTokenAttempt {
  /** The claims of the session. Audit entries of later refusals use them too. */
  found: SessionClaims | undefined

  /** Type, signature, times and shape of the token are checked here. */
  readonly verified = once(async (): Promise<LiveSession> => {
    const { deps, request, circumstances } = this
    const { issuer, findKey, longPolicyReader } = deps
    const reading = { type: 'at+jwt', issuer, now: circumstances.now, findKey } as const
    const claims = await asInvalidSubjectToken(verifySessionToken(request.subjectToken, reading))
    this.found = claims
    return { claims, caller: await sessionCaller(claims, longPolicyReader) }
  })

  /** For another role: role chaining, where the new session ends no later than the token. Undefined for the same role. */
  readonly chained = once(async (): Promise<SignedAttempt | undefined> => {
    const { deps, request, circumstances } = this
    const { claims, caller } = await this.verified()
    if (request.roleArn === undefined || request.roleArn === claims.role.arn) return undefined
    const requested = { ...sessionRequest(request), ...requiredRole(request) }
    return new SignedAttempt(deps, requested, caller, circumstances, claims.exp - circumstances.now)
  })

  readonly terms = once(async (): Promise<ExchangeTerms> => {
    const { request, deps, circumstances } = this
    const { claims } = await this.verified()
    const audience = narrowedAudience(request.audience, audienceOf(claims))
    const resources = request.targets(audience)
    const chained = await this.chained()
    // Scopes that policies granted to the first role must be granted to the next role too. Those of a user's consent are kept.
    const byPolicy = chained !== undefined && claims.uid === undefined
    const scope = narrowedScope(request.scope ?? (byPolicy ? '' : undefined), claims.scope ?? '')
    const decided = await (chained?.decided() ?? this.#narrowed())
    if (byPolicy) await checkPolicyScopes(deps, decided, { audience, resources, scope }, circumstances)
    return {
      decided: { ...decided, clientId: request.clientId, authentication: authenticationOf(claims) },
      audience,
      scope: scope === '' ? undefined : scope,
    }
  })

  /** The same session with one more session policy, and no wider audience or later expiry. */
  async #narrowed(): Promise<DecidedSession> {
    const { deps, request, circumstances } = this
    const { claims, caller } = await this.verified()
    if (request.roleSessionName !== undefined && request.roleSessionName !== claims.rsn) {
      throw notAcceptable('the name of a session cannot be changed')
    }
    const role = await deps.roles.byArn(claims.role.arn)
    if (role?.id !== claims.role.id) throw notAcceptable('the role of the session was deleted')
    const remaining = claims.exp - circumstances.now
    const limits = { role: role.maxSessionDuration, chained: true, remaining }
    return {
      role,
      sessionName: claims.rsn,
      duration: sessionDuration(request.durationSeconds, limits),
      policies: [
        ...caller.sessionPolicies,
        await readSessionPolicies(request, role.accountId, deps.managedPolicies),
      ],
      tags: { tags: caller.tags, transitiveKeys: caller.transitiveTagKeys },
      sourceIdentity: claims.src,
      actor: actorOf(claims, request.clientId, deps.issuer),
      federatedProvider: claims.fed,
      userId: claims.uid,
      tokenClaims: claims.ctx,
      dependencies: caller.dependencies,
    }
  }
}

export const sessionChecks = {
  sizes: ({ request }: SessionAttempt): void => checkExchangeSizes(request),

  async provider(attempt: SessionAttempt): Promise<void> {
    const { caller } = await attempt.verified()
    await asInvalidSubjectToken(ensureProviderLive(attempt.deps, caller))
  },

  async holder(attempt: SessionAttempt): Promise<void> {
    const { cnf } = (await attempt.verified()).claims
    checkBinding(cnf && 'jkt' in cnf ? cnf.jkt : undefined, attempt.request.jkt)
  },

  async audience(attempt: SessionAttempt): Promise<void> {
    const { claims } = await attempt.verified()
    checkMeantFor(attempt.request.clientId, claims.client_id, audienceOf(claims))
  },

  proof: (attempt: SessionAttempt): Promise<unknown> => attempt.verified(),

  /** A valid token is not enough: the role and user it depends on must still exist and be enabled (docs/attacks.md 7, 11). */
  async user({ deps, verified }: SessionAttempt): Promise<void> {
    const { claims, caller } = await verified()
    await asInvalidSubjectToken(deps.callers.ensureLive(caller))
    const person = originalUser(claims)
    if (person) await asInvalidSubjectToken(deps.callers.ensureLive(person))
  },

  async session(attempt: SessionAttempt): Promise<void> {
    const chained = await attempt.chained()
    if (chained) signedChecks.session(chained)
    else checkInlinePolicy(attempt.request.policy)
  },

  /** Narrowing the same session needs no permission of the trust policy. `width` checks that the role still is the same. */
  async role(attempt: SessionAttempt): Promise<void> {
    const chained = await attempt.chained()
    if (chained) await signedChecks.role(chained)
  },

  width: (attempt: SessionAttempt): Promise<unknown> => attempt.terms(),
}

const audienceOf = ({ aud }: SessionClaims): readonly string[] => (typeof aud === 'string' ? [aud] : aud)

/** The user whose credentials a chain of sessions began with: `uid`, with the ARN of the innermost actor. */
function originalUser({ uid, act, iat }: SessionClaims): UserCaller | undefined {
  if (uid === undefined) return undefined
  let first = act
  while (first?.act) first = first.act
  const arn = first?.sub ?? ''
  const accountId = arn.split(':')[4] ?? ''
  return {
    kind: 'user',
    accountId,
    arn,
    userId: uid,
    userName: arn.slice(arn.lastIndexOf('/') + 1),
    accessKeyId: undefined,
    mfaAge: undefined,
    temporary: true,
    issuedAt: iat,
  }
}

/** A client that exchanges its own session stays the actor; another client becomes the new outer actor (RFC 8693 section 4.1). */
function actorOf(claims: SessionClaims, clientId: string, iss: string): Actor | undefined {
  if (claims.client_id === clientId) return claims.act
  return { iss, sub: clientId, ...(claims.act ? { act: claims.act } : {}) }
}

const authenticationOf = ({ amr, acr, auth_time: authTime }: SessionClaims): Authentication => ({
  amr,
  acr,
  authTime,
})
