// Graceful shutdown of a server. Requests in progress are answered; kept-alive connections get `Connection: close` with
// their next response (RFC 9112 §9.6), so that clients do not write to a closing connection; new connections are refused.
// After the time limit, remaining connections are closed.
import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface DrainOptions {
  /** Maximum milliseconds for the whole shutdown. */
  readonly limit: number
  /** Milliseconds for which an idle connection stays open, so that a request already in transit is answered. */
  readonly linger?: number
}

/** Milliseconds between checks for connections that have become idle. */
const pollIntervalMs = 50
/** Milliseconds after which listening stops although connections are still arriving. */
const maxAcceptMs = 500

/**
 * Prepares a server; call it before the server listens. The returned function shuts it down and resolves when the last
 * connection has closed.
 */
export function gracefulShutdown(server: Server): (options: DrainOptions) => Promise<void> {
  const connections = new Set<Socket>()
  const answers = new Set<ServerResponse>()
  let draining = false
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted += 1
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  server.prependListener('request', (_req, res: ServerResponse) => {
    answers.add(res)
    res.once('close', () => answers.delete(res))
    if (draining) sayClose(res)
  })
  const closeAll = () => {
    for (const socket of connections) socket.destroy()
  }
  return async ({ limit, linger = 1000 }) => {
    draining = true
    for (const res of answers) sayClose(res)
    const late = setTimeout(closeAll, limit)
    await acceptPending(() => accepted)
    const closed = stopListening(server)
    await Promise.race([closed, sleep(linger)])
    const idle = setInterval(() => closeIdle(server, connections), pollIntervalMs)
    await closed
    clearInterval(idle)
    clearTimeout(late)
  }
}

/**
 * Connections that the kernel has accepted would be reset when listening stops. libuv accepts one connection per turn of
 * the event loop, so when a whole turn accepted none, none is waiting. A connection that arrives between that check and the
 * closing, within microseconds, is reset before any of its data was read.
 */
async function acceptPending(accepted: () => number): Promise<void> {
  const until = performance.now() + maxAcceptMs
  for (let before = -1; before !== accepted() && performance.now() < until; ) {
    before = accepted()
    await turn()
    await turn()
  }
}

const turn = () => new Promise((next) => setImmediate(next))

function sayClose(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('connection', 'close')
}

/** Stops listening; resolves when no connection is left. `close` of an HTTP server would end idle connections at once. */
const stopListening = (server: Server): Promise<void> =>
  new Promise((done) => NetServer.prototype.close.call(server, () => done()))

function closeIdle(server: Server, connections: ReadonlySet<Socket>): void {
  server.closeIdleConnections()
  // Node counts a connection that never sent anything as busy.
  for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
}
