// Condition keys as people type them: one `key=value` on each line. A key that is given twice has both values.
import { type Context, type ContextValue, contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'

export interface TypedEntry {
  readonly name: string
  readonly values: readonly string[]
}

/** @throws Problem('validation') naming the line that is none */
export function typedEntries(text: string): readonly TypedEntry[] {
  const entries = new Map<string, { name: string; values: string[] }>()
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const at = trimmed.indexOf('=')
    if (at < 1)
      throw new Problem(
        'validation',
        `\`${trimmed.slice(0, 80)}\` is not a condition key: write key=value, for instance aws:SourceIp=192.0.2.7`,
      )
    const name = trimmed.slice(0, at).trim()
    const value = trimmed.slice(at + 1).trim()
    const known = entries.get(name.toLowerCase())
    if (known === undefined) entries.set(name.toLowerCase(), { name, values: [value] })
    else known.values.push(value)
  }
  return [...entries.values()]
}

export const contextOfEntries = (entries: readonly TypedEntry[]): Context =>
  contextOf(
    entries.map(({ name, values }): readonly [string, ContextValue | undefined] => [
      name,
      values.length === 1 ? values[0] : values,
    ]),
  )
