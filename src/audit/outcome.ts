// The outcomes of audited requests: one vocabulary for every part of the server, and which failure has which.
import { Problem, type ProblemCode } from '../problem.ts'

/**
 * - `done`: the request was carried out.
 * - `denied`: policies, a trust policy or an identity provider do not permit it to this caller.
 * - `refused`: the request was not acceptable: wrong or missing credentials, invalid input, a conflict, too many requests.
 * - `failed`: a part of this server or another system did not work.
 */
export const outcomes = ['done', 'denied', 'refused', 'failed'] as const

export type Outcome = (typeof outcomes)[number]

const byProblem = {
  unauthenticated: 'refused',
  missing_credentials: 'refused',
  incomplete_signature: 'refused',
  bad_signature: 'refused',
  request_expired: 'refused',
  expired_token: 'refused',
  denied: 'denied',
  throttled: 'refused',
  insufficient_scope: 'denied',
  invalid_scope: 'refused',
  invalid_target: 'refused',
  invalid_input: 'refused',
  invalid_parameter: 'refused',
  malformed_input: 'refused',
  validation: 'refused',
  malformed_policy: 'refused',
  packed_policy_too_large: 'refused',
  too_large: 'refused',
  unsupported_action: 'refused',
  not_found: 'refused',
  conflict: 'refused',
  delete_conflict: 'refused',
  limit_exceeded: 'refused',
  concurrent_modification: 'refused',
  precondition_failed: 'refused',
  unmodifiable: 'refused',
  invalid_authentication_code: 'refused',
  password_policy_violation: 'refused',
  report_not_present: 'refused',
  report_expired: 'refused',
  invalid_identity_token: 'refused',
  idp_rejected_claim: 'refused',
  idp_communication_error: 'failed',
  unrecognized_public_key_encoding: 'refused',
  invalid_public_key: 'refused',
  duplicate_ssh_public_key: 'refused',
  malformed_certificate: 'refused',
  duplicate_certificate: 'refused',
  key_pair_mismatch: 'refused',
  insufficient_session_lifetime: 'refused',
  session_duration_escalation: 'refused',
  feature_enabled: 'refused',
  feature_disabled: 'refused',
  token_too_large: 'refused',
  invalid_authorization_message: 'refused',
  unavailable: 'failed',
} as const satisfies Record<ProblemCode, Outcome>

/** The outcome of a request that threw. An error other than a Problem is a bug, hence `failed`. */
export const outcomeOf = (error: unknown): Outcome =>
  error instanceof Problem ? byProblem[error.code] : 'failed'

/** Code, message and detail of a Problem. Of another error nothing, because its text may contain anything. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Problem)) return 'internal error'
  const { code, message, detail } = error
  return detail === undefined ? `${code}: ${message}` : `${code}: ${message} (${detail})`
}

/** `reasonOf` without the detail, which may describe policies of an account that the reader has no part in. */
export const reasonForOthers = (error: unknown): string =>
  error instanceof Problem ? `${error.code}: ${error.message}` : reasonOf(error)

const current: ReadonlyMap<string, Outcome> = new Map(outcomes.map((one) => [one, one]))
const former: ReadonlyMap<string, Outcome> = new Map(Object.entries(byProblem))

/**
 * Reads the outcome of a stored entry. Former versions could also store the code of a Problem, or `begun` for work whose
 * result has an entry of its own; what is neither is `failed`.
 */
export const parseOutcome = (stored: unknown): Outcome =>
  current.get(String(stored)) ?? former.get(String(stored)) ?? 'failed'
