import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RevocationJournal } from '../../src/decision/revocation-journal.ts'

const entry = (value: string, before: number, more: { at?: number; lifted?: number } = {}) => ({
  scope: 'role',
  value,
  before,
  at: 1000,
  expiresAt: 9000,
  ...more,
})
const names = (entries: readonly { value: string }[]) => entries.map(({ value }) => value)

test('a service is sent exactly what it has not seen, in every order of questions', () => {
  const journal = new RevocationJournal('here')
  journal.advance([entry('a', 1)])
  const first = journal.cursor
  assert.deepEqual(names(journal.since(undefined)), ['a'])
  assert.equal(journal.advance([entry('a', 1), entry('b', 2)]), true)
  const second = journal.cursor
  journal.advance([entry('a', 3), entry('b', 2)])
  assert.deepEqual(names(journal.since(first)), ['b', 'a'])
  assert.deepEqual(names(journal.since(second)), ['a'])
  assert.deepEqual(journal.since(journal.cursor), [])
})

test('a lift is news', () => {
  const journal = new RevocationJournal('here')
  journal.advance([entry('a', 5)])
  const { cursor } = journal
  assert.equal(journal.advance([entry('a', 0, { lifted: 5 })]), true)
  assert.deepEqual(journal.since(cursor), [entry('a', 0, { lifted: 5 })])
})

test('a cursor of another process has no news when the entries are the same, else all since its date', () => {
  const [here, there] = [new RevocationJournal('here'), new RevocationJournal('there')]
  const old = entry('a', 1, { at: 100 })
  here.advance([old, entry('b', 2)])
  there.advance([old, entry('b', 2)])
  assert.ok(there.isCurrent(here.cursor))
  there.advance([old, entry('b', 2), entry('c', 3)])
  assert.deepEqual(names(there.since(here.cursor)), ['b', 'c'])
  assert.deepEqual(names(there.since('1000.2.3')), ['b', 'c'])
})
