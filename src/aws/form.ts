// Parses an application/x-www-form-urlencoded body or a query string into parameters.
import { isAscii, isUtf8 } from 'node:buffer'
import { Problem } from '../problem.ts'

/** A Map, so that a parameter named `__proto__` has no special meaning (docs/attacks.md 27). */
export type Form = ReadonlyMap<string, string>

/** The largest action, SimulateCustomPolicy, needs far fewer. */
export const maxParameters = 5000

const malformed = (message: string) => new Problem('validation', message)

/**
 * Adds the parameters of one form to `form`.
 * @throws Problem('validation') for a repeated parameter, broken escapes, invalid
 * UTF-8, NUL, or more than `maxParameters`
 */
export function readForm(bytes: Buffer | string, form: Map<string, string> = new Map()): Map<string, string> {
  const text = typeof bytes === 'string' ? bytes : textOf(bytes)
  let start = 0
  while (start < text.length) {
    let end = text.indexOf('&', start)
    if (end < 0) end = text.length
    if (end > start) addPair(text, start, end, form)
    start = end + 1
  }
  return form
}

function addPair(text: string, start: number, end: number, form: Map<string, string>): void {
  const pair = text.slice(start, end)
  const equals = pair.indexOf('=')
  const name = decode(equals < 0 ? pair : pair.slice(0, equals))
  if (form.has(name)) throw malformed(`Parameter '${shorten(name)}' was given more than once.`)
  if (form.size >= maxParameters) throw malformed(`More than ${maxParameters} parameters were given.`)
  form.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)))
}

function textOf(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw malformed('The request is not valid UTF-8.')
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  const plain = spaced.includes('%') ? unescapeUtf8(spaced) : spaced
  if (plain.includes('\0')) throw malformed('The request contains a NUL character.')
  return plain
}

function unescapeUtf8(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw malformed('The request is not well-formed: an escape is broken or is not UTF-8.')
  }
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
