// A pattern made ready: what can be known from the policy alone is done once, variables wait for the request.
import { arnMatches } from './arn.ts'
import { any, globMatches, star } from './glob.ts'
import type { Context } from './request.ts'
import type { Version } from './syntax.ts'
import { type Piece, readTemplate } from './template.ts'

export interface PatternOptions {
  readonly version: Version
  readonly wildcards: boolean
  /** Match part by part as an ARN; `if-head-is-wild` when only a wildcard before the fifth colon needs that. */
  readonly arn: 'always' | 'if-head-is-wild' | 'never'
  /** Compare in lower case; `text` must then come in lower case. */
  readonly ignoreCase?: boolean
}

export class Pattern {
  /** Encoded as glob.ts says; undefined when it holds variables. */
  readonly #fixed: string | undefined
  readonly #pieces: readonly Piece[] | undefined
  readonly #arn: boolean
  /** Variables before the fifth colon of an ARN. */
  readonly #headVariables: readonly VariablePiece[]
  readonly #ignoreCase: boolean
  /** Index of the first wildcard in the fixed form, -1 when there is none. */
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

  /** The whole text, when the pattern matches exactly one. */
  get literal(): string | undefined {
    return this.#fixed !== undefined && this.#firstWild < 0 ? this.#fixed : undefined
  }

  /** What every matching text begins with. */
  get prefix(): string {
    if (this.#fixed !== undefined)
      return this.#firstWild < 0 ? this.#fixed : this.#fixed.slice(0, this.#firstWild)
    const first = this.#pieces![0]
    return first?.kind === 'literal' ? cased(first.text, this.#ignoreCase) : ''
  }

  /** What every matching text ends with. */
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

  /** A pattern with a variable that does not resolve matches nothing (semantics §3). */
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

/** Makes a pattern from checked text. */
export function patternOf(text: string, options: PatternOptions): Pattern {
  const template = readTemplate(text, options)
  // Callers check first (resourceFault, Operator.fault); a text that slips through names nothing.
  const pieces = 'fault' in template ? [] : template.pieces
  return new Pattern(pieces, options)
}

const cased = (text: string, ignoreCase: boolean): string => (ignoreCase ? text.toLowerCase() : text)

/** Undefined when a variable has no value. Without a context, when there is a variable at all. */
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
  // Joined, not added up, so that the text lies in one piece.
  return parts.length === 1 ? parts[0] : parts.join('')
}

/** A variable's value: single-valued keys only, the default only for a missing key. A value with a mark of glob.ts is none. */
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

/** A wildcard or variable before the fifth colon of something that begins as an ARN. */
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
