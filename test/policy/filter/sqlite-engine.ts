// SQLite as engines for live-engine.ts: Node's own, and the one of Python's sqlite3, which is another version and is built
// to read a double-quoted name that is no column as a text.
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import type { SqlValue } from '../../../src/policy/filter/sql.ts'
import type { LiveEngine } from './live-engine.ts'
import { columns } from './stored-row.ts'

type Values = readonly (SqlValue | null)[]

/** A driver: runs a statement once for each list of values and answers the first column of the last run. */
export interface SqliteDriver {
  readonly version: string
  run(text: string, ...lists: readonly Values[]): Promise<readonly unknown[]>
  close(): Promise<void>
}

export function nodeDriver(): SqliteDriver {
  const database = new DatabaseSync(':memory:')
  const run = async (text: string, ...lists: readonly Values[]): Promise<readonly unknown[]> => {
    const statement = database.prepare(text)
    let rows: readonly Readonly<Record<string, unknown>>[] = []
    for (const values of lists.length === 0 ? [[]] : lists) rows = statement.all(...values)
    return rows.map((row) => Object.values(row)[0])
  }
  const version = database.prepare('SELECT sqlite_version() AS version').get()?.['version']
  return {
    version: String(version),
    run,
    close: async () => {
      database.close()
    },
  }
}

/** Why tests through Python are skipped; false when they are not. With CI=true a missing Python is a failure. */
export function withoutPython(): string | false {
  if (spawnSync('python3', ['-c', 'import sqlite3']).status === 0) return false
  if (process.env['CI'] === 'true') throw new Error('no python3 for the tests, and CI allows no skip')
  return 'no python3 with sqlite3: install the package `python3`'
}

export async function pythonDriver(): Promise<SqliteDriver> {
  const child = spawn('python3', [new URL('./sqlite_driver.py', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const run = async (text: string, ...lists: readonly Values[]): Promise<readonly unknown[]> => {
    child.stdin.write(`${JSON.stringify({ text, values: lists.length === 0 ? [[]] : lists })}\n`)
    const { value } = await lines.next()
    const answer: unknown = JSON.parse(String(value))
    if (typeof answer === 'object' && answer !== null && 'rows' in answer && Array.isArray(answer.rows))
      return answer.rows.map((row: unknown) => (Array.isArray(row) ? row[0] : undefined))
    throw new Error(String(value))
  }
  const [version] = await run('SELECT sqlite_version()')
  return {
    version: String(version),
    run,
    async close() {
      child.stdin.end()
      await exited
    },
  }
}

/** Settings that change how SQLite compares or stores texts. */
const settings = ['PRAGMA case_sensitive_like = 1', "PRAGMA encoding = 'UTF-16le'"]

export async function sqliteEngine(
  name: string,
  driver: SqliteDriver,
  { text, set }: { readonly text: string; readonly set: boolean },
): Promise<LiveEngine> {
  if (set) for (const setting of settings) await driver.run(setting)
  for (const [id, type] of [
    ['text', text],
    ['integer', 'INTEGER'],
  ])
    await driver.run(
      `CREATE TABLE docs_${id} (place INTEGER, region ${text}, owner ${text}, id ${type}, class ${text}, arn ${text}, readers TEXT, tags TEXT, size REAL, count INTEGER, draft INTEGER, created INTEGER)`,
    )
  const marks = `(${[...Array(columns.length + 1)].map(() => '?').join()})`
  return {
    name: `${name}, SQLite ${driver.version}, ${text}`,
    dialect: 'sqlite',
    condition: (made) => made.sqlite(),
    holdsNul: true,
    holdsInfinity: false,
    async find(rows, id, wheres) {
      await driver.run(`DELETE FROM docs_${id}`)
      await driver.run(
        `INSERT INTO docs_${id} VALUES ${marks}`,
        ...rows.map((row, place) => [place, ...columns.map((name) => storedValue(row[name] ?? null))]),
      )
      const found: Set<number>[] = []
      for (const { text, values } of wheres)
        found.push(
          new Set((await driver.run(`SELECT place FROM docs_${id} WHERE ${text}`, values)).map(Number)),
        )
      return found
    },
  }
}

const storedValue = (value: string | number | boolean | null): SqlValue | null =>
  typeof value === 'boolean' ? Number(value) : value
