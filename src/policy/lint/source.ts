// Finds where a token of a document ends, given where it starts.
import type { Position } from '../language/document.ts'

/** Keeps the offsets of line starts, so that each lookup reads only the token. */
export class Source {
  readonly #text: string
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.#text = text
    const starts = [0]
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1)
    }
    this.#starts = starts
  }

  /**
   * The end of the string, number or keyword at `at`; for anything else, one character on. JSON strings do not span lines.
   */
  endOf({ line, column }: Position): Position {
    const from = (this.#starts[line - 1] ?? 0) + column - 1
    return { line, column: column + this.#lengthAt(from) }
  }

  #lengthAt(from: number): number {
    const text = this.#text
    let at = from + 1
    if (text[from] === '"') {
      while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1
      return Math.min(at + 1, text.length) - from
    }
    if (!/[\w.+-]/.test(text[from] ?? '')) return 1
    while (at < text.length && /[\w.+-]/.test(text[at]!)) at++
    return at - from
  }
}
