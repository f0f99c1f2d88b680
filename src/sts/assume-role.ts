// This folder decides who may assume a role or exchange a token, for how long, and with which permissions. Ways in:
// assume-role.ts (a signed caller), web-identity.ts (an outside token), saml.ts (a SAML assertion), exchange.ts (RFC 8693 and
// RFC 7523). Each runs the checks of its row in gate/ways.ts, issues the session (session.ts) and writes the audit entry before
// it answers (recorded.ts). Storage and wire formats are elsewhere: ports.ts lists what this folder needs of others.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { gate } from './gate/gate.ts'
import { SignedAttempt, type SignedParts } from './gate/signed.ts'
import { waysIn } from './gate/ways.ts'
import type { AssumeRoleRequest } from './input.ts'
import type { Roles } from './ports.ts'
import { actorOf, type RecordingParts, whoIs, withAudit } from './recorded.ts'
import { accountOfRole, sessionArn } from './role-arn.ts'
import { type Credentials, type DecidedSession, issueCredentials, type SessionParts } from './session.ts'
import { packedPolicySize } from './session-policy.ts'

export interface AssumeRoleParts extends SignedParts, SessionParts, RecordingParts {
  readonly roles: Roles
}

export interface AssumedRole {
  readonly credentials: Credentials
  readonly assumedRoleUser: {
    readonly arn: string
    /** `AROA…:<session name>` */
    readonly assumedRoleId: string
  }
  /** Percent; undefined when neither policies nor tags were given. */
  readonly packedPolicySize: number | undefined
  readonly sourceIdentity: string | undefined
}

export type AssumeRole = (
  request: AssumeRoleRequest,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<AssumedRole>

/**
 * AssumeRole: credentials of a role for a signed user or role session. 900 s up to the role's MaxSessionDuration,
 * one hour for a chained session.
 * @throws Problem('validation' | 'invalid_input' | 'malformed_policy' | 'packed_policy_too_large') for the request ·
 *   Problem('denied') also when there is no such role · Problem('missing_credentials')
 */
export const assumeRole =
  (parts: AssumeRoleParts): AssumeRole =>
  (request, caller, circumstances) =>
    withAudit(
      parts,
      {
        action: 'sts:AssumeRole',
        circumstances,
        request: () => auditedRequest(request, caller),
        result: (assumed: AssumedRole) => ({
          session: assumed.assumedRoleUser.arn,
          accessKeyId: assumed.credentials.accessKeyId,
          expiration: assumed.credentials.expiration,
        }),
      },
      async () => {
        const attempt = new SignedAttempt(parts, request, caller, circumstances)
        const admitted = await gate('AssumeRole', waysIn.AssumeRole, attempt)
        const decided = await attempt.decided()
        const credentials = await issueCredentials(decided, parts, admitted)
        return assumedRole(request, decided, credentials)
      },
    )

/** For the audit entry: never the token code, nor the external id, which protects against the confused deputy. */
export const auditedRequest = (request: AssumeRoleRequest, caller: Caller) => ({
  accountId: accountOfRole(request.roleArn) ?? (caller.kind === 'anonymous' ? '' : caller.accountId),
  who: whoIs(caller),
  actor: actorOf(caller),
  resource: request.roleArn.slice(0, 2048),
  details: {
    roleSessionName: request.roleSessionName.slice(0, 64),
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    sourceIdentity: request.sourceIdentity?.slice(0, 64),
  },
})

export const assumedRole = (
  request: AssumeRoleRequest,
  { role, sessionName, tags, sourceIdentity }: DecidedSession,
  credentials: Credentials,
): AssumedRole => ({
  credentials,
  assumedRoleUser: { arn: sessionArn(role, sessionName), assumedRoleId: `${role.id}:${sessionName}` },
  packedPolicySize: packedPolicySize(request, tags.tags),
  sourceIdentity,
})
