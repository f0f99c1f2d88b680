// Written patterns as the automaton reads them.
import type { Version } from '../document.ts'
import { hasWildHead } from '../pattern.ts'
import { type Piece, readTemplate } from '../template.ts'
import { one, oneInPart, star, starInPart, type Token } from './automaton.ts'

export interface TokensOf {
  readonly version: Version
  readonly wildcards: boolean
  readonly arn: 'always' | 'if-head-is-wild' | 'never'
  readonly ignoreCase?: boolean
}

export interface Tokenised {
  /** Undefined when it matches nothing. With variables: what it can match at most. */
  readonly tokens: readonly Token[] | undefined
  readonly variables: readonly string[]
}

const colon = 0x3a

/** The pattern that pattern.ts makes of the text, as tokens; a variable can be any text. */
export function tokensOf(text: string, options: TokensOf): Tokenised {
  const template = readTemplate(text, options)
  if ('fault' in template) return { tokens: undefined, variables: [] }
  const { pieces } = template
  const variables = pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.key] : []))
  const flat = pieces.flatMap((piece) => unitsOf(piece, options.ignoreCase === true))
  const asArn = options.arn === 'always' || (options.arn === 'if-head-is-wild' && hasWildHead(pieces))
  // A value may bring colons of its own, so which part is which is not known; any text covers what it can be.
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

/** As arn.ts: wildcards stay in their part up to the fifth colon, and a lone star is every ARN. */
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
