// Lists the condition keys that documents use, in conditions and in variables.
import type { Document, Written } from './document.ts'
import { readTemplate } from './template.ts'

/** Each key once, spelled as it first occurs, in document order. */
export function contextKeysOf(documents: readonly Document[]): readonly string[] {
  const keys = new Map<string, string>()
  const add = (key: string): void => {
    const lower = key.toLowerCase()
    if (!keys.has(lower)) keys.set(lower, key)
  }
  for (const { statements, version } of documents)
    for (const { resources, notResources, conditions } of statements) {
      const variablesIn = ({ text }: Written): void => {
        const template = readTemplate(text, { version, wildcards: true })
        if ('fault' in template) return
        for (const piece of template.pieces) if (piece.kind === 'variable') add(spelledIn(text, piece.key))
      }
      for (const written of resources ?? notResources ?? []) variablesIn(written)
      for (const { operator, key, values } of conditions) {
        add(key.text)
        if (/^(String|Arn)/.test(operator)) for (const value of values) variablesIn(value)
      }
    }
  return [...keys.values()]
}

/** The key as spelled in the text. */
function spelledIn(text: string, key: string): string {
  const at = text.toLowerCase().indexOf(`\${${key}`)
  return at < 0 ? key : text.slice(at + 2, at + 2 + key.length)
}
