// Temporary credentials of the caller's own: GetSessionToken makes a session of a user, GetScopedCredentials narrows the
// session that calls. Neither gives anybody more than they have.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { maxTokenLength } from '../secure/session-token.ts'
import type { AssumeRoleParts } from './assume-role.ts'
import { gate } from './gate/gate.ts'
import {
  holderOf,
  ScopedAttempt,
  type ScopedRequest,
  SessionTokenAttempt,
  type SessionTokenRequest,
} from './gate/own-session.ts'
import { dependenciesFrom } from './gate/signed.ts'
import { waysIn } from './gate/ways.ts'
import { actorOf, whoIs, withAudit } from './recorded.ts'
import { type Credentials, type DecidedSession, issueCredentials } from './session.ts'
import { noTags } from './session-tags.ts'

/** Seconds; STS API: 12 hours. */
const defaultDuration = 43_200

export type GetSessionToken = (
  request: SessionTokenRequest,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<Credentials>

export interface ScopedCredentials {
  readonly credentials: Credentials
  /** The same as the calling session's. */
  readonly arn: string
  /** `AROA…:<session name>`, or `AIDA…`. */
  readonly sessionId: string
  readonly scopedPolicies: number
  readonly sourceIdentity: string | undefined
  /** Bytes of the session token, and the percentage of the longest one. */
  readonly tokenSize: number
  readonly tokenUtilization: number
}

export type GetScopedCredentials = (
  request: ScopedRequest & { readonly description?: string | undefined },
  caller: Caller,
  circumstances: Circumstances,
) => Promise<ScopedCredentials>

const accountIn = (caller: Caller): string => (caller.kind === 'anonymous' ? '' : caller.accountId)
const askedBy = (caller: Caller, details: object) => ({
  accountId: accountIn(caller),
  who: whoIs(caller),
  actor: actorOf(caller),
  resource: whoIs(caller),
  details: { ...details },
})

/**
 * GetSessionToken: a user's own permissions for 900 to 129,600 seconds, with MFA where a code was given. It needs no
 * permission. The session ends with the user, the access key and the MFA device it was made with.
 * @throws Problem('validation' | 'denied' | 'missing_credentials' | 'throttled')
 */
export const getSessionToken =
  (parts: AssumeRoleParts): GetSessionToken =>
  (request, caller, circumstances) =>
    withAudit(
      parts,
      {
        action: 'sts:GetSessionToken',
        circumstances,
        request: () =>
          askedBy(caller, {
            durationSeconds: request.durationSeconds,
            serialNumber: request.serialNumber?.slice(0, 256),
          }),
        result: ({ accessKeyId, expiration }: Credentials) => ({ accessKeyId, expiration }),
      },
      async () => {
        const attempt = new SessionTokenAttempt(parts, request, caller, circumstances)
        const admitted = await gate('GetSessionToken', waysIn.GetSessionToken, attempt)
        const { user } = attempt
        const decided: DecidedSession = {
          role: holderOf(user),
          sessionName: user.userName,
          arn: user.arn,
          duration: request.durationSeconds ?? defaultDuration,
          policies: [],
          tags: noTags,
          userId: user.userId,
          authentication: attempt.mfa && { amr: ['mfa'], authTime: circumstances.now },
          dependencies: dependenciesFrom(user, attempt.mfa && request.serialNumber, circumstances.now),
        }
        return issueCredentials(decided, parts, admitted)
      },
    )

/**
 * GetScopedCredentials: the calling session with one more policy, a shorter life, or both. Identity, tags and source
 * identity stay; what the calling session depends on ends the new one too.
 * @throws Problem('validation' | 'malformed_policy' | 'denied' | 'insufficient_session_lifetime' |
 *   'packed_policy_too_large' | 'missing_credentials')
 */
export const getScopedCredentials =
  (parts: AssumeRoleParts): GetScopedCredentials =>
  (request, caller, circumstances) =>
    withAudit(
      parts,
      {
        action: 'sts:GetScopedCredentials',
        circumstances,
        request: () =>
          askedBy(caller, {
            durationSeconds: request.durationSeconds,
            policy: request.policy?.slice(0, 2048),
            description: request.description?.slice(0, 256),
          }),
        result: ({ credentials: { accessKeyId, expiration } }: ScopedCredentials) => ({
          accessKeyId,
          expiration,
        }),
      },
      async () => {
        const attempt = new ScopedAttempt(parts, request, caller, circumstances)
        const admitted = await gate('GetScopedCredentials', waysIn.GetScopedCredentials, attempt)
        const decided = await narrowed(attempt)
        const credentials = await issueCredentials(decided, parts, admitted)
        const tokenSize = Buffer.byteLength(credentials.sessionToken)
        return {
          credentials,
          tokenSize,
          tokenUtilization: Math.ceil((100 * tokenSize) / maxTokenLength),
          arn: attempt.caller.arn,
          sessionId:
            attempt.caller.kind === 'user'
              ? attempt.caller.userId
              : `${attempt.caller.roleId}:${attempt.caller.sessionName}`,
          scopedPolicies: attempt.scopedPolicies,
          sourceIdentity: decided.sourceIdentity,
        }
      },
    )

async function narrowed(attempt: ScopedAttempt): Promise<DecidedSession> {
  const { caller, request, session } = attempt
  const common = {
    role: await attempt.role(),
    arn: caller.arn,
    duration: attempt.duration,
    policies: request.policy === undefined ? session.policies : [...session.policies, [request.policy]],
    scopedPolicies: attempt.scopedPolicies,
    userId: caller.userId,
    dependencies: caller.dependencies,
  }
  if (caller.kind === 'user') {
    const { mfaAt } = caller.session ?? {}
    const authentication = mfaAt === undefined ? undefined : { amr: ['mfa'], authTime: mfaAt }
    return { ...common, sessionName: caller.userName, tags: noTags, authentication }
  }
  return {
    ...common,
    sessionName: caller.sessionName,
    tags: { tags: caller.tags, transitiveKeys: caller.transitiveTagKeys },
    sourceIdentity: caller.sourceIdentity,
    actor: caller.actor,
    federatedProvider: caller.federatedProvider,
    clientId: caller.clientId,
    tokenClaims: caller.tokenClaims,
  }
}
