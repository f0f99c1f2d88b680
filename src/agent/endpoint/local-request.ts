// Which requests to the agent's endpoint are from a program of this machine. A web page open in a browser here can send
// requests to loopback too, also under a name of its own that resolves to 127.0.0.1 (DNS rebinding), and a proxy could pass
// on requests from elsewhere.
import type { IncomingMessage } from 'node:http'

export interface Refusal {
  readonly status: number
  readonly message: string
}

/** The names of loopback by which SDKs address the endpoint. */
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

interface Rule {
  readonly breaks: (request: IncomingMessage, port: number) => boolean
  readonly refusal: Refusal
}

const forbidden = (message: string): Refusal => ({ status: 403, message })
const hasHeader =
  (...names: readonly string[]) =>
  ({ headers }: IncomingMessage): boolean =>
    names.some((name) => headers[name] !== undefined)

/** In the order in which they are checked. */
const rules: readonly Rule[] = [
  {
    breaks: ({ socket }) => !/^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? ''),
    refusal: forbidden('only programs of this machine may ask'),
  },
  {
    // AWS refuses it on the token request: Amazon EC2 User Guide, "Use the Instance Metadata Service".
    breaks: hasHeader('x-forwarded-for', 'forwarded', 'via'),
    refusal: forbidden('requests that a proxy passed on are refused'),
  },
  {
    // Browsers send Sec-Fetch-Site with every request to loopback (Fetch Metadata). Node's fetch sends Sec-Fetch-Mode alone.
    breaks: hasHeader('origin', 'sec-fetch-site', 'sec-fetch-dest', 'sec-fetch-user'),
    refusal: forbidden('requests of a browser are refused'),
  },
  {
    breaks: ({ headers }, port) => {
      const host = headers.host?.toLowerCase()
      return !loopbackHosts.some((name) => host === `${name}:${port}` || (port === 80 && host === name))
    },
    refusal: forbidden('the Host header must name loopback and the port'),
  },
  {
    breaks: ({ headers }) =>
      headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0,
    refusal: { status: 413, message: 'a request has no body' },
  },
]

/** Why a request is refused; undefined when it is from a local program. `port` is the one that the endpoint listens on. */
export const refuseForeign = (request: IncomingMessage, port: number): Refusal | undefined =>
  rules.find(({ breaks }) => breaks(request, port))?.refusal
