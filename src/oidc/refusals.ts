// What a refusal says. A developer learns which value was refused, on the page and in the log; both have the request id, so
// that one is found by the other. Values come from outside: they are cut, and control characters are taken out.
import type Provider from 'oidc-provider'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'

const longestValue = 512

const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, longestValue)

/** The message of an error, with the value that was refused. */
export function refusalMessage(
  ctx: KoaContextWithOIDC,
  error: unknown,
  out: { readonly error: string; readonly error_description?: string | undefined },
): string {
  const params = ctx.oidc?.params ?? ctx.query
  if (error instanceof errors.InvalidRedirectUri)
    return `redirect_uri \`${shown(params['redirect_uri'])}\` is not registered for the client \`${shown(params['client_id'])}\``
  if (error instanceof errors.InvalidClient && typeof params['client_id'] === 'string')
    return `there is no client \`${shown(params['client_id'])}\`, or it did not authenticate`
  const message = out.error_description ?? out.error
  const scope = error instanceof errors.InvalidScope && 'scope' in error ? shown(error.scope) : ''
  return scope === '' ? message : `${message}: \`${scope}\``
}

interface Listener {
  readonly log: { warn(fields: object, message: string): void }
  readonly requestId: (ctx: KoaContextWithOIDC) => string
  /** Whether a refusal of this address is still written: anybody can cause them. */
  readonly mayLog: (address: string) => boolean
}

/** Writes each refusal to the log, with client and reason. */
export function logRefusals(provider: Provider, { log, requestId, mayLog }: Listener): void {
  const write = (ctx: KoaContextWithOIDC, error: RefusedError): void => {
    // A failure of ours is in the log already.
    if ((error.statusCode ?? 500) >= 500 || !mayLog(ctx.ip)) return
    const out = { error: error.error ?? error.name, error_description: error.error_description }
    log.warn(
      {
        requestId: requestId(ctx),
        clientId: ctx.oidc.client?.clientId ?? shown(ctx.oidc.params?.['client_id']),
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
