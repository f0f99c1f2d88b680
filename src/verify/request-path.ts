// The path of a request, decoded exactly once: what a rule decides on and what a handler must serve by.
// A path that two readers could read differently is refused, before any framework has normalised it.
import { Problem } from '../problem.ts'
import type { HttpMessage } from '../secure/sigv4-canonical.ts'

export interface PathRule {
  /**
   * The path names an opaque key of an object store: dot segments, empty segments and encoded `/`, `\` and `.` are then
   * part of the key. Never for a service that turns the path into a file name or a route.
   */
  readonly objectKeys: boolean
}

/** Bytes of the request target (path and query). Node itself takes 16 KiB of header section by default. */
export const longestTarget = 16_384

const refused = (why: string): Problem => new Problem('invalid_input', why)

/**
 * Checks the request target and decodes its path once (RFC 3986 section 2.1). `%25` is a literal percent sign, so
 * `%252e` names the three characters `%2e`; nothing after this may decode again. Case, Unicode normal form and one
 * slash at the end are kept as they were sent.
 * @param message the request as it was received: `path` is everything before the first `?` of the request target
 * @throws Problem('invalid_input') saying what the path must not hold
 */
export function readPath({ path, query }: Pick<HttpMessage, 'path' | 'query'>, rule: PathRule): string {
  if (path.length + query.length > longestTarget)
    throw refused(`the request target is longer than ${longestTarget} bytes`)
  checkForm(path, query)
  if (!rule.objectKeys) checkSegments(path)
  const decoded = decodeOnce(path)
  // C0 controls and DEL end a name early or hide it, in files as in logs.
  if (/\p{Cc}/u.test(decoded)) throw refused('the path must not hold control characters, encoded or not')
  return decoded
}

/** RFC 9112 section 3.2.1, origin-form: absolute-form would bring a second host beside the `Host` header. */
function checkForm(path: string, query: string): void {
  if (!path.startsWith('/'))
    throw refused('the request target must be a path that begins with `/`, not an absolute URL or `*`')
  if (/[^\x21-\x7e]/.test(path))
    throw refused('the path must hold visible ASCII characters alone; encode all others')
  if (path.includes('#') || query.includes('#')) throw refused('the request target must not hold a fragment')
}

function checkSegments(path: string): void {
  if (path.includes('\\')) throw refused('the path must not hold `\\`')
  if (path.includes('//')) throw refused('the path must not hold empty segments')
  if (/\/\.{1,2}(?:\/|$)/.test(path)) throw refused('the path must not hold `.` or `..` segments')
  if (/%(?:2f|5c|2e)/i.test(path)) throw refused('the path must not hold an encoded `/`, `\\` or `.`')
}

function decodeOnce(path: string): string {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    throw refused('the path must hold `%` only in front of two hexadecimal digits, and be UTF-8 once decoded')
  }
}
