// Messages of refused requests. The page and the log name the value that was refused, and both have the request id, so that
// a developer can find one from the other. Values come from the request: they are shortened, and control characters removed.
import type Provider from 'oidc-provider'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'

const longestValue = 512

const printable = (value: unknown): string =>
  (typeof value === 'string' ? value : '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, longestValue)

/** The message of an error, with the value that was refused. */
export function refusalMessage(
  ctx: KoaContextWithOIDC,
  error: unknown,
  out: { readonly error: string; readonly error_description?: string | undefined },
): string {
  const params = ctx.oidc?.params ?? ctx.query
  if (error instanceof errors.InvalidRedirectUri)
    return `redirect_uri \`${printable(params['redirect_uri'])}\` is not registered for the client \`${printable(params['client_id'])}\``
  if (error instanceof errors.InvalidClient && typeof params['client_id'] === 'string')
    return `there is no client \`${printable(params['client_id'])}\`, or it did not authenticate`
  const message = out.error_description ?? out.error
  const scope = error instanceof errors.InvalidScope && 'scope' in error ? printable(error.scope) : ''
  return scope === '' ? message : `${message}: \`${scope}\``
}

interface Listener {
  readonly log: { warn(fields: object, message: string): void }
  readonly requestId: (ctx: KoaContextWithOIDC) => string
  /** Whether a refusal of this address is logged; anybody can cause them, so each address has a limit. */
  readonly mayLog: (address: string) => boolean
}

/** Writes each refusal to the log, with client and reason. */
export function logRefusals(provider: Provider, { log, requestId, mayLog }: Listener): void {
  const write = (ctx: KoaContextWithOIDC, error: RefusedError): void => {
    // Errors of the server are logged elsewhere.
    if ((error.statusCode ?? 500) >= 500 || !mayLog(ctx.ip)) return
    const out = { error: error.error ?? error.name, error_description: error.error_description }
    log.warn(
      {
        requestId: requestId(ctx),
        clientId: ctx.oidc.client?.clientId ?? printable(ctx.oidc.params?.['client_id']),
        path: ctx.path,
        error: out.error,
        reason: refusalMessage(ctx, error, out),
        detail: error.error_detail,
      },
      'an OAuth request was refused',
    )
  }
  provider.on('authorization.error', write)
  provider.on('pushed_authorization_request.error', write)
  provider.on('device_authorization.error', write)
  provider.on('grant.error', write)
  provider.on('introspection.error', write)
  provider.on('revocation.error', write)
  provider.on('userinfo.error', write)
  provider.on('registration_create.error', write)
}

type RefusedError = Error & {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
  readonly error_detail?: string | undefined
  readonly statusCode?: number | undefined
}
