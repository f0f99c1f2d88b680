// The common part of RFC 8693 and RFC 7523 requests: which parameters are accepted, and that the result is not wider than the
// subject token (docs/attacks.md 13).
import { Problem } from '../../problem.ts'
import type { TokenKey } from '../../secure/session/session-token.ts'
import { checkRequest } from '../input.ts'
import type { UserCaller } from '../ports.ts'
import { type ClientTargets, scopeValues } from '../session/scopes.ts'
import type { Authentication, DecidedSession } from '../session/session.ts'
import type { LongPolicyReader } from '../session/session-caller.ts'
import type { OutsideTokenDependencies } from './outside.ts'
import type { SignedDependencies } from './signed.ts'

/** Grants at /token whose subject is a token: RFC 8693 and RFC 7523 section 2.1. */
export type ExchangeGrantName = 'token-exchange' | 'jwt-bearer'

export interface ExchangeDependencies extends SignedDependencies, OutsideTokenDependencies {
  readonly longPolicyReader: LongPolicyReader
  readonly findKey: (kid: string) => TokenKey | undefined
  /** The account that configured resources belong to. */
  readonly resourceAccount: string
}

/** A user's valid access token issued by this server, with user and client as they are now (oidc/exchange/subject.ts). */
export interface SignedInSubject {
  readonly caller: UserCaller
  readonly expiresAt: number
  /** The client it was issued to, and its audience. */
  readonly clientId: string
  readonly audience: readonly string[]
  readonly scope: string
  readonly authentication: Authentication
  readonly jkt: string | undefined
  /** The user consented that the client assumes roles for them. */
  readonly mayActAsRoles: boolean
  /** Session policies that the user consented to; they restrict every session that is made of the token. */
  readonly policies: readonly string[]
}

export interface ExchangeRequest {
  /** The grant of the request. */
  readonly grant: ExchangeGrantName
  readonly subjectToken: string
  /** The authenticated client. */
  readonly clientId: string
  /** The role to assume; not needed to narrow a session that this server issued. */
  readonly roleArn?: string | undefined
  readonly roleSessionName?: string | undefined
  readonly policy?: string | undefined
  readonly policyArns?: readonly string[] | undefined
  readonly durationSeconds?: number | undefined
  /** Services and configured resources the new token is for; `targets` checks the final list. */
  readonly audience: readonly string[]
  readonly targets: ClientTargets
  readonly scope?: string | undefined
  /** Thumbprint of the DPoP key that was proven with this request. */
  readonly jkt?: string | undefined
  /** Looks up a user's access token. Called only for tokens that are neither outside tokens nor sessions. */
  readonly signedIn: () => Promise<SignedInSubject | undefined>
}

/** The session that was decided on, and the audience and scope of its token. */
export interface ExchangeTerms {
  readonly decided: DecidedSession
  readonly audience: readonly string[]
  readonly scope: string | undefined
}

/** Resource servers in one request, and characters of each of them and of `scope`. */
const limits = { audiences: 10, audience: 2048, scope: 2048 } as const

/** @throws Problem('validation') for values that are too long, too many or malformed */
export function checkExchangeSizes(request: ExchangeRequest): void {
  const { roleArn, roleSessionName, audience, scope } = request
  checkRequest({
    ...sessionRequest(request),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(roleSessionName === undefined ? {} : { roleSessionName }),
  })
  if (audience.length > limits.audiences)
    throw new Problem(
      'validation',
      `at most ${limits.audiences} values of \`resource\` and \`audience\` are accepted`,
    )
  if (audience.some((one) => one.length > limits.audience))
    throw new Problem(
      'validation',
      `\`resource\` and \`audience\` must have at most ${limits.audience} characters`,
    )
  if (scope !== undefined && scope.length > limits.scope)
    throw new Problem('validation', `\`scope\` must have at most ${limits.scope} characters`)
}

export const sessionRequest = ({ policy, policyArns, durationSeconds }: ExchangeRequest) => ({
  policy,
  policyArns,
  durationSeconds,
})

/** @throws Problem('validation') */
export function requiredRole({ roleArn, roleSessionName }: ExchangeRequest): {
  roleArn: string
  roleSessionName: string
} {
  if (roleArn === undefined) throw new Problem('validation', '`role_arn` is required for this subject token')
  if (roleSessionName === undefined) throw new Problem('validation', '`role_session_name` is required')
  return { roleArn, roleSessionName }
}

/**
 * A client may exchange only a token that was issued to it or names it as audience, so a leaked token is of no use to another
 * client (docs/attacks.md 4).
 * @throws Problem('invalid_identity_token')
 */
export function checkMeantFor(
  clientId: string,
  issuedTo: string | undefined,
  audience: readonly string[],
): void {
  if (issuedTo !== clientId && !audience.includes(clientId)) {
    throw notAcceptable(
      `the subject token was issued to ${issuedTo ?? 'no client'} and is not meant for ${clientId}`,
    )
  }
}

/**
 * A token bound to a DPoP key is accepted only with a proof of that key (RFC 9449 section 7.1).
 * @throws Problem('invalid_identity_token')
 */
export function checkBinding(bound: string | undefined, proven: string | undefined): void {
  if (bound !== undefined && bound !== proven) {
    throw notAcceptable('the subject token is bound to a DPoP key that was not proven')
  }
}

/** The requested scope, or the granted one when none was requested. @throws Problem('invalid_scope') for a scope not granted */
export function narrowedScope(requested: string | undefined, granted: string): string {
  if (requested === undefined) return granted
  const had = new Set(scopeValues(granted))
  const wider = scopeValues(requested).find((word) => !had.has(word))
  if (wider !== undefined)
    throw new Problem(
      'invalid_scope',
      `the subject token has no scope \`${wider.slice(0, 128)}\` for this audience`,
    )
  return requested
}

/** The requested audience, or the granted one when none was requested. @throws Problem('invalid_target') for one not granted */
export function narrowedAudience(
  requested: readonly string[],
  granted: readonly string[],
): readonly string[] {
  if (requested.length === 0) return granted
  const wider = requested.find((one) => !granted.includes(one))
  if (wider !== undefined)
    throw new Problem('invalid_target', `the subject token is not for \`${wider.slice(0, 256)}\``)
  return requested
}

/** @throws Problem('validation') when no audience was requested */
export function requiredAudience(requested: readonly string[]): readonly string[] {
  if (requested.length === 0)
    throw new Problem('validation', '`resource` or `audience` must name the service the token is for')
  return requested
}

/** The response has only the general message; `detail` is for the log. */
export const notAcceptable = (detail: string, cause?: unknown): Problem =>
  new Problem('invalid_identity_token', 'the subject token is not acceptable', { detail, cause })
