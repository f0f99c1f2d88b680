// The filter on a real PostgreSQL: the row-by-row property, and every odd row under every odd policy. A longer form is
// `FILTER_CASES=50000 node --test test/policy/filter-postgresql.long.ts`.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startPostgresql, withoutPostgresql } from '../support/databases/postgresql-server.ts'
import { caseCount, variantsOf } from '../support/long-form.ts'
import { sameOddRowsLive, sameRowsLive } from './filter/live-engine.ts'
import { postgresqlEngines } from './filter/postgresql-engine.ts'

const cases = Number(process.env['FILTER_CASES'] ?? caseCount({ short: 150, long: 1000 }))

/** Numbers that JavaScript rounds to the largest double, or to the whole number 0: no list shows such a row. */
const mayLose = (policy: string, row: string): boolean =>
  /"n":1\.797693134862315(8e308|71e308)/.test(row) ||
  (/docs:(Whole|Time)/.test(policy) && /"n":-?1e-400/.test(row))

const skip = withoutPostgresql()
const server = skip === false ? await startPostgresql({ icuLocale: 'de-DE' }) : undefined
const at = server && (await postgresqlEngines(server))
after(async () => {
  await at?.close()
  await server?.stop()
})

if (!at) test('38: PostgreSQL finds the rows that the check allows', { skip })
else {
  for (const engine of variantsOf(at.engines))
    test(`38: PostgreSQL finds the rows that the check allows: odd rows: ${engine.name}`, () =>
      sameOddRowsLive(engine, { mayLose }))

  test('38: PostgreSQL finds the rows that the check allows: random policies and tables', {
    timeout: Math.max(240_000, cases * 200),
  }, async (t) => {
    t.diagnostic(`PostgreSQL ${server?.version}`)
    const { allowed, filters } = await sameRowsLive(at.engines, { cases })
    assert.ok(allowed > cases / 10 && filters > cases / 2, 'the cases allow too little to show anything')
  })
}
