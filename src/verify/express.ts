// `chancery/verify/express`
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verified, Verifier } from './index.ts'
import { admit, type Rule } from './protect.ts'
import { presentedBy, type Surroundings } from './request.ts'

/** What is used of an Express request; the names are Express's. */
export interface ExpressRequest extends IncomingMessage {
  readonly path: string
  readonly originalUrl?: string
  readonly ip?: string | undefined
  readonly secure?: boolean
  chancery?: Verified
}

/**
 * Express middleware (4 and 5): whoever may not is answered 401 or 403 and goes no further; for the rest `req.chancery`
 * holds the caller, the decision and the bytes of the body. Put it ahead of body parsers.
 */
export const protect =
  <R extends ExpressRequest>(verifier: Verifier, rule: Rule<R>) =>
  async (request: R, response: ServerResponse, next: (error?: unknown) => void): Promise<void> => {
    try {
      const admission = await admit(verifier, rule, request, presentedBy(request, surroundings(request)))
      if (!admission.admitted) {
        response
          .writeHead(admission.answer.status, { ...admission.answer.headers })
          .end(admission.answer.body)
        return
      }
      request.chancery = admission.verified
    } catch (error) {
      next(error)
      return
    }
    next()
  }

const surroundings = (request: ExpressRequest): Surroundings => ({
  ...(request.ip === undefined ? {} : { sourceIp: request.ip }),
  ...(request.secure === undefined ? {} : { secure: request.secure }),
  ...(request.originalUrl === undefined ? {} : { target: request.originalUrl }),
})
