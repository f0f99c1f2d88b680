// A server under load while the master key is rotated.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Secret } from '../../src/secure/secret.ts'
import { resealStore } from '../../src/store/reseal.ts'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { startServer } from '../support/server.ts'
import { onMongo, storeEnv } from '../support/store.ts'

const timeout = 90_000
/** Longer than it takes a process to notice that the key file has changed. */
const settleMs = 2100

test('a server goes on through a rotation, and starts after it', { timeout }, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const iam = iamOf(server)
  t.after(() => iam.destroy())
  const key = await userWith(iam, 'ann', { Effect: 'Allow', Action: '*', Resource: '*' })
  const url = (await storeEnv(server.dir))['CHANCERY_STORE']
  const store =
    onMongo && url !== undefined
      ? { engine: 'mongodb' as const, url: new Secret(url) }
      : { engine: 'sqlite' as const, path: join(server.dir, 'data', 'chancery.db') }
  let rotating = true
  let made = 0
  const requests = (async () => {
    while (rotating) {
      const { status } = await callAdmin(server.url, { path: '/keys', credentials: key })
      assert.equal(status, 200)
      await userWith(iam, `user-${made++}`)
    }
  })()
  await resealStore({
    store,
    keysDir: join(server.dir, 'keys'),
    report: () => {},
    progress: () => {},
    stopped: new AbortController().signal,
    settleMs,
  })
  rotating = false
  await requests
  assert.equal((await callAdmin(server.url, { path: '/keys', credentials: key })).status, 200)
  await server.kill()
  const again = await startServer({ dir: server.dir })
  t.after(() => again.stop())
  assert.equal((await callAdmin(again.url, { path: '/keys', credentials: key })).status, 200)
  assert.doesNotMatch(again.output(), /earlier version of the master key/)
})
