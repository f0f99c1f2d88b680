// The filter on two builds of SQLite, Node's and that of Python's sqlite3: the row-by-row property, every odd row under
// every odd policy, JSON that is malformed or ambiguous, and names that are no columns. A longer form is
// `FILTER_CASES=50000 node --test test/policy/filter-sqlite.test.ts`.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filter, readShape } from '../../src/policy/filter.ts'
import { caseCount, isLongForm } from '../support/long-form.ts'
import { caseOf } from './filter/case.ts'
import { hostileRows } from './filter/hostile-json.ts'
import { type LiveEngine, sameOddRowsLive, sameRowsLive } from './filter/live-engine.ts'
import { layersOf } from './filter/same-rows.ts'
import { nodeDriver, pythonDriver, sqliteEngine, withoutPython } from './filter/sqlite-engine.ts'

const cases = Number(process.env['FILTER_CASES'] ?? caseCount({ short: 40, long: 500 }))

/** Decimal texts about the largest double are read otherwise by its versions. */
const mayLose = (_policy: string, row: string): boolean =>
  /"n":-?(1e400|1\.79769313486231(57|58|571)e308|1\.8e308|10{40})/.test(row)

const variants = [
  { text: 'TEXT COLLATE NOCASE', set: false },
  { text: 'TEXT COLLATE RTRIM', set: true },
] as const

/** Each engine with both variants, or in the short form with one each. */
for (const [at, [name, open, skip]] of (
  [
    ['node:sqlite', async () => nodeDriver(), () => false as const],
    ['Python', pythonDriver, withoutPython],
  ] as const
).entries())
  test(`38: ${name} finds the rows that the check allows`, {
    skip: skip(),
  }, async (t) => {
    const engines: LiveEngine[] = []
    for (const variant of isLongForm ? variants : variants.slice(at, at + 1)) {
      const driver = await open()
      t.after(() => driver.close())
      engines.push(await sqliteEngine(name, driver, variant))
    }
    for (const engine of engines)
      await t.test(`odd rows: ${engine.name}`, () => sameOddRowsLive(engine, { mayLose }))
    for (const engine of engines)
      await t.test(`malformed or ambiguous JSON: ${engine.name}`, () =>
        sameOddRowsLive(engine, { rows: hostileRows, mayLose: () => true }),
      )
    await t.test('a name that is no column fails the query', async () => {
      const driver = await open()
      t.after(() => driver.close())
      await driver.run('CREATE TABLE docs (owner TEXT, id TEXT)')
      await driver.run("INSERT INTO docs VALUES ('o', 'i')")
      for (const field of namesOfNoColumn)
        for (const statements of [[{ Condition: { StringLike: { 'docs:Class': '*c*' } } }], denied]) {
          const { text, values } = sqliteFor(statements, field)
          await assert.rejects(driver.run(`SELECT 1 FROM docs WHERE ${text}`, values), /no such column/, text)
        }
    })
    await t.test('random policies and tables', async () => {
      const { allowed, filters } = await sameRowsLive(engines, { cases })
      assert.ok(allowed > cases / 10 && filters > cases / 2, 'the cases allow too little to show anything')
    })
  })

const denied = [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'docs:Class': 'class' } } }]
const namesOfNoColumn = [
  { column: 'class' },
  { column: 'class', path: ['class'] },
  { column: 'class', type: 'integer' },
  { column: 'true' },
  { column: 'current_timestamp' },
  { column: 'value', path: ['class'] },
]

function sqliteFor(statements: readonly object[], field: object) {
  const { request, layers } = caseOf({ statements, rows: [] })
  const shape = readShape({ resource: 'arn:aws:docs:::fixed', attributes: { 'docs:Class': field } })
  return filter({ ...request, layers: layersOf(layers), shape }).sqlite()
}

test('a name that SQLite reads as the number of the row is refused', () => {
  for (const column of ['rowid', 'OID', '_rowid_'])
    assert.throws(() => sqliteFor(denied, { column }), {
      code: 'invalid_input',
      message: /number of the row/,
    })
})

test('a list column named as a column of json_each is read, not that column', async (t) => {
  const driver = nodeDriver()
  t.after(() => driver.close())
  for (const column of ['value', 'key', 'type', 'json', 'root', 'doc', 'entry', 'held']) {
    await driver.run(`CREATE TABLE docs_${column} (place INTEGER, [${column}] TEXT)`)
    await driver.run(`INSERT INTO docs_${column} VALUES (?, ?)`, [1, '{"a":["x"]}'], [2, '{"a":["y"]}'])
    const Condition = { 'ForAnyValue:StringLike': { 'docs:Class': 'x*' } }
    const { text, values } = sqliteFor([{ Condition }], { column, path: ['a'], type: 'list' })
    assert.deepEqual(await driver.run(`SELECT place FROM docs_${column} WHERE ${text}`, values), [1], column)
  }
})
