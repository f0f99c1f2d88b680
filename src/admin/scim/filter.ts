// The filter grammar of SCIM (RFC 7644 §3.4.2.2), and the paths of PATCH, which are part of it (§3.5.2). Read by recursive
// descent over a bounded text; what the text means is decided in match.ts and lookups.ts.
import { ScimProblem, type ScimType } from './problem.ts'

export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Comparison = (typeof comparisons)[number]

export interface AttributePath {
  /** URN of the schema, when one is named. */
  readonly schema: string | undefined
  readonly name: string
  readonly sub: string | undefined
}

export type Filter =
  | { readonly is: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly is: 'not'; readonly filter: Filter }
  | { readonly is: 'present'; readonly path: AttributePath }
  | {
      readonly is: 'compare'
      readonly path: AttributePath
      readonly comparison: Comparison
      readonly value: string | number | boolean | null
    }
  /** `emails[type eq "work"]`: one value of the attribute matches. */
  | { readonly is: 'value'; readonly path: AttributePath; readonly filter: Filter }

/** The path of a PATCH operation: an attribute, of its values those that match, of them a sub-attribute. */
export interface PatchPath extends AttributePath {
  readonly filter: Filter | undefined
}

/** Characters. */
const mostText = 4096
const mostDepth = 20
/** Comparisons in one filter. */
const mostTerms = 50

/** @throws ScimProblem('invalidFilter') that says at which character */
export function parseFilter(text: string): Filter {
  const reader = new Reader(text, 'invalidFilter')
  const filter = reader.or(0)
  reader.end()
  return filter
}

/** @throws ScimProblem('invalidPath') */
export function parsePath(text: string): PatchPath {
  const reader = new Reader(text, 'invalidPath')
  const path = reader.patchPath()
  reader.end()
  return path
}

class Reader {
  readonly #text: string
  readonly #fault: ScimType
  #at = 0
  #terms = 0

  constructor(text: string, fault: ScimType) {
    this.#text = text
    this.#fault = fault
    if (text.length > mostText) throw this.#problem(`is longer than ${mostText} characters`)
  }

  or(depth: number): Filter {
    let left = this.#and(depth)
    while (this.#word('or')) left = { is: 'or', left, right: this.#and(depth) }
    return left
  }

  end(): void {
    this.#space()
    if (this.#at < this.#text.length) throw this.#problem('has more text than a filter')
  }

  patchPath(): PatchPath {
    const path = this.#path()
    if (path.sub !== undefined || !this.#sign('[')) return { ...path, filter: undefined }
    const filter = this.or(0)
    this.#need(']')
    const [, sub] = this.#match(/\.([A-Za-z$][\w$-]*)/y) ?? []
    return { ...path, filter, sub }
  }

  #and(depth: number): Filter {
    let left = this.#term(depth)
    while (this.#word('and')) left = { is: 'and', left, right: this.#term(depth) }
    return left
  }

  #term(depth: number): Filter {
    if (depth > mostDepth) throw this.#problem(`is nested deeper than ${mostDepth}`)
    if (++this.#terms > mostTerms) throw this.#problem(`has more than ${mostTerms} comparisons`)
    if (this.#sign('(')) {
      const filter = this.or(depth + 1)
      this.#need(')')
      return filter
    }
    if (this.#match(/\s*not(?=\s*\()/iy)) {
      this.#need('(')
      const filter = this.or(depth + 1)
      this.#need(')')
      return { is: 'not', filter }
    }
    const path = this.#path()
    if (path.sub === undefined && this.#sign('[')) {
      const filter = this.or(depth + 1)
      this.#need(']')
      const [, sub] = this.#match(/\.([A-Za-z$][\w$-]*)/y) ?? []
      if (sub === undefined) return { is: 'value', path, filter }
      // Not in the RFC, but sent by Entra: `emails[type eq "work"].value eq "x"`.
      const part = this.#comparison({ schema: undefined, name: sub, sub: undefined })
      return { is: 'value', path, filter: { is: 'and', left: filter, right: part } }
    }
    return this.#comparison(path)
  }

  #comparison(path: AttributePath): Filter {
    if (this.#word('pr')) return { is: 'present', path }
    const [, word = ''] = this.#match(/\s+([A-Za-z]{2})(?![A-Za-z])/y) ?? []
    const comparison = comparisons.find((one) => one === word.toLowerCase())
    if (comparison === undefined) throw this.#problem(`needs one of pr, ${comparisons.join(', ')}`)
    return { is: 'compare', path, comparison, value: this.#value() }
  }

  /** A URN may hold dots and digits: its last colon is where the attribute begins. */
  #path(): AttributePath {
    const [, schema, name, sub] =
      this.#match(/\s*(?:(urn:[\w:.-]+):)?([A-Za-z$][\w$-]*)(?:\.([A-Za-z$][\w$-]*))?(?![\w$.:-])/iy) ?? []
    if (name === undefined) throw this.#problem('needs the name of an attribute')
    return { schema, name, sub }
  }

  #value(): string | number | boolean | null {
    const [text] =
      this.#match(/\s+(?:"(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/iy) ??
      []
    const written = text?.trim()
    try {
      const value: unknown = JSON.parse(written?.startsWith('"') ? written : (written?.toLowerCase() ?? ''))
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
      if (typeof value === 'number' && Number.isFinite(value)) return value
    } catch {
      // The text is no JSON: refused below.
    }
    throw this.#problem('needs a value: a string in quotes, a number, true, false or null')
  }

  #word(word: 'and' | 'or' | 'pr'): boolean {
    const patterns = { and: /\s+and(?=[\s(])/iy, or: /\s+or(?=[\s(])/iy, pr: /\s+pr(?![\w.])/iy } as const
    return this.#match(patterns[word]) !== undefined
  }

  /** A bracket follows its attribute at once; nothing is read when there is none. */
  #sign(sign: '(' | '['): boolean {
    return this.#match(sign === '(' ? /\s*\(/y : /\[/y) !== undefined
  }

  #need(sign: '(' | ')' | ']'): void {
    this.#space()
    if (this.#text[this.#at] !== sign) throw this.#problem(`needs \`${sign}\``)
    this.#at++
  }

  #space(): void {
    this.#match(/\s*/y)
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found === null) return undefined
    this.#at = pattern.lastIndex
    return found
  }

  #problem(what: string): ScimProblem {
    const subject = this.#fault === 'invalidPath' ? 'the path' : 'the filter'
    return new ScimProblem(this.#fault, `${subject} ${what} (at character ${this.#at + 1})`)
  }
}
