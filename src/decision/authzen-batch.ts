// Batch evaluation (AuthZEN 1.0, "Access Evaluations API"): top-level members are defaults for every evaluation, and the
// semantic determines when to stop.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isProblem, Problem } from '../problem.ts'
import type { EvaluationResponse } from './authzen.ts'
import { type Fields, isFields } from './input.ts'

const semantics = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const
export type BatchSemantic = (typeof semantics)[number]

export interface Batch {
  readonly semantic: BatchSemantic
  /** Each with the missing members taken from the top level. */
  readonly questions: readonly Fields[]
}

const mostQuestions = 1000
/** Questions that are answered before other requests have a turn. */
const questionsPerTurn = 10
const shared = ['subject', 'action', 'resource', 'context'] as const

/** Undefined when there is no `evaluations` member, which makes it a single evaluation. @throws Problem('invalid_input') */
export function readBatch(fields: Fields): Batch | undefined {
  const { evaluations } = fields
  if (evaluations === undefined || (Array.isArray(evaluations) && evaluations.length === 0)) return undefined
  if (!Array.isArray(evaluations) || evaluations.length > mostQuestions || !evaluations.every(isFields))
    throw new Problem('invalid_input', `\`evaluations\` must be a list of at most ${mostQuestions} objects`)
  const top = Object.fromEntries(
    shared.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]),
  )
  return {
    semantic: readSemantic(fields['options']),
    questions: evaluations.map((own) => ({ ...top, ...own })),
  }
}

function readSemantic(options: unknown): BatchSemantic {
  if (options === undefined) return 'execute_all'
  if (!isFields(options)) throw new Problem('invalid_input', '`options` must be an object')
  const asked = options['evaluations_semantic'] ?? 'execute_all'
  const semantic = semantics.find((name) => name === asked)
  if (semantic === undefined)
    throw new Problem(
      'invalid_input',
      `\`options.evaluations_semantic\` must be one of ${semantics.join(', ')}`,
    )
  return semantic
}

/**
 * Evaluates in order, as far as the semantic requires. An evaluation that is not valid gets an error of its own and does
 * not affect the others.
 */
export async function evaluateBatch(
  batch: Batch,
  answer: (fields: Fields) => Promise<EvaluationResponse>,
): Promise<readonly EvaluationResponse[]> {
  const answers: EvaluationResponse[] = []
  for (const [at, question] of batch.questions.entries()) {
    if (at > 0 && at % questionsPerTurn === 0) await nextTurn()
    const given = await answer(question).catch(refusalOf)
    answers.push(given)
    if (batch.semantic === 'deny_on_first_deny' && !given.decision) break
    if (batch.semantic === 'permit_on_first_permit' && given.decision) break
  }
  return answers
}

function refusalOf(error: unknown): EvaluationResponse {
  if (!isProblem(error, 'invalid_input')) throw error
  return { decision: false, context: { error: { status: 400, message: error.message } } }
}
