// Wildcard matching with loops over indexes: a policy is never turned into a regular expression.
// In the encoded form a star is U+0000 and a question mark is U+0001, so that the characters `*` and `?` can be literal
// (`${*}`, or a user named `*`). json.ts rejects both code points in documents, pattern.ts in values.

export const star = '\u0000'
export const any = '\u0001'
const starCode = 0
const anyCode = 1

const agrees = (pattern: string, p: number, text: string, t: number): boolean => {
  const code = pattern.charCodeAt(p)
  return code === anyCode || code === text.charCodeAt(t)
}

/**
 * Whether the encoded pattern matches text[from, to). The part before the first star must be a prefix, the part after the
 * last star a suffix, and every part between is matched at its first occurrence. There is no backtracking, so `*a*a*a*…`
 * takes linear time.
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
  let begin = from
  for (; p < patternTo && pattern.charCodeAt(p) !== starCode; p++, begin++)
    if (begin >= to || !agrees(pattern, p, text, begin)) return false
  if (p === patternTo) return begin === to
  let last = patternTo
  let end = to
  for (; pattern.charCodeAt(last - 1) !== starCode; last--, end--)
    if (end <= begin || !agrees(pattern, last - 1, text, end - 1)) return false
  return partsOccur(pattern, p + 1, last, text, begin, end)
}

/** Whether the parts of pattern[p, last), each followed by a star, occur in text[begin, end) in order. */
function partsOccur(
  pattern: string,
  p: number,
  last: number,
  text: string,
  begin: number,
  end: number,
): boolean {
  let part = p
  let at = begin
  while (part < last) {
    const partEnd = pattern.indexOf(star, part)
    if (partEnd > part) {
      const found = firstOccurrence(pattern, part, partEnd, text, at, end)
      if (found < 0) return false
      at = found + partEnd - part
    }
    part = partEnd + 1
  }
  return true
}

/** Longer parts are searched with the Knuth-Morris-Pratt algorithm. */
const short = 32

function firstOccurrence(
  pattern: string,
  part: number,
  partEnd: number,
  text: string,
  from: number,
  to: number,
): number {
  const length = partEnd - part
  if (length > short && length <= to - from) {
    const written = pattern.slice(part, partEnd)
    if (!written.includes(any)) return firstOfLong(written, text, from, to)
  }
  for (let at = from; at <= to - length; at++) {
    let matched = 0
    while (matched < length && agrees(pattern, part + matched, text, at + matched)) matched++
    if (matched === length) return at
  }
  return -1
}

/** Knuth-Morris-Pratt search, linear in both texts. */
function firstOfLong(part: string, text: string, from: number, to: number): number {
  const back = new Int32Array(part.length)
  for (let at = 1, matched = 0; at < part.length; at++) {
    while (matched > 0 && part.charCodeAt(at) !== part.charCodeAt(matched)) matched = back[matched - 1]!
    if (part.charCodeAt(at) === part.charCodeAt(matched)) matched++
    back[at] = matched
  }
  for (let at = from, matched = 0; at < to; at++) {
    while (matched > 0 && text.charCodeAt(at) !== part.charCodeAt(matched)) matched = back[matched - 1]!
    if (text.charCodeAt(at) === part.charCodeAt(matched)) matched++
    if (matched === part.length) return at - matched + 1
  }
  return -1
}
