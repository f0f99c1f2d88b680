// The one expected failure. A leaf: it imports nothing, and every room may name it.

/** Stable codes. Each surface holds one table from these to its own answer (see `aws/faults.ts`, `web/response/error-response.ts`, `oidc/`). */
export type ProblemCode =
  // who are you
  | 'unauthenticated' // no such credential, or a sign-in that failed
  | 'missing_credentials' // nothing was presented
  | 'incomplete_signature' // a SigV4 part is missing or malformed
  | 'bad_signature'
  | 'request_expired' // the signature's date is outside the window
  | 'expired_token' // a session token or outside token past its end
  // may you
  | 'denied'
  | 'throttled'
  | 'insufficient_scope' // a token that was not granted the scope of the route (RFC 6750 §3.1)
  | 'invalid_scope' // a scope that nothing granted (RFC 6749 §5.2)
  | 'invalid_target' // a resource or audience this client may not ask for (RFC 8707 §2)
  // what you asked
  | 'invalid_input' // a value that cannot be, for a reason this server's state decides
  | 'malformed_input' // a text that is no number, truth value or list, where one is expected
  | 'validation' // a value outside the declared length, pattern or range
  | 'invalid_parameter' // STS: session tags that contradict each other
  | 'malformed_policy'
  | 'packed_policy_too_large'
  | 'too_large' // a request larger than the surface takes
  | 'unsupported_action'
  | 'not_found'
  | 'conflict' // the name or id is taken
  | 'delete_conflict' // something hangs on it
  | 'limit_exceeded'
  | 'concurrent_modification'
  | 'precondition_failed' // `If-Match` names another version
  | 'unmodifiable'
  | 'invalid_authentication_code'
  | 'password_policy_violation'
  | 'report_not_present' // no report was generated
  | 'report_expired' // the report is too old; generate another
  // keys and certificates that users hand in
  | 'unrecognized_public_key_encoding' // neither SSH nor PEM
  | 'invalid_public_key' // not an RSA key of 2048 bits or more
  | 'duplicate_ssh_public_key' // the user has this key already
  | 'malformed_certificate' // no PEM certificate
  | 'duplicate_certificate' // a user of the account has this certificate already
  | 'key_pair_mismatch' // the private key is not that of the certificate
  // outside tokens
  | 'invalid_identity_token'
  | 'idp_rejected_claim'
  | 'idp_communication_error'
  // sessions
  | 'insufficient_session_lifetime' // longer than the session it is made from
  | 'session_duration_escalation' // a token that would outlive the session it is made from
  // outbound federation
  | 'feature_enabled'
  | 'feature_disabled'
  | 'token_too_large'
  | 'invalid_authorization_message'
  // us
  | 'unavailable' // the store or a needed part is down; try again

/** One field of a request that is wrong. */
export interface FieldFault {
  /** Path of the field, with dots. */
  readonly field: string
  /** What it must be, as the rest of a sentence that begins with its name. */
  readonly message: string
}

/** What there is not, for surfaces that show where those that there are can be found. */
export interface Missing {
  /** Such as `person` (admin/missing.ts). */
  readonly kind: string
  /** The message without how to go on. */
  readonly sentence: string
}

export interface ProblemOptions {
  /** For the log only; never shown. */
  readonly detail?: string
  readonly cause?: unknown
  /** Seconds after which trying again makes sense; surfaces send it as Retry-After. */
  readonly retryAfter?: number
  /** Every field that is wrong, for surfaces whose answers list them. */
  readonly fields?: readonly FieldFault[]
  readonly missing?: Missing
}

/**
 * An expected failure. `message` may be shown to the caller; `detail` and `cause` are for the log only.
 * Anything else that is thrown is a bug and becomes a 500 with a request id.
 * Grammar of our own messages: lower case, no full stop, the caller's words in backticks. AWS's own
 * messages, where clients match on them, are kept to the letter.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly retryAfter: number | undefined
  readonly fields: readonly FieldFault[] | undefined
  readonly missing: Missing | undefined

  constructor(code: ProblemCode, message: string, options: ProblemOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = options.detail
    this.retryAfter = options.retryAfter
    this.fields = options.fields
    this.missing = options.missing
  }
}

/** Whether it is a Problem of one of these codes. */
export const isProblem = (error: unknown, ...codes: readonly ProblemCode[]): error is Problem =>
  error instanceof Problem && codes.includes(error.code)
