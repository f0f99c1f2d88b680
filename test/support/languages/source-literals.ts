// The texts in a source: what is between quotes, and in templates.

export interface Literal {
  /** `{}` stands for each expression of a template. */
  readonly text: string
  /** What is before it in the source, up to 160 characters. */
  readonly before: string
}

/** What may be before a regular expression, and not before a division. */
const beforeExpression = /(?:[(,=:[!&|?{};\n]|return)\s*$/

/** The literals of a source in TypeScript, those within the expressions of a template included. */
export function literalsOf(source: string): readonly Literal[] {
  const found: Literal[] = []
  let at = 0
  const before = (end: number): string => source.slice(Math.max(0, end - 160), end)

  /** From behind the opening quote to behind the closing one. */
  function quoted(quote: string): void {
    const start = at - 1
    let text = ''
    while (at < source.length && source[at] !== quote) {
      if (quote === '`' && source.startsWith('${', at)) {
        at += 2
        code(true)
        text += '{}'
      } else if (source[at] === '\\') {
        text += source[at + 1] === 'n' ? '\n' : (source[at + 1] ?? '')
        at += 2
      } else text += source[at++]
    }
    at++
    found.push({ text, before: before(start) })
  }

  function expression(): void {
    for (let inClass = false; at < source.length && (source[at] !== '/' || inClass); at++) {
      if (source[at] === '\\') at++
      else if (source[at] === '[') inClass = true
      else if (source[at] === ']') inClass = false
    }
    at++
  }

  /** To the end, or to behind the closing brace. */
  function code(isInTemplate: boolean): void {
    for (let depth = 1; at < source.length; ) {
      const char = source[at++] ?? ''
      if (char === '`' || char === "'" || char === '"') quoted(char)
      else if (char === '/' && source[at] === '/') at = indexOrEnd(source, '\n', at)
      else if (char === '/' && source[at] === '*') at = indexOrEnd(source, '*/', at) + 2
      else if (char === '/' && beforeExpression.test(before(at - 1).slice(-20))) expression()
      else if (char === '{') depth++
      else if (char === '}' && --depth === 0 && isInTemplate) return
    }
  }

  code(false)
  return found
}

const indexOrEnd = (source: string, text: string, from: number): number => {
  const at = source.indexOf(text, from)
  return at === -1 ? source.length : at
}
