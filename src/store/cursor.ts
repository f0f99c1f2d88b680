// Page cursors: sort key and id of the last record of a page. Engines share the format, so its parser is hardened once. Cursors
// are not authenticated here; surfaces that show them to callers do that (attacks.md 16).
import { Problem } from '../problem.ts'
import type { Page } from './store.ts'

export interface Position {
  readonly sort: string
  readonly id: string
}

const longest = 8192

/** The cursor of the page that begins after this position. */
export const cursorAt = ({ sort, id }: Position): string =>
  Buffer.from(JSON.stringify([sort, id])).toString('base64url')

/** @throws Problem('invalid_input') for an invalid cursor */
export function positionOf(cursor: string): Position {
  try {
    if (cursor.length > longest) throw new TypeError('too long')
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parsed) || parsed.length !== 2) throw new TypeError('not a pair')
    const [sort, id]: unknown[] = parsed
    if (typeof sort !== 'string' || typeof id !== 'string') throw new TypeError('not texts')
    return { sort, id }
  } catch (cause) {
    throw new Problem('invalid_input', 'the marker is not valid; start again from the first page', {
      cause,
    })
  }
}

/** @throws Problem('invalid_input') unless the limit is 1…1000. */
export function checkLimit({ limit }: Page): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new Problem('invalid_input', 'a page has 1 to 1000 records')
}

/**
 * The smallest string, in code point order, that is greater than every string with this prefix; undefined when there is none.
 */
export function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (char) => char.codePointAt(0) ?? 0)
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) {
      // Surrogates (0xd800…0xdfff) are skipped: the successor of 0xd7ff is 0xe000.
      return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
    }
  }
  return undefined
}
