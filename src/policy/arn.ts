// ARNs: six parts by colon, the last of which may hold colons. A wildcard before the fifth colon stays in its part.
import { globMatches, star } from './glob.ts'

/** Where the n-th colon stands, searching from `from`; -1 when there are fewer. */
function nextColon(text: string, from: number): number {
  return text.indexOf(':', from)
}

/** Whether an encoded pattern (glob.ts) covers an ARN, part by part. A lone star covers every ARN; a text that has not six parts is none. */
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

/** The account of `arn:partition:service:region:account:…`, or undefined. */
export function accountOf(arn: string): string | undefined {
  const account = arn.split(':', 5)[4]
  return arn.startsWith('arn:') && account ? account : undefined
}
