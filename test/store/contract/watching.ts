// Telling of our own changes.
import assert from 'node:assert/strict'
import type { Kind } from '../../../src/store/records.ts'
import type { Change } from '../../../src/store/store.ts'
import { setting, user } from '../sample.ts'
import { conflict, type On } from './place.ts'

export function watching(on: On): void {
  on('our own changes of watched kinds are told at once, by name; others are not told', async (store) => {
    const told: [Kind[], readonly Change[] | undefined][] = []
    const unwatch = store.watch((kinds, changes) => told.push([[...kinds], changes]))
    await store.create('user', user('AIDA1'))
    assert.deepEqual(told, [[['user'], [{ kind: 'user', id: 'AIDA1' }]]])
    await store.create('setting', setting('a'))
    await store.delete('user', 'AIDA9')
    await assert.rejects(store.create('user', user('AIDA1')), conflict)
    assert.equal(told.length, 1)
    await store.update('user', 'AIDA1', (old) => ({ ...old, email: 'x@y.z' }))
    await store.take('user', 'AIDA1')
    assert.equal(told.length, 3)
    unwatch()
    await store.create('user', user('AIDA2'))
    assert.equal(told.length, 3)
  })
}
