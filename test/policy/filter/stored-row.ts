// Rows as they are stored in a database table.
/** By column; lists and JSON columns are JSON texts, exactly as they are to be stored. */
export type StoredRow = Readonly<Record<string, string | number | boolean | null>>

export const columns = 'region owner id class arn readers tags size count draft created'.split(' ')

export const storedRow = (row: Readonly<Record<string, unknown>>): StoredRow =>
  Object.fromEntries(
    columns.map((name) => {
      const value = row[name] ?? null
      if (typeof value === 'object') return [name, value === null ? null : JSON.stringify(value)]
      return [
        name,
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null,
      ]
    }),
  )
