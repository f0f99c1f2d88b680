// The operations decide who may assume a role or exchange a token, for how long, and with which permissions: assume-role.ts (a signed
// caller, or a person who is signed in to the account page), web-identity.ts (an outside token), saml.ts (a SAML assertion), exchange.ts
// (RFC 8693 and RFC 7523). Each runs the checks of its row in gate/ways.ts, issues the session (session/session.ts) and writes the
// audit entry before it answers (recorded.ts). Storage and wire formats are elsewhere: ports.ts lists what sts/ needs of others.
import { auditedCaller } from '../../iam/audit/audited-caller.ts'
import type { Caller, Circumstances } from '../../iam/caller.ts'
import { SignedAttempt, type SignedDependencies } from '../gate/signed.ts'
import { waysIn } from '../gate/ways.ts'
import { gate } from '../gate.ts'
import type { AssumeRoleRequest } from '../input.ts'
import type { Roles, UserCaller } from '../ports.ts'
import { type AuditDependencies, foreignRole, withRequestAudit } from '../recorded.ts'
import { sessionArn } from '../role-arn.ts'
import {
  type Authentication,
  type Credentials,
  type DecidedSession,
  type IssueDependencies,
  issueCredentials,
} from '../session/session.ts'
import { packedPolicySize } from '../session/session-policy.ts'

export interface AssumeRoleDependencies extends SignedDependencies, IssueDependencies, AuditDependencies {
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
  (deps: AssumeRoleDependencies): AssumeRole =>
  (request, caller, circumstances) =>
    audited(deps, request, caller, circumstances, async () => {
      const attempt = new SignedAttempt(deps, request, caller, circumstances)
      const admitted = await gate('AssumeRole', waysIn.AssumeRole, attempt)
      const decided = await attempt.decided()
      const credentials = await issueCredentials(decided, deps, admitted)
      return assumedRole(request, decided, credentials)
    })

/** Maximum duration, in seconds, of a role session that a person gets on the account page. */
const longestOfSignIn = 3600

/** A person who is signed in to a browser. */
export interface SignedInPerson {
  /** With the dependencies of the browser session (docs/ends.md). */
  readonly caller: UserCaller
  readonly authentication: Authentication
}

export type AssumeRoleOfSignIn = (
  roleArn: string,
  person: SignedInPerson,
  circumstances: Circumstances,
) => Promise<AssumedRole>

/**
 * AssumeRole by a person who is signed in to a browser, for an hour. The session is named after the user, and ends with what the
 * sign-in depends on.
 * @throws Problem('validation') for the ARN · Problem('denied') also when there is no such role · Problem('unauthenticated') when the
 *   sign-in was revoked
 */
export const assumeRoleOfSignIn =
  (deps: AssumeRoleDependencies): AssumeRoleOfSignIn =>
  (roleArn, { caller, authentication }, circumstances) => {
    const request = { roleArn, roleSessionName: sessionNameOf(caller.userName) }
    return audited(deps, request, caller, circumstances, async () => {
      const attempt = new SignedAttempt(deps, request, caller, circumstances, longestOfSignIn)
      const admitted = await gate('AssumeRole:sign-in', waysIn['AssumeRole:sign-in'], attempt)
      const decided = { ...(await attempt.decided()), authentication }
      const credentials = await issueCredentials(decided, deps, admitted)
      return assumedRole(request, decided, credentials)
    })
  }

/** With an audit entry of AssumeRole, whichever way it came in. */
const audited = (
  deps: AssumeRoleDependencies,
  request: AssumeRoleRequest,
  caller: Caller,
  circumstances: Circumstances,
  run: () => Promise<AssumedRole>,
): Promise<AssumedRole> =>
  withRequestAudit(
    deps,
    {
      action: 'sts:AssumeRole',
      circumstances,
      request: () => auditedRequest(request, caller),
      foreignRole: () => foreignRole(deps.roles, auditedCaller(caller).accountId, request.roleArn),
      result: auditedResult,
    },
    run,
  )

/** Session names have two characters or more, user names one or more (IAM and STS API). */
export const sessionNameOf = (userName: string): string => userName.padEnd(2, '-')

const auditedResult = ({ assumedRoleUser, credentials }: AssumedRole) => ({
  session: assumedRoleUser.arn,
  accessKeyId: credentials.accessKeyId,
  expiration: credentials.expiration,
})

/** For the audit entry: never the token code, nor the external id, which protects against the confused deputy. */
export const auditedRequest = (request: AssumeRoleRequest, caller: Caller) => ({
  ...auditedCaller(caller),
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
