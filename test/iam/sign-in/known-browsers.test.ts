// A browser is new to a person who has used another one before.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openKnownBrowsers } from '../../../src/iam/sign-in/known-browsers.ts'
import { openMasterKey } from '../../../src/secure/key/master-key.ts'
import { openStore } from '../../support/store.ts'

test('browsers are known by their cookie, for each person', { timeout: 60_000 }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-browsers-'))
  let now = 1_800_000_000
  const store = await openStore(join(dir, 'store.db'), {
    masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
    clock: () => now,
  })
  t.after(async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const { see } = openKnownBrowsers(store, () => now)
  const first = await see('ann', undefined)
  assert.equal(first.isNew, false, 'the first browser of all is no news')
  assert.deepEqual(await see('ann', first.cookie), first)
  const second = await see('ann', undefined)
  assert.equal(second.isNew, true)
  assert.notEqual(second.cookie, first.cookie)
  assert.equal((await see('ann', second.cookie)).isNew, false)
  assert.equal((await see('ann', 'made up')).isNew, true)
  assert.notEqual((await see('ann', 'made up')).cookie, 'made up')
  assert.deepEqual(await see('bob', first.cookie), { isNew: false, cookie: first.cookie })
  for (let month = 0; month < 24; month++) {
    now += 31 * 24 * 3600
    assert.equal((await see('ann', first.cookie)).isNew, false, 'a browser that is used stays known')
  }
  assert.equal((await see('ann', second.cookie)).isNew, true)
})
