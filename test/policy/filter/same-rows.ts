// One case held four ways: `decide` on each row, the predicate, a real SQLite and the literal reading of the MongoDB filter.
import assert from 'node:assert/strict'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { compile, policySet } from '../../../src/policy/engine/compile.ts'
import { decide, type Layers } from '../../../src/policy/engine/decide.ts'
import { filter, readShape } from '../../../src/policy/filter.ts'
import type { DocumentKind } from '../../../src/policy/language/document.ts'
import type { ContextValue } from '../../../src/policy/request.ts'
import { Problem } from '../../../src/problem.ts'
import { mongoMatches } from './mongo-evaluator.ts'
import { type DocsRow, type LayerTexts, type RandomTable, shapeOf } from './random-tables.ts'

export function layersOf(texts: LayerTexts): Layers {
  const set = (kind: DocumentKind, list: readonly string[]) =>
    policySet(list.map((text, at) => compile(text, kind, `${kind}-${at + 1}`)))
  return {
    identity: set('identity', texts.identity),
    boundary: texts.boundary && set('boundary', texts.boundary),
    session: texts.session?.map((list) => set('session', list)),
    resource: texts.resource && set('resource', texts.resource),
    trust: texts.trust && set('trust', texts.trust),
    guardrail: texts.guardrail?.map((list) => set('guardrail', list)),
  }
}

/** The row's name and keys, written from what the shape says and not by its code; undefined for a row without a name. */
function requestOf(row: DocsRow, { table, request }: RandomTable) {
  const members = row as Readonly<Record<string, unknown>>
  let named = true
  const resource = table.resource.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    named &&= members[name] !== undefined && members[name] !== null
    return String(members[name])
  })
  if (!named) return undefined
  const tags = row.tags ?? {}
  const values: Record<string, unknown> = {
    'aws:resourcetag/team': tags['Team'],
    'docs:owner': row.owner,
    'docs:class': row.class,
    'docs:arn': row.arn,
    'docs:readers': row.readers,
    'docs:groups': tags['groups'],
    'docs:size': row.size,
    'docs:weight': tags['weight'],
    'docs:count': row.count,
    'docs:draft': row.draft,
    'docs:open': tags['open'],
    'docs:created': typeof row.created === 'number' ? new Date(row.created * 1000).toISOString() : undefined,
  }
  const context = new Map<string, ContextValue>(request.context)
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null) context.delete(key)
    else context.set(key, Array.isArray(value) ? (value as string[]) : String(value))
  }
  return { ...request, resource, context }
}

const columns = [
  'region',
  'owner',
  'id',
  'class',
  'arn',
  'readers',
  'tags',
  'size',
  'count',
  'draft',
  'created',
] as const
const database = new DatabaseSync(':memory:')
const tablesById = { text: 'TEXT', integer: 'INTEGER' } as const
for (const [name, type] of Object.entries(tablesById))
  database.exec(
    `CREATE TABLE docs_${name} (place INTEGER, region TEXT, owner TEXT COLLATE NOCASE, id ${type}, class TEXT, arn TEXT, readers TEXT, tags TEXT, size REAL, count INTEGER, draft INTEGER, created INTEGER)`,
  )
const inserts = {
  text: database.prepare(`INSERT INTO docs_text VALUES (${'?, '.repeat(11)}?)`),
  integer: database.prepare(`INSERT INTO docs_integer VALUES (${'?, '.repeat(11)}?)`),
}

function stored(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' ? JSON.stringify(value) : (value as SQLInputValue)
}

/** Which rows `decide` allows. */
export function allowedRows(given: RandomTable): readonly boolean[] {
  const layers = layersOf(given.layers)
  return given.rows.map((row) => {
    const asked = requestOf(row, given)
    return asked !== undefined && decide(asked, layers).effect === 'allow'
  })
}

export interface Outcome {
  /** `decide`, per row. */
  readonly allowed: readonly boolean[]
  /** Why no filter could be made, or one database's. */
  readonly refused: Readonly<Record<string, string>>
}

/** @throws an assertion when two ways differ */
export function sameRows(given: RandomTable): Outcome {
  const { rows, table, request } = given
  const layers = layersOf(given.layers)
  const allowed = allowedRows(given)
  const refused: Record<string, string> = {}
  const tried = <T>(what: string, make: () => T): T | undefined => {
    try {
      return make()
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalid_input') throw error
      refused[what] = error.message
      return undefined
    }
  }
  const made = tried('filter', () => filter({ ...request, layers, shape: readShape(shapeOf(table)) }))
  if (made === undefined) return { allowed, refused }
  assert.deepEqual(
    rows.map((row) => made.matches(row as never)),
    allowed,
    'predicate',
  )
  const mongo = tried('mongodb', () => made.mongodb())
  if (mongo)
    assert.deepEqual(
      rows.map((row) => mongoMatches(mongo, withoutUndefined(row))),
      allowed,
      `mongodb ${JSON.stringify(mongo)}`,
    )
  const sqlite = tried('sqlite', () => made.sqlite())
  if (sqlite) {
    const found = inSqlite(rows, table.id, sqlite)
    for (const [place, row] of rows.entries()) {
      // A text with U+0000 may be left out where patterns are asked, never let in (sqlite.ts).
      const mayMiss = JSON.stringify(row).includes('\\u0000') && !found.has(place)
      if (!mayMiss)
        assert.equal(
          found.has(place),
          allowed[place],
          `sqlite row ${place}: ${sqlite.text} ${JSON.stringify(sqlite.values)}`,
        )
    }
  }
  tried('postgresql', () => made.postgresql())
  return { allowed, refused }
}

const withoutUndefined = (row: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))

function inSqlite(
  rows: readonly DocsRow[],
  id: 'text' | 'integer',
  where: { text: string; values: readonly (string | number)[] },
) {
  database.exec(`BEGIN; DELETE FROM docs_${id}`)
  for (const [place, row] of rows.entries())
    inserts[id].run(place, ...columns.map((name) => stored(row[name])))
  database.exec('COMMIT')
  const found = database.prepare(`SELECT place FROM docs_${id} WHERE ${where.text}`).all(...where.values)
  return new Set(found.map((row) => Number(row['place'])))
}
