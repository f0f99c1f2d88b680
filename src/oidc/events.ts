// Events of the provider for audit and metrics. The response to a request waits until its events are recorded
// (auditWritten), so that nothing is issued without an audit entry.
import type { IncomingMessage } from 'node:http'
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { checkThatRefused } from '../sts/gate.ts'
import { isAudited } from '../sts/recorded.ts'
import { grantTypes } from './clients/settings.ts'

export interface OidcEvent {
  readonly what:
    | 'authorized'
    | 'authorization_refused'
    | 'consented'
    | 'access_refused'
    | 'withdrawn'
    | 'token_issued'
    | 'token_refused'
    | 'client_registered'
    | 'signed_out'
    | 'refresh_reused'
    | 'logout_delivered'
    | 'logout_undelivered'
  readonly clientId?: string | undefined
  readonly userId?: string | undefined
  readonly grantType?: string | undefined
  readonly scope?: string | undefined
  /** Sent with an authorization request, and not one of the client's. At most 512 characters. */
  readonly redirectUri?: string | undefined
  /** Session policies that a person consented to. */
  readonly policies?: readonly string[] | undefined
  /** The OAuth error of a refusal, with oidc-provider's detail for logs. */
  readonly error?: string | undefined
  /** The check of the way in that refused (sts/gate.ts). */
  readonly check?: string | undefined
  /** sts/ has already written an audit entry for the refusal. */
  readonly audited?: boolean | undefined
  readonly requestId?: string | undefined
  readonly sourceIp?: string | undefined
  readonly userAgent?: string | undefined
}

/** Emits an event; never throws. `ctx` is the request in which it happened, if there is one. */
export type EmitEvent = (
  what: OidcEvent['what'],
  about: Omit<OidcEvent, 'what' | 'requestId' | 'sourceIp' | 'userAgent'>,
  ctx?: Pick<Context, 'req' | 'ip' | 'get'> | undefined,
) => void

interface Listener {
  readonly observe?: ((event: OidcEvent) => void | Promise<void>) | undefined
  readonly requestId: (ctx: Pick<Context, 'req'>) => string
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
}

/** Events that are being recorded, by request. */
const writing = new WeakMap<object, Promise<void>[]>()

/** Waits until every event of a request is recorded. Rejects with the first error. */
export async function auditWritten(ctx: Pick<Context, 'req'>): Promise<void> {
  for (const one of writing.get(ctx.req) ?? []) await one
}

/**
 * Records the token of a request that is answered without a context of Koa, as `grant.success` does. When it rejects, the request
 * is as if nothing had been recorded.
 */
export const plainTokenRecorder =
  (emit: EmitEvent, clientAddress: (req: IncomingMessage) => string) =>
  async (req: IncomingMessage, clientId: string, params: Readonly<Record<string, string>>): Promise<void> => {
    const get = (name: string): string => String(req.headers[name.toLowerCase()] ?? '')
    const ctx = { req, ip: clientAddress(req), get } as Pick<Context, 'req' | 'ip' | 'get'>
    emit('token_issued', { clientId, ...aboutGrant(params) }, ctx)
    try {
      await auditWritten(ctx)
    } catch (error) {
      writing.delete(req)
      throw error
    }
  }

export const eventEmitter =
  ({ observe, requestId, log }: Listener): EmitEvent =>
  (what, about, ctx) => {
    if (!observe) return
    const failed = (fault: unknown) => log.error({ err: fault }, 'an OIDC event was not recorded')
    try {
      const from = ctx && {
        requestId: requestId(ctx),
        sourceIp: ctx.ip,
        userAgent: ctx.get('User-Agent') || undefined,
      }
      const recorded = observe({ what, ...about, ...from })
      if (recorded === undefined) return
      recorded.catch(failed)
      if (ctx) writing.set(ctx.req, [...(writing.get(ctx.req) ?? []), recorded])
    } catch (fault) {
      failed(fault)
    }
  }

/** Emits events for those of oidc-provider. */
export function forwardProviderEvents(
  provider: Provider,
  emit: EmitEvent,
  { requestId, log }: Listener,
): void {
  provider.on('authorization.success', (ctx) => emit('authorized', aboutOf(ctx), ctx))
  const refusedOnce = new WeakSet<object>()
  const authorizationRefused = (ctx: KoaContextWithOIDC, error: Error): void => {
    const about = refusedAuthorization(ctx, error)
    // oidc-provider reports a request twice whose redirect URI is wrong besides something else.
    if (about === undefined || refusedOnce.has(ctx.req)) return
    refusedOnce.add(ctx.req)
    emit('authorization_refused', about, ctx)
  }
  provider.on('authorization.error', authorizationRefused)
  provider.on('pushed_authorization_request.error', authorizationRefused)
  provider.on('grant.success', (ctx) => emit('token_issued', aboutOf(ctx), ctx))
  provider.on('grant.error', (ctx, error) =>
    emit('token_refused', { ...aboutOf(ctx), scope: undefined, ...refusalOf(error) }, ctx),
  )
  provider.on('registration_create.success', (ctx, { clientId }) =>
    emit('client_registered', { clientId }, ctx),
  )
  provider.on('end_session.success', (ctx) => {
    // oidc-provider emits this also when the user declined, and for browsers without a signed-in user.
    const about = aboutOf(ctx)
    if (ctx.oidc.params?.['logout'] && about.userId !== undefined) emit('signed_out', about, ctx)
  })
  // The logout request was not even queued; logout-outbox.ts emits the result of those that were.
  provider.on('backchannel.error', (ctx, error, client, userId) => {
    log.warn({ err: error, clientId: client.clientId }, 'a client will not be notified of a sign-out')
    emit('logout_undelivered', { clientId: client.clientId, userId, error: error.message }, ctx)
  })
  provider.on('server_error', (ctx, error) => {
    log.error({ requestId: requestId(ctx), err: error, path: ctx.path }, 'request failed')
  })
}

function aboutOf({
  oidc,
}: KoaContextWithOIDC): Pick<OidcEvent, 'clientId' | 'userId' | 'grantType' | 'scope'> {
  return {
    clientId: oidc.client?.clientId,
    userId: oidc.account?.accountId ?? oidc.session?.accountId,
    ...aboutGrant(oidc.params),
  }
}

const aboutGrant = (
  params: Readonly<Record<string, unknown>> | undefined,
): Pick<OidcEvent, 'grantType' | 'scope'> => ({
  grantType: knownGrants.get(String(params?.['grant_type'])),
  scope: text(params?.['scope']),
})

/** Errors that the application causes by what it sends; others are ordinary, such as `login_required` (OpenID Connect Core §3.1.2.6). */
const wrongRequests: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_redirect_uri',
  'invalid_request_object',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_response_type',
  'unsupported_response_mode',
])
const longestRedirectUri = 512

/**
 * What is recorded of a refused authorization request: undefined without a known client. The person who may be signed in is not
 * named, because a link of anybody can have caused the request.
 */
function refusedAuthorization(
  { oidc }: KoaContextWithOIDC,
  error: Error,
): Pick<OidcEvent, 'clientId' | 'error' | 'redirectUri'> | undefined {
  const { client, params } = oidc
  if (client === undefined) return undefined
  const sent = text(params?.['redirect_uri'])
  const isWrong = sent !== undefined && !client.redirectUriAllowed(sent)
  if (!isWrong && !wrongRequests.has(error.message)) return undefined
  // A longer one, or one with characters that do not print, is no redirect URI of anybody.
  const shown = isWrong && sent.length <= longestRedirectUri && !/[\p{C}\s]/u.test(sent)
  return {
    clientId: client.clientId,
    error: isWrong ? 'invalid_redirect_uri' : textOf(error),
    redirectUri: shown ? sent : undefined,
  }
}

/** Only known values are recorded: a refused request may have anything there, even a password. */
const knownGrants: ReadonlyMap<string, string> = new Map(grantTypes.map((name) => [name, name]))

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const refusalOf = (error: Error) => ({
  error: textOf(error),
  check: checkThatRefused(error) ?? checkThatRefused(error.cause),
  audited: isAudited(error.cause),
})

function textOf(error: Error & { readonly error_detail?: string | undefined }): string {
  return error.error_detail === undefined ? error.message : `${error.message} (${error.error_detail})`
}
