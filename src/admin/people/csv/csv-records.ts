// Reads CSV (RFC 4180) in UTF-8, with or without a byte order mark, record by record. A malformed record is one fault; reading
// goes on at the line after the one on which it begins. At most one record and one chunk of the file are in memory.

export type CsvRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly fault: string }

/** Characters of one record. */
const longestRecord = 65_536

export class NotUtf8 extends Error {}

/**
 * The records of a file, with the number of the line on which each begins; empty lines are left out.
 * @throws NotUtf8 for a file in UTF-16. Single bytes that are not UTF-8 become U+FFFD
 */
export async function* csvRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder()
  const reader = new Reader()
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)))
      throw new NotUtf8()
    isFirst = false
    yield* reader.read(decoder.decode(chunk, { stream: true }), false)
  }
  yield* reader.read(decoder.decode(), true)
}

/** What a record is, and where the next one begins; undefined: the text ends before it does. */
type Parsed =
  | { readonly fields: readonly string[]; readonly end: number }
  | { readonly fault: string }
  | undefined

class Reader {
  #text = ''
  #line = 1
  /** Inside of a line that is too long and was reported. */
  #isSkipping = false

  #afterLine(at: number, isEnd: boolean): number | undefined {
    const newline = this.#text.indexOf('\n', at)
    if (newline < 0) return isEnd || this.#isSkipping ? this.#text.length : undefined
    this.#line++
    this.#isSkipping = false
    return newline + 1
  }

  /** @param isEnd whether this is the last of the file */
  *read(more: string, isEnd: boolean): Generator<CsvRecord> {
    this.#text += more
    let at = 0
    while (at < this.#text.length) {
      const next = this.#isSkipping ? this.#afterLine(at, isEnd) : yield* this.#record(at, isEnd)
      if (next === undefined) break
      at = next
    }
    this.#text = this.#text.slice(at)
  }

  /** @returns where the next record begins; undefined when more of the file is needed */
  *#record(at: number, isEnd: boolean): Generator<CsvRecord, number | undefined> {
    const line = this.#line
    const parsed = parseRecord(this.#text, at, isEnd)
    if (parsed === undefined) return undefined
    if ('fault' in parsed) {
      const next = this.#afterLine(at, isEnd)
      // The end of this line has not been read yet.
      if (next === undefined && this.#text.length - at <= longestRecord) return undefined
      yield { line, fault: parsed.fault }
      if (next !== undefined) return next
      this.#isSkipping = true
      return this.#text.length
    }
    this.#countLines(at, parsed.end)
    const { fields, end } = parsed
    if (fields.length > 1 || fields[0] !== '') yield { line, fields }
    return end
  }

  #countLines(from: number, to: number): void {
    for (let at = this.#text.indexOf('\n', from); at >= 0 && at < to; at = this.#text.indexOf('\n', at + 1))
      this.#line++
  }
}

const tooLong: Parsed = {
  fault: `is longer than ${longestRecord.toLocaleString('en')} characters: a quote may not be closed`,
}

function parseRecord(text: string, start: number, isEnd: boolean): Parsed {
  const fields: string[] = []
  for (let at = start; ; ) {
    const field = text[at] === '"' ? quotedField(text, at, isEnd) : plainField(text, at, isEnd)
    if (field === undefined) return text.length - start > longestRecord ? tooLong : undefined
    if ('fault' in field) return field
    if (field.end - start > longestRecord) return tooLong
    fields.push(field.value)
    if (text[field.end] !== ',') return { fields, end: Math.min(text.length, field.end + 1) }
    at = field.end + 1
  }
}

/** A field, and where what ends it is: a comma, a line feed or the end of the file. */
type Field = { readonly value: string; readonly end: number } | { readonly fault: string } | undefined

function plainField(text: string, start: number, isEnd: boolean): Field {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') {
    if (text[end] === '"') return { fault: 'has a quote inside of a field that does not begin with one' }
    end++
  }
  if (end === text.length && !isEnd) return undefined
  const isLast = text[end] !== ','
  return { value: text.slice(start, isLast && text[end - 1] === '\r' && end > start ? end - 1 : end), end }
}

function quotedField(text: string, start: number, isEnd: boolean): Field {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return isEnd ? { fault: 'has a quote that is not closed' } : undefined
    if (quote + 2 >= text.length && !isEnd) return undefined
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') return endOfQuoted(text, value, quote + 1)
    value += '"'
    at = quote + 2
  }
}

function endOfQuoted(text: string, value: string, after: number): Field {
  const end = text[after] === '\r' ? after + 1 : after
  const isEnded = end >= text.length || text[end] === '\n' || (end === after && text[end] === ',')
  return isEnded ? { value, end } : { fault: 'has text after the closing quote of a field' }
}
