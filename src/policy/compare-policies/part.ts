// A statement with everything the comparison needs: as written, as compiled, and with its open expressions (those that
// depend on the request in more ways than can be listed) separated from the rest.

import { compile } from '../engine/compile.ts'
import type { CompiledStatement, PreparedRequest } from '../engine/compiled.ts'
import { type Reach, reach } from '../engine/principal-names.ts'
import { checkDocument, type DocumentKind, type Statement, type Version } from '../language/document.ts'
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

/** The verdict of one layer: denied (-1), nothing (0), or allowed with how far the grant reaches. */
export type LayerVerdict = -1 | Reach
export const denied = -1

/**
 * Reduces a reach to the differences that matter (evaluate.ts): a caller without identity policies is either allowed or
 * not, and the account root needs no grant.
 */
export function effective(reached: LayerVerdict, { kind }: Principal): LayerVerdict {
  if (reached <= reach.account) return reached
  if (kind === 'service' || kind === 'web-identity' || kind === 'anonymous') return reach.account
  return kind === 'root' && reached === reach.limited ? reach.account : reached
}

/** The verdict of one layer consisting of these statements. */
export function verdict(parts: readonly Part[], prepared: PreparedRequest): LayerVerdict {
  let furthest: Reach = reach.none
  for (const { compiled } of parts) {
    const how = compiled.reachOf(prepared)
    if (how === reach.none || !compiled.applies(prepared)) continue
    if (!compiled.allow) return denied
    if (how > furthest) furthest = how
  }
  return furthest
}
