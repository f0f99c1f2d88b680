// Wraps the request handler for operators: each finished request is reported once, to metrics, the access log and traces.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { factsOf } from '../request/request-facts.ts'

export type Surface = 'aws' | 'oidc' | 'web'

/** A request whose response is complete, or whose connection has closed before that. */
export interface FinishedRequest {
  readonly surface: Surface
  /** One of the methods of HTTP, or `other`. */
  readonly method: string
  /** The route template or AWS action; `unmatched` when there is none. */
  readonly route: string
  /** The HTTP status; 499 when the client closed the connection before the response was complete (nginx's code). */
  readonly status: number
  /** A stable error code for a refused or failed request; `http_<status>` when the handler named none. */
  readonly reason: string | undefined
  readonly message: string | undefined
  readonly requestId: string | undefined
  readonly seconds: number
  readonly address: string
}

export interface RequestObserver {
  /** Called when a request arrives; the returned function is called once, when it has finished. */
  begin(req: IncomingMessage): (finished: FinishedRequest) => void
}

const methods: ReadonlySet<string> = new Set('GET HEAD POST PUT PATCH DELETE OPTIONS'.split(' '))
const clientClosed = 499

/** @param addressOf the client's address (client-address.ts) */
export function observed(
  handler: (req: IncomingMessage, res: ServerResponse) => Surface,
  observers: readonly RequestObserver[],
  addressOf: (req: IncomingMessage) => string,
): RequestListener {
  if (observers.length === 0) return (req, res) => void handler(req, res)
  return (req, res) => {
    const began = performance.now()
    const ends = observers.map((observer) => observer.begin(req))
    // Once the connection has closed, it has no address any more.
    const address = addressOf(req)
    const surface = handler(req, res)
    res.once('close', () => {
      const { route = 'unmatched', reason, message, requestId } = factsOf(req)
      const status = res.writableFinished ? res.statusCode : clientClosed
      const finished: FinishedRequest = {
        surface,
        method: methods.has(req.method ?? '') ? (req.method ?? 'other') : 'other',
        route,
        status,
        reason: reason ?? (status >= 400 ? `http_${status}` : undefined),
        message,
        requestId,
        seconds: (performance.now() - began) / 1000,
        address,
      }
      for (const end of ends) end(finished)
    })
  }
}
