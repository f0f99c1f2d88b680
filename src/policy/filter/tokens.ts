// A pattern after its variables have been filled in, as a row of tokens: UTF-16 code units (0 to 65535) and wildcards.
import { globMatches, any as oneMark, star as starMark } from '../language/glob.ts'

export type Token = number

/** Any run of code units. */
export const star = -1
/** One code unit. */
export const one = -2
/** As the two above, but without a colon: before the fifth colon of an ARN. */
export const starInPart = -3
export const oneInPart = -4

export const colon = 58

export const isStar = (token: Token | undefined): boolean => token === star || token === starInPart
export const isWild = (token: Token): boolean => token < 0
export const isBound = (token: Token): boolean => token === starInPart || token === oneInPart

export function unitsOf(text: string): Token[] {
  const units: Token[] = []
  for (let at = 0; at < text.length; at++) units.push(text.charCodeAt(at))
  return units
}

/** The text of tokens without wildcards; a token at a time, since a pattern may be longer than an argument list. */
export function textOf(tokens: readonly Token[]): string {
  let text = ''
  for (const token of tokens) text += String.fromCharCode(token)
  return text
}

/** Neighbouring stars are one. */
export function collapsed(tokens: readonly Token[]): Token[] {
  return tokens.filter((token, at) => !(token === star && tokens[at - 1] === star))
}

/** The pattern as arn.ts reads it: wildcards before the fifth colon stay in their part. Undefined: it covers nothing. */
export function asArn(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens.length === 1 && tokens[0] === star) return anyArn
  let colons = 0
  const bound = tokens.map((token) => {
    if (token === colon) colons++
    if (colons >= 5 || token >= 0) return token
    return token === star ? starInPart : oneInPart
  })
  return colons >= 5 ? bound : undefined
}

const anyArn: readonly Token[] = [...Array.from({ length: 5 }, () => [starInPart, colon]).flat(), star]

/** A pattern cut for matching: what the text begins with, parts that end before the next colon, then what is left of the text. */
export interface Cut {
  /** Empty, or up to and with a colon. */
  readonly head: string
  /** Each must match all text up to the next colon. */
  readonly parts: readonly (readonly Token[])[]
  /** Matches the remaining text. */
  readonly rest: readonly Token[]
  /** Whether the rest may not hold a colon. */
  readonly restInPart: boolean
}

/** Cuts behind the last colon that a wildcard bound to its part needs. Bound wildcards become ordinary ones. */
export function cutAtColons(tokens: readonly Token[]): Cut {
  const last = tokens.findLastIndex(isBound)
  let from = last < 0 ? 0 : tokens.lastIndexOf(colon, tokens.findIndex(isBound)) + 1
  const head = textOf(tokens.slice(0, from))
  const parts: Token[][] = []
  while (from <= last) {
    const end = tokens.indexOf(colon, from)
    if (end < 0) return { head, parts, rest: unbound(tokens.slice(from)), restInPart: true }
    parts.push(unbound(tokens.slice(from, end)))
    from = end + 1
  }
  return { head, parts, rest: tokens.slice(from), restInPart: false }
}

const unbound = (tokens: readonly Token[]): Token[] =>
  tokens.map((token) => (token === starInPart ? star : token === oneInPart ? one : token))

/** Whether the pattern covers the text: the engine's own loop, part by part. */
export function covers(tokens: readonly Token[], text: string): boolean {
  const { head, parts, rest, restInPart } = cutAtColons(tokens)
  if (!text.startsWith(head)) return false
  let from = head.length
  for (const part of parts) {
    const end = text.indexOf(':', from)
    if (end < 0 || !globMatches(encoded(part), text.slice(from, end))) return false
    from = end + 1
  }
  const left = text.slice(from)
  return !(restInPart && left.includes(':')) && globMatches(encoded(rest), left)
}

function encoded(tokens: readonly Token[]): string {
  let text = ''
  for (const token of tokens)
    text += token === star ? starMark : token === one ? oneMark : String.fromCharCode(token)
  return text
}

/** In code points: a text, any run, one code point up to U+FFFF, one above, or any one. */
export type Mark = { readonly text: string } | 'star' | 'basic' | 'astral' | 'any'

/**
 * The pattern for engines that count code points: `?` is one UTF-16 code unit, so `??` is two code points up to U+FFFF
 * or one above. Gives the alternatives, none for a pattern that no well-formed text can match, undefined when there
 * would be more than `most`.
 */
export function inCodePoints(tokens: readonly Token[], most = 16): readonly (readonly Mark[])[] | undefined {
  let ways: Mark[][] = [[]]
  let at = 0
  while (at < tokens.length) {
    const wild = isWild(tokens[at]!)
    let end = at
    while (end < tokens.length && isWild(tokens[end]!) === wild) end++
    const run = tokens.slice(at, end)
    at = end
    if (!wild) {
      const text = textOf(run)
      if (!text.isWellFormed()) return []
      for (const way of ways) way.push({ text })
      continue
    }
    const tails = runs(run.filter((token) => token === one).length, run.includes(star), most)
    if (tails === undefined || tails.length * ways.length > most) return undefined
    ways = ways.flatMap((way) => tails.map((tail) => [...way, ...tail]))
  }
  return ways
}

/** All rows of code points that come to `units` code units, or to at least so many when `open`. */
function runs(units: number, open: boolean, most: number): Mark[][] | undefined {
  if (units <= 0) return [open ? ['star'] : []]
  if (units === 1) return [open ? ['any', 'star'] : ['basic']]
  if (units > most) return undefined
  const narrow = runs(units - 1, open, most)
  const wide = runs(units - 2, open, most)
  if (narrow === undefined || wide === undefined || narrow.length + wide.length > most) return undefined
  return [
    ...narrow.map((rest): Mark[] => ['basic', ...rest]),
    ...wide.map((rest): Mark[] => ['astral', ...rest]),
  ]
}
