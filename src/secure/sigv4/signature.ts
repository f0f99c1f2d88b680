// Parses the signature in an `Authorization` header or presigned query. Needs no secret; nothing is verified here.
import { Problem } from '../../problem.ts'
import { type Headers, type HttpMessage, readHeaders } from './canonical.ts'

export const hmacAlgorithm = 'AWS4-HMAC-SHA256'
export const ecdsaAlgorithm = 'AWS4-ECDSA-P256-SHA256'
export type SigningAlgorithm = typeof hmacAlgorithm | typeof ecdsaAlgorithm

/** The parsed signature of a request, not yet verified. */
export interface Signature {
  readonly algorithm: SigningAlgorithm
  readonly accessKeyId: string
  /** `YYYYMMDD`, the day of `amzDate`. */
  readonly date: string
  /** Undefined for SigV4A, which has `regionSet` instead. */
  readonly region: string | undefined
  readonly regionSet: string | undefined
  readonly service: string
  readonly signedHeaders: readonly string[]
  /** Lower-case hex. */
  readonly signature: string
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly amzDate: string
  /** `amzDate` in epoch seconds. */
  readonly at: number
  /** Seconds after `at` for which a presigned request is valid; undefined for a signed header. */
  readonly expiresIn: number | undefined
  readonly securityToken: string | undefined
  /** Value of `x-amz-content-sha256`; always signed when present. */
  readonly contentHash: string | undefined
  readonly headers: Headers
}

/** Maximum difference in seconds between client and server clock that AWS accepts. */
export const clockWindow = 900
/** Maximum lifetime of a presigned request in seconds. */
const maxPresignedSeconds = 604_800

const incomplete = (message: string) => new Problem('incomplete_signature', message)
const mismatch = (message: string) => new Problem('bad_signature', message)

/**
 * Parses the signature of a request.
 * @throws Problem: `missing_credentials` when there is none, `incomplete_signature` when a part is missing or malformed,
 * `bad_signature` when it covers too little or contradicts itself
 */
export function readSignature(message: HttpMessage): Signature {
  const headers = readHeaders(message.headers)
  const query = presignedParameters(message.query)
  const authorization = headers.get('authorization')
  if (authorization !== undefined && query !== undefined)
    throw incomplete('Only one of an Authorization header and a presigned query may be given.')
  const signature = query === undefined ? fromHeader(authorization, headers) : fromQuery(query, headers)
  checkCoverage(signature)
  return signature
}

/** True when the request has a signature of either kind, valid or not. */
export function isSigned(message: HttpMessage): boolean {
  for (let i = 0; i < message.headers.length; i += 2)
    if (message.headers[i]?.toLowerCase() === 'authorization') return true
  return /(?:^|&)X-Amz-(?:Algorithm|Signature|Credential)=/i.test(message.query)
}

/**
 * Checks that the request is neither expired nor dated in the future.
 * @throws Problem('request_expired')
 * @param now epoch seconds
 */
export function checkTime(signature: Signature, now: number, window = clockWindow): void {
  const { at, amzDate, expiresIn } = signature
  const late = expiresIn ?? window
  if (now > at + late) {
    const limit = expiresIn === undefined ? ` (${basicDate(now)} - ${Math.round(window / 60)} min.)` : ''
    throw new Problem(
      'request_expired',
      `Signature expired: ${amzDate} is now earlier than ${basicDate(now - late)}${limit}`,
    )
  }
  if (at > now + window)
    throw new Problem(
      'request_expired',
      `Signature not yet current: ${amzDate} is still later than ${basicDate(now + window)} (${basicDate(now)} + ${Math.round(window / 60)} min.)`,
    )
}

/** Formats epoch seconds as `YYYYMMDDTHHMMSSZ`. */
export function basicDate(at: number): string {
  return new Date(at * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

const field = /^\s*(Credential|SignedHeaders|Signature)=([^\s,]+)\s*$/

function fromHeader(authorization: string | undefined, headers: Headers): Signature {
  if (authorization === undefined)
    throw new Problem('missing_credentials', 'Request is missing Authentication Token')
  const space = authorization.indexOf(' ')
  const algorithm = algorithmOf(space < 0 ? authorization : authorization.slice(0, space))
  const fields = new Map<string, string>()
  for (const part of authorization.slice(space + 1).split(',')) {
    const [, name, value] = field.exec(part) ?? []
    if (name === undefined || value === undefined || fields.has(name))
      throw incomplete(
        'Authorization header is not well-formed: Credential, SignedHeaders and Signature, once each.',
      )
    fields.set(name, value)
  }
  const need = (name: string) => {
    const value = fields.get(name)
    if (value === undefined) throw incomplete(`Authorization header requires '${name}' parameter.`)
    return value
  }
  return {
    ...scopeOf(need('Credential'), algorithm),
    ...dateOf(headers.get('x-amz-date'), headers.get('date')),
    signature: hexOf(need('Signature'), algorithm),
    signedHeaders: signedHeadersOf(need('SignedHeaders')),
    regionSet: headers.get('x-amz-region-set'),
    expiresIn: undefined,
    securityToken: headers.get('x-amz-security-token'),
    contentHash: headers.get('x-amz-content-sha256'),
    headers,
  }
}

function fromQuery(query: ReadonlyMap<string, string>, headers: Headers): Signature {
  const need = (name: string) => {
    const value = query.get(name)
    if (value === undefined) throw incomplete(`AWS query-string parameters must include '${name}'.`)
    return value
  }
  const algorithm = algorithmOf(need('X-Amz-Algorithm'))
  const expires = need('X-Amz-Expires')
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > maxPresignedSeconds)
    throw incomplete(`X-Amz-Expires must be between 1 and ${maxPresignedSeconds} seconds.`)
  if (headers.has('x-amz-security-token'))
    throw incomplete('A presigned request carries its security token in the query.')
  return {
    ...scopeOf(need('X-Amz-Credential'), algorithm),
    ...dateOf(need('X-Amz-Date'), undefined),
    signature: hexOf(need('X-Amz-Signature'), algorithm),
    signedHeaders: signedHeadersOf(need('X-Amz-SignedHeaders')),
    regionSet: query.get('X-Amz-Region-Set'),
    expiresIn: Number(expires),
    securityToken: query.get('X-Amz-Security-Token'),
    contentHash: query.get('X-Amz-Content-Sha256') ?? headers.get('x-amz-content-sha256'),
    headers,
  }
}

/** The `X-Amz-…` parameters of a presigned query; undefined when it has none of the distinguishing ones. */
function presignedParameters(query: string): ReadonlyMap<string, string> | undefined {
  if (!query.includes('X-Amz-')) return undefined
  const found = new Map<string, string>()
  for (const pair of query.split('&')) {
    if (!pair.startsWith('X-Amz-')) continue
    const at = pair.indexOf('=')
    const name = at < 0 ? pair : pair.slice(0, at)
    if (found.has(name)) throw incomplete(`Query parameter '${name}' was sent twice.`)
    found.set(name, decode(at < 0 ? '' : pair.slice(at + 1)))
  }
  const signs = ['X-Amz-Algorithm', 'X-Amz-Signature', 'X-Amz-Credential'].some((name) => found.has(name))
  return signs ? found : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw incomplete('The query string is not well-formed.')
  }
}

function algorithmOf(text: string): SigningAlgorithm {
  if (text === hmacAlgorithm || text === ecdsaAlgorithm) return text
  throw incomplete(`Unsupported AWS 'algorithm': expected ${hmacAlgorithm} or ${ecdsaAlgorithm}.`)
}

const name = /^[\w.@+=:-]{1,128}$/
const region = /^[a-z0-9-]{1,64}$/

/** `id/YYYYMMDD/region/service/aws4_request`; SigV4A omits the region. */
function scopeOf(credential: string, algorithm: SigningAlgorithm) {
  const parts = credential.split('/')
  const expected = algorithm === hmacAlgorithm ? 5 : 4
  if (parts.length !== expected || parts.at(-1) !== 'aws4_request')
    throw incomplete(
      `Credential must have exactly ${expected} slash-delimited elements, e.g. keyid/date/${expected === 5 ? 'region/' : ''}service/aws4_request.`,
    )
  const [accessKeyId = '', date = ''] = parts
  const service = parts.at(-2) ?? ''
  const scoped = expected === 5 ? parts[2] : undefined
  if (!name.test(accessKeyId) || !/^\d{8}$/.test(date) || !region.test(service))
    throw incomplete('Credential is not well-formed.')
  if (scoped !== undefined && !region.test(scoped)) throw incomplete('Credential is not well-formed.')
  return { algorithm, accessKeyId, date, region: scoped, service }
}

const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** X-Amz-Date, or else Date in one of HTTP's formats. */
function dateOf(amz: string | undefined, http: string | undefined) {
  if (amz === undefined && http === undefined)
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  const amzDate = amz ?? fromHttpDate(http ?? '')
  const at = instant(basic.exec(amzDate))
  if (at === undefined)
    throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${amzDate.slice(0, 40)}'.`)
  return { amzDate, at }
}

/** Undefined when the date does not exist (31 February, hour 24). */
function instant(match: RegExpExecArray | null): number | undefined {
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return exists ? date.getTime() / 1000 : undefined
}

function fromHttpDate(text: string): string {
  if (basic.test(text)) return text
  const at = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  return Number.isNaN(at) ? text : basicDate(at / 1000)
}

function signedHeadersOf(text: string): readonly string[] {
  const names = text.split(';')
  let before = ''
  for (const current of names) {
    if (!/^:?[a-z0-9!#$%&'*+.^_`|~-]+$/.test(current) || current <= before)
      throw incomplete('SignedHeaders must be lower case, sorted, and each named once.')
    before = current
  }
  return names
}

function hexOf(text: string, algorithm: SigningAlgorithm): string {
  const shape = algorithm === hmacAlgorithm ? /^[0-9a-f]{64}$/ : /^(?:[0-9a-f]{2}){8,72}$/
  if (!shape.test(text)) throw incomplete('Signature is not well-formed.')
  return text
}

/**
 * A signature that does not cover the host, the date or the token could be moved to another request. AWS requires every
 * `x-amz-*` header to be signed; CloudFront adds one of its own in transit.
 */
function checkCoverage(signature: Signature): void {
  const { signedHeaders, headers, date, amzDate, expiresIn } = signature
  const covered = new Set(signedHeaders)
  if (!covered.has('host') && !covered.has(':authority'))
    throw mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  if (expiresIn === undefined && !headers.has('x-amz-date') && !covered.has('date'))
    throw mismatch("'Date' must be a 'SignedHeader' in the AWS Authorization.")
  for (const sent of headers.keys())
    if (sent.startsWith('x-amz-') && sent !== 'x-amz-cf-id' && !covered.has(sent))
      throw mismatch(`'${sent}' must be a 'SignedHeader' in the AWS Authorization.`)
  if (!amzDate.startsWith(date))
    throw mismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${amzDate.slice(0, 8)}', from '${amzDate}'.`,
    )
}
