// JSON in which no object repeats a key (RFC 7519 §4: "claim names within a JWT claims set MUST be unique").
// Two readers of a repeated key may see two different values; one of them decides, the other acts.

/** Deeper values are refused: nothing we read needs it, and recursion stays bounded. */
const maxDepth = 32

/** The parsed value; undefined when the text is not JSON, repeats a key, or is nested too deeply. */
export function parseUniqueJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  // JSON.parse keeps one of two equal keys: then fewer keys came out than went in.
  return keysIn(value, 0) === keysWritten(text) ? value : undefined
}

/** Keys of all objects inside a value; NaN, equal to nothing, when it is too deep. */
function keysIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === maxDepth) return Number.NaN
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += keysIn(item, depth + 1)
    return count
  }
  for (const key of Object.keys(value)) {
    count += 1 + keysIn((value as Record<string, unknown>)[key], depth + 1)
  }
  return count
}

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a

/** Colons outside strings: in a valid JSON text, one per key written. */
function keysWritten(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === colon) count++
    else if (code === quote) at = endOfString(text, at)
  }
  return count
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) at++
    else if (code === quote || Number.isNaN(code)) return at
  }
}
