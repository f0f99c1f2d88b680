// Comparing without case as JavaScript does, in databases whose own `lower` knows ASCII only or follows a locale: each
// letter that lowers to one of the wanted text is replaced by it, and then the texts are compared.

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

/**
 * Pairs to replace, one after the other, so that exactly the texts that lower to `value` become `value`. Undefined where
 * lowering looks at neighbours: a sigma is written otherwise at the end of a word.
 */
export function lowerings(value: string): readonly (readonly [string, string])[] | undefined {
  if (/[σς]/.test(value)) return undefined
  const pairs: (readonly [string, string])[] = []
  for (const [lower, letters] of loweringTo())
    if (value.includes(lower)) for (const letter of letters) pairs.push([letter, lower])
  return pairs
}
