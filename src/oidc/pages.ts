// The pages that oidc-provider renders itself: device code, sign-out and errors. The HTML comes from views/, passed in as
// functions; this file selects the values they show.
import type { KoaContextWithOIDC } from 'oidc-provider'
import { refusalMessage } from './refusals.ts'

export interface OidcViews {
  /** POST to `action` with fields `xsrf` and `user_code`. */
  deviceCode(page: {
    readonly action: string
    readonly xsrf: string
    readonly userCode: string | undefined
    /** Why the form is shown again. */
    readonly fault: 'no_code' | 'unknown_code' | 'aborted' | 'failed' | undefined
  }): string
  /** POST to `action` with fields `xsrf`, `user_code`, `confirm=yes`; with `abort=yes` as well to decline. */
  deviceConfirm(page: {
    readonly action: string
    readonly xsrf: string
    readonly userCode: string
    readonly clientName: string
    readonly device: { readonly ip: string; readonly userAgent: string }
  }): string
  deviceDone(page: { readonly clientName: string }): string
  /** POST to `action` with fields `xsrf`, and `logout=yes` to confirm. */
  signOut(page: {
    readonly action: string
    readonly xsrf: string
    readonly clientName: string | undefined
  }): string
  /** Signed out here; redirects to sign out at the identity provider. */
  leaving(page: { readonly title: string; readonly to: string }): string
  signedOut(page: { readonly clientName: string | undefined }): string
  error(page: {
    readonly status: number
    readonly code: string
    readonly message: string
    readonly requestId: string
  }): string
}

/** oidc-provider's page sources, rendered by views/. */
export function pageSources(
  viewsOf: (ctx: KoaContextWithOIDC) => OidcViews,
  requestId: (ctx: KoaContextWithOIDC) => string,
) {
  const show = (ctx: KoaContextWithOIDC, html: string): void => {
    ctx.type = 'html'
    ctx.body = html
  }
  const xsrfOf = (ctx: KoaContextWithOIDC): string => String(ctx.oidc.session?.state?.['secret'] ?? '')
  const nameOf = (ctx: KoaContextWithOIDC): string | undefined =>
    ctx.oidc.client?.clientName ?? ctx.oidc.client?.clientId
  return {
    userCodeInputSource(ctx: KoaContextWithOIDC, _form: string, out: unknown, error: unknown): void {
      const fault = faultOf(error, out !== undefined)
      const userCode = (error as { userCode?: string } | undefined)?.userCode
      show(
        ctx,
        viewsOf(ctx).deviceCode({
          action: ctx.oidc.urlFor('code_verification'),
          xsrf: xsrfOf(ctx),
          userCode,
          fault,
        }),
      )
    },
    userCodeConfirmSource(
      ctx: KoaContextWithOIDC,
      _form: string,
      client: { readonly clientId: string; readonly clientName?: string | undefined },
      device: Readonly<Record<string, unknown>>,
      userCode: string,
    ): void {
      const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 256) : '')
      show(
        ctx,
        viewsOf(ctx).deviceConfirm({
          action: ctx.oidc.urlFor('code_verification'),
          xsrf: xsrfOf(ctx),
          userCode,
          clientName: client.clientName ?? client.clientId,
          device: { ip: text(device['ip']), userAgent: text(device['ua']) },
        }),
      )
    },
    successSource(ctx: KoaContextWithOIDC): void {
      show(ctx, viewsOf(ctx).deviceDone({ clientName: nameOf(ctx) ?? '' }))
    },
    logoutSource(ctx: KoaContextWithOIDC): void {
      const action = ctx.oidc.urlFor('end_session_confirm')
      show(ctx, viewsOf(ctx).signOut({ action, xsrf: xsrfOf(ctx), clientName: nameOf(ctx) }))
    },
    postLogoutSuccessSource(ctx: KoaContextWithOIDC): void {
      show(ctx, viewsOf(ctx).signedOut({ clientName: nameOf(ctx) }))
    },
    renderError(
      ctx: KoaContextWithOIDC,
      out: { readonly error: string; readonly error_description?: string | undefined },
      error?: unknown,
    ): void {
      const message = refusalMessage(ctx, error, out)
      show(
        ctx,
        viewsOf(ctx).error({ status: ctx.status, code: out.error, message, requestId: requestId(ctx) }),
      )
    },
  }
}

function faultOf(
  error: unknown,
  failed: boolean,
): 'no_code' | 'unknown_code' | 'aborted' | 'failed' | undefined {
  if (!(error instanceof Error)) return failed ? 'failed' : undefined
  if (error.name === 'NoCodeError') return 'no_code'
  if (error.name === 'AbortedError') return 'aborted'
  return ['NotFoundError', 'ExpiredError', 'AlreadyUsedError'].includes(error.name)
    ? 'unknown_code'
    : 'failed'
}
