// The residual of a statement: the rows it applies to. Principal and action are known, so a statement about another action has no
// residual, and conditions about the request alone are evaluated at once.
import type { Compiled, CompiledStatement, PreparedRequest } from '../engine/compiled.ts'
import { checkDocument, type Document, type Statement, type Written } from '../language/document.ts'
import { hasWildHead } from '../language/pattern.ts'
import { readTemplate } from '../language/template.ts'
import { residualOfCondition } from './condition-residual.ts'
import { and, type Formula, no, not, or, yes } from './formula.ts'
import type { Known } from './known.ts'
import { matching } from './matching.ts'

const documents = new WeakMap<Compiled, Document>()

/** The document as it was written, with places: the compiled form has none but the statement's own. */
function writtenOf(compiled: Compiled): Document {
  const known = documents.get(compiled)
  if (known !== undefined) return known
  const document = checkDocument(compiled.text, compiled.kind)
  documents.set(compiled, document)
  return document
}

/** Rows to which the statement applies. @throws Problem('invalid_input') with the place of what cannot be a filter */
export function residualOfStatement(
  statement: CompiledStatement,
  compiled: Compiled,
  asked: PreparedRequest,
  known: Known,
): Formula {
  if (!statement.actions.matches(asked.action, asked.context)) return no
  const document = writtenOf(compiled)
  const written = document.statements[statement.index]!
  const parts: Formula[] = []
  // Those that read the same for every row come first: a statement they rule out need not be translatable.
  const places = [...statement.conditions.keys()].sort((a, b) => Number(ofRow(a)) - Number(ofRow(b)))
  for (const place of places) {
    const part = residualOfCondition(
      {
        written: written.conditions[place]!,
        compiled: statement.conditions[place]!,
        version: document.version,
        document: compiled.name,
      },
      known,
    )
    if (part === no) return no
    parts.push(part)
  }
  return and([resourcesOf(written, document, compiled.name, known), ...parts])

  function ofRow(place: number): boolean {
    const { key, wanted } = statement.conditions[place]!
    return (
      !known.context.has(key) || known.shape.attributes.has(key) || wanted.some((text) => text.includes('${'))
    )
  }
}

function resourcesOf(written: Statement, { version }: Document, name: string, known: Known): Formula {
  const listed: readonly Written[] | undefined = written.resources ?? written.notResources
  if (listed === undefined) return yes
  const any = or(
    listed.map(({ text, at }) => {
      const template = readTemplate(text, { version, wildcards: true })
      const arn = !('fault' in template) && hasWildHead(template.pieces)
      const place = `document \`${name}\`, line ${at.line}, column ${at.column}: resource \`${text.slice(0, 200).toWellFormed()}\``
      const subject = { kind: 'row', template: known.shape.resource } as const
      return matching({ text, version, wildcards: true, arn }, subject, known, place)
    }),
  )
  return written.resources === undefined ? not(any) : any
}
