// Reads a node request as its signature covers it: raw target, raw headers, and the whole body, limited in size and time.
import type { IncomingMessage } from 'node:http'
import type { SignedRequest } from '../sts/authenticate.ts'
import { type BodyLimits, readBody } from '../web/body.ts'

export type Received = Pick<SignedRequest, 'message' | 'body'> & { readonly body: Buffer }

/** AssumeRoleWithSAML's assertion of 100,000 characters and a policy fit many times. */
const megabyte = 1024 * 1024

/** @throws Problem('too_large' | 'validation' | 'invalid_input') for bodies too long, compressed, or too slow */
export async function receive(req: IncomingMessage, limits: BodyLimits = {}): Promise<Received> {
  const target = req.url ?? '/'
  const mark = target.indexOf('?')
  const body = req.method === 'GET' ? Buffer.alloc(0) : await readBody(req, { maxBytes: megabyte, ...limits })
  return {
    message: {
      method: req.method ?? 'POST',
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      headers: req.rawHeaders,
    },
    body,
  }
}
