// How a refused request is answered: a page for a browser that opens one, problem+json (RFC 9457) or plain text for any other caller,
// as `Accept` asks. The page is shown on the protected host, whose proxy passes `/.chancery/` on to this server: the files that it
// loads have addresses there (host-pages.ts).
import type { Context } from 'koa'
import { referenceHeader, requestIdOf } from '../../web/request/request-id.ts'

/** A page of forward authentication, as data. */
export type HostPage =
  /** `place`: host and path. `another`: path on the host that signs in with another account and returns. */
  | { readonly kind: 'denied'; readonly user: string; readonly place: string; readonly another: string }
  /** The path of the request may be read in more than one way. */
  | { readonly kind: 'address' }
  /** The proxy or the host is not in the configuration; `reason` says which. */
  | { readonly kind: 'not-ready'; readonly reason: string }
  /** `again`: path on the host that asks to sign in and returns. */
  | { readonly kind: 'signed-out'; readonly again: string }
  | { readonly kind: 'sign-in-ended' }

/** At this server: the browser goes on to the protected host. */
export interface OpeningPage {
  readonly kind: 'opening'
  readonly host: string
  readonly onward: string
}

/** Answers with a page. `reference` is the request id under which the log has details. */
export type ShowHostPage = (
  ctx: Context,
  page: HostPage | OpeningPage,
  about: { readonly status: number; readonly reference: string },
) => void

export interface Refusal {
  readonly status: 401 | 403
  /** For programs and the log. */
  readonly reason: string
  /** The page for a browser. */
  readonly page: HostPage
  /** Whether a token that was sent is not valid. */
  readonly badToken: boolean
  /** The request id under which an equal denial is on record already. */
  readonly reference: string | undefined
}

/** Answers a refusal. `navigates`: a browser opens a page or sends a form. */
export function answerRefusal(
  ctx: Context,
  { status, reason, page, badToken, reference: recorded }: Refusal,
  given: { readonly navigates: boolean; readonly issuer: string; readonly show: ShowHostPage },
): void {
  const reference = recorded ?? requestIdOf(ctx)
  // RFC 9110 section 15.5.2, RFC 6750 section 3.1.
  if (status === 401)
    ctx.set('WWW-Authenticate', `Bearer realm="${given.issuer}"${badToken ? ', error="invalid_token"' : ''}`)
  ctx.set(referenceHeader, reference)
  if (given.navigates) given.show(ctx, page, { status, reference })
  else answerProgram(ctx, { status, reason, reference })
}

function answerProgram(
  ctx: Context,
  { status, reason, reference }: Pick<Refusal, 'status' | 'reason'> & { readonly reference: string },
): void {
  ctx.status = status
  ctx.vary('Accept')
  if (ctx.accepts('application/problem+json', 'application/json', 'text/plain') === 'text/plain') {
    ctx.type = 'text/plain'
    ctx.body = `${reason}\nReference: ${reference}\n`
    return
  }
  ctx.type = 'application/problem+json'
  ctx.body = JSON.stringify({
    type: 'about:blank',
    status,
    code: status === 401 ? 'missing_credentials' : 'denied',
    detail: reason,
    requestId: requestIdOf(ctx),
    reference,
  })
}
