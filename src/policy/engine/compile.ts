// Compiles policy documents for evaluation. A document is compiled once per text, kind and name, and a list of documents is
// merged once. Both caches are bounded and affect only speed.
import { Problem } from '../../problem.ts'
import { checkDocument, type DocumentKind } from '../language/document.ts'
import { type Compiled, CompiledStatement } from './compiled.ts'
import { PolicySet } from './policy-set.ts'

export type { Compiled } from './compiled.ts'
export type { PolicySet } from './policy-set.ts'

/** Characters of policy text kept in the cache of documents. */
const maxText = 64 * 1024 * 1024
/** Statements kept in the cache of merged sets. */
const maxStatements = 500_000
/** Weight of a cache entry in addition to its content. */
const perEntry = 256

/**
 * Compiles a document for `decide`. `name` identifies it in decisions: a policy's name or ARN.
 * @throws Problem('malformed_policy') listing the faults with line and column
 */
export function compile(text: string, kind: DocumentKind, name: string): Compiled {
  const known = variantOf(compiled.get(text), kind, name)
  if (known !== undefined) return known
  if (typeof text !== 'string')
    throw new Problem('malformed_policy', 'expected the text of a policy document')
  const document = checkDocument(text, kind)
  const made: Compiled = {
    kind,
    name,
    text,
    statements: document.statements.map((statement) => new CompiledStatement(statement, document, name)),
    number: next++,
  }
  keep(made)
  return made
}

let next = 0

/** Most texts are compiled under one kind and name; the others under several. */
type Variants = Compiled | Map<string, Compiled>

/** By text, then by kind and name. */
const compiled = new Map<string, Variants>()
let keptText = 0

const variantKey = (kind: DocumentKind, name: string): string => `${kind} ${name}`

function variantOf(variants: Variants | undefined, kind: DocumentKind, name: string): Compiled | undefined {
  if (variants instanceof Map) return variants.get(variantKey(kind, name))
  return variants?.kind === kind && variants.name === name ? variants : undefined
}

function keep(made: Compiled): void {
  const weight = made.text.length + perEntry
  if (keptText + weight > maxText) {
    compiled.clear()
    keptText = 0
  }
  if (weight > maxText / 4) return
  keptText += weight
  const variants = compiled.get(made.text)
  const key = variantKey(made.kind, made.name)
  if (variants === undefined) compiled.set(made.text, made)
  else if (variants instanceof Map) variants.set(key, made)
  else
    compiled.set(
      made.text,
      new Map([
        [variantKey(variants.kind, variants.name), variants],
        [key, made],
      ]),
    )
}

/** A policy set that allows nothing and denies nothing. */
export const emptySet: PolicySet = new PolicySet([])

/** Merges documents into one index. The same documents in the same order return the same cached set. */
export function policySet(documents: readonly Compiled[]): PolicySet {
  if (documents.length === 0) return emptySet
  let key = ''
  for (const document of documents) key += `${document.number} `
  const known = sets.get(key)
  if (known !== undefined) return known
  const set = new PolicySet([...documents])
  keptStatements += set.statements.length + 1
  if (keptStatements > maxStatements) {
    sets.clear()
    keptStatements = set.statements.length + 1
  }
  sets.set(key, set)
  return set
}

const sets = new Map<string, PolicySet>()
let keptStatements = 0
