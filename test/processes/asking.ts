// Clients that ask without a pause and note how each request ended.
import { type Agent, request } from 'node:http'

export interface Ended {
  readonly how: 'answered' | 'refused' | 'cut'
  readonly status?: number | undefined
  /** The answer said that the connection closes. */
  readonly closes?: boolean
  readonly error?: string
  /** The connection had served an earlier request. */
  readonly reused?: boolean
  /** Milliseconds of `performance.now()`. */
  readonly began: number
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request. Refused: no connection was to be had. Cut: one was, and it ended without the whole answer. */
export function askOnce(url: string, agent: Agent | false, question: Question = {}): Promise<Ended> {
  const began = performance.now()
  return new Promise((done) => {
    let connected = false
    const { method = 'GET', headers = {}, body } = question
    const failed = (error: NodeJS.ErrnoException) => {
      const refused = !connected && error.code === 'ECONNREFUSED'
      done({
        how: refused ? 'refused' : 'cut',
        error: String(error.code ?? error.message),
        reused: asking.reusedSocket,
        began,
      })
    }
    const asking = request(url, { agent, method, headers }, (answer) => {
      answer.on('error', failed).resume()
      answer.on('end', () => {
        const closes = answer.headers.connection === 'close'
        done({ how: 'answered', status: answer.statusCode, closes, began })
      })
    })
    asking.on('socket', (socket) => {
      connected = !socket.connecting
      const connect = () => {
        connected = true
      }
      if (!connected) socket.once('connect', connect)
    })
    asking.on('error', failed).end(body)
  })
}

/** Asks one question after the other until one is refused or cut. */
export async function keepAsking(ask: () => Promise<Ended>): Promise<Ended[]> {
  const all: Ended[] = []
  for (;;) {
    const ended = await ask()
    all.push(ended)
    if (ended.how !== 'answered') return all
  }
}
