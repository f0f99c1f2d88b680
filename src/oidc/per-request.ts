// What surrounds oidc-provider in every request: the facts of the request before it; after it the upstream session, the audit entries
// and the record that a redemption has its response.
import type { Context, Middleware } from 'koa'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { ArtifactStore } from './artifacts/artifact-store.ts'
import { currentRedemption, startRequest, storeFailureOf } from './artifacts/token-request.ts'
import { auditWritten } from './events.ts'
import type { OidcViews } from './pages.ts'
import { continueLogoutUpstream, type LeaveUpstream } from './session/sign-out-upstream.ts'
import { saveUpstreamSession, type UpstreamSessions } from './session/upstream-sessions.ts'
import { answerThrown } from './thrown-errors.ts'

interface PerRequestOptions {
  readonly artifacts: ArtifactStore
  readonly upstreams: UpstreamSessions
  readonly leaveUpstream: LeaveUpstream
  /** Makes oidc-provider sign with the current keys. */
  readonly followKeys: () => void
  readonly views: (ctx: Context) => Pick<OidcViews, 'leaving'>
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly log: { error(fields: object, message: string): void }
  readonly requestId: (ctx: Context) => string
}

/** The order of its steps matters: a response is sent only when its audit entry is durable. */
export function perRequest(options: PerRequestOptions): Middleware {
  const { artifacts, upstreams } = options
  const leaving = {
    upstreams,
    leaveUpstream: options.leaveUpstream,
    page: (ctx: Context, there: Parameters<OidcViews['leaving']>[0]) => options.views(ctx).leaving(there),
  }
  return async (ctx, next) => {
    startRequest(ctx, options.clock())
    options.followKeys()
    try {
      await next()
      const failure = storeFailureOf(ctx)
      if (failure)
        options.log.error(
          { requestId: options.requestId(ctx), err: failure, path: ctx.path },
          'request failed',
        )
      if (ctx.status === 503) ctx.set('Retry-After', '1')
      await saveUpstreamSession(ctx as KoaContextWithOIDC, upstreams)
      await continueLogoutUpstream(ctx as KoaContextWithOIDC, leaving)
      relaxFormAction(ctx)
      const redeemed = currentRedemption(ctx as KoaContextWithOIDC)
      await auditWritten(ctx).catch((cause) => withholdAnswer(ctx, artifacts, redeemed, cause))
      // Before the response is sent: later requests with the same token are retries, not concurrent (refresh-retry.ts).
      if (redeemed && ctx.status === 200 && !(await artifacts.answered(redeemed.model, redeemed.id)))
        refuseEndedGrant(ctx)
    } catch (error) {
      answerThrown(ctx, error, options)
    }
  }
}

/**
 * The audit entry of this response could not be written: the response is not sent, and the code or token may be redeemed
 * again.
 * @throws errors.TemporarilyUnavailable
 */
async function withholdAnswer(
  ctx: Context,
  artifacts: ArtifactStore,
  redeemed: ReturnType<typeof currentRedemption>,
  cause: unknown,
): Promise<never> {
  ctx.remove('Location')
  if (redeemed && ctx.status === 200) await artifacts.undoRedemption(redeemed)
  throw Object.assign(new errors.TemporarilyUnavailable('the request could not be recorded'), { cause })
}

/** The grant was ended while the response was being made. */
function refuseEndedGrant(ctx: Context): void {
  ctx.status = 400
  ctx.body = { error: 'invalid_grant', error_description: 'grant was already redeemed' }
}

/**
 * Removes `form-action` from the CSP of oidc-provider's own pages, because their forms lead to clients: the response of
 * `response_mode=form_post`, and the redirect after a sign-out. These pages escape every value of the request.
 */
function relaxFormAction(ctx: Context): void {
  // `ctx.response.is` parses the media type at every token response (5 µs). A response without a body has no such header.
  if (!String(ctx.response.headers['content-type'] ?? '').startsWith('text/html')) return
  const policy = ctx.response.get('Content-Security-Policy')
  if (policy) ctx.set('Content-Security-Policy', policy.replace(/form-action [^;]*;? ?/, ''))
}
