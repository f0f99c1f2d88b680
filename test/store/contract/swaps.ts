// Compare-and-swap under contention, in one process.
import assert from 'node:assert/strict'
import { artifact, counter, epoch, user } from '../sample.ts'
import { notFound, type On } from './place.ts'

export function swaps(on: On): void {
  on(
    'update gives what it wrote; a missing record is not found; what change throws is passed on',
    async (store) => {
      await store.create('counter', counter('c'))
      assert.equal((await store.update('counter', 'c', (old) => ({ ...old, count: 7 }))).count, 7)
      await assert.rejects(
        store.update('counter', 'd', (old) => old),
        notFound,
      )
      const mine = new Error('mine')
      const refuse = () => {
        throw mine
      }
      await assert.rejects(store.update('counter', 'c', refuse), mine)
      assert.equal((await store.get('counter', 'c'))?.count, 7)
    },
  )

  on('no change of hundreds at once is lost, and each sees the one before', async (store) => {
    await store.create('counter', counter('c'))
    const all = await Promise.all(
      Array.from({ length: 500 }, () =>
        store.update('counter', 'c', (old) => ({ ...old, count: old.count + 1 })),
      ),
    )
    assert.deepEqual(
      all.map(({ count }) => count).toSorted((a, b) => a - b),
      Array.from({ length: 500 }, (_, at) => at + 1),
    )
    assert.equal((await store.get('counter', 'c'))?.count, 500)
  })

  on('of fifty who may do it once, one does, and the others hear why', async (store) => {
    await store.create('artifact', artifact('code'))
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, () =>
        store.update('artifact', 'code', (old) => {
          if (old.consumedAt !== undefined) throw new Error('consumed')
          return { ...old, consumedAt: epoch }
        }),
      ),
    )
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  on('an impossible change among good ones fails alone', async (store) => {
    await store.create('user', user('AIDA1', { name: 'ann' }))
    await store.create('user', user('AIDA2', { name: 'bob' }))
    const changes: readonly ((old: ReturnType<typeof user>) => ReturnType<typeof user>)[] = [
      (old) => ({ ...old, displayName: 'one' }),
      (old) => ({ ...old, name: 'ann' }),
      (old) => ({ ...old, id: 'AIDA9' }),
      (old) => ({ ...old, email: 'e@example.org' }),
    ]
    const all = await Promise.allSettled(changes.map((change) => store.update('user', 'AIDA2', change)))
    assert.deepEqual(
      all.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    )
    const read = await store.get('user', 'AIDA2')
    assert.deepEqual([read?.displayName, read?.name, read?.email], ['one', 'bob', 'e@example.org'])
  })

  on('updates race with deletes and creates of the same id without a ghost', async (store) => {
    for (let round = 0; round < 20; round++) {
      await store.create('counter', counter('c'))
      await Promise.allSettled([
        store.update('counter', 'c', (old) => ({ ...old, count: 5 })),
        store.take('counter', 'c'),
        store.create('counter', counter('c')),
      ])
      const left = await store.take('counter', 'c')
      if (left) assert.ok([0, 5].includes(left.count))
      assert.equal(await store.get('counter', 'c'), undefined)
    }
  })
}
