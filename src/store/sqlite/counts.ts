// The number of records for each value of a counted lookup (`Store.count`): one row per value, updated by triggers in the transaction of
// every change, whichever program makes it.
import type { DatabaseSync } from 'node:sqlite'
import { type Counted, type Layout, layouts } from './layout.ts'

export const countTable = 'store_count'

const tableSql = `CREATE TABLE IF NOT EXISTS ${countTable} (kind TEXT, lookup TEXT, value TEXT, number INTEGER NOT NULL, PRIMARY KEY (kind, lookup, value)) WITHOUT ROWID`

/** Creates the counts of a new file or one of an earlier version: counted once from the indexes, then updated by triggers. */
export function completeCounts(db: DatabaseSync): void {
  const triggers = layouts.flatMap((layout) => layout.counted.flatMap((one) => triggersOf(layout, one)))
  const present = new Set(
    db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
      .all()
      .map(({ name }) => String(name)),
  )
  db.exec(tableSql)
  if (triggers.every(({ name }) => present.has(name))) return
  db.exec(`DELETE FROM ${countTable}`)
  for (const layout of layouts) for (const one of layout.counted) db.exec(fillSql(layout, one))
  for (const { name, sql } of triggers) if (!present.has(name)) db.exec(sql)
}

const fillSql = ({ kind }: Layout, { name, table, column }: Counted): string =>
  `INSERT INTO ${countTable} SELECT '${kind}', '${name}', ${column}, count(*) FROM ${table} WHERE ${column} IS NOT NULL GROUP BY ${column}`

interface Trigger {
  readonly name: string
  readonly sql: string
}

function triggersOf({ kind }: Layout, { name, table, column, side }: Counted): readonly Trigger[] {
  const [added, removed] = [`NEW.${column}`, `OLD.${column}`]
  const row = (value: string) => `kind = '${kind}' AND lookup = '${name}' AND value = ${value}`
  // Without conflict clauses, because SQLite replaces them in a trigger by those of the statement that fired it.
  const add = `INSERT INTO ${countTable} SELECT '${kind}', '${name}', ${added}, 0 WHERE ${added} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${countTable} WHERE ${row(added)}); UPDATE ${countTable} SET number = number + 1 WHERE ${row(added)};`
  const remove = `UPDATE ${countTable} SET number = number - 1 WHERE ${row(removed)}; DELETE FROM ${countTable} WHERE ${row(removed)} AND number = 0;`
  const trigger = (when: string, event: string, body: string): Trigger => ({
    name: `${kind} ${name} ${when}`,
    sql: `CREATE TRIGGER "${kind} ${name} ${when}" AFTER ${event} ON ${table} ${body} END`,
  })
  const changed = `WHEN ${removed} IS NOT ${added} BEGIN ${remove} ${add}`
  return [
    trigger('added', 'INSERT', `BEGIN ${add}`),
    trigger('removed', 'DELETE', `BEGIN ${remove}`),
    ...(side ? [] : [trigger('changed', `UPDATE OF ${column}`, changed)]),
  ]
}
