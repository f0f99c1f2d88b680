// The tables as this version wants them, in a new file or in one of an earlier version: what is not there is made, and filled
// from the records. Nothing else is needed when a kind gets another lookup, because every column but the body follows from it.
//
// Rows lie in the order in which they came (rowid tables), and an index leads from the id to them. Lying in the index itself
// (WITHOUT ROWID) they would fill its inner pages too: eight records a page make a tree of seven levels over a million,
// which every lookup by another index would climb once more. What is made together also expires together, side by side.
import type { DatabaseSync } from 'node:sqlite'
import { type Sealer, textToRecord } from '../sealing.ts'
import { completeCounts } from './counts.ts'
import {
  columnValues,
  type Layout,
  layoutFor,
  layouts,
  lookupColumn,
  sideRows,
  sortColumn,
  uniqueColumn,
  type Value,
} from './layout.ts'

export function makeTable(db: DatabaseSync, layout: Layout): void {
  for (const statement of tablesOf(layout)) db.exec(statement)
  if (layout.watched) db.prepare('INSERT OR IGNORE INTO store_revision VALUES (?, 0)').run(layout.kind)
}

/** Brings the tables of an earlier version up to this one, within the caller's transaction. */
export function completeTables(db: DatabaseSync, sealer: Sealer): void {
  takeOver(db, 'openIdProvider', layoutFor('identityProvider'))
  for (const layout of layouts) {
    const columns = columnsOf(db, layout.table)
    const missing = columns.size === 0 ? [] : layout.columns.filter((column) => !columns.has(column))
    const moved = liesInIndex(db, layout)
    if (moved) moveToRows(db, layout, columns)
    else for (const column of missing) db.exec(`ALTER TABLE ${layout.table} ADD COLUMN ${typed(column)}`)
    const newSides = columns.size > 0 && layout.sides.some(({ table }) => columnsOf(db, table).size === 0)
    if (columns.size === 0 || newSides) makeTable(db, layout)
    if (missing.length > 0 || newSides) refill(db, layout, sealer)
    if (missing.length > 0 || moved) makeTable(db, layout)
  }
  completeCounts(db)
}

/** As up to version 2. */
function liesInIndex(db: DatabaseSync, { table }: Layout): boolean {
  return db.prepare(`PRAGMA table_list(${table})`).get()?.['wr'] === 1
}

/** The old table takes its indexes along; they are made anew when the rows are complete. */
function moveToRows(db: DatabaseSync, layout: Layout, columns: ReadonlySet<string>): void {
  const { table } = layout
  const kept = ['id', 'version', ...layout.columns.filter((column) => columns.has(column))].join(', ')
  db.exec(tableOf(layout, anew))
  db.exec(`INSERT INTO ${anew} (${kept}) SELECT ${kept} FROM ${table}`)
  db.exec(`DROP TABLE ${table}`)
  db.exec(`ALTER TABLE ${anew} RENAME TO ${table}`)
}

const anew = '"store_anew"'

/** Columns by name, quoted as in layouts; none: there is no such table. */
function columnsOf(db: DatabaseSync, table: string): ReadonlySet<string> {
  const rows = db.prepare(`PRAGMA table_info(${table})`).all()
  return new Set(rows.flatMap(({ name }) => [String(name), `"${name}"`]))
}

/** A kind that had another name in version 1; what is in the records did not change. */
function takeOver(db: DatabaseSync, former: string, layout: Layout): void {
  if (columnsOf(db, `"${former}"`).size === 0) return
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${layout.table} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, body TEXT)`,
  )
  db.exec(`INSERT INTO ${layout.table} (id, version, body) SELECT id, version, body FROM "${former}"`)
  db.exec(`DROP TABLE "${former}"`)
}

function refill(db: DatabaseSync, layout: Layout, sealer: Sealer): void {
  const { table, columns, sides } = layout
  const update = db.prepare(
    `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE rowid = ?`,
  )
  const inserts = sides.map((side) => db.prepare(`INSERT OR IGNORE INTO ${side.table} VALUES (?, ?, ?)`))
  const all = db.prepare(`SELECT rowid, id, body FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1000`)
  for (let after = 0, rows = all.all(after); rows.length > 0; rows = all.all(after)) {
    for (const { rowid, id, body } of rows) {
      after = Number(rowid)
      const record = textToRecord(layout.kind, String(body), sealer)
      const values: Value[] = []
      columnValues(layout, record, String(body), values)
      update.run(...values, after)
      for (const [at, side] of sides.entries())
        for (const [value, sort] of sideRows(layout, side, record)) inserts[at]?.run(value, sort, String(id))
    }
  }
}

const typed = (column: string): string => `${column} ${column === 'expires' ? 'INTEGER' : 'TEXT'}`

const tableOf = ({ columns }: Layout, name: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, ${columns.map(typed).join(', ')})`

/** Indexes hold lookup value, sort key and id, so that a page is one range scan. */
function* tablesOf(layout: Layout): Generator<string> {
  const { kind, table } = layout
  const index = (name: string) => `"${kind} ${name}"`
  yield tableOf(layout, table)
  for (const name of layout.uniques) {
    const column = uniqueColumn(name)
    yield `CREATE UNIQUE INDEX IF NOT EXISTS ${index(`unique ${name}`)} ON ${table} (${column}) WHERE ${column} IS NOT NULL`
  }
  for (const { name, sorted } of layout.singles) {
    const column = lookupColumn(name)
    const keys = [column, ...(sorted ? [sortColumn(name)] : []), 'id']
    yield `CREATE INDEX IF NOT EXISTS ${index(`by ${name}`)} ON ${table} (${keys.join(', ')}) WHERE ${column} IS NOT NULL`
  }
  for (const side of layout.sides) {
    yield `CREATE TABLE IF NOT EXISTS ${side.table} (value TEXT, sort TEXT, id TEXT, PRIMARY KEY (value, sort, id)) WITHOUT ROWID`
    yield `CREATE INDEX IF NOT EXISTS ${index(`ids of ${side.name}`)} ON ${side.table} (id)`
  }
  if (layout.expires)
    yield `CREATE INDEX IF NOT EXISTS ${index('expires')} ON ${table} (expires) WHERE expires IS NOT NULL`
}
