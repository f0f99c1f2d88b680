// Fields that engines derive from kinds.ts change only together with the version of the store, so that an earlier program refuses
// a store whose fields it would not write, and a later one fills them.
// After a change: raise `schemaVersion` in sqlite/file.ts and mongo/init.ts, add the changed kinds to `refilledIn`, then
// `CHANCERY_RENEW=1 node --test test/store/schema-version.test.ts`.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { kinds } from '../../src/store/kinds.ts'
import { schemaVersion as mongoVersion, refilledIn } from '../../src/store/mongo/init.ts'
import { schemaVersion as sqliteVersion } from '../../src/store/sqlite/file.ts'
import { upgradeProgress } from '../../src/store/upgrade-progress.ts'

const golden = join(import.meta.dirname, 'schema-version.json')
const fields = Object.fromEntries(
  Object.entries(kinds).map(([kind, rule]) => [
    kind,
    [
      ...Object.keys(rule.unique).map((name) => `unique ${name}`),
      ...Object.entries(rule.lookups).map(
        ([name, lookup]) =>
          `lookup ${name}${'sort' in lookup ? ', sorted' : ''}${'many' in lookup ? ', many' : ''}`,
      ),
    ],
  ]),
)

test('the fields of each kind are those that the version of the store was raised for', () => {
  const found = { sqlite: sqliteVersion, mongodb: mongoVersion, fields }
  if (process.env['CHANCERY_RENEW'] === '1') writeFileSync(golden, `${JSON.stringify(found, null, 2)}\n`)
  assert.deepEqual(found, JSON.parse(readFileSync(golden, 'utf8')))
})

test('each version of the collections on MongoDB names the kinds that an upgrade fills again', () => {
  assert.deepEqual(
    [...refilledIn.keys()],
    Array.from({ length: mongoVersion - 1 }, (_, at) => at + 2),
  )
})

test('an upgrade reports the records of a kind every five seconds', () => {
  let now = 0
  const lines: string[] = []
  const progress = upgradeProgress(
    (line) => lines.push(line),
    () => now,
  )
  for (let record = 1; record <= 1200; record++) {
    now += 10
    progress('user')
  }
  now += 5_000
  progress('group')
  assert.deepEqual(lines, [
    'upgrading the store: 500 user records are done',
    'upgrading the store: 1,000 user records are done',
    'upgrading the store: 1 group records are done',
  ])
})
