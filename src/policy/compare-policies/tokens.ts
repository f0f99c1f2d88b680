// Converts written patterns into automaton tokens.
import type { Version } from '../language/document.ts'
import { hasWildHead } from '../language/pattern.ts'
import { type Piece, readTemplate } from '../language/template.ts'
import { one, oneInPart, star, starInPart, type Token } from './automaton.ts'

export interface TokensOf {
  readonly version: Version
  readonly wildcards: boolean
  readonly arn: 'always' | 'if-head-is-wild' | 'never'
  readonly ignoreCase?: boolean
}

export interface Tokenised {
  /** Undefined when the pattern matches nothing. With variables: an upper bound of what it can match. */
  readonly tokens: readonly Token[] | undefined
  readonly variables: readonly string[]
}

const colon = 0x3a

/** The tokens of a written pattern, equivalent to pattern.ts; a variable can be any text. */
export function tokensOf(text: string, options: TokensOf): Tokenised {
  const template = readTemplate(text, options)
  if ('fault' in template) return { tokens: undefined, variables: [] }
  const { pieces } = template
  const variables = pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.key] : []))
  const flat = pieces.flatMap((piece) => unitsOf(piece, options.ignoreCase === true))
  const asArn = options.arn === 'always' || (options.arn === 'if-head-is-wild' && hasWildHead(pieces))
  // A variable's value may contain colons, so ARN parts cannot be separated; matching any text is the upper bound.
  if (asArn && variables.length > 0) return { tokens: flat, variables }
  return { tokens: asArn ? inParts(flat) : flat, variables }
}

function unitsOf(piece: Piece, ignoreCase: boolean): Token[] {
  if (piece.kind === 'literal') {
    const text = ignoreCase ? piece.text.toLowerCase() : piece.text
    return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  }
  return [piece.kind === 'any' ? one : star]
}

const anyArn: readonly Token[] = [...Array.from({ length: 5 }, () => [starInPart, colon]).flat(), star]

/** As in arn.ts: wildcards stay within their part up to the fifth colon, and a single star matches every ARN. */
function inParts(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens.length > 0 && tokens.every((token) => token === star)) return anyArn
  let colons = 0
  const bound = tokens.map((token) => {
    if (token === colon) colons++
    if (colons >= 5 || token >= 0) return token
    return token === star ? starInPart : oneInPart
  })
  return colons >= 5 ? bound : undefined
}

export const literal = (text: string): readonly Token[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
