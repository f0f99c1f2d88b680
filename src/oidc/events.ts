// What happened at the provider, as events for audit and metrics. The answer to a request waits until its events were taken
// (`auditWritten`): nothing is given out that is not on record.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { checkThatRefused } from '../sts/gate/gate.ts'
import { isOnRecord } from '../sts/recorded.ts'
import { grantTypes } from './clients/settings.ts'

export interface OidcEvent {
  readonly what:
    | 'authorized'
    | 'consented'
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
  /** The OAuth error of a refusal, and what the library says of it in its logs. */
  readonly error?: string | undefined
  /** The check of the way in that refused (sts/gate/gate.ts). */
  readonly check?: string | undefined
  /** The refusal is on record already, by sts/ and with more. */
  readonly onRecord?: boolean | undefined
  readonly requestId?: string | undefined
  readonly sourceIp?: string | undefined
  readonly userAgent?: string | undefined
}

/** Tells of an event; never throws. The context is that of the request in which it happened, when there is one. */
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

/** Events of a request that are still being written, by request. */
const writing = new WeakMap<object, Promise<void>[]>()

/** Waits until every event of a request was taken. @throws what the first that could not be taken rejects with */
export async function auditWritten(ctx: Pick<Context, 'req'>): Promise<void> {
  for (const one of writing.get(ctx.req) ?? []) await one
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
      const taken = observe({ what, ...about, ...from })
      if (taken === undefined) return
      taken.catch(failed)
      if (ctx) writing.set(ctx.req, [...(writing.get(ctx.req) ?? []), taken])
    } catch (fault) {
      failed(fault)
    }
  }

/** Passes oidc-provider's own events on. */
export function forwardProviderEvents(
  provider: Provider,
  emit: EmitEvent,
  { requestId, log }: Listener,
): void {
  provider.on('authorization.success', (ctx) => emit('authorized', aboutOf(ctx), ctx))
  provider.on('grant.success', (ctx) => emit('token_issued', aboutOf(ctx), ctx))
  provider.on('grant.error', (ctx, error) =>
    emit('token_refused', { ...aboutOf(ctx), scope: undefined, ...refusalOf(error) }, ctx),
  )
  provider.on('registration_create.success', (ctx, { clientId }) =>
    emit('client_registered', { clientId }, ctx),
  )
  provider.on('end_session.success', (ctx) => {
    // Also emitted when the person said no, and for browsers that nobody was signed in to.
    const about = aboutOf(ctx)
    if (ctx.oidc.params?.['logout'] && about.userId !== undefined) emit('signed_out', about, ctx)
  })
  // Not even kept for later (logout-outbox.ts tells what became of those that were).
  provider.on('backchannel.error', (ctx, error, client, userId) => {
    log.warn({ err: error, clientId: client.clientId }, 'a client will not be told of a sign-out')
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
    grantType: knownGrants.get(String(oidc.params?.['grant_type'])),
    scope: text(oidc.params?.['scope']),
  }
}

/** Of a refused request anything may stand there, a password that was typed into the wrong field included. */
const knownGrants: ReadonlyMap<string, string> = new Map(grantTypes.map((name) => [name, name]))

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const refusalOf = (error: Error) => ({
  error: textOf(error),
  check: checkThatRefused(error) ?? checkThatRefused(error.cause),
  onRecord: isOnRecord(error.cause),
})

function textOf(error: Error & { readonly error_detail?: string | undefined }): string {
  return error.error_detail === undefined ? error.message : `${error.message} (${error.error_detail})`
}
