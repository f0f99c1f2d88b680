// The filter on a database server: the rows that the engine finds are the rows that `decide` allows. An engine stores
// rows as they are given and answers the places (from 0) of those that a condition finds.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decide } from '../../../src/policy/engine/decide.ts'
import { type Filter, filter, readShape, requestFor, type Sql } from '../../../src/policy/filter.ts'
import { Problem } from '../../../src/problem.ts'
import { caseOf } from './case.ts'
import { oddContext, oddPolicies, oddRows, oddShapeFor } from './odd-rows.ts'
import { type RandomTable, randomTable, shapeOf } from './random-tables.ts'
import { allowedRows, layersOf } from './same-rows.ts'
import { type StoredRow, storedRow } from './stored-row.ts'

/** `Condition` is what the engine runs: SQL or a MongoDB filter. */
export interface LiveEngine<Condition = Sql> {
  readonly name: string
  readonly dialect: 'sqlite' | 'postgresql' | 'mysql' | 'mongodb'
  /** @throws Problem('invalid_input') for what the dialect cannot express */
  condition(made: Filter): Condition
  /** Whether a text column holds U+0000. */
  readonly holdsNul: boolean
  /** Whether a number column holds infinity. */
  readonly holdsInfinity: boolean
  /** Stores the rows anew and answers each condition; undefined for one that the server refuses to run. */
  find(
    rows: readonly StoredRow[],
    id: 'text' | 'integer',
    wheres: readonly Condition[],
  ): Promise<readonly (ReadonlySet<number> | undefined)[]>
}

/** The condition, or undefined where this dialect cannot express the policies. */
function whereFor<Condition>(engine: LiveEngine<Condition>, made: () => Filter): Condition | undefined {
  try {
    return engine.condition(made())
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid_input') return undefined
    throw error
  }
}

const holdsNul = (row: object): boolean => JSON.stringify(row).includes('\\u0000')

/** A property over random policies and tables. Prints nothing; throws on the first difference. */
export async function sameRowsLive<Condition>(
  engines: readonly LiveEngine<Condition>[],
  { cases, seed }: { readonly cases: number; readonly seed?: number | undefined },
): Promise<{ readonly rows: number; readonly allowed: number; readonly filters: number }> {
  const seen = { rows: 0, allowed: 0, filters: 0 }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...engines), randomTable, async (engine, drawn) => {
      const rows = drawn.rows.filter(
        (row) =>
          (engine.holdsNul || !holdsNul(row)) &&
          (engine.holdsInfinity || Math.abs(row.size ?? 0) !== Number.POSITIVE_INFINITY),
      )
      const given: RandomTable = { ...drawn, rows }
      const allowed = allowedRows(given)
      const where = whereFor(engine, () =>
        filter({ ...given.request, layers: layersOf(given.layers), shape: readShape(shapeOf(given.table)) }),
      )
      if (where === undefined || rows.length === 0) return
      const [found] = await engine.find(
        rows.map((row) => storedRow({ ...row })),
        given.table.id,
        [where],
      )
      if (found === undefined) return
      for (const [place, row] of rows.entries())
        assert.ok(
          found.has(place) === allowed[place] ||
            (engine.dialect === 'sqlite' && holdsNul(row) && !found.has(place)),
          `${engine.name}: ${allowed[place] ? 'lost' : 'widened by'} row ${JSON.stringify(row)}: ${JSON.stringify(where)}`,
        )
      seen.rows += rows.length
      seen.allowed += allowed.filter(Boolean).length
      seen.filters++
    }),
    { numRuns: cases, ...(seed === undefined ? {} : { seed }) },
  )
  return seen
}

/**
 * Every policy of the table over every odd row. `mayLose` names rows that the engine may leave out of a list, with the
 * reason; none may be added to one. `atLeast`: so many policies must have been run.
 */
export async function sameOddRowsLive<Condition>(
  engine: LiveEngine<Condition>,
  {
    rows = oddRows,
    skip = [],
    mayLose = () => false,
    atLeast = 500,
  }: {
    readonly rows?: typeof oddRows
    readonly atLeast?: number
    readonly skip?: readonly string[]
    readonly mayLose?: (policy: string, row: string) => boolean
  } = {},
): Promise<void> {
  const kept = rows.filter(([name]) => !skip.includes(name))
  const asked = oddPolicies.flatMap(([what, statements]) => {
    const { request, layers: texts } = caseOf({ statements, rows: [], context: oddContext })
    const layers = layersOf(texts)
    const shape = readShape(oddShapeFor(statements))
    const made = filter({ ...request, layers, shape })
    const where = whereFor(engine, () => made)
    return where === undefined ? [] : [{ what, request, layers, shape, made, where }]
  })
  const answers = await engine.find(
    kept.map(([, row]) => row),
    'text',
    asked.map(({ where }) => where),
  )
  const differences: string[] = []
  for (const [at, { what, request, layers, shape, made, where }] of asked.entries()) {
    const found = answers[at]
    if (found === undefined) continue
    for (const [place, [name, row]] of kept.entries()) {
      const check = requestFor(parsed(row), request, shape)
      // A value that is not of its declared type makes no request; then the predicate says which tests it passes.
      const allowed = check ? decide(check, layers).effect === 'allow' : made.matches(parsed(row))
      if (found.has(place) === allowed || (allowed && mayLose(what, name))) continue
      differences.push(`${allowed ? 'lost' : 'WIDENED'}: ${what}: ${name}: ${JSON.stringify(where)}`)
    }
  }
  assert.deepEqual(differences.slice(0, 12), [], `${engine.name}: ${differences.length} differences`)
  const ran = answers.filter((found) => found !== undefined).length
  assert.ok(ran >= atLeast, `${ran} policies were run, expected ${atLeast} at least`)
}

const parsed = (row: StoredRow): Readonly<Record<string, unknown>> => ({
  ...row,
  ...Object.fromEntries(
    ['tags', 'readers'].flatMap((name) => {
      const text = row[name]
      return typeof text === 'string' ? [[name, parsedJson(text)]] : []
    }),
  ),
})

/** What cannot be read is no object: a path into an array finds neither a value nor that it is missing. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}
