// ARNs have six parts separated by colons; the last part may contain colons. A wildcard before the fifth colon does not
// match across a colon.
import { globMatches, star } from './glob.ts'

/** Index of the n-th colon at or after `from`, or -1 when there are fewer. */
function nextColon(text: string, from: number): number {
  return text.indexOf(':', from)
}

/**
 * Whether an encoded pattern (see glob.ts) matches an ARN, part by part. A single star matches every ARN; a text with fewer
 * than six parts never matches another pattern.
 */
export function arnMatches(pattern: string, text: string): boolean {
  if (pattern === star) return isArn(text)
  let p = 0
  let t = 0
  for (let part = 0; part < 5; part++) {
    const patternEnd = nextColon(pattern, p)
    const textEnd = nextColon(text, t)
    if (patternEnd < 0 || textEnd < 0) return false
    if (!globMatches(pattern, text, p, patternEnd, t, textEnd)) return false
    p = patternEnd + 1
    t = textEnd + 1
  }
  return globMatches(pattern, text, p, pattern.length, t, text.length)
}

function isArn(text: string): boolean {
  let at = -1
  for (let part = 0; part < 5; part++) {
    at = nextColon(text, at + 1)
    if (at < 0) return false
  }
  return true
}

/** The account id in `arn:partition:service:region:account:…`, or undefined. */
export function accountOf(arn: string): string | undefined {
  const account = arn.split(':', 5)[4]
  return arn.startsWith('arn:') && account ? account : undefined
}
