// `chancery policy filter`: converts the policies into a database query for one caller and action.
import { filter, readShape } from '../filter.ts'
import { type CommandResult, result, UsageError } from './command-result.ts'
import type { PolicyFile } from './files.ts'
import { layersOf, requestOf, type SimulationInput } from './simulate.ts'

export const dialects = ['sqlite', 'postgresql', 'mysql', 'mongodb'] as const
export type Dialect = (typeof dialects)[number]

/**
 * Exit code 1 when no row would match. @throws UsageError, Problem('invalid_input') naming the statement that cannot be
 * translated
 */
export function filterFiles(
  question: SimulationInput,
  shapeFile: PolicyFile,
  dialect: Dialect,
): CommandResult {
  const [action, ...others] = question.actions
  if (action === undefined || others.length > 0)
    throw new UsageError('a filter is for one action: --action docs:GetDocument')
  const layers = layersOf(question)
  // The resource is what the query selects, so any value works here.
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
  if (dialect === 'mongodb') return result(code, JSON.stringify(made.mongodb(), null, 2))
  const sql = made[dialect]()
  if (question.json) return result(code, JSON.stringify({ rows: made.rows, dialect, ...sql }, null, 2))
  const { text, values } = sql
  return result(
    code,
    [text, ...values.map((value, at) => `  ${at + 1}: ${JSON.stringify(value)}`)].join('\n'),
  )
}

function shapeIn({ name, text }: PolicyFile): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${name}: the shape must be JSON: ${(error as Error).message}`)
  }
}
