// A JSON parser for policies: it keeps positions, rejects duplicate keys and bounds nesting. One pass over the text,
// without regular expressions and prototypes: an object is a list of members.

/** Offsets in UTF-16 code units; `end` is exclusive. */
interface Spanned {
  readonly start: number
  readonly end: number
}
export type JsonNode =
  | (Spanned & { readonly type: 'string'; readonly value: string })
  /** `value` is the number as written. */
  | (Spanned & { readonly type: 'number'; readonly value: string })
  | (Spanned & { readonly type: 'boolean'; readonly value: 'true' | 'false' })
  | (Spanned & { readonly type: 'null' })
  | (Spanned & { readonly type: 'array'; readonly items: readonly JsonNode[] })
  | (Spanned & { readonly type: 'object'; readonly members: readonly JsonMember[] })

export interface JsonMember {
  readonly key: string
  readonly keyStart: number
  readonly value: JsonNode
}

/** Reports a fault at an offset of the text. */
export type Report = (message: string, offset: number) => void

/** Policies nest at most six levels; a low limit keeps recursion away from the end of the stack. */
const deepest = 32

/** Aborts parsing after a syntax error; caught in this file. */
class Stop extends Error {
  override readonly name = 'Stop'
}

/**
 * Parses one JSON value (RFC 8259) in time linear in the text. Returns undefined after a syntax error, which is reported.
 * Faults that leave the structure readable (duplicate keys, invalid Unicode) are reported and parsing continues.
 */
export function readJson(text: string, report: Report): JsonNode | undefined {
  const reader = new Reader(text, report)
  try {
    return reader.whole()
  } catch (error) {
    if (error instanceof Stop) return undefined
    throw error
  }
}

const quote = 0x22
const backslash = 0x5c
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isHex = (text: string): boolean => text.length === 4 && /^[0-9a-fA-F]{4}$/.test(text)

class Reader {
  readonly #text: string
  readonly #report: Report
  #at = 0

  constructor(text: string, report: Report) {
    this.#text = text
    this.#report = report
  }

  whole(): JsonNode {
    this.#skip()
    const node = this.#value(0)
    this.#skip()
    if (this.#at < this.#text.length) this.#fail(`${this.#here()} after the end of the document`)
    return node
  }

  #fail(message: string, offset = this.#at): never {
    this.#report(message, offset)
    throw new Stop()
  }

  /** The next character or token, for an error message. */
  #here(): string {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) return 'unexpected end of text'
    return `unexpected ${code < 0x20 ? 'control character' : `\`${String.fromCodePoint(code)}\``}`
  }

  #skip(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #value(depth: number): JsonNode {
    if (depth > deepest) this.#fail(`nested deeper than ${deepest} levels; a policy needs at most 6`)
    const code = this.#text.charCodeAt(this.#at)
    if (code === 0x7b) return this.#object(depth)
    if (code === 0x5b) return this.#array(depth)
    if (code === quote) {
      const start = this.#at
      const value = this.#string()
      return { type: 'string', value, start, end: this.#at }
    }
    if (code === 0x2d || isDigit(code)) return this.#number()
    return this.#word()
  }

  #word(): JsonNode {
    const start = this.#at
    for (const word of ['true', 'false', 'null'] as const) {
      if (!this.#text.startsWith(word, start)) continue
      this.#at += word.length
      if (word === 'null') return { type: 'null', start, end: this.#at }
      return { type: 'boolean', value: word, start, end: this.#at }
    }
    return this.#fail(`${this.#here()}, expected a JSON value`)
  }

  #digits(): void {
    if (!isDigit(this.#text.charCodeAt(this.#at))) this.#fail(`${this.#here()} in a number, expected a digit`)
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at++
  }

  #number(): JsonNode {
    const start = this.#at
    if (this.#text[this.#at] === '-') this.#at++
    if (this.#text[this.#at] === '0') this.#at++
    else this.#digits()
    if (this.#text[this.#at] === '.') {
      this.#at++
      this.#digits()
    }
    if (this.#text[this.#at] === 'e' || this.#text[this.#at] === 'E') {
      this.#at++
      if (this.#text[this.#at] === '+' || this.#text[this.#at] === '-') this.#at++
      this.#digits()
    }
    return { type: 'number', value: this.#text.slice(start, this.#at), start, end: this.#at }
  }

  #string(): string {
    const start = this.#at++
    const parts: string[] = []
    let from = this.#at
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === quote) break
      if (Number.isNaN(code)) this.#fail('unexpected end of text in a string, expected `"`', start)
      if (code < 0x20) this.#fail('control character in a string, expected it escaped')
      if (code !== backslash) {
        this.#at++
        continue
      }
      parts.push(this.#text.slice(from, this.#at), this.#escape())
      from = this.#at
    }
    parts.push(this.#text.slice(from, this.#at++))
    const value = parts.length === 1 ? parts[0]! : parts.join('')
    this.#checkText(value, start)
    return value
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? ''
    if (letter === 'u') {
      const hex = this.#text.slice(this.#at + 2, this.#at + 6)
      if (!isHex(hex)) this.#fail('malformed `\\u` in a string, expected four hexadecimal digits')
      this.#at += 6
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    const meant = escapes.get(letter)
    if (meant === undefined) this.#fail('unknown escape in a string, expected one of `"\\/bfnrtu` after `\\`')
    this.#at += 2
    return meant
  }

  /** Wildcards are encoded as U+0000 and U+0001 (glob.ts); no name in a policy needs a control character. */
  #checkText(value: string, start: number): void {
    if (!value.isWellFormed())
      this.#report('text is not well-formed unicode, a surrogate stands alone', start)
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code >= 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) continue
      this.#report(`control character \`U+${code.toString(16).padStart(4, '0')}\` in a string`, start)
      return
    }
  }

  #array(depth: number): JsonNode {
    const start = this.#at++
    const items: JsonNode[] = []
    this.#skip()
    if (this.#text[this.#at] !== ']')
      do {
        this.#skip()
        items.push(this.#value(depth + 1))
      } while (this.#next(']'))
    this.#at++
    return { type: 'array', items, start, end: this.#at }
  }

  #object(depth: number): JsonNode {
    const start = this.#at++
    const members: JsonMember[] = []
    const seen = new Set<string>()
    this.#skip()
    if (this.#text[this.#at] !== '}')
      do {
        this.#skip()
        members.push(this.#member(depth, seen))
      } while (this.#next('}'))
    this.#at++
    return { type: 'object', members, start, end: this.#at }
  }

  #member(depth: number, seen: Set<string>): JsonMember {
    const keyStart = this.#at
    if (this.#text.charCodeAt(keyStart) !== quote) this.#fail(`${this.#here()}, expected a quoted name`)
    const key = this.#string()
    if (seen.has(key)) this.#report(`duplicate name \`${shown(key)}\`, expected each name once`, keyStart)
    seen.add(key)
    this.#skip()
    if (this.#text[this.#at] !== ':') this.#fail(`${this.#here()} after a name, expected \`:\``)
    this.#at++
    this.#skip()
    return { key, keyStart, value: this.#value(depth + 1) }
  }

  /** True after a comma; false at the closing bracket. */
  #next(close: string): boolean {
    this.#skip()
    const mark = this.#text[this.#at]
    if (mark === ',') {
      this.#at++
      return true
    }
    if (mark === close) return false
    return this.#fail(`${this.#here()}, expected \`,\` or \`${close}\``)
  }
}

/** Untrusted text, quoted and shortened for a message. */
export function shown(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80).toWellFormed()}…`
}
