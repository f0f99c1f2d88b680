// A Problem as an OAuth error response (RFC 6749 §5.2).
import { errors } from 'oidc-provider'
import type { Problem } from '../problem.ts'

/** The OAuth error for a Problem, with the HTTP status: 400, 429 when throttled, 503 when unavailable. */
export function inOAuth(code: string, error: Problem): Error {
  const refusal = new errors.CustomOIDCProviderError(code, error.message)
  const status = code !== 'temporarily_unavailable' ? 400 : error.code === 'throttled' ? 429 : 503
  return Object.assign(refusal, { status, statusCode: status, expose: true, cause: error })
}
