// `chancery/verify/express`: middleware for Express.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verified, Verifier } from '../index.ts'
import { fromNodeRequest, type RequestOverrides } from '../request.ts'
import { admit, type Rule } from './protect.ts'

/** The part of an Express request that is used, with Express's names. */
export interface ExpressRequest extends IncomingMessage {
  readonly path: string
  readonly originalUrl?: string
  readonly ip?: string | undefined
  readonly secure?: boolean
  chancery?: Verified
}

/**
 * Express middleware (4 and 5). A request that is not allowed is answered with 400, 401 or 403 and does not reach the
 * route; otherwise `req.chancery` holds the caller, the decision and the bytes of the body. Install it before body parsers.
 */
export const protect =
  <R extends ExpressRequest>(verifier: Verifier, rule: Rule<R>) =>
  async (request: R, response: ServerResponse, next: (error?: unknown) => void): Promise<void> => {
    try {
      const admission = await admit(verifier, rule, request, fromNodeRequest(request, overrides(request)))
      if (!admission.admitted) {
        response
          .writeHead(admission.response.status, { ...admission.response.headers })
          .end(admission.response.body)
        return
      }
      request.chancery = admission.verified
    } catch (error) {
      next(error)
      return
    }
    next()
  }

const overrides = (request: ExpressRequest): RequestOverrides => ({
  ...(request.ip === undefined ? {} : { sourceIp: request.ip }),
  ...(request.secure === undefined ? {} : { secure: request.secure }),
  ...(request.originalUrl === undefined ? {} : { target: request.originalUrl }),
})
