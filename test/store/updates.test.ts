import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Updates } from '../../src/store/updates.ts'

test('a change requested just as the previous one ends is made too', async () => {
  const updates = new Updates()
  const missing = { read: () => undefined, swap: async () => 'done' as const }
  const change = () =>
    updates.update('counter', 'c', (old) => old, missing).catch((error: { code: string }) => error.code)
  for (let turns = 0; turns < 12; turns++) {
    let before: Promise<unknown> = change()
    for (let turn = 0; turn < turns; turn++) before = before.then(() => undefined)
    assert.equal(await before.then(change), 'not_found', `${turns} turns later`)
  }
})
