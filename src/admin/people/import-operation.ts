// The import of people: many rows in one request, each with its own result.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import { Problem } from '../../problem.ts'
import { type Operation, operation } from '../operation.ts'
import { faultsOf, type ImportedRow, type ImportOptions, importRow } from './import-row.ts'
import { nothing } from './target.ts'

/** The most rows of one request. */
export const mostRows = 200
/** Rows of one request that are worked on at the same time: enough for the store to write several at once. */
const atOnce = 8

const text = z.string()

/** Texts are checked row by row, so that a wrong one is a result and not the end of the request. */
const row = z
  .strictObject({
    name: text.describe('user name'),
    path: text.optional(),
    displayName: text.optional(),
    email: text.optional(),
    emailVerified: z.boolean().optional(),
    attributes: z.record(z.string(), text).optional().describe('attributes by name'),
    groups: z.array(text).optional().describe('names of groups'),
    state: text.optional().describe('enabled or disabled'),
    passwordHash: text.optional().meta({ format: 'password', description: 'as for CreatePerson' }),
  })
  .describe('as for CreatePerson')

const result = z.strictObject({
  status: z.enum(['created', 'unchanged', 'failed']),
  name: z.string(),
  invited: z.boolean().optional().describe('an invitation is sent'),
  code: z.string().optional().describe('stable, for programs'),
  errors: z
    .array(z.strictObject({ field: z.string(), message: z.string() }))
    .optional()
    .describe('what is wrong with the row; `field` is empty when it is none of its members'),
})

export const importAnswer = z.strictObject({
  results: z.array(result).describe('one for each row, in their order'),
  created: z.int(),
  unchanged: z.int(),
  failed: z.int(),
})

const answerOf = (row: ImportedRow): z.input<typeof result> =>
  row.status === 'failed'
    ? {
        status: row.status,
        name: row.name,
        code: row.problem.code,
        errors: faultsOf(row.problem).map(({ field, message }) => ({ field, message })),
      }
    : { status: row.status, name: row.name, ...(row.isInvited && { invited: true }) }

export const importOperations: readonly Operation[] = [
  operation({
    name: 'ImportPeople',
    method: 'POST',
    path: '/people/import',
    summary: 'create the people of a CSV file; who exists already is compared and never changed',
    resource: 'arn:aws:iam::<account>:user/*',
    also: [
      'CreatePerson',
      'InvitePerson',
      'AddGroupMember',
      'VerifyPersonEmail',
      'GetPerson',
      'CreateSignInLink',
    ],
    params: nothing,
    query: nothing,
    body: z.strictObject({
      rows: z.array(row).max(mostRows).default([]).describe(`people, at most ${mostRows}`),
      dryRun: z
        .boolean()
        .default(false)
        .describe(
          'only say what would be done; rows of one name are compared within a request, not with those of requests before, which created nobody (the command `people import --dry-run` compares all lines of its file)',
        ),
      invite: z
        .boolean()
        .default(false)
        .describe('send an invitation by mail to each who has no password and no link that can be used'),
    }),
    maxBody: 512 * 1024,
    answer: importAnswer,
    command: { words: 'people import', isOwn: true },
    // Each person has an audit entry of their own.
    unrecorded: ['rows'],
    target: (_, call) => ({ arn: `arn:aws:iam::${accountOf(call.caller)}:user/*`, value: true }),
    async run(use, { call, input: { rows, ...options } }) {
      if (options.invite && !use.linkMail.isConfigured)
        throw new Problem('invalid_input', 'mail is not configured: leave `invite` out')
      const wouldBe: ImportOptions['wouldBe'] = new Map()
      const results = await inOrderOfNames(rows, (one) => importRow(use, call, one, { ...options, wouldBe }))
      const count = (status: ImportedRow['status']) => results.filter((one) => one.status === status).length
      const counts = { created: count('created'), unchanged: count('unchanged'), failed: count('failed') }
      return { answer: { results: results.map(answerOf), ...counts }, after: counts }
    },
  }),
]

/** A few rows at the same time; of rows with one name the first goes first, so that the result is always the same. */
async function inOrderOfNames<R extends { readonly name: string }, T>(
  rows: readonly R[],
  work: (row: R) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = []
  const running = new Map<string, Promise<unknown>>()
  const queue = rows.entries()
  const worker = async (): Promise<void> => {
    for (const [at, row] of queue) {
      const name = row.name.toLowerCase()
      const one = (running.get(name) ?? Promise.resolve()).then(() => work(row))
      running.set(name, one)
      results[at] = await one
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
