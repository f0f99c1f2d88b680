// Counting by a lookup, and reading all of it page by page.
import assert from 'node:assert/strict'
import { kinds, ruleOf } from '../../../src/store/kinds.ts'
import type { Kind } from '../../../src/store/records.ts'
import type { Store } from '../../../src/store/store.ts'
import { account, group, policy, user } from '../sample.ts'
import type { On } from './place.ts'

const other = '999900001111'
const counted = (Object.keys(kinds) as Kind[]).flatMap((kind) =>
  Object.entries(ruleOf(kind).lookups).flatMap(([by, lookup]) => (lookup.counted ? [{ kind, by }] : [])),
)

/** Every counted lookup says what reading all of it finds. */
async function assertCounts(store: Store, values: readonly string[]): Promise<void> {
  for (const { kind, by } of counted)
    for (const value of values) {
      const all = await Array.fromAsync(store.each(kind, { by, value } as never, { page: 2 }))
      assert.equal(await store.count(kind, { by, value } as never), all.length, `${kind} ${by} ${value}`)
    }
}

export function counts(on: On): void {
  on('a count follows every change of what is counted', async (store) => {
    const arn = `arn:aws:iam::${account}:policy/p`
    const values = [account, other, `${account} ${arn}`, `${account} arn:q`, `${account} 1`, `${account} 2`]
    const attached = [arn, 'arn:q', arn]
    await assertCounts(store, values)
    for (const at of [1, 2, 3, 4]) await store.create('user', user(`AIDA${at}`, { attached, boundary: arn }))
    await store.create('user', user('AIDA5', { accountId: other, attached }))
    await store.create('group', group('AGPA1', { attached }))
    await store.create('policy', policy('ANPA1'))
    await assertCounts(store, values)
    assert.equal(await store.count('user', { by: 'account', value: account }), 4)
    assert.equal(await store.count('user', { by: 'attached', value: `${account} ${arn}` }), 4)
    assert.equal(await store.count('user', { by: 'boundary', value: `${account} ${arn}` }), 4)
    await store.update('user', 'AIDA1', (old) => ({ ...old, attached: ['arn:q'], boundary: undefined }))
    await store.update('user', 'AIDA2', (old) => ({ ...old, boundary: 'arn:q', path: '/moved/' }))
    await store.update('user', 'AIDA3', (old) => ({ ...old, displayName: 'somebody' }))
    await assert.rejects(store.create('user', user('AIDA3')), { code: 'conflict' })
    await store.delete('user', 'AIDA4')
    await store.delete('user', 'AIDA4')
    await store.take('user', 'AIDA5')
    await store.update('policy', 'ANPA1', (old) => ({ ...old, versions: [...old.versions, ...old.versions] }))
    await assertCounts(store, values)
    assert.equal(await store.count('user', { by: 'attached', value: `${account} ${arn}` }), 2)
    assert.equal(await store.count('user', { by: 'boundary', value: `${account} ${arn}` }), 1)
    assert.equal(await store.count('policy', { by: 'versions', value: `${account} 2` }), 1)
    await assert.rejects(store.count('user', { by: 'group', value: 'AGPA1' }), TypeError)
    assert.equal(await store.count('user', { by: 'account', value: '\ud800' }), 0)
  })

  on('each gives every record once, in order, and other work its turn between two pages', async (store) => {
    const ids = Array.from({ length: 10 }, (_, at) => `AIDA${at}`)
    for (const id of ids) await store.create('user', user(id, { path: id === 'AIDA3' ? '/x/' : '/' }))
    let turns = 0
    let running = true
    const count = () => {
      turns++
      if (running) setImmediate(count)
    }
    setImmediate(count)
    const seen: string[] = []
    const at: number[] = []
    for await (const { id } of store.each('user', { by: 'account', value: account }, { page: 3 })) {
      seen.push(id)
      at.push(turns)
    }
    running = false
    assert.deepEqual(seen, [...ids.filter((id) => id !== 'AIDA3'), 'AIDA3'])
    for (const start of [3, 6, 9])
      assert.ok(Number(at[start]) > Number(at[start - 1]), `turn before ${start}`)
    const prefixed = store.each('user', { by: 'account', value: account, prefix: '/x/' })
    assert.deepEqual(
      (await Array.fromAsync(prefixed)).map(({ id }) => id),
      ['AIDA3'],
    )
    await assert.rejects(
      Array.fromAsync(store.each('user', { by: 'account', value: account }, { page: 1001 })),
      { code: 'invalid_input' },
    )
  })
}
