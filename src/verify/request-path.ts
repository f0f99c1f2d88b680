// Decodes the path of a request exactly once, for rules and handlers alike. A path that different components could
// interpret differently is refused.
import { Problem } from '../problem.ts'
import type { HttpMessage } from '../secure/sigv4/canonical.ts'

export interface PathRule {
  /**
   * The path is an opaque key of an object store: dot segments, empty segments and encoded `/`, `\` and `.` are part of the
   * key. Never for a service that turns the path into a file name or a route.
   */
  readonly objectKeys: boolean
}

/** Maximum bytes of the request target (path and query). Node's own default is 16 KiB for the whole header section. */
export const maxTargetLength = 16_384

const refused = (why: string): Problem => new Problem('invalid_input', why)

/**
 * Checks the request target and decodes its path once (RFC 3986 §2.1). `%25` is a literal percent sign, so `%252e` yields
 * the three characters `%2e`; the result must not be decoded again. Case, Unicode normalisation form and one trailing slash
 * are preserved.
 * @param message the request as received: `path` is everything before the first `?` of the request target
 * @throws Problem('invalid_input') naming what the path must not contain
 */
export function readPath({ path, query }: Pick<HttpMessage, 'path' | 'query'>, rule: PathRule): string {
  if (path.length + query.length > maxTargetLength)
    throw refused(`the request target is longer than ${maxTargetLength} bytes`)
  checkForm(path, query)
  if (!rule.objectKeys) checkSegments(path)
  const decoded = decodeOnce(path)
  // C0 controls and DEL can truncate or hide a name, in files and in logs.
  if (/\p{Cc}/u.test(decoded)) throw refused('the path must not contain control characters, encoded or not')
  return decoded
}

/** RFC 9112 §3.2.1, origin-form: absolute-form would introduce a second host besides the `Host` header. */
function checkForm(path: string, query: string): void {
  if (!path.startsWith('/'))
    throw refused('the request target must be a path that begins with `/`, not an absolute URL or `*`')
  if (/[^\x21-\x7e]/.test(path))
    throw refused('the path must contain only visible ASCII characters; percent-encode all others')
  if (path.includes('#') || query.includes('#'))
    throw refused('the request target must not contain a fragment')
}

function checkSegments(path: string): void {
  if (path.includes('\\')) throw refused('the path must not contain `\\`')
  if (path.includes('//')) throw refused('the path must not contain empty segments')
  // With parameters too (RFC 3986 section 3.3): servlet containers remove `;…` before they resolve the segments.
  if (/\/\.{1,2}(?:;[^/]*)?(?:\/|$)/.test(path))
    throw refused('the path must not contain `.` or `..` segments')
  if (/%(?:2f|5c|2e)/i.test(path)) throw refused('the path must not contain an encoded `/`, `\\` or `.`')
}

function decodeOnce(path: string): string {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    throw refused('the path must contain `%` only before two hexadecimal digits, and be UTF-8 once decoded')
  }
}
