// The common part of RFC 8693 and RFC 7523 requests: which parameters are accepted, and that the result is not wider than the
// subject token (docs/attacks.md 13).
import { Problem } from '../../problem.ts'
import type { TokenKey } from '../../secure/session-token.ts'
import { checkRequest } from '../input.ts'
import type { UserCaller } from '../ports.ts'
import { type ClientTargets, scopeWords } from '../scopes.ts'
import type { Authentication, DecidedSession } from '../session.ts'
import type { LongPolicyReader } from '../session-caller.ts'
import type { OutsideTokenParts } from './outside.ts'
import type { SignedParts } from './signed.ts'

/** Grants at /token whose subject is a token: RFC 8693 and RFC 7523 section 2.1. */
export type ExchangeGrantName = 'token-exchange' | 'jwt-bearer'

export interface ExchangeParts extends SignedParts, OutsideTokenParts {
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
  /** They consented that the client acts as a role for them. */
  readonly mayActAsRoles: boolean
}

export interface ExchangeRequest {
  /** The grant of the request. */
  readonly grant: ExchangeGrantName
  readonly subjectToken: string
  /** The authenticated client that asks. */
  readonly clientId: string
  /** Which role to become; not needed to narrow a session of ours. */
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
  /** Asked only when the token says it is ours and is no session: undefined when it is not live. */
  readonly signedIn: () => Promise<SignedInSubject | undefined>
}

/** What was decided, and for whom the answer is. */
export interface Terms {
  readonly decided: DecidedSession
  readonly audience: readonly string[]
  readonly scope: string | undefined
}

/** Resource servers named in one request, and characters of each of them and of `scope`. */
const most = { audiences: 10, audience: 2048, scope: 2048 } as const

/** @throws Problem('validation') for values that are too long, too many or malformed */
export function checkExchangeSizes(request: ExchangeRequest): void {
  const { roleArn, roleSessionName, audience, scope } = request
  checkRequest({
    ...sessionRequest(request),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(roleSessionName === undefined ? {} : { roleSessionName }),
  })
  if (audience.length > most.audiences)
    throw new Problem(
      'validation',
      `at most ${most.audiences} values of \`resource\` and \`audience\` are taken`,
    )
  if (audience.some((one) => one.length > most.audience))
    throw new Problem('validation', `\`resource\` and \`audience\` have at most ${most.audience} characters`)
  if (scope !== undefined && scope.length > most.scope)
    throw new Problem('validation', `\`scope\` has at most ${most.scope} characters`)
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

/** A client exchanges what was issued to it, or was meant for it: not what it found (attacks.md 4). */
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

/** RFC 9449: what is bound to a key stays with that key. */
export function checkBinding(bound: string | undefined, proven: string | undefined): void {
  if (bound !== undefined && bound !== proven) {
    throw notAcceptable('the subject token is bound to a DPoP key that was not proven')
  }
}

export function narrowedScope(asked: string | undefined, granted: string): string {
  if (asked === undefined) return granted
  const had = new Set(scopeWords(granted))
  const wider = scopeWords(asked).find((word) => !had.has(word))
  if (wider !== undefined)
    throw new Problem(
      'invalid_scope',
      `the subject token has no scope \`${wider.slice(0, 128)}\` for this audience`,
    )
  return asked
}

export function narrowedAudience(asked: readonly string[], granted: readonly string[]): readonly string[] {
  if (asked.length === 0) return granted
  const wider = asked.find((one) => !granted.includes(one))
  if (wider !== undefined)
    throw new Problem('invalid_target', `the subject token is not for \`${wider.slice(0, 256)}\``)
  return asked
}

export function someAudience(asked: readonly string[]): readonly string[] {
  if (asked.length === 0)
    throw new Problem('validation', '`resource` or `audience` must name the service the token is for')
  return asked
}

/** The response says only that the token is not acceptable; the log says why. */
export const notAcceptable = (detail: string, cause?: unknown): Problem =>
  new Problem('invalid_identity_token', 'the subject token is not acceptable', { detail, cause })
