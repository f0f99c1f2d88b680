// Connections whose request is answered before its body has arrived. The bytes that still come belong to that body and must not be taken
// for another request (RFC 9112 §9.3). A body that was refused ends the connection with the answer (RFC 9112 §9.6); one that nobody
// asked for is discarded, so that clients that send all of it before they read get the answer, for a limited time.
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Milliseconds after an answer in which the rest of a body may still arrive. */
const restMs = 10_000

const refused = new WeakSet<IncomingMessage>()

/** Marks a request whose body is too large, too slow or broken: its connection is closed after the answer. */
export const refuseBody = (req: IncomingMessage): void => {
  refused.add(req)
}

const mayHaveBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Called once for every request, before it is handled. */
export function closeAfterUnreadBody(req: IncomingMessage, res: ServerResponse): void {
  if (!mayHaveBody(req)) return
  const { writeHead } = res
  // Every answer passes here, as `end` and `write` write the head by this method, too.
  res.writeHead = ((...head: Parameters<typeof writeHead>) => {
    if (!req.complete && refused.has(req)) res.setHeader('Connection', 'close')
    return writeHead.apply(res, head)
  }) as typeof writeHead
  res.once('finish', () => {
    const { socket } = req
    if (req.complete || socket.destroyed) return
    const timer = setTimeout(() => socket.destroy(), restMs).unref()
    req.once('close', () => clearTimeout(timer))
  })
}
