// Bounds on a request's header section, checked once before anything in it is parsed, hashed or verified.
import { Problem } from '../problem.ts'
import type { HttpMessage } from '../secure/sigv4-canonical.ts'

/** Header fields. Node silently drops what exceeds its own `maxHeadersCount` of 2,000, which is above this. */
export const mostHeaders = 256
/** Characters of all names and values together. */
export const longestHeaders = 65_536
/** Characters of one `Authorization` or `DPoP` value: a 4,096 byte token or proof and what stands around it. */
export const longestCredential = 8_192

const credentials = new Set(['authorization', 'dpop', 'x-amz-security-token'])

const refused = (why: string): Problem => new Problem('invalid_input', why)

/**
 * One pass over the header fields: their number and size, the size of a credential, and one host name (RFC 9112
 * section 3.2), which in HTTP/2 may stand in `:authority` as well (RFC 9113 section 8.3.1).
 * @throws Problem('invalid_input')
 */
export function checkHeaders({ headers }: Pick<HttpMessage, 'headers'>): void {
  if (headers.length > 2 * mostHeaders)
    throw refused(`the request has more than ${mostHeaders} header fields`)
  let size = 0
  let host: string | undefined
  let authority: string | undefined
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = (headers[i] ?? '').toLowerCase()
    const value = headers[i + 1] ?? ''
    size += name.length + value.length
    if (size > longestHeaders) throw refused(`the header fields are longer than ${longestHeaders} characters`)
    if (credentials.has(name) && value.length > longestCredential)
      throw refused(`header \`${name}\` is longer than ${longestCredential} characters`)
    if (name === 'host') {
      if (host !== undefined) throw refused('header `host` is repeated')
      host = value.trim().toLowerCase()
    }
    if (name === ':authority') authority = value.trim().toLowerCase()
  }
  if (host !== undefined && authority !== undefined && host !== authority)
    throw refused('`host` and `:authority` name different hosts')
}
