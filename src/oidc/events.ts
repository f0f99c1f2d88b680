// What happened at the provider, as events for audit and metrics. Told after the fact: who listens cannot refuse.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
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
  readonly requestId?: string | undefined
  readonly sourceIp?: string | undefined
  readonly userAgent?: string | undefined
}

/** Tells of an event; never throws. The context is that of the request in which it happened, when there is one. */
export type Tell = (
  what: OidcEvent['what'],
  about: Pick<OidcEvent, 'clientId' | 'userId' | 'grantType' | 'scope' | 'error'>,
  ctx?: Pick<Context, 'req' | 'ip' | 'get'> | undefined,
) => void

interface Listener {
  readonly observe?: ((event: OidcEvent) => void) | undefined
  readonly requestId: (ctx: Pick<Context, 'req'>) => string
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
}

export const teller =
  ({ observe, requestId, log }: Listener): Tell =>
  (what, about, ctx) => {
    if (!observe) return
    try {
      const from = ctx && {
        requestId: requestId(ctx),
        sourceIp: ctx.ip,
        userAgent: ctx.get('User-Agent') || undefined,
      }
      observe({ what, ...about, ...from })
    } catch (fault) {
      log.error({ err: fault }, 'an OIDC event was not recorded')
    }
  }

/** Passes oidc-provider's own events on. */
export function passOn(provider: Provider, tell: Tell, { requestId, log }: Listener): void {
  provider.on('authorization.success', (ctx) => tell('authorized', aboutOf(ctx), ctx))
  provider.on('grant.success', (ctx) => tell('token_issued', aboutOf(ctx), ctx))
  provider.on('grant.error', (ctx, error) =>
    tell('token_refused', { ...aboutOf(ctx), scope: undefined, error: textOf(error) }, ctx),
  )
  provider.on('registration_create.success', (ctx, { clientId }) =>
    tell('client_registered', { clientId }, ctx),
  )
  provider.on('end_session.success', (ctx) => {
    // Also emitted when the person said no, and for browsers that nobody was signed in to.
    const about = aboutOf(ctx)
    if (ctx.oidc.params?.['logout'] && about.userId !== undefined) tell('signed_out', about, ctx)
  })
  // Not even kept for later (logout-outbox.ts tells what became of those that were).
  provider.on('backchannel.error', (ctx, error, client, userId) => {
    log.warn({ err: error, clientId: client.clientId }, 'a client will not be told of a sign-out')
    tell('logout_undelivered', { clientId: client.clientId, userId, error: error.message }, ctx)
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

function textOf(error: Error & { readonly error_detail?: string | undefined }): string {
  return error.error_detail === undefined ? error.message : `${error.message} (${error.error_detail})`
}
