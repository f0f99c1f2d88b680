// Splits a written pattern: `home/${aws:username, 'none'}/*` is a literal, a variable, a literal and a star.
import type { Version } from './syntax.ts'

export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  /** `*`: any sequence of characters, or none. */
  | { readonly kind: 'star' }
  /** `?`: exactly one UTF-16 code unit. */
  | { readonly kind: 'any' }
  /** `${key}` or `${key, 'fallback'}`; `key` in lower case. */
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined }

export interface TemplateOptions {
  /** Version 2008-10-17 has no variables: `${…}` is literal (and its `*` and `?` are wildcards as elsewhere). */
  readonly version: Version
  /** Whether `*` and `?` are wildcards; in StringEquals they are literal. */
  readonly wildcards: boolean
}

/** The pieces of a text, or an error message about its variables. Adjacent literals are merged. */
export function readTemplate(
  text: string,
  options: TemplateOptions,
): { readonly pieces: readonly Piece[] } | { readonly fault: string } {
  const pieces: Piece[] = []
  let literal = ''
  const flush = (): void => {
    if (literal !== '') pieces.push({ kind: 'literal', text: literal })
    literal = ''
  }
  let at = 0
  while (at < text.length) {
    const next = nextMark(text, at, options)
    literal += text.slice(at, next)
    if (next === text.length) break
    if (text[next] !== '$') {
      flush()
      pieces.push(text[next] === '*' ? { kind: 'star' } : { kind: 'any' })
      at = next + 1
      continue
    }
    const read = readVariable(text, next)
    if (typeof read === 'string') return { fault: read }
    if (read.piece.kind === 'literal') literal += read.piece.text
    else {
      flush()
      pieces.push(read.piece)
    }
    at = read.end
  }
  flush()
  return { pieces }
}

/** Index of the next wildcard or `${`, or of the end. */
function nextMark(text: string, from: number, options: TemplateOptions): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (options.wildcards && (code === 0x2a || code === 0x3f)) return at
    if (code === 0x24 && options.version === '2012-10-17' && text.charCodeAt(at + 1) === 0x7b) return at
  }
  return text.length
}

const expected = "expected `${key}`, `${key, 'default'}`, `${*}`, `${?}` or `${$}`"

/**
 * Parses `${…}` at `start`. IAM User Guide, "Policy variables": the default follows a comma and one space, in single
 * quotes.
 */
function readVariable(text: string, start: number): { piece: Piece; end: number } | string {
  const first = text[start + 2]
  if ((first === '*' || first === '?' || first === '$') && text[start + 3] === '}')
    return { piece: { kind: 'literal', text: first }, end: start + 4 }
  let at = start + 2
  while (at < text.length && !',}'.includes(text[at]!)) {
    if (' \t\r\n\'"*?${'.includes(text[at]!))
      return `unexpected \`${text[at]}\` in the variable \`${cut(text, start)}\`, ${expected}`
    at++
  }
  const key = text.slice(start + 2, at).toLowerCase()
  if (key === '') return `empty variable \`${cut(text, start)}\`, ${expected}`
  if (at === text.length) return `the variable \`${cut(text, start)}\` has no closing brace, ${expected}`
  if (text[at] === '}') return { piece: { kind: 'variable', key, fallback: undefined }, end: at + 1 }
  if (!text.startsWith(", '", at)) return `malformed default in \`${cut(text, start)}\`, ${expected}`
  const close = text.indexOf("'", at + 3)
  if (close < 0 || text[close + 1] !== '}') return `malformed default in \`${cut(text, start)}\`, ${expected}`
  return { piece: { kind: 'variable', key, fallback: text.slice(at + 3, close) }, end: close + 2 }
}

const cut = (text: string, start: number): string => {
  const close = text.indexOf('}', start)
  const end = close < 0 ? text.length : close + 1
  return end - start > 60 ? `${text.slice(start, start + 60).toWellFormed()}…` : text.slice(start, end)
}
