// A compiled pattern: everything that depends on the policy alone is computed once; variables are substituted per request.

import type { Context } from '../request.ts'
import { arnMatches } from './arn.ts'
import { any, globMatches, star } from './glob.ts'
import type { Version } from './syntax.ts'
import { type Piece, readTemplate } from './template.ts'

export interface PatternOptions {
  readonly version: Version
  readonly wildcards: boolean
  /** Match as an ARN, part by part; `if-head-is-wild` when this is needed only for a wildcard before the fifth colon. */
  readonly arn: 'always' | 'if-head-is-wild' | 'never'
  /** Compare in lower case; `text` must then be lower case. */
  readonly ignoreCase?: boolean
}

export class Pattern {
  /** Encoded as described in glob.ts; undefined when the pattern has variables. */
  readonly #fixed: string | undefined
  readonly #pieces: readonly Piece[] | undefined
  readonly #arn: boolean
  /** Variables before the fifth colon of an ARN. */
  readonly #headVariables: readonly VariablePiece[]
  readonly #ignoreCase: boolean
  /** Index of the first wildcard, or -1. */
  readonly #firstWild: number

  constructor(pieces: readonly Piece[], options: PatternOptions) {
    this.#ignoreCase = options.ignoreCase === true
    const fixed = encode(pieces, undefined, this.#ignoreCase)
    this.#fixed = fixed
    this.#pieces = fixed === undefined ? pieces : undefined
    this.#arn = options.arn === 'always' || (options.arn === 'if-head-is-wild' && hasWildHead(pieces))
    this.#headVariables = this.#arn && fixed === undefined ? headOf(pieces).filter(isVariable) : []
    this.#firstWild = fixed === undefined ? -1 : firstWildcard(fixed)
  }

  /** The only matching text, if there is exactly one. */
  get literal(): string | undefined {
    return this.#fixed !== undefined && this.#firstWild < 0 ? this.#fixed : undefined
  }

  /** A prefix of every matching text. */
  get prefix(): string {
    if (this.#fixed !== undefined)
      return this.#firstWild < 0 ? this.#fixed : this.#fixed.slice(0, this.#firstWild)
    const first = this.#pieces![0]
    return first?.kind === 'literal' ? cased(first.text, this.#ignoreCase) : ''
  }

  /** A suffix of every matching text. */
  get suffix(): string {
    if (this.#fixed !== undefined)
      return this.#fixed.slice(Math.max(this.#fixed.lastIndexOf(star), this.#fixed.lastIndexOf(any)) + 1)
    const last = this.#pieces!.at(-1)
    return last?.kind === 'literal' ? cased(last.text, this.#ignoreCase) : ''
  }

  /** The keys of its variables, in lower case. */
  get variables(): readonly string[] {
    if (this.#pieces === undefined) return noKeys
    return this.#pieces.flatMap((piece) => (piece.kind === 'variable' ? [piece.key] : []))
  }

  /** A pattern with a variable that does not resolve matches nothing (docs/policy-semantics.md §3). */
  matches(text: string, context: Context): boolean {
    const fixed = this.#fixed
    if (fixed === undefined) {
      if (this.#headVariables.some((piece) => movesParts(resolve(piece.key, piece.fallback, context))))
        return false
      const encoded = encode(this.#pieces!, context, this.#ignoreCase)
      if (encoded === undefined) return false
      return this.#arn ? arnMatches(encoded, text) : globMatches(encoded, text)
    }
    if (this.#arn) return arnMatches(fixed, text)
    return this.#firstWild < 0 ? fixed === text : globMatches(fixed, text)
  }
}

const noKeys: readonly string[] = []

/** Compiles a pattern from validated text. */
export function patternOf(text: string, options: PatternOptions): Pattern {
  const template = readTemplate(text, options)
  // Callers validate first (resourceFault, Operator.fault); an invalid text matches nothing.
  const pieces = 'fault' in template ? [] : template.pieces
  return new Pattern(pieces, options)
}

const cased = (text: string, ignoreCase: boolean): string => (ignoreCase ? text.toLowerCase() : text)

/**
 * The encoded pattern with its variables substituted. Undefined when a variable does not resolve; without a context, when
 * there is any variable.
 */
export function encode(
  pieces: readonly Piece[],
  context: Context | undefined,
  ignoreCase: boolean,
): string | undefined {
  const parts: string[] = []
  for (const piece of pieces) {
    if (piece.kind === 'literal') parts.push(cased(piece.text, ignoreCase))
    else if (piece.kind === 'any') parts.push(any)
    else if (piece.kind === 'star') {
      if (parts.at(-1) !== star) parts.push(star)
    } else {
      const value = context && resolve(piece.key, piece.fallback, context)
      if (value === undefined) return undefined
      parts.push(cased(value, ignoreCase))
    }
  }
  // join() yields a flat string; concatenation would yield a rope, which is slower to match.
  return parts.length === 1 ? parts[0] : parts.join('')
}

/**
 * The value of a variable: only single-valued keys resolve, and the default applies only to a missing key. A value that
 * contains a code point reserved by glob.ts does not resolve.
 */
export function resolve(key: string, fallback: string | undefined, context: Context): string | undefined {
  const value = context.get(key)
  const missing = value === undefined || (typeof value !== 'string' && value.length === 0)
  if (missing) return fallback
  if (typeof value !== 'string') return undefined
  return value.includes(star) || value.includes(any) ? undefined : value
}

function firstWildcard(encoded: string): number {
  for (let at = 0; at < encoded.length; at++) if (encoded.charCodeAt(at) <= 1) return at
  return -1
}

/** Whether something that begins as an ARN has a wildcard or variable before the fifth colon. */
export const hasWildHead = (pieces: readonly Piece[]): boolean =>
  headOf(pieces).some(({ kind }) => kind !== 'literal')

/** The pieces of an ARN that begin before its fifth colon; none when the text does not begin with `arn:`. */
export function headOf(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces[0]
  if (first?.kind !== 'literal' || !first.text.startsWith('arn:')) return []
  let colons = 0
  const end = pieces.findIndex((piece) => {
    if (piece.kind === 'literal') colons += piece.text.split(':', 6).length - 1
    return colons >= 5
  })
  return end < 0 ? pieces : pieces.slice(0, end + 1)
}

export type VariablePiece = Extract<Piece, { kind: 'variable' }>
const isVariable = (piece: Piece): piece is VariablePiece => piece.kind === 'variable'

/**
 * Whether a value of a variable in the partition, service, region or account of an ARN would move everything after it
 * into another part. A pattern with such a value matches nothing.
 */
export const movesParts = (value: string | undefined): boolean => value?.includes(':') === true
