// `chancery/verify/fastify`: a hook for Fastify.
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Verified, Verifier } from '../index.ts'
import { fromNodeRequest } from '../request.ts'
import { admit, type Rule } from './protect.ts'

/** The part of a Fastify request that is used, with Fastify's names. */
export interface FastifyRequest {
  readonly raw: IncomingMessage
  readonly originalUrl: string
  readonly ip: string
  readonly protocol: string
  chancery?: Verified
}

/** The part of a Fastify reply that is used, with Fastify's names. */
export interface FastifyReply {
  code(status: number): this
  headers(values: { [name: string]: string }): this
  send(payload: Buffer): unknown
}

/**
 * A Fastify hook for `preParsing`: a caller who is not allowed is answered 400, 401 or 403 and the route does not run;
 * otherwise `request.chancery` holds the caller, the decision, the decoded path and the bytes of the body, and
 * Fastify's own parsers read those same bytes.
 * @example
 * app.addHook('preParsing', protect(verifier, { action: 'docs:GetDocument', resource: (request, path) => `arn:aws:docs:::${path.slice(1)}` }))
 */
export const protect =
  <R extends FastifyRequest, P>(verifier: Verifier, rule: Rule<R>) =>
  async (request: R, reply: FastifyReply, payload: P): Promise<P | Readable | undefined> => {
    const { ip, protocol, originalUrl } = request
    const around = { sourceIp: ip, secure: protocol === 'https', target: originalUrl }
    const admission = await admit(verifier, rule, request, fromNodeRequest(request.raw, around))
    if (admission.admitted) {
      request.chancery = admission.verified
      const bytes = admission.verified.body ?? admission.verified.unsignedBody
      // Fastify compares `receivedEncodedLength` with the declared content length.
      return bytes?.length
        ? Object.assign(Readable.from([bytes]), { receivedEncodedLength: bytes.length })
        : payload
    }
    const { status, headers, body } = admission.response
    // Sent as bytes, because Fastify adds a charset to JSON sent as text, and problem+json has none.
    reply
      .code(status)
      .headers({ ...headers })
      .send(Buffer.from(body))
    return undefined
  }
