// Sends a page: the layout around it, and the CSP `form-action` that it needs. web/ sets the headers of every response.
import type { Context } from 'koa'
import { pageText } from '../../views/html.ts'
import { type Frame, layout, type Page } from '../../views/layout.ts'
import { allowFormTo } from '../web/headers.ts'

export interface ShowOptions {
  /** Default 200. */
  readonly status?: number
  /**
   * Origin (or private-use scheme with its colon) of the application, to which the response to the form may redirect.
   * Browsers apply `form-action` to redirects after a submission too.
   */
  readonly formTo?: string | undefined
}

/** Responds to a request with a page. */
export type Show = (ctx: Context, page: Page, options?: ShowOptions) => void

/** Also used by account/ and for the pages of oidc-provider. */
export const openShow =
  (frame: Frame): Show =>
  (ctx, page, options = {}) => {
    ctx.status = options.status ?? 200
    ctx.type = 'text/html; charset=utf-8'
    allowFormTo(ctx, options.formTo)
    ctx.body = textOf(frame, page)
  }

/** A page as text, for callers that render without a request: the error pages of web/, the pages of oidc-provider. */
export const textOf = (frame: Frame, page: Page): string => pageText(layout(page, frame))
