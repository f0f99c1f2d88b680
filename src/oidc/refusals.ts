// Messages of refused requests. The page, the JSON response and the log name the value that was refused, and all have the
// request id, so that a developer can find one from the other. Values come from the request: they are shortened, and control
// characters removed.
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type Provider from 'oidc-provider'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { UnusableDocument } from './clients/client-documents.ts'
import { deviceGrant } from './clients/settings.ts'
import { audienceFault } from './signed-requests.ts'

const longestValue = 512

const printable = (value: unknown): string =>
  (typeof value === 'string' ? value : '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, longestValue)

type Parameters = Readonly<Record<string, unknown>>

/**
 * What oidc-provider says for the log alone, and what the client is told as well. The client has authenticated and the code
 * or token is its own when these are found; other details could tell somebody about what is not theirs.
 */
const grantDetails: ReadonlyMap<string, (params: Parameters) => string> = new Map([
  [
    'code_verifier does not match code_challenge',
    () => '`code_verifier` does not match the `code_challenge`',
  ],
  ['code_verifier must be provided', () => '`code_verifier` is missing: the code was requested with PKCE'],
  [
    'authorization code redirect_uri mismatch',
    (params: Parameters) =>
      `redirect_uri \`${printable(params['redirect_uri'])}\` is not that of the authorization request`,
  ],
  ['authorization code is expired', () => 'the code has expired'],
  ['refresh token is expired', () => 'the refresh token has expired'],
  ['missing DPoP proof JWT', () => 'a DPoP proof is missing: the code is bound to a key'],
  [
    'DPoP proof JWT not provided',
    () => 'a DPoP proof is missing: the tokens of this client are bound to a key',
  ],
  [
    'DPoP proof key thumbprint does not match dpop_jkt',
    () => 'the DPoP proof is signed with another key than the code is bound to',
  ],
  ['failed jkt verification', () => 'the DPoP proof is signed with another key than the token is bound to'],
])

/** The description of an `InvalidGrant` that was given none. */
const noDescription = new errors.InvalidGrant('').error_description

/** By grant, what every other refusal of a code or token can mean: the same for one that is somebody else's and for one that is none. */
const generalGrantMessages: ReadonlyMap<string, string> = new Map([
  [
    'authorization_code',
    'the code is not valid: it is unknown, was used before, has expired, or was issued to another client',
  ],
  [
    'refresh_token',
    'the refresh token is not valid: it is unknown, was used before, was revoked, has expired, or was issued to another client',
  ],
  [
    deviceGrant,
    'the device code is not valid: it is unknown, was used before, or was issued to another client',
  ],
])

/** The message of an error, with the value that was refused. */
export function refusalMessage(
  ctx: KoaContextWithOIDC,
  error: unknown,
  out: { readonly error: string; readonly error_description?: string | undefined },
): string {
  const params: Parameters = ctx.oidc?.params ?? ctx.query
  const message = out.error_description ?? out.error
  const clientId = ctx.oidc?.client?.clientId ?? printable(params['client_id'])
  if (error instanceof errors.InvalidRedirectUri)
    return `redirect_uri \`${printable(params['redirect_uri'])}\` is not registered for the client \`${clientId}\``
  if (error instanceof UnusableDocument)
    return `the metadata document \`${clientId}\` ${printable(error.reason)}`
  if (error instanceof errors.InvalidClient && clientId !== '')
    return `there is no client \`${clientId}\`, or it did not authenticate`
  if (error instanceof errors.InvalidClientAuth)
    return authenticationMessage(error, { clientId, message, issuer: ctx.oidc.issuer })
  if (error instanceof errors.InvalidGrant)
    return (
      grantDetails.get(error.error_detail ?? '')?.(params) ??
      (message === noDescription ? generalGrantMessages.get(printable(params['grant_type'])) : undefined) ??
      message
    )
  if (error instanceof errors.UnsupportedGrantType)
    return `grant_type \`${printable(params['grant_type'])}\` is not supported`
  if (error instanceof errors.InvalidTarget && printable(params['resource']) !== '')
    return `${message}: \`${printable(params['resource'])}\``
  const scope = error instanceof errors.InvalidScope && 'scope' in error ? printable(error.scope) : ''
  return scope === '' ? message : `${message}: \`${scope}\``
}

/** Faults of an assertion are shown (signed-requests.ts): they say what it must have, and nothing of the client. */
function authenticationMessage(
  { error_detail: detail = '' }: errors.OIDCProviderError,
  {
    clientId,
    message,
    issuer,
  }: { readonly clientId: string; readonly message: string; readonly issuer: string },
): string {
  const general = clientId === '' ? message : `there is no client \`${clientId}\`, or it did not authenticate`
  // oidc-provider looks at the audience first, and names the endpoints as well.
  if (detail.includes('audience (aud)')) return `${general}: ${audienceFault(issuer)}`
  return detail.startsWith('client_assertion ') ? `${general}: ${detail}` : general
}

/** Characters that `error_description` may have (RFC 6749 §5.2); others become `?`. */
const inDescription = (text: string): string => text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?')

/** Sets the message as `error_description` of a JSON response, which has the request id in `X-Request-Id`. */
function describe(ctx: KoaContextWithOIDC, message: string): void {
  const body: unknown = ctx.body
  if (typeof body === 'object' && body !== null && 'error' in body && 'error_description' in body)
    body.error_description = inDescription(message)
}

/**
 * oidc-provider's events for refused requests, one for each endpoint. Not among them: `backchannel.error`, a logout request
 * of ours that a client refused (events.ts), and endpoints that are off.
 */
export const refusalEvents = [
  'authorization.error',
  'pushed_authorization_request.error',
  'device_authorization.error',
  'code_verification.error',
  'device_resume.error',
  'grant.error',
  'introspection.error',
  'revocation.error',
  'userinfo.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
  'registration_create.error',
  'registration_read.error',
  'registration_update.error',
  'registration_delete.error',
  'discovery.error',
  'jwks.error',
] as const

interface Listener {
  readonly log: { warn(fields: object, message: string): void }
  readonly requestId: (ctx: KoaContextWithOIDC) => string
  /** Whether a refusal of this address is logged; anybody can cause them, so each address has a limit. */
  readonly mayLog: (address: string) => boolean
  readonly onRefusal?: ((req: IncomingMessage, code: string, message: string) => void) | undefined
}

/** Names what was refused in JSON responses, and writes each refusal to the log, with client and reason. */
export function describeRefusals(provider: Provider, { log, requestId, mayLog, onRefusal }: Listener): void {
  const write = (ctx: KoaContextWithOIDC, error: RefusedError): void => {
    const out = { error: error.error ?? error.name, error_description: error.error_description }
    const reason = refusalMessage(ctx, error, out)
    onRefusal?.(ctx.req, out.error, reason)
    // Errors of the server are logged elsewhere.
    if ((error.statusCode ?? 500) >= 500) return
    describe(ctx, reason)
    if (!mayLog(ctx.ip)) return
    log.warn(
      {
        requestId: requestId(ctx),
        clientId: ctx.oidc.client?.clientId ?? printable(ctx.oidc.params?.['client_id']),
        path: ctx.path,
        error: out.error,
        reason,
        detail: error.error_detail,
      },
      'an OAuth request was refused',
    )
  }
  // The type definitions name each event in an overload of its own, which a list cannot call.
  const emitter: EventEmitter = provider
  for (const event of refusalEvents) emitter.on(event, write)
}

type RefusedError = Error & {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
  readonly error_detail?: string | undefined
  readonly statusCode?: number | undefined
}
