// `chancery policy filter`: the policies as a query over a table, for one caller and action.
import { filter, readShape } from '../filter.ts'
import { layersOf, type Question, requestOf } from './ask.ts'
import type { PolicyFile } from './files.ts'
import { type Outcome, said, UsageError } from './outcome.ts'

export const dialects = ['sqlite', 'postgresql', 'mysql', 'mongodb'] as const
export type Dialect = (typeof dialects)[number]

/** Fails when no row would be found. @throws UsageError, Problem('invalid_input') with the place of what cannot be said */
export function filterFiles(question: Question, shapeFile: PolicyFile, dialect: Dialect): Outcome {
  const [action, ...others] = question.actions
  if (action === undefined || others.length > 0)
    throw new UsageError('a filter is for one action: --action docs:GetDocument')
  const layers = layersOf(question)
  // The resource is what the query is about, so any will do here.
  const { principal, context } = requestOf(question, layers, action, '*')
  const shape = readShape(shapeIn(shapeFile))
  const made = filter({
    layers,
    principal,
    action,
    context,
    resourceAccount: question.resourceAccount,
    shape,
  })
  const code = made.rows === 'none' ? 1 : 0
  if (dialect === 'mongodb') return said(code, JSON.stringify(made.mongodb(), null, 2))
  const sql = made[dialect]()
  if (question.json) return said(code, JSON.stringify({ rows: made.rows, dialect, ...sql }, null, 2))
  const { text, values } = sql
  return said(code, [text, ...values.map((value, at) => `  ${at + 1}: ${JSON.stringify(value)}`)].join('\n'))
}

function shapeIn({ name, text }: PolicyFile): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${name}: the shape must be JSON: ${(error as Error).message}`)
  }
}
