// Reads a request in the form that its signature covers: raw target, raw headers, and the complete body, limited in size and time.
import type { IncomingMessage } from 'node:http'
import type { SignedRequest } from '../sts/authentication/authenticate.ts'
import { type BodyLimits, readBody } from '../web/request/body.ts'
import { splitTarget } from '../web/request/request-target.ts'

export type Received = Pick<SignedRequest, 'message' | 'body'> & { readonly body: Buffer }

/** The largest request, AssumeRoleWithSAML with an assertion of 100,000 characters, is far smaller. */
const megabyte = 1024 * 1024

/** @throws Problem('too_large' | 'validation' | 'invalid_input') for bodies too long, compressed, or too slow */
export async function receive(req: IncomingMessage, limits: BodyLimits = {}): Promise<Received> {
  const body = req.method === 'GET' ? Buffer.alloc(0) : await readBody(req, { maxBytes: megabyte, ...limits })
  return {
    message: {
      method: req.method ?? 'POST',
      ...splitTarget(req.url ?? '/'),
      headers: req.rawHeaders,
    },
    body,
  }
}
