// PostgreSQL as engines for live-engine.ts: a database of the C collation and one of a national ICU collation, columns of
// nondeterministic collations and of varchar and citext, with standard_conforming_strings on and off, under a search_path
// with functions and operators that could be taken in place of pg_catalog's.
import type pg from 'pg'
import type { PostgresqlServer } from '../../support/databases/postgresql-server.ts'
import type { LiveEngine } from './live-engine.ts'
import { columns } from './stored-row.ts'

const variants = [
  { database: 'plain', text: 'text', conforming: 'on' },
  { database: 'plain', text: 'varchar(400)', conforming: 'off' },
  { database: 'postgres', text: 'text COLLATE no_case', conforming: 'on' },
  { database: 'postgres', text: 'citext', conforming: 'off' },
] as const

const setUp = `
  CREATE EXTENSION citext;
  CREATE COLLATION no_case (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
  CREATE FUNCTION starts_with(varchar, varchar) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
  CREATE FUNCTION starts_with(varchar, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
  CREATE FUNCTION strpos(varchar, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
  CREATE FUNCTION replace(varchar, text, text) RETURNS varchar LANGUAGE sql IMMUTABLE AS 'SELECT $1';
  CREATE FUNCTION always(varchar, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
  CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = text, FUNCTION = always);
  CREATE OPERATOR ~~ (LEFTARG = varchar, RIGHTARG = text, FUNCTION = always);
`

export async function postgresqlEngines(
  server: PostgresqlServer,
): Promise<{ readonly engines: readonly LiveEngine[]; close(): Promise<void> }> {
  const first = await server.connect('postgres')
  await first.query("CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
  await first.query(setUp)
  const plain = await server.connect('plain')
  await plain.query(setUp)
  const clients: pg.Client[] = [first, plain]
  const engines: LiveEngine[] = []
  for (const [at, { database, text, conforming }] of variants.entries()) {
    const client = await server.connect(database)
    clients.push(client)
    await client.query(`SET standard_conforming_strings = ${conforming}; SET escape_string_warning = off`)
    const table = (id: string) => `docs_${id}_${at}`
    for (const id of ['text', 'integer'])
      await client.query(
        `CREATE TABLE ${table(id)} (place integer, region ${text}, owner ${text}, id ${id === 'text' ? text : 'bigint'}, class ${text}, arn ${text}, ` +
          `readers ${text.split(' ')[0]}[], tags jsonb, size double precision, count bigint, draft boolean, created bigint)`,
      )
    engines.push({
      name: `${database}, ${text}, standard_conforming_strings ${conforming}`,
      dialect: 'postgresql',
      condition: (made) => made.postgresql(),
      holdsNul: false,
      holdsInfinity: true,
      async find(rows, id, wheres) {
        const values = rows.flatMap((row, place) => [
          place,
          ...columns.map((name) => (name === 'readers' ? textArray(row[name]) : row[name])),
        ])
        const groups = rows.map(
          (_, row) =>
            `(${[...Array(columns.length + 1)].map((_, n) => `$${row * (columns.length + 1) + n + 1}`).join()})`,
        )
        await client.query('BEGIN')
        try {
          await client.query(`INSERT INTO ${table(id)} VALUES ${groups.join()}`, values)
          const found: Set<number>[] = []
          for (const { text, values } of wheres) {
            const answer = await client.query<{ place: number }>(
              `SELECT place FROM ${table(id)} WHERE ${text}`,
              [...values],
            )
            found.push(new Set(answer.rows.map(({ place }) => place)))
          }
          return found
        } finally {
          await client.query('ROLLBACK')
        }
      },
    })
  }
  return {
    engines,
    close: async () => {
      for (const client of clients) await client.end()
    },
  }
}

const textArray = (json: unknown): string[] | null =>
  typeof json === 'string' ? (JSON.parse(json) as string[]) : null
