// The faults of one document, each with its position, the offending text in backticks, and what was expected.

import { type JsonMember, type JsonNode, shown } from './json.ts'
import type { Position } from './syntax.ts'

export interface Fault {
  /** Lower case, no full stop; the offending text in backticks. */
  readonly message: string
  /** One-based. */
  readonly line: number
  /** One-based, in UTF-16 code units. */
  readonly column: number
  /** `Statement[2].Condition.StringLike`; empty for the document itself. */
  readonly path: string
}

/** Limits the faults reported, so that a hostile document cannot cause a response larger than itself. */
const most = 100

export class Faults {
  readonly #lines: Lines
  readonly #found: (Fault & { readonly offset: number })[] = []

  constructor(text: string) {
    this.#lines = new Lines(text)
  }

  place(offset: number): Position {
    return this.#lines.place(offset)
  }

  add(message: string, offset: number, path: string): void {
    if (this.#found.length >= most) return
    this.#found.push({ message, ...this.place(offset), path, offset })
  }

  unexpected(value: string, what: string, expected: string, offset: number, path: string): void {
    this.add(`unexpected ${what} \`${shown(value)}\`, expected ${expected}`, offset, path)
  }

  wrongType(node: JsonNode, expected: string, path: string): void {
    this.add(`unexpected ${described(node)}, expected ${expected}`, node.start, path)
  }

  unknownElement(member: JsonMember, known: readonly string[], path: string): void {
    const near = known.find((name) => name.toLowerCase() === member.key.toLowerCase())
    const expected = near
      ? `\`${near}\` (names are case-sensitive)`
      : `one of ${known.map((k) => `\`${k}\``).join(', ')}`
    this.unexpected(member.key, 'element', expected, member.keyStart, path)
  }

  /** In document order. */
  all(): readonly Fault[] {
    return this.#found
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ message, line, column, path }) => ({ message, line, column, path }))
  }
}

function described(node: JsonNode): string {
  switch (node.type) {
    case 'string':
      return `string \`${shown(node.value)}\``
    case 'number':
    case 'boolean':
      return `${node.type} \`${shown(node.value)}\``
    case 'null':
      return '`null`'
    case 'array':
      return 'list'
    case 'object':
      return 'object'
  }
}

/** Converts an offset into line and column by binary search. Lines end with LF, CR or CRLF. */
class Lines {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#starts.push(at + 1)
    }
  }

  place(offset: number): Position {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 }
  }
}
