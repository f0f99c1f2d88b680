// Applies a client's claim mapping (mapping.ts) to a user's claims. Pure.
import { type ClaimMapping, type ClaimRule, type ClaimTarget, scopesOfRule } from './mapping.ts'

export type ClaimValues = Readonly<Record<string, unknown>>

/** What decides which rules of a mapping apply. */
export interface MappingRequest {
  readonly target: ClaimTarget
  /** The granted scopes of OpenID Connect. */
  readonly scopes: ReadonlySet<string>
  /**
   * The client registered itself, so its mapping is not the operator's: it gets only what it was granted the scopes for.
   */
  readonly registered: boolean
}

/** The mapped claims. A rule without a value sets no claim. `user` is empty where no user is behind a token. */
export const mappedClaims = (
  mapping: ClaimMapping | undefined,
  user: ClaimValues,
  request: MappingRequest,
): ClaimValues =>
  Object.fromEntries(
    Object.entries(mapping ?? {}).flatMap(([name, rule]) => {
      if (!applies(rule, request)) return []
      const value = ruleValue(rule, user)
      return value === undefined ? [] : [[name, value]]
    }),
  )

const applies = (rule: ClaimRule, { target, scopes, registered }: MappingRequest): boolean =>
  (rule.in === undefined || rule.in.includes(target)) &&
  (rule.scope === undefined || scopes.has(rule.scope)) &&
  (!registered || scopesOfRule(rule).every((scope) => scopes.has(scope)))

function ruleValue(rule: ClaimRule, user: ClaimValues): unknown {
  if (rule.value !== undefined) return rule.value
  if (rule.template !== undefined) return filled(rule.template, user)
  const found = user[rule.from ?? '']
  const isPlain = [rule.match, rule.strip, rule.map, rule.default].every((part) => part === undefined)
  if (isPlain && !(rule.single && Array.isArray(found))) return found
  const values = rewritten(rule, textsOf(found))
  return rule.single || !Array.isArray(found) ? values[0] : values
}

/** In this order: `match`, `strip`, `map`, `default`. */
function rewritten({ match, strip, map, default: fallback }: ClaimRule, texts: readonly string[]): string[] {
  const stripped = texts
    .filter((text) => match === undefined || matches(match, text))
    .map((text) => (strip !== undefined && text.startsWith(strip) ? text.slice(strip.length) : text))
  const values = map === undefined ? stripped : replaced(map, stripped)
  return values.length === 0 && fallback !== undefined ? [fallback] : [...new Set(values)]
}

/** In the order of the map, so that its first entry is the one that `single` prefers. */
function replaced(map: Readonly<Record<string, string>>, texts: readonly string[]): string[] {
  const held = new Set(texts)
  return Object.entries(map).flatMap(([from, to]) => (held.has(from) ? [to] : []))
}

const textsOf = (value: unknown): readonly string[] =>
  value === undefined ? [] : [value].flat().map((one) => String(one))

/** Undefined when a claim that it names is absent. */
function filled(template: string, user: ClaimValues): string | undefined {
  let isWhole = true
  const text = template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = user[name]
    if (value === undefined) isWhole = false
    return String(value)
  })
  return isWhole ? text : undefined
}

/** `*` stands for any characters. Takes time linear in the text for each part of the pattern. */
export function matches(pattern: string, text: string): boolean {
  const [head = '', ...parts] = pattern.split('*')
  const tail = parts.pop()
  if (tail === undefined) return pattern === text
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  let at = head.length
  for (const part of parts) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - tail.length
}
