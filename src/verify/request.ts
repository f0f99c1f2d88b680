// The HTTP request that a verifier examines, independent of the framework.
import type { IncomingMessage } from 'node:http'
import { Problem } from '../problem.ts'
import type { HttpMessage } from '../secure/sigv4/canonical.ts'

/** `path`, `query` and `headers` exactly as received, because a signature covers those bytes. */
export interface IncomingRequest extends HttpMessage {
  /** Reads the body, once, up to `limit` bytes. @throws Problem('too_large') */
  readonly body: (limit: number) => Promise<Buffer>
  readonly sourceIp: string
  readonly secure: boolean
}

/** What earlier middleware may have added: the target before a router changed it, and the bytes of the body. */
interface ParsedMessage extends IncomingMessage {
  readonly originalUrl?: unknown
  readonly rawBody?: unknown
  readonly body?: unknown
}

export interface RequestOverrides {
  /** The client's address as determined by the framework, including its trusted proxies. */
  readonly sourceIp?: string
  readonly secure?: boolean
  /** The request target before any router rewrote it. */
  readonly target?: string
}

/** Wraps Node's request. The body is not read yet. */
export function fromNodeRequest(request: ParsedMessage, around: RequestOverrides = {}): IncomingRequest {
  let read: Promise<Buffer> | undefined
  const target = around.target ?? originalTarget(request)
  const mark = target.indexOf('?')
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: request.rawHeaders,
    body: (limit) => {
      read ??= readBody(request, limit)
      return read
    },
    sourceIp: around.sourceIp ?? request.socket.remoteAddress ?? '',
    secure: around.secure ?? 'encrypted' in request.socket,
  }
}

/** Connect-style routers (also Express) remove their mount point from `url` and keep the whole target in `originalUrl`. */
const originalTarget = (request: ParsedMessage): string =>
  typeof request.originalUrl === 'string' ? request.originalUrl : (request.url ?? '/')

/**
 * The bytes of the body. A parser that ran before must have kept them (a Buffer in `rawBody`, or in `body` as express.raw()
 * does); a body that was consumed and discarded cannot be verified.
 */
async function readBody(request: ParsedMessage, limit: number): Promise<Buffer> {
  for (const kept of [request.rawBody, request.body]) {
    if (!Buffer.isBuffer(kept)) continue
    if (kept.length > limit) throw tooLarge(limit)
    return kept
  }
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit) throw tooLarge(limit)
  const expectsBytes = declared > 0 || request.headers['transfer-encoding'] !== undefined
  if (!expectsBytes) return Buffer.alloc(0)
  if (request.readableEnded)
    throw new TypeError(
      'the body was read before it could be verified: install protect() before the body parser',
    )
  return collect(request, limit)
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  // The request is not destroyed on early exit, because the response still has to be sent on this connection.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw tooLarge(limit)
    parts.push(part)
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

const tooLarge = (limit: number) => new Problem('too_large', `the body is larger than ${limit} bytes`)

/**
 * The only value of a header, white space trimmed.
 * @throws Problem('unauthenticated') when it is repeated, because a repeated security-relevant header is ambiguous
 */
export function onlyHeader(message: HttpMessage, name: string): string | undefined {
  let found: string | undefined
  for (let i = 0; i + 1 < message.headers.length; i += 2) {
    if (message.headers[i]?.toLowerCase() !== name) continue
    if (found !== undefined) throw new Problem('unauthenticated', `header \`${name}\` is repeated`)
    found = message.headers[i + 1]?.trim()
  }
  return found
}
