// Wildcards, as a loop over two places: no regular expression is ever built from a policy.
// In the encoded form a star is U+0000 and a question mark is U+0001, so that the characters `*` and `?` can stand for
// themselves (`${*}`, or a user whose name is `*`). json.ts keeps both marks out of documents, pattern.ts out of values.

export const star = '\u0000'
export const any = '\u0001'
const starCode = 0
const anyCode = 1

/**
 * Whether the encoded pattern covers text[from, to). A star that fails is moved on by one and never reconsidered once a
 * later star has been reached, so `*a*a*a*…` cannot blow up: the work is bounded by (to - from)², and in practice linear.
 */
export function globMatches(
  pattern: string,
  text: string,
  patternFrom = 0,
  patternTo = pattern.length,
  from = 0,
  to = text.length,
): boolean {
  let p = patternFrom
  let t = from
  let retryPattern = -1
  let retryText = 0
  while (t < to) {
    const code = p < patternTo ? pattern.charCodeAt(p) : -1
    if (code === starCode) {
      retryPattern = ++p
      retryText = t
      if (p === patternTo) return true
    } else if (code === anyCode || (code >= 0 && code === text.charCodeAt(t))) {
      p++
      t++
    } else {
      if (retryPattern < 0) return false
      p = retryPattern
      t = ++retryText
    }
  }
  while (p < patternTo && pattern.charCodeAt(p) === starCode) p++
  return p === patternTo
}
