// Error pages: a title, one sentence that says what to do, and the request id under which the log has the details.
import type { Page } from '../../views/layout.ts'
import { problemPage, throttledPage } from '../../views/notice-pages.ts'
import type { ErrorPage } from '../web/response/error-response.ts'

/** Turns a Problem message (lower case, no full stop) into a sentence for a page; names of parameters keep their case. */
export function sentence(message: string): string {
  const text = message.trim().replaceAll('`', '')
  if (text === '') return ''
  const begun = /^[a-z]+_/.test(text) ? `The ${text}` : `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return `${begun}${/[.!?]$/.test(text) ? '' : '.'}`
}

const titles: ReadonlyMap<number, string> = new Map([
  [401, 'Sign in to continue'],
  [403, 'Access denied'],
  [404, 'Page not found'],
  [413, 'Request too large'],
  [429, 'Too many attempts'],
  [500, 'Something went wrong'],
  [503, 'Temporarily unavailable'],
])

const accountLink = { text: 'Your account', href: '/account' }

/** Statuses whose messages are written for operators and are replaced on pages. */
const replacements: ReadonlyMap<number, string> = new Map([
  // Which methods there are is said to programs, and in the header Allow.
  [405, 'This address does not take such a request. Go back and try again.'],
  [500, 'Try again. If the problem persists, give your administrator the reference below.'],
  [503, 'A service that this server depends on is not responding. Try again in a moment.'],
])

/** The page that `web/response/error-response.ts` shows a browser for any error. */
export const errorPage = (error: ErrorPage): Page =>
  problemPage({
    title: titles.get(error.status) ?? 'The request could not be completed',
    sentence: replacements.get(error.status) ?? sentence(error.message),
    reference: error.requestId,
    link: accountLink,
  })

/** Error codes of an invalid authorization request (RFC 6749 §4.1.2.1, RFC 8707, RFC 9126, OIDC Core §3.1.2.6). */
const invalidRequestCodes: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_redirect_uri',
  'invalid_scope',
  'invalid_target',
  'invalid_request_uri',
  'invalid_request_object',
  'unauthorized_client',
  'unsupported_response_type',
  'request_not_supported',
])

/** The page for an invalid request that cannot be redirected back to the application; other errors as in `errorPage`. */
export const oidcErrorPage = (error: ErrorPage): Page =>
  invalidRequestCodes.has(error.code) && error.status < 500
    ? problemPage({
        title: 'This sign-in request is not valid',
        sentence: sentence(error.message),
        reference: error.requestId,
        link: accountLink,
      })
    : errorPage(error)

/** Shown alike for a sign-in that has ended, never existed, or belongs to another browser. */
export const endedPage = (reference: string): Page =>
  problemPage({
    title: 'This sign-in has ended',
    sentence:
      'It expired, was already completed, or was started in another browser. Return to the application and start again.',
    reference,
    link: accountLink,
  })

/** Seconds, when the throttle gives no time. */
const defaultRetryAfter = 30

/** The page for too many attempts. @param retryAfter seconds */
export const waitPage = (retryAfter: number | undefined, back: string): Page =>
  throttledPage({ seconds: retryAfter ?? defaultRetryAfter, back })
