// AWS's error code and status for a Problem: one table per service, and one for errors before an action is known. Codes and statuses
// are those of the service models and of the "Common Errors" pages of the IAM and STS references.
import { Problem, type ProblemCode } from '../problem.ts'
import type { ServiceName } from './model.ts'
import type { WireFault } from './xml.ts'

interface Fault {
  readonly code: string
  readonly status: number
}

const at = (code: string, status: number): Fault => ({ code, status })

const common = {
  unauthenticated: at('InvalidClientTokenId', 403),
  missing_credentials: at('MissingAuthenticationToken', 403),
  incomplete_signature: at('IncompleteSignature', 400),
  bad_signature: at('SignatureDoesNotMatch', 403),
  request_expired: at('RequestExpired', 400),
  expired_token: at('ExpiredTokenException', 400),
  denied: at('AccessDenied', 403),
  throttled: at('Throttling', 400),
  invalid_scope: at('AccessDenied', 403),
  invalid_target: at('AccessDenied', 403),
  invalid_input: at('InvalidInput', 400),
  validation: at('ValidationError', 400),
  malformed_policy: at('MalformedPolicyDocument', 400),
  packed_policy_too_large: at('PackedPolicyTooLarge', 400),
  too_large: at('RequestEntityTooLarge', 413),
  unsupported_action: at('InvalidAction', 400),
  not_found: at('NoSuchEntity', 404),
  conflict: at('EntityAlreadyExists', 409),
  delete_conflict: at('DeleteConflict', 409),
  limit_exceeded: at('LimitExceeded', 409),
  concurrent_modification: at('ConcurrentModification', 409),
  unmodifiable: at('UnmodifiableEntity', 400),
  invalid_authentication_code: at('InvalidAuthenticationCode', 403),
  password_policy_violation: at('PasswordPolicyViolation', 400),
  invalid_identity_token: at('InvalidIdentityToken', 400),
  idp_rejected_claim: at('IDPRejectedClaim', 403),
  idp_communication_error: at('IDPCommunicationError', 400),
  report_not_present: at('ReportNotPresent', 410),
  report_expired: at('ReportExpired', 410),
  insufficient_session_lifetime: at('InsufficientSessionLifetime', 400),
  unavailable: at('ServiceUnavailable', 503),
} as const satisfies Record<ProblemCode, Fault>

export const iamFaults = {
  ...common,
  // IAM has no tokens of its own; what it fetches are a provider's thumbprints.
  invalid_identity_token: at('InvalidInput', 400),
  idp_communication_error: at('OpenIdIdpCommunicationError', 400),
  packed_policy_too_large: at('LimitExceeded', 409),
} as const satisfies Record<ProblemCode, Fault>

export const stsFaults = {
  ...common,
  // STS names no entities: what is not there is not told from what is not allowed (semantics §5).
  not_found: at('AccessDenied', 403),
  invalid_input: at('ValidationError', 400),
  invalid_authentication_code: at('AccessDenied', 403),
} as const satisfies Record<ProblemCode, Fault>

/** Before the action: the caller's own token is another thing than one handed in as a parameter. */
const frontFaults = {
  ...common,
  expired_token: at('ExpiredToken', 403),
  invalid_input: at('ValidationError', 400),
} as const satisfies Record<ProblemCode, Fault>

const tables = { iam: iamFaults, sts: stsFaults, front: frontFaults }

/** What is written for anything thrown. Only a Problem's message may be shown; all else is our bug. */
export function faultOf(error: unknown, where: ServiceName | 'front'): WireFault {
  if (!(error instanceof Problem))
    return {
      code: 'InternalFailure',
      status: 500,
      message: 'The request processing has failed because of an unknown error.',
    }
  return { ...tables[where][error.code], message: error.message }
}
