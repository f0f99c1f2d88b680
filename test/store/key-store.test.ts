import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyRing } from '../../src/secure/key/key-ring.ts'
import { keyStore } from '../../src/store/key-store.ts'
import { epoch } from './sample.ts'
import { sqlitePlace } from './sqlite-place.ts'

test('key rings on two connections agree from the first start, over a rotation, and after a restart', async (t) => {
  const place = await sqlitePlace()
  t.after(() => place.remove())
  const time = { now: epoch }
  const clock = () => time.now
  const stores = await Promise.all([place.open({ clock }), place.open({ clock })])
  const rings = stores.map((store) => new KeyRing({ store: keyStore(store), clock }))
  await Promise.all(rings.map((ring) => ring.start()))
  const kids = () => rings.map((ring) => ring.published().map(({ kid }) => kid))
  await Promise.all(rings.map((ring) => ring.refresh()))
  assert.deepEqual(kids()[0], kids()[1])
  assert.equal(kids()[0]?.length, 2)
  const before = rings[0]?.signing('token').kid

  time.now += 31 * 86_400
  await Promise.all(rings.map((ring) => ring.rotate(time.now)))
  await Promise.all(rings.map((ring) => ring.refresh()))
  assert.deepEqual(kids()[0], kids()[1])
  assert.equal(kids()[0]?.length, 3)
  assert.notEqual(rings[1]?.signing('token').kid, before)
  const cookie = rings[0]?.signing('cookie').secret

  for (const ring of rings) ring.stop()
  for (const store of stores) await store.close()
  const again = await place.open({ clock })
  t.after(() => again.close())
  const ring = new KeyRing({ store: keyStore(again), clock })
  await ring.start()
  t.after(() => ring.stop())
  assert.deepEqual(ring.signing('cookie').secret, cookie)
  await keyStore(again).update('no such key', (old) => old)
})
