// AWS's error code and status for each Problem code: one table per service, and one for errors before authentication. Codes and
// statuses are those of the service models and of the pages "Common Errors" of the IAM and STS API references.
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
  insufficient_scope: at('AccessDenied', 403),
  invalid_scope: at('AccessDenied', 403),
  invalid_target: at('AccessDenied', 403),
  invalid_input: at('InvalidInput', 400),
  invalid_parameter: at('InvalidParameterValue', 400),
  malformed_input: at('MalformedInput', 400),
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
  precondition_failed: at('ConcurrentModification', 409),
  unmodifiable: at('UnmodifiableEntity', 400),
  invalid_authentication_code: at('InvalidAuthenticationCode', 403),
  password_policy_violation: at('PasswordPolicyViolation', 400),
  invalid_identity_token: at('InvalidIdentityToken', 400),
  idp_rejected_claim: at('IDPRejectedClaim', 403),
  idp_communication_error: at('IDPCommunicationError', 400),
  report_not_present: at('ReportNotPresent', 410),
  report_expired: at('ReportExpired', 410),
  unrecognized_public_key_encoding: at('UnrecognizedPublicKeyEncoding', 400),
  invalid_public_key: at('InvalidPublicKey', 400),
  duplicate_ssh_public_key: at('DuplicateSSHPublicKey', 400),
  malformed_certificate: at('MalformedCertificate', 400),
  duplicate_certificate: at('DuplicateCertificate', 409),
  key_pair_mismatch: at('KeyPairMismatch', 400),
  insufficient_session_lifetime: at('InsufficientSessionLifetime', 400),
  session_duration_escalation: at('SessionDurationEscalationException', 403),
  feature_enabled: at('FeatureEnabled', 409),
  feature_disabled: at('FeatureDisabled', 404),
  invalid_authorization_message: at('InvalidAuthorizationMessageException', 400),
  token_too_large: at('JWTPayloadSizeExceededException', 400),
  unavailable: at('ServiceUnavailable', 503),
} as const satisfies Record<ProblemCode, Fault>

export const iamFaults = {
  ...common,
  // IAM has no token errors; its only communication with a provider is fetching thumbprints.
  invalid_identity_token: at('InvalidInput', 400),
  idp_communication_error: at('OpenIdIdpCommunicationError', 400),
  packed_policy_too_large: at('LimitExceeded', 409),
} as const satisfies Record<ProblemCode, Fault>

export const stsFaults = {
  ...common,
  // A role that does not exist is refused like one that does not trust the caller (docs/policy-semantics.md).
  not_found: at('AccessDenied', 403),
  invalid_input: at('ValidationError', 400),
  invalid_authentication_code: at('AccessDenied', 403),
  feature_disabled: at('OutboundWebIdentityFederationDisabledException', 403),
} as const satisfies Record<ProblemCode, Fault>

/** Errors before authentication. An expired session token of the caller has another code than an expired token in a parameter. */
const frontFaults = {
  ...common,
  expired_token: at('ExpiredToken', 403),
  invalid_input: at('ValidationError', 400),
} as const satisfies Record<ProblemCode, Fault>

const tables = { iam: iamFaults, sts: stsFaults, front: frontFaults }

/** The fault for any thrown value. Only the message of a Problem is shown; every other error is internal. */
export function faultOf(error: unknown, where: ServiceName | 'front'): WireFault {
  if (!(error instanceof Problem))
    return {
      code: 'InternalFailure',
      status: 500,
      message: 'The request processing has failed because of an unknown error.',
    }
  return { ...tables[where][error.code], message: error.message }
}
