// Sends a page: the layout around it, and the CSP `form-action` that it needs. web/ sets the headers of every response.
import type { Context } from 'koa'
import { pageText } from '../../views/html.ts'
import type { Language } from '../../views/languages/languages.ts'
import { type Frame, layout, type Page } from '../../views/layout.ts'
import { allowFormTo } from '../web/response/headers.ts'

export interface ShowOptions {
  /** Default 200. */
  readonly status?: number
  /**
   * Origin (or private-use scheme with its colon) of the application, to which the response to the form may redirect.
   * Browsers apply `form-action` to redirects after a submission too.
   */
  readonly formTo?: string | undefined
}

/** The language of the page that answers a request. */
export type LanguageOf = (ctx: Pick<Context, 'req' | 'get'>) => Language

/** Responds to a request with a page. */
export type Show = (ctx: Context, page: Page, options?: ShowOptions) => void

/**
 * Also used by account/ and for the pages of oidc-provider.
 * @param frame as it is now: the brand changes while the server runs
 */
export const openShow =
  (frame: () => Frame, languageOf: LanguageOf): Show =>
  (ctx, page, options = {}) => {
    ctx.status = options.status ?? 200
    ctx.type = 'text/html; charset=utf-8'
    allowFormTo(ctx, options.formTo)
    ctx.vary('Accept-Language')
    ctx.vary('Cookie')
    ctx.body = textOf(frame(), page, languageOf(ctx))
  }

/** A page as text, for callers that render without a request: the error pages of web/, the pages of oidc-provider. */
export const textOf = (frame: Frame, page: Page, language: Language): string =>
  pageText(layout(page, frame, language))
