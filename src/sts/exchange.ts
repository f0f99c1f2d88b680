// RFC 8693 token exchange: the same sessions as AssumeRole and AssumeRoleWithWebIdentity, as a bearer or DPoP access
// token. What a subject token may become is decided by what it is, never by which parameters came with it
// (attacks.md 12), and nothing that comes out is wider or longer-lived than what went in (attacks.md 13).

import { outsideTokenLength } from '../federation/workload/outside-token.ts'
import type { Circumstances } from '../iam/caller.ts'
import { isProblem, Problem } from '../problem.ts'
import { parseJws } from '../secure/jws.ts'
import type { Actor, SessionClaims } from '../secure/session-claims.ts'
import { readSession, type TokenKey } from '../secure/session-token.ts'
import { type AssumeRoleParts, decideAssumeRole } from './assume-role.ts'
import { sessionDuration } from './duration.ts'
import { checkRequest } from './input.ts'
import type { UserCaller } from './ports.ts'
import { recorded } from './recorded.ts'
import { accountOfRole } from './role-arn.ts'
import { type Authentication, type Bearer, type DecidedSession, issueBearer } from './session.ts'
import { type LongPolicyReader, type SessionCaller, sessionCaller } from './session-caller.ts'
import { checkInlinePolicy, readSessionPolicies } from './session-policy.ts'
import { decideWebIdentity, Learned, type WebIdentityParts } from './web-identity.ts'

export interface ExchangeParts extends AssumeRoleParts, WebIdentityParts {
  readonly longPolicyReader: LongPolicyReader
  readonly findKey: (kid: string) => TokenKey | undefined
}

/** A person's own token of ours, found live by oidc/, with user and client looked up afresh. */
export interface SignedInSubject {
  readonly caller: UserCaller
  readonly expiresAt: number
  /** The client it was issued to, and the audiences it names. */
  readonly clientId: string
  readonly audience: readonly string[]
  readonly scope: string
  readonly authentication: Authentication
  readonly jkt: string | undefined
}

export interface ExchangeRequest {
  readonly subjectToken: string
  /** The authenticated client that asks. */
  readonly clientId: string
  /** Which role to become; not needed to narrow a session of ours. */
  readonly roleArn?: string | undefined
  readonly roleSessionName?: string | undefined
  readonly policy?: string | undefined
  readonly policyArns?: readonly string[] | undefined
  readonly durationSeconds?: number | undefined
  /** Resource servers the answer is for; what the client may ask for was checked by oidc/. */
  readonly audience: readonly string[]
  readonly scope?: string | undefined
  /** Thumbprint of the DPoP key that was proven with this request. */
  readonly jkt?: string | undefined
  /** Asked only when the token says it is ours and is no session: undefined when it is not live. */
  readonly signedIn: () => Promise<SignedInSubject | undefined>
}

export interface Exchanged extends Bearer {
  readonly tokenType: 'Bearer' | 'DPoP'
  readonly scope: string | undefined
  readonly audience: readonly string[]
}

export type Exchange = (request: ExchangeRequest, circumstances: Circumstances) => Promise<Exchanged>

/** What was decided, and for whom the answer is. */
interface Terms {
  readonly decided: DecidedSession
  readonly audience: readonly string[]
  readonly scope: string | undefined
}

/**
 * @throws Problem('invalid_identity_token' | 'expired_token') for the subject token · Problem('denied') when the
 *   role's trust, or the narrowing rule, says no · those of AssumeRole for the rest
 */
export const exchange =
  (parts: ExchangeParts): Exchange =>
  (request, circumstances) => {
    const learned = new Learned()
    const subject: { who: string; accountId: string | undefined } = {
      who: 'an unverified token',
      accountId: undefined,
    }
    const what = {
      action: 'sts:ExchangeToken',
      circumstances,
      asked: () => ({
        accountId: accountOfRole(request.roleArn ?? '') ?? subject.accountId ?? '',
        who: learned.identity ? `${learned.identity.issuer} ${learned.identity.subject}` : subject.who,
        actor: { kind: 'client', id: request.clientId } as const,
        resource: request.roleArn?.slice(0, 2048),
        details: {
          roleSessionName: request.roleSessionName?.slice(0, 64),
          policy: request.policy?.slice(0, 2048),
          audience: request.audience,
          scope: request.scope,
        },
      }),
      came: (exchanged: Exchanged) => ({ jti: exchanged.jti, expiration: exchanged.expiration }),
    }
    return recorded(parts.audit, what, async () => {
      const terms = await decide(parts, request, circumstances, learned, subject)
      const bearer = await issueBearer(terms.decided, { ...terms, jkt: request.jkt }, parts)
      const tokenType = request.jkt === undefined ? 'Bearer' : 'DPoP'
      return { ...bearer, tokenType, scope: terms.scope, audience: terms.audience }
    })
  }

interface Subject {
  who: string
  accountId: string | undefined
}

async function decide(
  parts: ExchangeParts,
  request: ExchangeRequest,
  circumstances: Circumstances,
  learned: Learned,
  subject: Subject,
): Promise<Terms> {
  const kind = kindOf(request.subjectToken, parts.issuer)
  if (kind === 'outside') return ofOutside(parts, request, circumstances, learned)
  if (kind === 'session') return ofSession(parts, request, circumstances, subject)
  return ofPerson(parts, request, circumstances, subject)
}

/** What a token says it is decides only which check it must pass; that check believes nothing. */
function kindOf(token: string, issuer: string): 'outside' | 'session' | 'person' {
  if (token.split('.').length !== 3) return 'person'
  const { header, claims } = parseJws(token, outsideTokenLength.max)
  checkMayActShape(claims)
  if (claims['iss'] !== issuer) return 'outside'
  // Signed sessions are proven by their signatures alone (attacks.md 14).
  if (header.typ === 'sts+jwt') throw refused('a signed session token is never a bearer token')
  return header.typ === 'at+jwt' && claims['role'] !== undefined ? 'session' : 'person'
}

async function ofOutside(
  parts: ExchangeParts,
  request: ExchangeRequest,
  circumstances: Circumstances,
  learned: Learned,
): Promise<Terms> {
  const { roleArn, roleSessionName } = required(request)
  const asked = {
    ...sessionRequest(request),
    roleArn,
    roleSessionName,
    webIdentityToken: request.subjectToken,
  }
  const audience = someAudience(request.audience)
  const { decided } = await decideWebIdentity(parts, asked, circumstances, learned, {
    clientId: request.clientId,
    check: ({ claims }) => checkMayAct(claims, request.clientId),
  })
  return { decided, audience, scope: request.scope }
}

async function ofPerson(
  parts: ExchangeParts,
  request: ExchangeRequest,
  circumstances: Circumstances,
  subject: Subject,
): Promise<Terms> {
  const signedIn = await request.signedIn()
  if (!signedIn) throw refused('the subject token is not live')
  const { caller, authentication } = signedIn
  subject.who = caller.arn
  subject.accountId = caller.accountId
  checkFor(request.clientId, signedIn.clientId, signedIn.audience)
  checkBinding(signedIn.jkt, request.jkt)
  const scope = narrowedScope(request.scope, signedIn.scope)
  const { roleArn, roleSessionName } = required(request)
  const asked = { ...sessionRequest(request), roleArn, roleSessionName }
  const remaining = signedIn.expiresAt - circumstances.now
  const decided = await decideAssumeRole(parts, asked, caller, circumstances, remaining)
  return {
    decided: { ...decided, clientId: request.clientId, authentication },
    audience: someAudience(request.audience),
    scope,
  }
}

async function ofSession(
  parts: ExchangeParts,
  request: ExchangeRequest,
  circumstances: Circumstances,
  subject: Subject,
): Promise<Terms> {
  const live = await liveSession(parts, request.subjectToken, circumstances.now)
  const { claims } = live
  subject.who = claims.sub
  subject.accountId = claims.acct
  const audience = typeof claims.aud === 'string' ? [claims.aud] : claims.aud
  checkFor(request.clientId, claims.client_id, audience)
  checkBinding(claims.cnf && 'jkt' in claims.cnf ? claims.cnf.jkt : undefined, request.jkt)
  const scope = narrowedScope(request.scope, claims.scope ?? '')
  const other = request.roleArn !== undefined && request.roleArn !== claims.role.arn
  const decided = other
    ? await chained(parts, request, live, circumstances)
    : await narrowed(parts, request, live, circumstances.now)
  return {
    decided: { ...decided, clientId: request.clientId, authentication: authenticationOf(claims) },
    audience: narrowedAudience(request.audience, audience),
    scope: scope === '' ? undefined : scope,
  }
}

interface LiveSession {
  readonly claims: SessionClaims
  readonly caller: SessionCaller
}

/** A token that holds is not enough: what it stands on must still be there (attacks.md 7, 11). */
async function liveSession(parts: ExchangeParts, token: string, now: number): Promise<LiveSession> {
  const reading = { type: 'at+jwt', issuer: parts.issuer, now, findKey: parts.findKey } as const
  const claims = await asRefusal(readSession(token, reading))
  const caller = await sessionCaller(claims, parts.longPolicyReader)
  await asRefusal(parts.callers.ensureLive(caller))
  const person = personBehind(claims)
  if (person) await asRefusal(parts.callers.ensureLive(person))
  const provider = claims.fed === undefined ? undefined : await parts.providers.byArn(claims.fed)
  if (claims.fed !== undefined && provider?.disabled !== false)
    throw refused('its identity provider is gone or disabled')
  return { claims, caller }
}

/** At this door a credential that is not live is a bad subject token, not a caller we do not know. */
const asRefusal = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    if (isProblem(cause, 'unauthenticated')) throw refused(cause.detail ?? cause.message, cause)
    throw cause
  })

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

/** Another role: a link of a chain like any other, and no longer than the token it comes from. */
async function chained(
  parts: ExchangeParts,
  request: ExchangeRequest,
  { claims, caller }: LiveSession,
  circumstances: Circumstances,
): Promise<DecidedSession> {
  const { roleArn, roleSessionName } = required(request)
  const asked = { ...sessionRequest(request), roleArn, roleSessionName }
  return decideAssumeRole(parts, asked, caller, circumstances, claims.exp - circumstances.now)
}

/** The same session of the same role with one more policy, for fewer services, for no longer. */
async function narrowed(
  parts: ExchangeParts,
  request: ExchangeRequest,
  { claims, caller }: LiveSession,
  now: number,
): Promise<DecidedSession> {
  if (request.roleSessionName !== undefined && request.roleSessionName !== claims.rsn) {
    throw refused('the name of a session cannot be changed')
  }
  checkRequest({ ...sessionRequest(request), roleArn: claims.role.arn, roleSessionName: claims.rsn })
  checkInlinePolicy(request.policy)
  const role = await parts.roles.byArn(claims.role.arn)
  if (role?.id !== claims.role.id) throw refused('the role of the session is gone')
  const limits = { role: role.maxSessionDuration, chained: true, remaining: claims.exp - now }
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

const sessionRequest = ({ policy, policyArns, durationSeconds }: ExchangeRequest) => ({
  policy,
  policyArns,
  durationSeconds,
})

function required({ roleArn, roleSessionName }: ExchangeRequest): {
  roleArn: string
  roleSessionName: string
} {
  if (roleArn === undefined) throw new Problem('validation', '`role_arn` is required for this subject token')
  if (roleSessionName === undefined) throw new Problem('validation', '`role_session_name` is required')
  return { roleArn, roleSessionName }
}

/** A client exchanges what was issued to it, or was meant for it: not what it found (attacks.md 4). */
function checkFor(clientId: string, issuedTo: string | undefined, audience: readonly string[]): void {
  if (issuedTo !== clientId && !audience.includes(clientId)) {
    throw refused('the subject token was neither issued to this client nor is it meant for it')
  }
}

/** RFC 9449: what is bound to a key stays with that key. */
function checkBinding(bound: string | undefined, proven: string | undefined): void {
  if (bound !== undefined && bound !== proven) {
    throw refused('the subject token is bound to a DPoP key that was not proven')
  }
}

const words = (scope: string): string[] => scope.split(' ').filter((word) => word !== '')

function narrowedScope(asked: string | undefined, granted: string): string {
  if (asked === undefined) return granted
  const had = new Set(words(granted))
  const wider = words(asked).find((word) => !had.has(word))
  if (wider !== undefined) throw denied(`the subject token has no scope \`${wider.slice(0, 128)}\``)
  return asked
}

function narrowedAudience(asked: readonly string[], granted: readonly string[]): readonly string[] {
  if (asked.length === 0) return granted
  const wider = asked.find((one) => !granted.includes(one))
  if (wider !== undefined) throw denied(`the subject token is not for \`${wider.slice(0, 256)}\``)
  return asked
}

function someAudience(asked: readonly string[]): readonly string[] {
  if (asked.length === 0)
    throw new Problem('validation', '`resource` or `audience` must name the service the token is for')
  return asked
}

function checkMayActShape(claims: Readonly<Record<string, unknown>>): void {
  const mayAct = claims['may_act']
  if (mayAct !== undefined && (typeof mayAct !== 'object' || mayAct === null || Array.isArray(mayAct))) {
    throw refused('`may_act` is not an object')
  }
}

/** RFC 8693 §4.4: a token that names its actors is for no one else. */
function checkMayAct(claims: Readonly<Record<string, unknown>>, clientId: string): void {
  const mayAct = claims['may_act'] as { readonly sub?: unknown; readonly client_id?: unknown } | undefined
  if (mayAct !== undefined && mayAct.sub !== clientId && mayAct.client_id !== clientId) {
    throw denied('the subject token may be used by another actor only')
  }
}

const refused = (detail: string, cause?: unknown): Problem =>
  new Problem('invalid_identity_token', 'the subject token is not acceptable', { detail, cause })
const denied = (message: string): Problem => new Problem('denied', message)
