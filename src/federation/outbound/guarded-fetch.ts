// The only way this server makes HTTP requests to configured or user-supplied addresses. Requests use https and public addresses
// only, unless the operator allowed the host by name. The connection goes to the address that was checked, so DNS rebinding has
// no effect (attacks.md 25).
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import {
  type Address,
  checkedAddresses,
  communicationError,
  isAllowed,
  pinnedTo,
  type Resolve,
  systemResolve,
} from './checked-address.ts'
import { HostSlots } from './host-slots.ts'

/** Bytes of a response body; a longer body is an error. */
const maxBodyBytes = 1024 * 1024
/** Time limit including redirects. */
const defaultTimeoutMs = 5_000
const maxRedirects = 3

export interface GuardedFetchOptions {
  /** CHANCERY_OUTBOUND_ALLOW: `host` or `host:port`, lower case; these may be private, loopback or plain http. */
  readonly allow: ReadonlySet<string>
  readonly resolve?: Resolve
  readonly timeoutMs?: number
  /** PEM: certificate authorities to trust in addition to the system's. */
  readonly ca?: string | undefined
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** `error`: a redirect is an error. Default `follow`. */
  readonly redirect?: 'follow' | 'error'
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined
}

export interface Fetched {
  readonly status: number
  /** By lower-case name; the first value of repeated fields. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/**
 * Fetches a URL. Only GET follows redirects, at most three, each checked like the first URL.
 * @throws Problem('idp_communication_error') for every failure; `detail` has the reason, for the log only
 */
export type GuardedFetch = (url: string, request?: OutboundRequest) => Promise<Fetched>

/** The fetch of this process for these settings. It limits the requests that run to one host at the same time. */
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
      if (request.redirect === 'error') throw communicationError('a redirect')
      target = checkedUrl(URL.parse(location, target.href)?.href ?? '', options.allow)
    }
    throw communicationError(`more than ${maxRedirects} redirects`)
  }
}

/** The URL parser has already normalized IPv4 notations and converted names to ASCII. */
function checkedUrl(text: string, allow: ReadonlySet<string>): URL {
  const url = URL.parse(text)
  if (!url) throw communicationError('not a URL')
  if (url.username !== '' || url.password !== '') throw communicationError('the URL contains a user name')
  if (url.protocol === 'https:') return url
  if (url.protocol === 'http:' && isAllowed(url, allow)) return url
  throw communicationError(
    `\`${url.protocol}//${url.host}\` is not https, and not in CHANCERY_OUTBOUND_ALLOW`,
  )
}

function send(
  url: URL,
  addresses: readonly Address[],
  { method = 'GET', headers = {}, body }: OutboundRequest,
  signal: AbortSignal,
  ca: string | undefined,
): Promise<Fetched> {
  return new Promise((done, fail) => {
    const give = (cause: unknown) =>
      fail(communicationError(`${method} ${url.origin}${url.pathname} failed`, cause))
    const secure = url.protocol === 'https:'
    const outgoing = (secure ? httpsRequest : httpRequest)(url, {
      method,
      signal,
      // No keep-alive: a reused connection would go to an address from an earlier resolution.
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
  // `identity` was requested; a decompressed response could exceed every limit (attacks.md 28).
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
  if (location === undefined) throw communicationError('a redirect without a location')
  return location
}
