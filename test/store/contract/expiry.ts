// What has expired.
import assert from 'node:assert/strict'
import { artifact, epoch, spent } from '../sample.ts'
import { conflict, notFound, type On } from './place.ts'

export function expiry(on: On): void {
  on('what has expired is invisible at once, to every verb', async (store, time) => {
    for (const id of ['a', 'b', 'c', 'd'])
      await store.create('artifact', artifact(id, { uid: id, grantId: 'g', expiresAt: epoch + 10 }))
    time.now = epoch + 9
    assert.ok(await store.get('artifact', 'a'))
    time.now = epoch + 10
    assert.equal(await store.get('artifact', 'a'), undefined)
    assert.equal(await store.getBy('artifact', 'uid', 'Session a'), undefined)
    assert.deepEqual((await store.find('artifact', { by: 'grant', value: 'g' }, { limit: 10 })).records, [])
    await assert.rejects(
      store.update('artifact', 'a', (old) => old),
      notFound,
    )
    assert.equal(await store.take('artifact', 'a'), undefined)
    assert.equal(await store.delete('artifact', 'b'), false)
  })

  on('what has expired leaves its id and its unique values to others, swept or not', async (store, time) => {
    await store.create('spent', spent('jti', epoch + 10))
    await assert.rejects(store.create('spent', spent('jti', epoch + 20)), conflict)
    await store.create('artifact', artifact('a', { uid: 'u', expiresAt: epoch + 10 }))
    await store.create('artifact', artifact('b', { uid: 'v' }))
    time.now = epoch + 10
    await store.create('spent', spent('jti', epoch + 20))
    await assert.rejects(store.create('spent', spent('jti', epoch + 30)), conflict)
    await store.update('artifact', 'b', (old) => ({ ...old, uid: 'u' }))
    assert.equal((await store.getBy('artifact', 'uid', 'Session u'))?.id, 'b')
  })

  on('a record may end within a second, or after the last date there is', async (store, time) => {
    const ends = [epoch + 10.5, 1e300]
    for (const end of ends) await store.create('spent', spent(`until ${end}`, end))
    for (const now of [epoch, epoch + 10]) {
      time.now = now
      assert.equal(await store.sweep(now), 0)
      for (const end of ends) {
        assert.ok(await store.get('spent', `until ${end}`), `${end}`)
        await assert.rejects(store.create('spent', spent(`until ${end}`, end)), conflict, `${end}`)
      }
    }
    time.now = epoch + 11
    assert.equal(await store.sweep(time.now), 1)
  })

  on('sweep drops what expired, at most so many, and nothing else', async (store, time) => {
    // In portions: a slow server answers each in time.
    for (let done = 0; done < 1200; done += 200)
      await Promise.all(
        Array.from({ length: 200 }, (_, at) =>
          store.create('spent', spent(`s${done + at}`, epoch + (at % 2) * 100)),
        ),
      )
    await store.create('artifact', artifact('old', { expiresAt: epoch + 1 }))
    await store.create('artifact', artifact('kept'))
    time.now = epoch + 50
    assert.equal(await store.sweep(time.now, 100), 100)
    assert.equal(await store.sweep(time.now), 501)
    assert.equal(await store.sweep(time.now), 0)
    assert.ok(await store.get('spent', 's1'))
    assert.ok(await store.get('artifact', 'kept'))
  })
}
