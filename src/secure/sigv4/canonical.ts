// The canonical request of Signature Version 4. "Create a signed AWS API request" (IAM User Guide), step 1. Used for
// signing and verifying, SigV4 and SigV4A.
import { Problem } from '../../problem.ts'

/** An HTTP request exactly as received, before any framework processed it. */
export interface HttpMessage {
  readonly method: string
  /** Everything before `?`, undecoded. */
  readonly path: string
  /** Everything after `?`, undecoded; empty when there is no query. */
  readonly query: string
  /** `[name, value, name, value, …]` as sent: node's `rawHeaders`. */
  readonly headers: readonly string[]
}

/** Lower-case header name → value; repeated headers are joined with commas in order. */
export type Headers = ReadonlyMap<string, string>

/** When repeated, a proxy and this server could use different values (docs/attacks.md 14). */
const single = new Set([
  'authorization',
  'host',
  ':authority',
  'date',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-region-set',
  'content-length',
  'content-type',
])

/** @throws Problem('incomplete_signature') when a security-relevant header is repeated or folded */
export function readHeaders(raw: readonly string[]): Headers {
  const headers = new Map<string, string>()
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase()
    const value = collapseSpaces(raw[i + 1] as string)
    const before = headers.get(name)
    if (before === undefined) headers.set(name, value)
    else if (single.has(name)) throw new Problem('incomplete_signature', `Header '${name}' was sent twice.`)
    else headers.set(name, `${before},${value}`)
  }
  return headers
}

/** Trims white space and collapses runs of spaces. Folded lines are refused: RFC 9112 §5.2. */
function collapseSpaces(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new Problem('incomplete_signature', 'A header was folded over lines.')
  const trimmed = value.trim()
  return trimmed.includes('  ') ? trimmed.replace(/ {2,}/g, ' ') : trimmed
}

const hexDigits = /^[0-9A-Fa-f]{2}$/
const unreserved = /^[A-Za-z0-9\-._~]*$/

/** RFC 3986 percent-encoding of everything except unreserved characters: AWS's UriEncode. */
export function uriEncode(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * Normalises an encoded query part: unreserved characters plain, everything else as upper-case `%XX`. Works on bytes, so
 * that invalid UTF-8 is preserved. `+` is a space, as in every form parser.
 */
function normalPart(part: string): string {
  if (unreserved.test(part)) return part
  return part.replace(/%(.{0,2})|[^A-Za-z0-9\-._~]+/g, (found, hex: string | undefined) => {
    if (hex === undefined) return uriEncode(found.replaceAll('+', ' '))
    if (!hexDigits.test(hex)) throw new Problem('invalid_input', 'The query string is not well-formed.')
    const char = String.fromCharCode(Number.parseInt(hex, 16))
    return unreserved.test(char) ? char : `%${hex.toUpperCase()}`
  })
}

/** Sorted by encoded name, then encoded value. `without` names the parameter to omit: the signature itself. */
function canonicalQuery(query: string, without?: string): string {
  if (query === '') return ''
  const pairs: [string, string][] = []
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = normalPart(at < 0 ? pair : pair.slice(0, at))
    if (name !== without) pairs.push([name, at < 0 ? '' : normalPart(pair.slice(at + 1))])
  }
  return pairs
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Resolves dot segments and drops empty segments, as all services except S3 do. */
export function normalPath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const trailing = kept.length > 0 && /\/(\.{1,2})?$/.test(path) ? '/' : ''
  return `/${kept.join('/')}${trailing}`
}

/**
 * `standard`: normalised, and every segment encoded once more. `s3`: the path as sent, encoded once, with dot and empty
 * segments unchanged.
 */
export type PathEncoding = 'standard' | 's3'

/** Signing names of S3 and its variants, whose clients all sign with S3's rules. */
const s3Names = new Set(['s3', 's3-outposts', 's3-object-lambda', 's3express'])

/** How AWS's clients encode a path for a service with this signing name. */
export const pathEncodingOf = (service: string): PathEncoding => (s3Names.has(service) ? 's3' : 'standard')

function canonicalPath(path: string, encoding: PathEncoding): string {
  if (path === '/' || path === '') return '/'
  if (encoding === 's3') return path.split('/').map(normalPart).join('/')
  return normalPath(path).split('/').map(uriEncode).join('/')
}

export interface CanonicalParts {
  readonly message: HttpMessage
  readonly headers: Headers
  /** Lower case, in ascending order. */
  readonly signedHeaders: readonly string[]
  readonly pathEncoding: PathEncoding
  /** SHA-256 of the body in hex, or the other value that `x-amz-content-sha256` may have. */
  readonly bodyHash: string
}

/** @throws Problem('bad_signature') when a signed header is missing from the request */
export function canonicalRequest(parts: CanonicalParts): string {
  const { message, headers, signedHeaders } = parts
  let lines = ''
  for (const name of signedHeaders) {
    const value = headers.get(name)
    if (value === undefined)
      throw new Problem('bad_signature', `Signed header '${name}' is not in the request.`)
    lines += `${name}:${value}\n`
  }
  const path = canonicalPath(message.path, parts.pathEncoding)
  const query = canonicalQuery(message.query, 'X-Amz-Signature')
  return `${message.method}\n${path}\n${query}\n${lines}\n${signedHeaders.join(';')}\n${parts.bodyHash}`
}
