// Tokens of ours that are exchanged: a person's access token becomes a session of a role as by AssumeRole; a session
// becomes a session of another role (a link of a chain), or the same session narrowed.
import type { Circumstances } from '../../iam/caller.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Actor, SessionClaims } from '../../secure/session-claims.ts'
import { verifySessionToken } from '../../secure/session-token.ts'
import { sessionDuration } from '../duration.ts'
import type { UserCaller } from '../ports.ts'
import { checkPolicyScopes, checkResourcesHaveScopes } from '../scopes.ts'
import type { Authentication, DecidedSession } from '../session.ts'
import { type SessionCaller, sessionCaller } from '../session-caller.ts'
import { checkInlinePolicy, readSessionPolicies } from '../session-policy.ts'
import {
  checkBinding,
  checkExchangeSizes,
  checkMeantFor,
  type ExchangeParts,
  type ExchangeRequest,
  narrowedAudience,
  narrowedScope,
  notAcceptable,
  requiredRole,
  type SignedInSubject,
  sessionRequest,
  someAudience,
  type Terms,
} from './exchange-request.ts'
import { once } from './gate.ts'
import { ensureProviderLive } from './live.ts'
import { SignedAttempt, signedChecks } from './signed.ts'

/** Here a credential that is not live is a bad subject token, not an unknown caller. */
const asRefusal = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    if (isProblem(cause, 'unauthenticated')) throw notAcceptable(cause.detail ?? cause.message, cause)
    throw cause
  })

abstract class OwnTokenAttempt {
  readonly parts: ExchangeParts
  readonly request: ExchangeRequest
  readonly circumstances: Circumstances

  constructor(parts: ExchangeParts, request: ExchangeRequest, circumstances: Circumstances) {
    this.parts = parts
    this.request = request
    this.circumstances = circumstances
  }
}

/** Seconds that a client may act as a role on a person's behalf at a time: the consent page states it. */
const longestForPerson = 3600

/** A person's access token. */
export class PersonAttempt extends OwnTokenAttempt {
  /** Who the token is of, for the audit entry also of a refusal. */
  found: SignedInSubject | undefined

  readonly subject = once(async (): Promise<SignedInSubject> => {
    this.found = await this.request.signedIn()
    if (!this.found) throw notAcceptable('the subject token is not live')
    return this.found
  })

  readonly signed = once(async (): Promise<SignedAttempt> => {
    const { parts, request, circumstances } = this
    const { caller, expiresAt } = await this.subject()
    const asked = { ...sessionRequest(request), ...requiredRole(request) }
    const remaining = Math.min(longestForPerson, expiresAt - circumstances.now)
    return new SignedAttempt(parts, asked, caller, circumstances, remaining)
  })

  readonly terms = once(async (): Promise<Terms> => {
    const { request } = this
    const subject = await this.subject()
    const decided = await (await this.signed()).decided()
    const audience = someAudience(request.audience)
    const resources = request.targets(audience)
    // A person consented to scopes at the resources their token is for, and at no others.
    const consented = audience.every((one) => subject.audience.includes(one))
    const scope = narrowedScope(request.scope, consented ? subject.scope : '')
    checkResourcesHaveScopes(resources, scope)
    return {
      decided: { ...decided, clientId: request.clientId, authentication: subject.authentication },
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
        'the person has not consented that this client acts as a role for them: the scope `roles` is missing',
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

/** A session of ours. */
export class SessionAttempt extends OwnTokenAttempt {
  /** Whose session it is, for the audit entry also of a refusal. */
  found: SessionClaims | undefined

  /** Type, signature, times and shape of the token are checked here. */
  readonly verified = once(async (): Promise<LiveSession> => {
    const { parts, request, circumstances } = this
    const { issuer, findKey, longPolicyReader } = parts
    const reading = { type: 'at+jwt', issuer, now: circumstances.now, findKey } as const
    const claims = await asRefusal(verifySessionToken(request.subjectToken, reading))
    this.found = claims
    return { claims, caller: await sessionCaller(claims, longPolicyReader) }
  })

  /** Set when another role is asked for: a link of a chain like any other, and no longer than the token. */
  readonly chained = once(async (): Promise<SignedAttempt | undefined> => {
    const { parts, request, circumstances } = this
    const { claims, caller } = await this.verified()
    if (request.roleArn === undefined || request.roleArn === claims.role.arn) return undefined
    const asked = { ...sessionRequest(request), ...requiredRole(request) }
    return new SignedAttempt(parts, asked, caller, circumstances, claims.exp - circumstances.now)
  })

  readonly terms = once(async (): Promise<Terms> => {
    const { request, parts, circumstances } = this
    const { claims } = await this.verified()
    const audience = narrowedAudience(request.audience, audienceOf(claims))
    const resources = request.targets(audience)
    const chained = await this.chained()
    // What policies granted to the first role, they must grant to the next one too. A person's consent is kept.
    const byPolicy = chained !== undefined && claims.uid === undefined
    const scope = narrowedScope(request.scope ?? (byPolicy ? '' : undefined), claims.scope ?? '')
    const decided = await (chained?.decided() ?? this.#narrowed())
    if (byPolicy) await checkPolicyScopes(parts, decided, { audience, resources, scope }, circumstances)
    return {
      decided: { ...decided, clientId: request.clientId, authentication: authenticationOf(claims) },
      audience,
      scope: scope === '' ? undefined : scope,
    }
  })

  /** The same session of the same role with one more policy, for fewer services, for no longer. */
  async #narrowed(): Promise<DecidedSession> {
    const { parts, request, circumstances } = this
    const { claims, caller } = await this.verified()
    if (request.roleSessionName !== undefined && request.roleSessionName !== claims.rsn) {
      throw notAcceptable('the name of a session cannot be changed')
    }
    const role = await parts.roles.byArn(claims.role.arn)
    if (role?.id !== claims.role.id) throw notAcceptable('the role of the session is gone')
    const remaining = claims.exp - circumstances.now
    const limits = { role: role.maxSessionDuration, chained: true, remaining }
    return {
      role,
      sessionName: claims.rsn,
      duration: sessionDuration(request.durationSeconds, limits),
      policies: [
        ...caller.sessionPolicies,
        await readSessionPolicies(request, role.accountId, parts.managedPolicies),
      ],
      tags: { tags: caller.tags, transitiveKeys: caller.transitiveTagKeys },
      sourceIdentity: claims.src,
      actor: actorOf(claims, request.clientId, parts.issuer),
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
    await asRefusal(ensureProviderLive(attempt.parts, caller))
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

  /** A token that holds is not enough: what it rests on must still be there (attacks.md 7, 11). */
  async user({ parts, verified }: SessionAttempt): Promise<void> {
    const { claims, caller } = await verified()
    await asRefusal(parts.callers.ensureLive(caller))
    const person = personBehind(claims)
    if (person) await asRefusal(parts.callers.ensureLive(person))
  },

  async session(attempt: SessionAttempt): Promise<void> {
    const chained = await attempt.chained()
    if (chained) signedChecks.session(chained)
    else checkInlinePolicy(attempt.request.policy)
  },

  /** Narrowing needs no trust policy: the role must be the same one still, which `width` checks. */
  async role(attempt: SessionAttempt): Promise<void> {
    const chained = await attempt.chained()
    if (chained) await signedChecks.role(chained)
  },

  width: (attempt: SessionAttempt): Promise<unknown> => attempt.terms(),
}

const audienceOf = ({ aud }: SessionClaims): readonly string[] => (typeof aud === 'string' ? [aud] : aud)

/** The user a session descends from: the innermost actor says of which account. */
function personBehind({ uid, act, iat }: SessionClaims): UserCaller | undefined {
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

/** A client that hands on its own session acts as before; another one acts for it (RFC 8693 §4.1). */
function actorOf(claims: SessionClaims, clientId: string, iss: string): Actor | undefined {
  if (claims.client_id === clientId) return claims.act
  return { iss, sub: clientId, ...(claims.act ? { act: claims.act } : {}) }
}

const authenticationOf = ({ amr, acr, auth_time: authTime }: SessionClaims): Authentication => ({
  amr,
  acr,
  authTime,
})
