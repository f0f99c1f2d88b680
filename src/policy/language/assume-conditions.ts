// A document as it would be if every condition on an unknown key turned out in the caller's favour: what it can allow at most. The
// engine then decides by the result as by any other document.
import type { DocumentKind } from './document.ts'
import { parseDocument } from './document.ts'

type Members = { Effect?: unknown; Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

/**
 * The document without conditions on unknown keys: an Allow without them, a Deny with one not at all. A text that is no valid
 * document is returned as it is; undefined when no statement remains.
 * @param isKnown of a condition key in lower case: whether its value, or its absence, is known
 */
export function assumeConditions(
  text: string,
  kind: DocumentKind,
  isKnown: (key: string) => boolean,
): string | undefined {
  const { document } = parseDocument(text, kind)
  const unknown = (key: { readonly text: string }) => !isKnown(key.text.toLowerCase())
  if (!document?.statements.some(({ conditions }) => conditions.some(({ key }) => unknown(key)))) return text
  const parsed = JSON.parse(text) as { Statement: Members | Members[] }
  const statements = [parsed.Statement].flat().flatMap((statement) => {
    const { Condition = {}, ...rest } = statement
    const known = Object.entries(Condition).flatMap(([operator, keys]) => {
      const kept = Object.entries(keys).filter(([key]) => isKnown(key.toLowerCase()))
      return kept.length === 0 ? [] : [[operator, Object.fromEntries(kept)] as const]
    })
    const had = Object.values(Condition).reduce((sum, keys) => sum + Object.keys(keys).length, 0)
    const has = known.reduce((sum, [, keys]) => sum + Object.keys(keys).length, 0)
    if (had > has && rest.Effect === 'Deny') return []
    return [has === 0 ? rest : { ...rest, Condition: Object.fromEntries(known) }]
  })
  return statements.length === 0 ? undefined : JSON.stringify({ ...parsed, Statement: statements })
}
