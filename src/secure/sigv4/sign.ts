// Client side of Signature Version 4, used by verify/, the agent, the demo and the tests.
import { hmacSha256 } from '../digest.ts'
import { type HttpMessage, readHeaders, uriEncode } from './canonical.ts'
import { basicDate, hmacAlgorithm, type Signature } from './signature.ts'
import { bodyHash, deriveSigningKey, emptyBodyHash, stringToSign } from './sigv4.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface SigningInput {
  readonly method: string
  readonly url: string | URL
  /** Headers to send and sign. `host` is taken from the URL when absent. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly credentials: Credentials
  readonly region: string
  readonly service: string
  /** Epoch seconds. */
  readonly now: number
}

/**
 * Returns the headers to send: those given, and `host`, `x-amz-date`, `x-amz-security-token` and `authorization`. All given
 * headers are signed.
 */
export function signRequest(request: SigningInput): Record<string, string> {
  const url = new URL(request.url)
  const amzDate = basicDate(request.now)
  const { sessionToken } = request.credentials
  const headers: Record<string, string> = {
    host: url.host,
    ...lowerCase(request.headers),
    'x-amz-date': amzDate,
  }
  if (sessionToken !== undefined) headers['x-amz-security-token'] = sessionToken
  const message = messageOf(request.method, url, headers)
  const signature = unsigned(request, message, amzDate, undefined)
  const proof = sign(request, message, signature)
  const credential = `${request.credentials.accessKeyId}/${scope(request, amzDate)}`
  headers['authorization'] =
    `${hmacAlgorithm} Credential=${credential}, SignedHeaders=${signature.signedHeaders.join(';')}, Signature=${proof}`
  return headers
}

/**
 * Returns a presigned URL, including the session token.
 * @param expiresIn seconds, 1…604,800
 */
export function presign(request: SigningInput, expiresIn: number): URL {
  const url = new URL(request.url)
  const amzDate = basicDate(request.now)
  const headers = { host: url.host, ...lowerCase(request.headers) }
  const names = Object.keys(headers).sort()
  const { accessKeyId, sessionToken } = request.credentials
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', hmacAlgorithm],
    ['X-Amz-Credential', `${accessKeyId}/${scope(request, amzDate)}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(expiresIn)],
    ...(sessionToken === undefined ? [] : [['X-Amz-Security-Token', sessionToken] as [string, string]]),
    ['X-Amz-SignedHeaders', names.join(';')],
  ]
  const added = parameters.map(([name, value]) => `${name}=${uriEncode(value)}`).join('&')
  url.search = url.search.length > 1 ? `${url.search.slice(1)}&${added}` : added
  const message = messageOf(request.method, url, headers)
  const proof = sign(request, message, unsigned(request, message, amzDate, expiresIn))
  url.search = `${url.search.slice(1)}&X-Amz-Signature=${proof}`
  return url
}

const scope = (request: SigningInput, amzDate: string) =>
  `${amzDate.slice(0, 8)}/${request.region}/${request.service}/aws4_request`

const lowerCase = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

function messageOf(method: string, url: URL, headers: Readonly<Record<string, string>>): HttpMessage {
  return { method, path: url.pathname, query: url.search.slice(1), headers: Object.entries(headers).flat() }
}

function unsigned(
  request: SigningInput,
  message: HttpMessage,
  amzDate: string,
  expiresIn: number | undefined,
): Signature {
  const headers = readHeaders(message.headers)
  return {
    algorithm: hmacAlgorithm,
    accessKeyId: request.credentials.accessKeyId,
    date: amzDate.slice(0, 8),
    region: request.region,
    regionSet: undefined,
    service: request.service,
    signedHeaders: [...headers.keys()].sort(),
    signature: '',
    amzDate,
    at: request.now,
    expiresIn,
    securityToken: request.credentials.sessionToken,
    contentHash: headers.get('x-amz-content-sha256'),
    headers,
  }
}

function sign(request: SigningInput, message: HttpMessage, signature: Signature): string {
  const content =
    signature.contentHash ?? (request.body === undefined ? emptyBodyHash : bodyHash(request.body))
  const key = deriveSigningKey(
    request.credentials.secretAccessKey,
    signature.date,
    request.region,
    request.service,
  )
  return hmacSha256(key, stringToSign(message, signature, content)).toString('hex')
}
