// The graceful end of a server. Whoever asked is answered; whoever keeps a connection hears `Connection: close` with the
// next answer (RFC 9112 §9.6) and so does not send into one that closes; nobody new is let in. What lasts longer than
// the limit is cut off.
import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface DrainOptions {
  /** Milliseconds for everything. */
  readonly limit: number
  /** Milliseconds for which an idle connection stays, so that a request which is on its way by it is answered. */
  readonly linger?: number
}

/** Milliseconds between looks for connections that have become idle. */
const lookEvery = 50
/** Milliseconds after which the door closes although connections still come in. */
const longestTakeIn = 500

/** Call before the server listens. What it gives ends the server: it resolves when the last connection has closed. */
export function drainable(server: Server): (options: DrainOptions) => Promise<void> {
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
    await takeIn(() => accepted)
    const closed = stopListening(server)
    await Promise.race([closed, sleep(linger)])
    const idle = setInterval(() => closeIdle(server, connections), lookEvery)
    await closed
    clearInterval(idle)
    clearTimeout(late)
  }
}

/**
 * Whom the kernel has let in already would be cut off when the door closes, unasked. libuv takes in one connection per
 * turn of the event loop: when a whole turn brought none, there is none. Who comes between that look and the closing, some
 * microseconds, is reset by the kernel before anything of theirs was read: refused, not cut off.
 */
async function takeIn(accepted: () => number): Promise<void> {
  const until = performance.now() + longestTakeIn
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

/** Resolves when no connection is left. The close of an HTTP server would end idle connections at once. */
const stopListening = (server: Server): Promise<void> =>
  new Promise((done) => NetServer.prototype.close.call(server, () => done()))

function closeIdle(server: Server, connections: ReadonlySet<Socket>): void {
  server.closeIdleConnections()
  // Node counts a connection by which nothing ever came as busy.
  for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
}
