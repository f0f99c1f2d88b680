// What went wrong at an OAuth 2 or OpenID Connect provider → Problem. A person learns nothing of it but that it failed;
// the provider's own words go to `detail`, for the log.
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { Problem } from '../../problem.ts'
import { callFailed } from '../outbound/checked-address.ts'
import { said } from '../outbound/sanitize-for-log.ts'

/** True when the provider did not know us by the credentials we sent. */
export const isInvalidClient = (error: unknown): boolean =>
  (error instanceof ResponseBodyError && error.error === 'invalid_client') ||
  (error instanceof WWWAuthenticateChallengeError && error.status === 401)

/** Codes of openid-client for answers that did not come, or not in the form of one. */
const noAnswer = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
])

/** What to throw instead; an error that no provider can cause is a bug, and comes back as it is. */
export function problemOf(error: unknown): unknown {
  // A setting of ours, the private key: nothing the person can mend.
  if (error instanceof Problem) return error.code === 'invalid_input' ? callFailed(error.message) : error
  if (error instanceof AuthorizationResponseError) return refused(error.error, error.error_description)
  if (error instanceof ResponseBodyError) return ofTokenEndpoint(error)
  if (error instanceof WWWAuthenticateChallengeError)
    return callFailed(`refused with HTTP ${error.status} and a challenge`)
  const cause = problemWithin(error)
  if (cause) return cause
  return error instanceof ClientError ? ofAnswer(error) : error
}

/** The person said no, or the provider did (RFC 6749 §4.1.2.1). */
export const refused = (code: string, description: string | undefined): Problem =>
  new Problem('denied', 'the identity provider did not sign you in', { detail: words(code, description) })

/** RFC 6749 §5.2. `invalid_grant` is about the code, all others about how we are registered. */
const ofTokenEndpoint = (error: ResponseBodyError): Problem =>
  error.error === 'invalid_grant'
    ? unbelievable(`the token endpoint refused the code: ${words(error.error, error.error_description)}`)
    : callFailed(`refused us: ${words(error.error, error.error_description)}`)

const words = (code: string, description: string | undefined): string =>
  said(description === undefined ? code : `${code}: ${description}`)

function ofAnswer(error: ClientError): Problem {
  const detail = reasonsOf(error)
  if (noAnswer.has(error.code ?? '')) return callFailed(detail, error)
  return isExpiry(error)
    ? new Problem('expired_token', 'the identity provider’s answer has expired', { detail })
    : unbelievable(detail, error)
}

const isExpiry = (error: ClientError): boolean =>
  error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED' && /expiration/.test(reasonsOf(error))

/** An answer that must not be believed. */
export const unbelievable = (detail: string, cause?: unknown): Problem =>
  new Problem('invalid_identity_token', 'the identity provider’s answer cannot be believed', {
    detail,
    cause,
  })

/** openid-client names the kind of fault, and the fault itself below it. */
function reasonsOf(error: Error): string {
  const below = error.cause
  return said(below instanceof Error ? `${error.message}: ${below.message}` : error.message)
}

function problemWithin(error: unknown): Problem | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (at instanceof Problem) return at
  return undefined
}
