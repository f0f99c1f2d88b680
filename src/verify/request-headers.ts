// Limits on a request's header section, checked before anything in it is parsed, hashed or verified.
import { Problem } from '../problem.ts'
import type { HttpMessage } from '../secure/sigv4/canonical.ts'

/**
 * Maximum number of header fields. Node silently drops fields beyond its own `maxHeadersCount` of 2,000, which is higher.
 */
export const maxHeaderFields = 256
/** Maximum characters of all names and values together. */
export const maxHeaderCharacters = 65_536
/** Maximum characters of an `Authorization` or `DPoP` value: a token or proof of 4,096 bytes plus its parameters. */
export const maxCredentialLength = 8_192

const credentials = new Set(['authorization', 'dpop', 'x-amz-security-token'])

const refused = (why: string): Problem => new Problem('invalid_input', why)

/**
 * Checks, in one pass, the number and size of header fields, the size of a credential, and that there is a single host name
 * (RFC 9112 §3.2), which in HTTP/2 may also be in `:authority` (RFC 9113 §8.3.1).
 * @throws Problem('invalid_input')
 */
export function checkHeaders({ headers }: Pick<HttpMessage, 'headers'>): void {
  if (headers.length > 2 * maxHeaderFields)
    throw refused(`the request has more than ${maxHeaderFields} header fields`)
  let size = 0
  let host: string | undefined
  let authority: string | undefined
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = (headers[i] ?? '').toLowerCase()
    const value = headers[i + 1] ?? ''
    size += name.length + value.length
    if (size > maxHeaderCharacters)
      throw refused(`the header fields are longer than ${maxHeaderCharacters} characters`)
    if (credentials.has(name) && value.length > maxCredentialLength)
      throw refused(`header \`${name}\` is longer than ${maxCredentialLength} characters`)
    if (name === 'host') {
      if (host !== undefined) throw refused('header `host` is repeated')
      host = value.trim().toLowerCase()
    }
    if (name === ':authority') authority = value.trim().toLowerCase()
  }
  if (host !== undefined && authority !== undefined && host !== authority)
    throw refused('`host` and `:authority` name different hosts')
}
