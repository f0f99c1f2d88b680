// Comparing without case as JavaScript does, in databases whose own `lower` knows ASCII only or follows a locale: each
// letter that lowers to one of the wanted text is replaced by it, and then the texts are compared.
import { Problem } from '../../problem.ts'

let sources: ReadonlyMap<string, readonly string[]> | undefined

/** By lower-case text, what lowers to it: `k` → `K` and the Kelvin sign. */
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

/** Letters to replace beyond which no expression would be nested sensibly. */
const mostPairs = 100

/**
 * Pairs to replace, one after the other, so that exactly the texts that lower to `value` become `value`.
 * @throws Problem('invalid_input') for a sigma, which is lowered otherwise at the end of a word, and for too many letters
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
  if (pairs.length > mostPairs)
    throw new Problem(
      'invalid_input',
      `${place}: cannot filter ignoring the case of more than ${mostPairs} letters`,
    )
  return pairs
}
