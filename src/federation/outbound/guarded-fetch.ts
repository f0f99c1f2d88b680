// The one way out: every request this server makes to an address that someone configured or named.
// https only, to public addresses only, unless the operator allowed the host by name; the address that was
// checked is the address that is connected to, so a name cannot change its mind in between (attacks.md 25).
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import {
  type Address,
  callFailed,
  checkedAddresses,
  isAllowed,
  pinnedTo,
  type Resolve,
  systemResolve,
} from './checked-address.ts'
import { HostSlots } from './host-slots.ts'

/** Bytes of a body; a longer answer is a failure. */
const maxBodyBytes = 1024 * 1024
/** For the whole exchange, redirects included. */
const defaultTimeoutMs = 5_000
const maxRedirects = 3

export interface GuardedFetchOptions {
  /** CHANCERY_OUTBOUND_ALLOW: `host` or `host:port`, lower case; these may be private, loopback or plain http. */
  readonly allow: ReadonlySet<string>
  readonly resolve?: Resolve
  readonly timeoutMs?: number
  /** PEM: certificate authorities to trust besides the system's own. */
  readonly ca?: string | undefined
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Ends the exchange early. */
  readonly signal?: AbortSignal | undefined
}

export interface Fetched {
  readonly status: number
  /** Lower-case names; of repeated fields the first. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/**
 * Fetches a URL. Only GET follows redirects, at most three, each checked like the first.
 * @throws Problem('idp_communication_error') for every failure; what failed is in `detail`, for the log alone
 */
export type GuardedFetch = (url: string, request?: OutboundRequest) => Promise<Fetched>

export function guardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const slots = new HostSlots()
  const resolve = options.resolve ?? systemResolve
  return async (url, request = {}) => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs)
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
    let target = checkedUrl(url, options.allow)
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const addresses = await checkedAddresses(target, options.allow, resolve, signal)
      const exchange = () => send(target, addresses, request, signal, options.ca)
      const answer = await slots.run(target.host, signal, exchange)
      const location = redirectOf(answer, request)
      if (location === undefined) return answer
      target = checkedUrl(URL.parse(location, target.href)?.href ?? '', options.allow)
    }
    throw callFailed(`more than ${maxRedirects} redirects`)
  }
}

/** URL has already turned decimal, octal and hex IPv4 into dotted form, and names into ASCII. */
function checkedUrl(text: string, allow: ReadonlySet<string>): URL {
  const url = URL.parse(text)
  if (!url) throw callFailed('not a URL')
  if (url.username !== '' || url.password !== '') throw callFailed('a URL with a user name in it')
  if (url.protocol === 'https:') return url
  if (url.protocol === 'http:' && isAllowed(url, allow)) return url
  throw callFailed(`\`${url.protocol}//${url.host}\` is not https, and not in CHANCERY_OUTBOUND_ALLOW`)
}

function send(
  url: URL,
  addresses: readonly Address[],
  { method = 'GET', headers = {}, body }: OutboundRequest,
  signal: AbortSignal,
  ca: string | undefined,
): Promise<Fetched> {
  return new Promise((done, fail) => {
    const give = (cause: unknown) => fail(callFailed(`${method} ${url.origin}${url.pathname} failed`, cause))
    const secure = url.protocol === 'https:'
    const outgoing = (secure ? httpsRequest : httpRequest)(url, {
      method,
      signal,
      // A fresh connection each time: a kept one would have been checked for an earlier answer of the name.
      agent: false,
      lookup: pinnedTo(addresses),
      maxHeaderSize: 16 * 1024,
      headers: {
        accept: 'application/json',
        'user-agent': 'chancery',
        'accept-encoding': 'identity',
        ...headers,
      },
      ...(ca === undefined ? {} : { ca }),
    })
    outgoing.once('error', give)
    outgoing.once('response', (incoming) => {
      readBody(incoming).then(
        (bytes) => done({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: bytes }),
        (error: unknown) => {
          outgoing.destroy()
          give(error)
        },
      )
    })
    outgoing.end(body)
  })
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const encoding = incoming.headers['content-encoding']
  // We asked for identity; unpacking an answer would let a small one grow without bound (attacks.md 28).
  if (encoding !== undefined && encoding !== 'identity') throw new Error(`content-encoding ${encoding}`)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) throw new Error(`a body over ${maxBodyBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const headersOf = (incoming: IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(incoming.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? (value[0] ?? '') : value] as const],
    ),
  )

const redirects = new Set([301, 302, 303, 307, 308])

function redirectOf(answer: Fetched, request: OutboundRequest): string | undefined {
  if (!redirects.has(answer.status) || (request.method ?? 'GET') !== 'GET') return undefined
  const location = answer.headers.get('location')
  if (location === undefined) throw callFailed('a redirect without a location')
  return location
}
