// Case-insensitive comparison with JavaScript's rules, in databases whose `lower` knows only ASCII or follows a locale:
// every letter that lowers to a letter of the wanted text is replaced by it, then the texts are compared.
import { Problem } from '../../problem.ts'

let sources: ReadonlyMap<string, readonly string[]> | undefined

/** By lower-case text, the characters that lower to it: `k` → `K` and the Kelvin sign. */
function loweringTo(): ReadonlyMap<string, readonly string[]> {
  if (sources !== undefined) return sources
  const found = new Map<string, string[]>()
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const letter = String.fromCodePoint(code)
    const lower = letter.toLowerCase()
    if (lower === letter) continue
    const known = found.get(lower)
    if (known === undefined) found.set(lower, [letter])
    else known.push(letter)
  }
  sources = found
  return found
}

/** Maximum letters to replace, which bounds the nesting of the expression. */
const maxPairs = 100

/**
 * The pairs to replace, in order, so that exactly the texts that lower to `value` become `value`.
 * @throws Problem('invalid_input') for a sigma, which lowers differently at the end of a word, and for too many letters
 */
export function lowerings(value: string, place: string): readonly (readonly [string, string])[] {
  if (/[σς]/.test(value))
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter ignoring the case of a sigma, whose form depends on its neighbours`,
    )
  const pairs: (readonly [string, string])[] = []
  for (const [lower, letters] of loweringTo())
    if (value.includes(lower)) for (const letter of letters) pairs.push([letter, lower])
  if (pairs.length > maxPairs)
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter ignoring the case of more than ${maxPairs} letters`,
    )
  return pairs
}
