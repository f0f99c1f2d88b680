// A statement with all that comparing needs: as written, as compiled, and with its pieces that depend on the request in
// more ways than can be listed ("open" pieces) told apart from the rest.

import { compile } from '../compile.ts'
import type { Asked, CompiledStatement } from '../compiled.ts'
import { checkDocument, type DocumentKind, type Statement, type Version } from '../document.ts'
import { type Reach, reach } from '../principal-names.ts'
import type { Principal } from '../request.ts'

export interface Part {
  readonly statement: Statement
  readonly compiled: CompiledStatement
  readonly version: Version
}

/** @throws Problem('malformed_policy') */
export function partsOf(texts: readonly string[], kind: DocumentKind): readonly Part[] {
  return texts.flatMap((text, at) => {
    const document = checkDocument(text, kind)
    const { statements } = compile(text, kind, `document ${at + 1}`)
    return document.statements.map((statement, index) => ({
      statement,
      compiled: statements[index]!,
      version: document.version,
    }))
  })
}

/** What one layer says: denied (-1), nothing (0), or allowed, and how far that reaches. */
export type Said = -1 | Reach
export const denied = -1

/**
 * How much of a reach makes a difference (evaluate.ts): who has no policies of their own is allowed or not, and the
 * account root needs none.
 */
export function effective(said: Said, { kind }: Principal): Said {
  if (said <= reach.account) return said
  if (kind === 'service' || kind === 'web-identity' || kind === 'anonymous') return reach.account
  return kind === 'root' && said === reach.limited ? reach.account : said
}

/** What one layer made of these says to a request. */
export function verdict(parts: readonly Part[], asked: Asked): Said {
  let furthest: Reach = reach.none
  for (const { compiled } of parts) {
    const how = compiled.reachOf(asked)
    if (how === reach.none || !compiled.applies(asked)) continue
    if (!compiled.allow) return denied
    if (how > furthest) furthest = how
  }
  return furthest
}
