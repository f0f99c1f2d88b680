// What may not repeat.
import assert from 'node:assert/strict'
import { account, artifact, user } from '../sample.ts'
import { conflict, type On } from './place.ts'

export function uniqueness(on: On): void {
  on('a unique field is taken whatever its case, in one account alone', async (store) => {
    await store.create('user', user('AIDA1', { name: 'Ann' }))
    await assert.rejects(store.create('user', user('AIDA2', { name: 'aNN' })), conflict)
    await store.create('user', user('AIDA3', { name: 'ann', accountId: '999999999999' }))
    assert.equal((await store.getBy('user', 'name', `${account}/ann`))?.id, 'AIDA1')
    assert.equal(await store.getBy('user', 'name', `${account}/bob`), undefined)
  })

  on(
    'a change into a taken unique field is a conflict and changes nothing; a freed one can be taken',
    async (store) => {
      await store.create('user', user('AIDA1', { name: 'ann' }))
      await store.create('user', user('AIDA2', { name: 'bob' }))
      await assert.rejects(
        store.update('user', 'AIDA2', (old) => ({ ...old, name: 'ann' })),
        conflict,
      )
      assert.equal((await store.get('user', 'AIDA2'))?.name, 'bob')
      await store.update('user', 'AIDA1', (old) => ({ ...old, name: 'carol' }))
      await store.update('user', 'AIDA2', (old) => ({ ...old, name: 'ann' }))
      assert.equal((await store.getBy('user', 'name', `${account}/ann`))?.id, 'AIDA2')
      await store.delete('user', 'AIDA2')
      await store.create('user', user('AIDA4', { name: 'ann' }))
    },
  )

  on('records without a value for a unique field do not clash', async (store) => {
    await store.create('artifact', artifact('a'))
    await store.create('artifact', artifact('b'))
    await store.create('artifact', artifact('c', { uid: 'u' }))
    await assert.rejects(store.create('artifact', artifact('d', { uid: 'u' })), conflict)
  })

  on('of twenty who create the same name at once, one does', async (store) => {
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => store.create('user', user(`AIDA${at}`, { name: 'ann' }))),
    )
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  on('asking by a field that is not declared is a bug', async (store) => {
    await assert.rejects(store.getBy('user', 'email', 'x'), TypeError)
    await assert.rejects(store.find('user', { by: 'nothing' as never, value: 'x' }, { limit: 1 }), TypeError)
  })
}
