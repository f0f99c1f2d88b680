// Parses what a request of the admin API consists of by the schemas of its operation. A refusal names every wrong field at
// once, and a member that no schema knows is refused rather than ignored.
import { z } from 'zod'
import { type FieldFault, Problem } from '../problem.ts'
import { schemaMessage } from '../web/schema-messages.ts'

export interface Schemas<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject> {
  readonly params: P
  readonly query: Q
  readonly body: B
}

export interface RawInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: ReadonlyMap<string, string>
  readonly body: Readonly<Record<string, unknown>>
}

/** The most faults that one answer lists. */
const mostFaults = 50

/**
 * Path, query and body in one object; names differ between the three.
 * @throws Problem('validation') with `fields`: each fault with the name of its field
 */
export function parseInput<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject>(
  schemas: Schemas<P, Q, B>,
  raw: RawInput,
): z.output<P> & z.output<Q> & z.output<B> {
  const faults: FieldFault[] = []
  const params = parsed(schemas.params, { ...raw.params }, 'the path', faults)
  const query = parsed(schemas.query, typedQuery(schemas.query, raw.query), 'the query', faults)
  const body = parsed(schemas.body, { ...raw.body }, 'the body', faults)
  if (params === undefined || query === undefined || body === undefined) throw problemOf(faults)
  return { ...params, ...query, ...body }
}

/** What is wrong with the members of a body, for forms that have more to say about it. */
export function bodyFaults(
  schema: z.ZodObject,
  body: Readonly<Record<string, unknown>>,
): readonly FieldFault[] {
  const faults: FieldFault[] = []
  parsed(schema, { ...body }, 'the body', faults)
  return faults
}

function problemOf(faults: readonly FieldFault[]): Problem {
  const fields = faults.slice(0, mostFaults)
  const text = fields.map(({ field, message }) => `\`${field}\` ${message}`).join('; ')
  return new Problem('validation', text, { fields })
}

function parsed<S extends z.ZodObject>(
  schema: S,
  value: unknown,
  where: string,
  faults: FieldFault[],
): z.output<S> | undefined {
  const result = schema.safeParse(value, { error: messageOf })
  if (result.success) return result.data
  for (const issue of result.error.issues) faults.push(...faultsOf(issue, where, schema))
  return undefined
}

function faultsOf(issue: z.core.$ZodIssue, where: string, schema: z.ZodObject): readonly FieldFault[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ field: pathText(path), message: issue.message }]
  const known = path.length === 0 ? Object.keys(schema.shape) : []
  const hint = known.length === 0 ? '' : `; known are ${known.join(', ')}`
  return issue.keys.map((key) => ({
    field: pathText([...path, key]),
    message: `is not known in ${where}${hint}`,
  }))
}

const pathText = (path: readonly string[]): string => path.map((part) => part.slice(0, 64)).join('.')

/** What a value must be, as the rest of the sentence that its name begins. */
const messageOf = (issue: z.core.$ZodRawIssue): string =>
  issue.code === 'unrecognized_keys'
    ? 'is not known here'
    : (schemaMessage(issue) ?? 'must be of the documented form')

/** Values of a query are text: those of numbers and booleans are read as such, so that one kind of schema serves both. */
function typedQuery(schema: z.ZodObject, query: ReadonlyMap<string, string>): Record<string, unknown> {
  const types = queryTypes(schema)
  return Object.fromEntries([...query].map(([name, text]) => [name, typed(text, types.get(name))]))
}

function typed(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

const typesBySchema = new WeakMap<z.ZodObject, ReadonlyMap<string, string | undefined>>()

function queryTypes(schema: z.ZodObject): ReadonlyMap<string, string | undefined> {
  const known = typesBySchema.get(schema)
  if (known !== undefined) return known
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' })
  const types = new Map(
    Object.entries(properties).map(([name, property]) => [
      name,
      typeof property === 'object' && typeof property.type === 'string' ? property.type : undefined,
    ]),
  )
  typesBySchema.set(schema, types)
  return types
}
