// One record: what every verb does with it, whatever text it holds.
import assert from 'node:assert/strict'
import { accessKey, artifact, setting, stored, user } from '../sample.ts'
import { conflict, type On } from './place.ts'

export function singleRecords(on: On): void {
  on('what was created is got, and a second of the same id is a conflict', async (store) => {
    await store.create('user', user('AIDA1', { email: 'a@example.org' }))
    assert.deepEqual(await store.get('user', 'AIDA1'), stored(user('AIDA1', { email: 'a@example.org' })))
    await assert.rejects(store.create('user', user('AIDA1', { name: 'other' })), conflict)
    assert.equal(await store.get('user', 'AIDA2'), undefined)
    assert.equal(await store.get('group', 'AIDA1'), undefined)
  })

  on('delete says whether it was there, take gives it once', async (store) => {
    await store.create('setting', setting('a'))
    await store.create('setting', setting('b'))
    assert.deepEqual([await store.delete('setting', 'a'), await store.delete('setting', 'a')], [true, false])
    assert.deepEqual(await store.take('setting', 'b'), setting('b'))
    assert.equal(await store.take('setting', 'b'), undefined)
    assert.equal(await store.get('setting', 'b'), undefined)
  })

  on('of fifty takers in one process, one wins', async (store) => {
    await store.create('artifact', artifact('code'))
    const won = await Promise.all(Array.from({ length: 50 }, () => store.take('artifact', 'code')))
    assert.equal(won.filter(Boolean).length, 1)
  })

  on('ids and values of any text come back as they were', async (store) => {
    const odd = [
      'ü',
      'u\u0308',
      '😀',
      '\u0000',
      'a\u0000b',
      'a\u0000c',
      '__proto__',
      'constructor',
      "' OR 1=1 --",
      '"',
      '%',
      '_',
      '\\',
      '\n',
      ' ',
      'A',
      'a',
      '\u{10ffff}',
      '\u202e',
      'x'.repeat(2000),
      '$where',
      '{"$gt":""}',
      '.',
      '..',
      '',
    ]
    for (const id of odd) await store.create('setting', setting(id, id))
    for (const id of odd)
      assert.deepEqual(await store.get('setting', id), setting(id, id), JSON.stringify(id))
    await store.update('setting', 'A', (old) => ({ ...old, value: 'changed' }))
    assert.equal((await store.get('setting', 'a'))?.value, 'a')
    for (const id of odd) assert.equal(await store.delete('setting', id), true, JSON.stringify(id))
  })

  on('an id that is no well-formed text is refused', async (store) => {
    await assert.rejects(store.create('setting', setting('\ud800')), { code: 'invalid_input' })
    await store.create('setting', setting('\ufffd'))
    assert.equal(await store.get('setting', '\ud800'), undefined)
    assert.equal(await store.delete('setting', '\udc00'), false)
    assert.equal(await store.take('setting', 'x\ud800'), undefined)
  })

  on('names of the prototype are data', async (store) => {
    const tags = [{ key: '__proto__', value: 'constructor' }]
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}') as object
    await store.create('user', { ...user('AIDA1', { tags }), ...hostile })
    const read = await store.get('user', 'AIDA1')
    assert.deepEqual(read?.tags, tags)
    assert.equal(({} as { polluted?: boolean }).polluted, undefined)
  })

  on('a record of a megabyte comes back whole', async (store) => {
    const value = 'ü'.repeat(1 << 19)
    await store.create('setting', setting('big', value))
    await store.update('setting', 'big', (old) => ({ ...old, value: `${old.value}!` }))
    assert.equal((await store.get('setting', 'big'))?.value, `${value}!`)
  })

  on('a secret comes back as a Secret, and one in another place is refused', async (store) => {
    await store.create('accessKey', accessKey('AKIA1', 'hush'))
    const read = await store.get('accessKey', 'AKIA1')
    assert.equal(read?.secret.reveal(), 'hush')
    const taken = await store.take('accessKey', 'AKIA1')
    assert.equal(taken?.secret.reveal(), 'hush')
    const { secret } = accessKey('AKIA2', 'hush')
    await assert.rejects(store.create('setting', { ...setting('a'), value: secret as never }), TypeError)
    await assert.rejects(
      store.create('user', user('AIDA1', { tags: [{ key: 'k', value: secret as never }] })),
      TypeError,
    )
    await assert.rejects(
      store.create('accessKey', { ...accessKey('AKIA3', 'x'), secret: 'plain' as never }),
      TypeError,
    )
    await store.create('setting', setting('b', '"[secret]" and [secret]'))
    assert.equal((await store.get('setting', 'b'))?.value, '"[secret]" and [secret]')
    await store.create('setting', setting('c', '[secret]'))
  })

  on('a write is seen by the next read', async (store) => {
    await store.create('setting', setting('a', '0'))
    for (let at = 1; at <= 50; at++) {
      await store.update('setting', 'a', (old) => ({ ...old, value: String(at) }))
      assert.equal((await store.get('setting', 'a'))?.value, String(at))
    }
  })

  on('one conflict among many writes fails alone', async (store) => {
    const all = await Promise.allSettled(
      Array.from({ length: 200 }, (_, at) =>
        store.create('setting', setting(at % 10 === 0 ? 'same' : `s${at}`)),
      ),
    )
    assert.equal(all.filter(({ status }) => status === 'rejected').length, 19)
    assert.deepEqual(await store.get('setting', 's199'), setting('s199'))
  })

  on('a closed store is unavailable, and closing twice is fine', async (store) => {
    await store.ping()
    const last = store.create('setting', setting('last'))
    await store.close()
    await last
    await store.close()
    const closed = { name: 'Problem', code: 'unavailable' }
    await assert.rejects(store.get('setting', 'last'), closed)
    await assert.rejects(store.create('setting', setting('x')), closed)
    await assert.rejects(
      store.update('setting', 'last', (old) => ({ ...old })),
      closed,
    )
    await assert.rejects(store.take('setting', 'last'), closed)
    await assert.rejects(store.ping(), closed)
  })
}
