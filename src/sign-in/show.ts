// How a page leaves: framed, and with word of where its form may lead. The headers every answer carries are web/'s.
import type { Context } from 'koa'
import { pageText } from '../../views/html.ts'
import { type Frame, layout, type Page } from '../../views/layout.ts'
import { allowFormTo } from '../web/headers.ts'

export interface ShowOptions {
  /** Default 200. */
  readonly status?: number
  /**
   * Origin (or private-use scheme with its colon) the form's answer may be redirected to besides here: the application
   * that waits. Browsers hold `form-action` against redirects after a submit too.
   */
  readonly formTo?: string | undefined
}

/** Answers a request with a page. */
export type Show = (ctx: Context, page: Page, options?: ShowOptions) => void

/** The same function serves account/ and the provider's own questions. */
export const openShow =
  (frame: Frame): Show =>
  (ctx, page, options = {}) => {
    ctx.status = options.status ?? 200
    ctx.type = 'text/html; charset=utf-8'
    allowFormTo(ctx, options.formTo)
    ctx.body = textOf(frame, page)
  }

/** A page as text, for edges that draw without a request: web's errors, the provider's questions. */
export const textOf = (frame: Frame, page: Page): string => pageText(layout(page, frame))
