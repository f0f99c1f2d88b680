// The filter on a MongoDB server (`npm run test:mongodb`): the row-by-row property, and every odd row under every odd policy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutServer } from '../support/mongo-server.ts'
import { sameOddRowsLive, sameRowsLive } from './filter/live-engine.ts'
import { mongodbEngine } from './filter/mongodb-engine.ts'
import { oddRows } from './filter/odd-rows.ts'

const cases = Number(process.env['FILTER_CASES'] ?? 500)

/** FerretDB stores neither infinity nor an array within an array. */
const notStored = oddRows
  .map(([name]) => name)
  .filter((name) => /e400|1\.8e308|1571e308|10{40}|\[\[/.test(name))

test('MongoDB finds the rows that the check allows', {
  skip: await withoutServer(),
  timeout: 60_000 + cases * 40,
}, async (t) => {
  const { engine, close } = await mongodbEngine()
  try {
    await t.test('odd rows', () => sameOddRowsLive(engine, { skip: notStored, atLeast: 300 }))
    await t.test('random policies and tables', async () => {
      const { allowed, filters } = await sameRowsLive([engine], { cases })
      t.diagnostic(`${filters} of ${cases} filters ran`)
      assert.ok(allowed > cases / 20 && filters > cases / 5, 'the cases allow too little to show anything')
    })
  } finally {
    await close()
  }
})
