// A port for a server that must be known before it listens: a provider's callback, a proxy's configuration.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below the ports that Linux gives to servers which ask for any and to outgoing connections (32768 to 60999), so that no other test
 * takes it before the server listens.
 */
const range = { from: 10_240, to: 32_768 } as const

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(range.from, range.to)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
      .once('error', () => done(false))
      .listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}
