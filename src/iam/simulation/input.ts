// Parses the input of a simulation: policy documents and typed context entries.
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import { contextKeysOf } from '../../policy/language/context-keys.ts'
import {
  checkDocument,
  type Document,
  type DocumentKind,
  parseDocument,
} from '../../policy/language/document.ts'
import { type ContextValue, contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'

/** A document and its name in the result. */
export interface SimulatedPolicy {
  readonly name: string
  readonly document: string
}

export interface ContextEntryInput {
  readonly name?: string | undefined
  readonly values?: readonly string[] | undefined
  /** `string`, `numericList`, … (API reference: ContextEntry). */
  readonly type?: string | undefined
}

/** Names the documents as AWS does: `PolicyInputList.1` and so on. */
export const numbered = (list: string, documents: readonly string[] = []): readonly SimulatedPolicy[] =>
  documents.map((document, at) => ({ name: `${list}.${at + 1}`, document }))

/** @throws Problem('invalid_input') naming the policy and every fault */
export function setOf(policies: readonly SimulatedPolicy[], kind: DocumentKind): PolicySet {
  return policySet(policies.map(({ name, document }) => readable(name, () => compile(document, kind, name))))
}

/** Context keys of the policies: in lower case → as the first policy spells them. Without `kind`, policies may be of any kind. */
export function keysOf(
  policies: readonly SimulatedPolicy[],
  kind?: DocumentKind,
): ReadonlyMap<string, string> {
  const read = (text: string) => (kind === undefined ? ofAnyKind(text) : checkDocument(text, kind))
  const documents = policies.map(({ name, document }) => readable(name, () => read(document)))
  return new Map(contextKeysOf(documents).map((key) => [key.toLowerCase(), key]))
}

/** @throws Problem('malformed_policy') with the faults of the document as an identity policy */
function ofAnyKind(text: string): Document {
  for (const kind of ['resource', 'trust'] as const) {
    const { document } = parseDocument(text, kind)
    if (document !== undefined) return document
  }
  return checkDocument(text, 'identity')
}

function readable<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('invalid_input', `${name}: ${error.message}`, { cause: error })
  }
}

/** Patterns of the values of context types. */
const forms: ReadonlyMap<string, RegExp> = new Map([
  ['numeric', /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/],
  ['boolean', /^(true|false)$/i],
  ['binary', /^[A-Za-z0-9+/]*={0,2}$/],
  ['ip', /^[0-9a-fA-F:.]+(\/\d{1,3})?$/],
  ['date', /^[0-9TZ:+.-]+$/],
])

/** A list type makes a multi-valued key, even with one value. The default type is string. @throws Problem('invalid_input') */
export function contextIn(entries: readonly ContextEntryInput[] = []): ReadonlyMap<string, ContextValue> {
  return contextOf(entries.flatMap(entryOf))
}

function entryOf({
  name,
  values = [],
  type = 'string',
}: ContextEntryInput): readonly (readonly [string, ContextValue])[] {
  if (name === undefined) return []
  const list = type.endsWith('List')
  const form = forms.get(list ? type.slice(0, -'List'.length) : type)
  const wrong = form && values.find((value) => value.length > 2048 || !form.test(value))
  if (wrong !== undefined)
    throw new Problem(
      'invalid_input',
      `Invalid context value \`${wrong.slice(0, 64)}\` for ${name} of type ${type}`,
    )
  if (list) return [[name, values]]
  if (values.length > 1)
    throw new Problem('invalid_input', `${name} has ${values.length} values, its type must be ${type}List`)
  return values[0] === undefined ? [] : [[name, values[0]]]
}
