// The filter on a MongoDB server (`npm run test:mongodb`): the row-by-row property, and every odd row under every odd policy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutServer } from '../support/databases/mongo-server.ts'
import { sameOddRowsLive, sameRowsLive } from './filter/live-engine.ts'
import { mongodbEngine } from './filter/mongodb-engine.ts'
import { oddRows } from './filter/odd-rows.ts'

const cases = Number(process.env['FILTER_CASES'] ?? 500)

/** FerretDB stores neither infinity nor an array within an array. */
const notStored = oddRows
  .map(([name]) => name)
  .filter((name) => /e400|1\.8e308|1571e308|10{40}|\[\[/.test(name))

const skip = await withoutServer()
const at = skip === false ? await mongodbEngine() : undefined
test.after(() => at?.close())

test('MongoDB finds the rows that the check allows: odd rows', { skip }, async () => {
  assert.ok(at)
  await sameOddRowsLive(at.engine, { skip: notStored, atLeast: 300 })
})

test('MongoDB finds the rows that the check allows: random policies and tables', {
  skip,
  timeout: Math.max(240_000, cases * 200),
}, async (t) => {
  assert.ok(at)
  const { allowed, filters } = await sameRowsLive([at.engine], { cases })
  t.diagnostic(`${filters} of ${cases} filters ran`)
  assert.ok(allowed > cases / 20 && filters > cases / 5, 'the cases allow too little to show anything')
})
