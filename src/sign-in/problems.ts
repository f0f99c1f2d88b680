// Problems as pages: a title, one sentence that says what to do, and the number under which the log knows more.
import type { Page } from '../../views/layout.ts'
import { problemPage, throttledPage } from '../../views/notice-pages.ts'
import type { ErrorPage } from '../web/answer.ts'

/** Our messages start lower case and have no full stop (problem.ts); on a page they are sentences. */
export function sentence(message: string): string {
  const text = message.trim().replaceAll('`', '')
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

const titles: ReadonlyMap<number, string> = new Map([
  [401, 'Sign in first'],
  [403, 'You may not do that'],
  [404, 'There is nothing here'],
  [413, 'That was too much'],
  [429, 'Wait a moment'],
  [500, 'Something went wrong here'],
  [503, 'We cannot do that just now'],
])

const home = { text: 'Your account', href: '/account' }

/** For which our own words are for operators. */
const sentences: ReadonlyMap<number, string> = new Map([
  [500, 'It is not your fault. Try again; if it stays, tell your administrator the reference.'],
  [503, 'Something that this server needs does not answer. Try again in a moment.'],
])

/** What `web/answer.ts` shows a browser for any error. */
export const pageOfError = (error: ErrorPage): Page =>
  problemPage({
    title: titles.get(error.status) ?? 'That did not work',
    sentence: sentences.get(error.status) ?? sentence(error.message),
    reference: error.requestId,
    link: home,
  })

/** RFC 6749 §4.1.2.1, RFC 8707, RFC 9126, OIDC Core §3.1.2.6: codes for what an application asked. */
const askedWrongly: ReadonlySet<string> = new Set([
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

/** What an application asked wrongly and cannot be sent back to it; everything else as `pageOfError`. */
export const pageOfProviderError = (error: ErrorPage): Page =>
  askedWrongly.has(error.code) && error.status < 500
    ? problemPage({
        title: 'The application asked wrongly',
        sentence: sentence(error.message),
        reference: error.requestId,
        link: home,
      })
    : pageOfError(error)

/** A sign-in that is over, was never here, or belongs to another browser: all look the same. */
export const endedPage = (reference: string): Page =>
  problemPage({
    title: 'This sign-in has ended',
    sentence:
      'It took too long, was finished already, or was opened in another browser. Go back to the application and start again.',
    reference,
    link: home,
  })

/** Seconds when the throttle did not say. */
const someTime = 30

/** Too many tries, as a page. */
export const waitPage = (retryAfter: number | undefined, back: string): Page =>
  throttledPage({ seconds: retryAfter ?? someTime, back })
