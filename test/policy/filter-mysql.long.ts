// The `mysql` filter on a real MariaDB: the row-by-row property, and every odd row under every odd policy. A longer form is
// `FILTER_CASES=50000 node --test test/policy/filter-mysql.long.ts`.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startMariadb, withoutMariadb } from '../support/databases/mariadb-server.ts'
import { caseCount, variantsOf } from '../support/long-form.ts'
import { hostileRows } from './filter/hostile-json.ts'
import { sameOddRowsLive, sameRowsLive } from './filter/live-engine.ts'
import { mariadbEngines } from './filter/mariadb-engine.ts'

const cases = Number(process.env['FILTER_CASES'] ?? caseCount({ short: 100, long: 500 }))

/** MariaDB reads what is beyond the largest double as the largest double, so no list shows such a row. */
const mayLose = (_policy: string, row: string): boolean =>
  /"n":-?(1e400|1\.79769313486231(57|58|571)e308|1\.8e308|10{40})/.test(row)

const skip = withoutMariadb()
const server = skip === false ? await startMariadb({ collation: 'utf8mb4_general_ci' }) : undefined
const at = server && (await mariadbEngines(server))
after(async () => {
  await at?.close()
  await server?.stop()
})

if (!at) test('38: MariaDB finds the rows that the check allows', { skip })
else {
  for (const engine of variantsOf(at.engines))
    test(`38: MariaDB finds the rows that the check allows: odd rows: ${engine.name}`, () =>
      sameOddRowsLive(engine, { mayLose }))

  // A column of type JSON has a check that the text is well-formed.
  for (const engine of variantsOf(at.engines.filter(({ name }) => name.includes('longtext'))))
    test(`38: MariaDB finds the rows that the check allows: malformed or ambiguous JSON: ${engine.name}`, () =>
      sameOddRowsLive(engine, { rows: hostileRows, mayLose: () => true }))

  test('38: MariaDB finds the rows that the check allows: random policies and tables', {
    timeout: Math.max(240_000, cases * 200),
  }, async (t) => {
    t.diagnostic(`MariaDB ${server?.version}`)
    const { allowed, filters } = await sameRowsLive(at.engines, { cases })
    assert.ok(allowed > cases / 10 && filters > cases / 2, 'the cases allow too little to show anything')
  })
}
