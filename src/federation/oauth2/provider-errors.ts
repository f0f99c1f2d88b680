// Maps errors of OAuth 2 and OpenID Connect providers to Problems. Users see only that the sign-in failed; the provider's own
// text goes to `detail`, for the log.
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { Problem } from '../../problem.ts'
import { communicationError } from '../outbound/checked-address.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'

/** Whether the provider rejected our client credentials. */
export const isInvalidClient = (error: unknown): boolean =>
  (error instanceof ResponseBodyError && error.error === 'invalid_client') ||
  (error instanceof WWWAuthenticateChallengeError && error.status === 401)

/** openid-client's error codes for a missing or malformed response. */
const noAnswer = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
])

/** The Problem to throw instead. An error that no provider can cause is a bug and is returned unchanged. */
export function problemOf(error: unknown): unknown {
  // An invalid private key in our settings: nothing that the user could correct.
  if (error instanceof Problem)
    return error.code === 'invalid_input' ? communicationError(error.message) : error
  if (error instanceof AuthorizationResponseError) return refused(error.error, error.error_description)
  if (error instanceof ResponseBodyError) return ofTokenEndpoint(error)
  if (error instanceof WWWAuthenticateChallengeError)
    return communicationError(`refused with HTTP ${error.status} and a challenge`)
  const cause = problemWithin(error)
  if (cause) return cause
  return error instanceof ClientError ? ofAnswer(error) : error
}

/** The user or the provider denied the request (RFC 6749 §4.1.2.1). */
export const refused = (code: string, description: string | undefined): Problem =>
  new Problem('denied', 'the identity provider did not sign you in', { detail: words(code, description) })

/** RFC 6749 §5.2. `invalid_grant` concerns the code, all other errors concern our registration. */
const ofTokenEndpoint = (error: ResponseBodyError): Problem =>
  error.error === 'invalid_grant'
    ? invalidResponse(`the token endpoint refused the code: ${words(error.error, error.error_description)}`)
    : communicationError(`refused us: ${words(error.error, error.error_description)}`)

const words = (code: string, description: string | undefined): string =>
  sanitizeForLog(description === undefined ? code : `${code}: ${description}`)

function ofAnswer(error: ClientError): Problem {
  const detail = reasonsOf(error)
  if (noAnswer.has(error.code ?? '')) return communicationError(detail, error)
  return isExpiry(error)
    ? new Problem('expired_token', 'the identity provider’s response has expired', { detail })
    : invalidResponse(detail, error)
}

const isExpiry = (error: ClientError): boolean =>
  error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED' && /expiration/.test(reasonsOf(error))

/** A response that failed verification. @param detail for the log only */
export const invalidResponse = (detail: string, cause?: unknown): Problem =>
  new Problem('invalid_identity_token', 'the identity provider’s response could not be verified', {
    detail,
    cause,
  })

/** openid-client's message, with that of its cause. */
function reasonsOf(error: Error): string {
  const below = error.cause
  return sanitizeForLog(below instanceof Error ? `${error.message}: ${below.message}` : error.message)
}

function problemWithin(error: unknown): Problem | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (at instanceof Problem) return at
  return undefined
}
