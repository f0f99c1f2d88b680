// Temporary credentials with the caller's own identity: GetSessionToken makes a session of a user, GetScopedCredentials narrows the
// calling session. Neither gives the caller more permissions than before.
import { auditedCaller } from '../../iam/audit/audited-caller.ts'
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { maxTokenLength } from '../../secure/session/session-token.ts'
import {
  ScopedAttempt,
  type ScopedRequest,
  SessionTokenAttempt,
  type SessionTokenRequest,
  userAsRole,
} from '../gate/own-session.ts'
import { dependenciesFrom } from '../gate/signed.ts'
import { waysIn } from '../gate/ways.ts'
import { gate } from '../gate.ts'
import { withRequestAudit } from '../recorded.ts'
import { type Credentials, type DecidedSession, issueCredentials } from '../session/session.ts'
import { noTags } from '../session/session-tags.ts'
import type { AssumeRoleDependencies } from './assume-role.ts'

/** Seconds; STS API: 12 hours. */
export const defaultDuration = 43_200

export type GetSessionToken = (
  request: SessionTokenRequest,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<Credentials>

export interface ScopedCredentials {
  readonly credentials: Credentials
  /** The ARN of the calling session. */
  readonly arn: string
  /** `AROA…:<session name>`, or `AIDA…`. */
  readonly sessionId: string
  readonly scopedPolicies: number
  readonly sourceIdentity: string | undefined
  /** Bytes of the session token, and their percentage of the maximum. */
  readonly tokenSize: number
  readonly tokenUtilization: number
}

export type GetScopedCredentials = (
  request: ScopedRequest & { readonly description?: string | undefined },
  caller: Caller,
  circumstances: Circumstances,
) => Promise<ScopedCredentials>

/** Caller and details of a request, for its audit entry. */
export const auditedCall = (caller: Caller, details: object) => {
  const known = auditedCaller(caller)
  return { ...known, resource: known.who, details: { ...details } }
}

/**
 * GetSessionToken: a session with the user's own permissions for 900 to 129,600 seconds, with MFA when a code was given. It needs
 * no permission. The session ends when its user, access key or MFA device is deleted or disabled.
 * @throws Problem('validation' | 'denied' | 'missing_credentials' | 'throttled')
 */
export const getSessionToken =
  (deps: AssumeRoleDependencies): GetSessionToken =>
  (request, caller, circumstances) =>
    withRequestAudit(
      deps,
      {
        action: 'sts:GetSessionToken',
        circumstances,
        request: () =>
          auditedCall(caller, {
            durationSeconds: request.durationSeconds,
            serialNumber: request.serialNumber?.slice(0, 256),
          }),
        result: ({ accessKeyId, expiration }: Credentials) => ({ accessKeyId, expiration }),
      },
      async () => {
        const attempt = new SessionTokenAttempt(deps, request, caller, circumstances)
        const admitted = await gate('GetSessionToken', waysIn.GetSessionToken, attempt)
        const { user } = attempt
        const decided: DecidedSession = {
          role: userAsRole(user),
          sessionName: user.userName,
          arn: user.arn,
          duration: request.durationSeconds ?? defaultDuration,
          policies: [],
          tags: noTags,
          userId: user.userId,
          authentication: attempt.mfa && { amr: ['mfa'], authTime: circumstances.now },
          dependencies: dependenciesFrom(user, attempt.mfa && request.serialNumber, circumstances.now),
        }
        return issueCredentials(decided, deps, admitted)
      },
    )

/**
 * GetScopedCredentials: the calling session with one more session policy, an earlier expiry, or both. Identity, tags and source
 * identity stay the same, and whatever revokes the calling session revokes the new one too.
 * @throws Problem('validation' | 'malformed_policy' | 'denied' | 'insufficient_session_lifetime' |
 *   'packed_policy_too_large' | 'missing_credentials')
 */
export const getScopedCredentials =
  (deps: AssumeRoleDependencies): GetScopedCredentials =>
  (request, caller, circumstances) =>
    withRequestAudit(
      deps,
      {
        action: 'sts:GetScopedCredentials',
        circumstances,
        request: () =>
          auditedCall(caller, {
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
        const attempt = new ScopedAttempt(deps, request, caller, circumstances)
        const admitted = await gate('GetScopedCredentials', waysIn.GetScopedCredentials, attempt)
        const decided = await narrowed(attempt)
        const credentials = await issueCredentials(decided, deps, admitted)
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
