// JSON without duplicate keys (RFC 7519 §4: "claim names within a JWT claims set MUST be unique"). Parsers differ in which
// of two duplicate values they use, so a check and the code that acts on the value could see different ones.

/** Deeper values are refused, which bounds the recursion. */
const maxDepth = 32

/** The parsed value; undefined when the text is not JSON, has duplicate keys, or is nested too deeply. */
export function parseUniqueJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  // JSON.parse keeps one of two equal keys, so the value then has fewer keys than the text.
  return keysIn(value, 0) === keysWritten(text) ? value : undefined
}

/** Number of keys of all objects in a value; NaN, which equals nothing, when it is nested too deeply. */
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

/** Number of colons outside strings: in valid JSON, one per key. */
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
