// MariaDB as engines for live-engine.ts: columns of several types and collations, under several settings of sql_mode.
import type { Connection } from 'mysql2/promise'
import type { MariadbServer } from '../../support/databases/mariadb-server.ts'
import type { LiveEngine } from './live-engine.ts'
import { columns } from './stored-row.ts'

const variants = [
  { mode: 'STRICT_TRANS_TABLES', text: 'varchar(400)', json: 'json' },
  { mode: 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES', text: 'varchar(400) COLLATE utf8mb4_unicode_ci', json: 'json' },
  {
    mode: 'ORACLE,HIGH_NOT_PRECEDENCE',
    text: 'text COLLATE utf8mb4_unicode_520_nopad_ci',
    json: 'longtext',
  },
  { mode: '', text: 'varchar(400) COLLATE utf8mb4_bin', json: 'longtext CHARACTER SET utf8mb4' },
] as const

export async function mariadbEngines(
  server: MariadbServer,
): Promise<{ readonly engines: readonly LiveEngine[]; close(): Promise<void> }> {
  const connections: Connection[] = []
  const engines: LiveEngine[] = []
  for (const [at, { mode, text, json }] of variants.entries()) {
    const connection = await server.connect()
    connections.push(connection)
    const table = (id: string) => `docs_${id}_${at}`
    for (const id of ['text', 'integer']) {
      const index = text.startsWith('varchar') ? ', KEY (owner), KEY (class)' : ''
      await connection.query(
        `CREATE TABLE ${table(id)} (place bigint, region ${text}, owner ${text}, id ${id === 'text' ? text : 'bigint'}, class ${text}, arn ${text}, ` +
          `readers ${json}, tags ${json}, size double, count bigint, draft boolean, created bigint${index}) ENGINE=InnoDB`,
      )
    }
    await connection.query(`SET SESSION sql_mode = '${mode}'`)
    engines.push({
      name: `${text}, ${json}, sql_mode '${mode}'`,
      dialect: 'mysql',
      condition: (made) => made.mysql(),
      holdsNul: true,
      holdsInfinity: false,
      async find(rows, id, wheres) {
        const group = `(${[...Array(columns.length + 1)].map(() => '?').join()})`
        await connection.query('START TRANSACTION')
        try {
          for (const [place, row] of rows.entries())
            await connection.execute(`INSERT INTO ${table(id)} VALUES ${group}`, [
              place,
              ...columns.map((name) => row[name] ?? null),
            ])
          const found: Set<number>[] = []
          for (const { text, values } of wheres) {
            const [answer] = await connection.execute(`SELECT place FROM ${table(id)} WHERE ${text}`, [
              ...values,
            ])
            found.push(new Set(Array.isArray(answer) ? answer.map((row) => placeOf(row)) : []))
          }
          return found
        } finally {
          await connection.query('ROLLBACK')
        }
      },
    })
  }
  return {
    engines,
    close: async () => {
      for (const connection of connections) await connection.end()
    },
  }
}

const placeOf = (row: unknown): number =>
  typeof row === 'object' && row !== null && 'place' in row ? Number(row.place) : Number.NaN
