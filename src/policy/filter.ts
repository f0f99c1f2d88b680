// Converts policies into a query: for an unknown resource, what remains to be tested for each row, as SQL, as a MongoDB
// filter or as a function. The rows it selects are exactly those that `decide` allows; anything that cannot be expressed
// exactly throws.
// layers ── filter/residual.ts ──> formula over the row's fields ── filter/sqlite.ts, postgresql.ts, mysql.ts,
// mongodb.ts, predicate.ts
// Whatever depends on the request alone is evaluated by the engine while the formula is built; statement-residual.ts and
// condition-residual.ts hold the rules for what depends on the row, formula.ts the algebra, shape.ts the table description.

import { Problem } from '../problem.ts'
import type { Layers } from './engine/evaluate.ts'
import type { Formula } from './filter/formula.ts'
import { Known } from './filter/known.ts'
import { toMongodb } from './filter/mongodb.ts'
import { toMysql } from './filter/mysql.ts'
import { toPostgresql } from './filter/postgresql.ts'
import { holdsFor, type Row } from './filter/predicate.ts'
import { residualOf } from './filter/residual.ts'
import type { Shape } from './filter/shape.ts'
import type { Sql } from './filter/sql.ts'
import { toSqlite } from './filter/sqlite.ts'
import type { Context, Principal } from './request.ts'

export type { MongoFilter } from './filter/mongodb.ts'
export type { Row } from './filter/predicate.ts'
export { requestFor } from './filter/row.ts'
export { readShape, type Shape } from './filter/shape.ts'
export type { Sql } from './filter/sql.ts'

export interface FilterQuestion {
  readonly layers: Layers
  readonly principal: Principal
  readonly action: string
  /** All condition keys that do not depend on the row. */
  readonly context: Context
  /** Account that owns the rows; the principal's own account when absent. */
  readonly resourceAccount?: string | undefined
  /** Created by readShape. */
  readonly shape: Shape
}

/**
 * The rows that the policies allow. Each method @throws Problem('invalid_input') for what its database cannot express
 * exactly.
 */
export interface Filter {
  /** `some` when any test of a row remains, even one for the presence of its name. */
  readonly rows: 'all' | 'none' | 'some'
  readonly formula: Formula
  /** For rows in memory: properties are columns; JSON columns and lists are already parsed. */
  matches(row: Row): boolean
  /** A WHERE condition with `?` placeholders. */
  sqlite(): Sql
  /** A WHERE condition with `$1`, `$2`, … placeholders. */
  postgresql(): Sql
  /** A WHERE condition with `?` placeholders, for MySQL and MariaDB. */
  mysql(): Sql
  mongodb(): ReturnType<typeof toMongodb>
}

/** A row's JSON may hold half a surrogate pair, which databases and drivers read as other texts: none is compared with it. */
function onlyWellFormed(context: Context): void {
  for (const [key, value] of context)
    for (const text of [value].flat())
      if (!text.isWellFormed())
        throw new Problem(
          'invalid_input',
          `cannot filter by the key \`${key.slice(0, 200).toWellFormed()}\`, whose value holds half a surrogate pair`,
        )
}

/**
 * Builds the filter for one caller, action and table.
 * @throws Problem('invalid_input') with document, line and column for what cannot be expressed as a filter, and when the
 * policies amount to more than 2,000 tests
 */
export function filter(question: FilterQuestion): Filter {
  const { layers, principal, action, context, resourceAccount, shape } = question
  onlyWellFormed(context)
  const known = new Known(context, shape, action)
  const formula = residualOf({ principal, action, context, resourceAccount }, layers, known)
  return {
    rows: formula.kind === 'true' ? 'all' : formula.kind === 'false' ? 'none' : 'some',
    formula,
    matches: (row) => holdsFor(formula, row),
    sqlite: () => toSqlite(formula),
    postgresql: () => toPostgresql(formula),
    mysql: () => toMysql(formula),
    mongodb: () => toMongodb(formula),
  }
}
