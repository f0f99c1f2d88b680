// Finding by a lookup, page by page.
import assert from 'node:assert/strict'
import type { Page } from '../../../src/store/store.ts'
import { account, artifact, epoch, group, user } from '../sample.ts'
import type { On } from './place.ts'

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id)

export function lookups(on: On): void {
  const paths = ['/', '/a/', '/a/b/', '/ab/', '/b/', '/\u{10ffff}/', '/ü/']
  const people = paths.flatMap((path, at) =>
    ['x', 'y'].map((name) => user(`AIDA${at}${name}`, { path, name: `${name}${at}` })),
  )

  on('pages follow the sort key, forwards and backwards, and hold each record once', async (store) => {
    for (const one of people.toReversed()) await store.create('user', one)
    for (const descending of [false, true])
      for (const limit of [1, 2, 3, 5, 13, 14, 15, 1000]) {
        const seen: string[] = []
        let after: string | undefined
        do {
          const page = await store.find(
            'user',
            { by: 'account', value: account },
            { limit, after, descending },
          )
          assert.ok(page.records.length <= limit && (page.records.length > 0 || seen.length === 0))
          seen.push(...idsOf(page.records))
          after = page.next
        } while (after !== undefined)
        const sorted = people.toSorted((a, b) =>
          Buffer.compare(Buffer.from(a.path + a.name), Buffer.from(b.path + b.name)),
        )
        assert.deepEqual(seen, idsOf(descending ? sorted.toReversed() : sorted))
      }
  })

  on('a prefix holds exactly what begins with it', async (store) => {
    for (const one of people) await store.create('user', one)
    for (const prefix of [
      '',
      '/',
      '/a',
      '/a/',
      '/a/b',
      '/ab/',
      '/\u{10ffff}',
      '/ü',
      '/zzz',
      '/%',
      '/_',
      "/'",
    ])
      for (const limit of [1, 1000]) {
        const seen: string[] = []
        let after: string | undefined
        do {
          const page = await store.find('user', { by: 'account', value: account, prefix }, { limit, after })
          seen.push(...idsOf(page.records))
          after = page.next
        } while (after !== undefined)
        const expected = people.filter(({ path, name }) => (path + name).startsWith(prefix))
        assert.deepEqual(seen.toSorted(), idsOf(expected).toSorted(), prefix)
      }
  })

  on(
    'further lookups leave only records that have each value, and a page ends where it was to look',
    async (store) => {
      const grants = ['g', 'h']
      // Of six under each grant, every third is Ada's, and two have expired.
      const all = Array.from({ length: 12 }, (_, n) =>
        artifact(`a${String(n).padStart(2, '0')}`, {
          grantId: grants[n % 2],
          subject: n % 3 === 0 ? 'ada' : 'ben',
          expiresAt: n === 6 || n === 8 ? epoch - 1000 : epoch + 1e9,
        }),
      )
      for (const one of all) await store.create('artifact', one)
      const find = (examined: number, page: Partial<Page> = {}, subject = 'Session ada') =>
        store.find(
          'artifact',
          { by: 'grant', value: 'g', also: { values: [{ by: 'subject', value: subject }], examined } },
          { limit: 10, ...page },
        )
      const expected = ['a00']
      for (const examined of [1, 2, 3, 5, 6, 7, 1000])
        for (const limit of [1, 2, 10])
          for (const descending of [false, true]) {
            const seen: string[] = []
            let after: string | undefined
            let pages = 0
            do {
              const page = await find(examined, { limit, after, descending })
              assert.ok(page.records.length <= Math.min(limit, examined))
              seen.push(...idsOf(page.records))
              after = page.next
              pages++
            } while (after !== undefined)
            assert.deepEqual(seen, expected, JSON.stringify({ examined, limit, descending }))
            assert.ok(pages <= 2 + all.length / examined + expected.length / limit)
          }
      assert.deepEqual(await find(10, {}, 'Session nobody'), { records: [], next: undefined })
      assert.deepEqual(await find(10, {}, '\ud800'), { records: [], next: undefined })
      const sorted = {
        by: 'account',
        value: account,
        also: { values: [{ by: 'email', value: 'x' }], examined: 1 },
      } as const
      await assert.rejects(store.find('user', sorted, { limit: 1 }), TypeError)
      const many = {
        by: 'email',
        value: 'x',
        also: { values: [{ by: 'group', value: 'G' }], examined: 1 },
      } as const
      await assert.rejects(store.find('user', many, { limit: 1 }), TypeError)
    },
  )

  on('a page does not move when records before it come and go', async (store) => {
    for (const at of [1, 2, 3, 4, 5, 6]) await store.create('group', group(`g${at}`))
    const find = (after?: string) =>
      store.find('group', { by: 'account', value: account }, { limit: 2, after })
    const first = await find()
    await store.delete('group', 'g1')
    await store.delete('group', 'g2') // the one the cursor stands on
    await store.create('group', group('g0'))
    await store.delete('group', 'g4')
    const second = await find(first.next)
    assert.deepEqual(idsOf(second.records), ['g3', 'g5'])
    assert.deepEqual(idsOf((await find(second.next)).records), ['g6'])
  })

  on('a record under many values is found under each, and follows its changes', async (store) => {
    const find = async (by: 'group' | 'attached', value: string) =>
      idsOf((await store.find('user', { by, value }, { limit: 10 })).records)
    await store.create('user', user('AIDA1', { groups: ['G1', 'G2', 'G1'], attached: ['arn:p'] }))
    await store.create('user', user('AIDA2', { groups: ['G2'] }))
    assert.deepEqual([await find('group', 'G1'), await find('group', 'G2')], [['AIDA1'], ['AIDA1', 'AIDA2']])
    assert.deepEqual(await find('attached', `${account} arn:p`), ['AIDA1'])
    await store.update('user', 'AIDA1', (old) => ({ ...old, groups: ['G3'], path: '/new/' }))
    assert.deepEqual([await find('group', 'G1'), await find('group', 'G2')], [[], ['AIDA2']])
    assert.deepEqual(
      [await find('group', 'G3'), await find('attached', `${account} arn:p`)],
      [['AIDA1'], ['AIDA1']],
    )
    await store.delete('user', 'AIDA1')
    assert.deepEqual(await find('group', 'G3'), [])
    await store.take('user', 'AIDA2')
    assert.deepEqual(await find('group', 'G2'), [])
  })

  on(
    'a lookup value that is no well-formed text finds nothing, and stands in nobody’s way',
    async (store) => {
      const groups = ['\ud800', '\ufffd', 'G']
      await Promise.all([
        store.create('user', user('AIDA1', { groups })),
        store.create('user', user('AIDA2')),
      ])
      const find = async (value: string) =>
        idsOf((await store.find('user', { by: 'group', value }, { limit: 10 })).records)
      assert.deepEqual(await find('\ud800'), [])
      assert.deepEqual([await find('\ufffd'), await find('G')], [['AIDA1'], ['AIDA1']])
      assert.deepEqual((await store.get('user', 'AIDA1'))?.groups, groups)
      assert.ok(await store.get('user', 'AIDA2'))
    },
  )

  on('a page of an impossible size and a made-up cursor are refused', async (store) => {
    const find = (limit: number, after?: string) =>
      store.find('user', { by: 'account', value: account }, { limit, after })
    for (const limit of [0, -1, 1001, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      await assert.rejects(find(limit), { code: 'invalid_input' })
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const cursors = [
      '',
      'x',
      '%',
      '\u0000',
      encoded(null),
      encoded({}),
      encoded([]),
      encoded(['a']),
      encoded(['a', 1]),
    ]
    for (const after of [...cursors, encoded(['a', 'b', 'c']), encoded({ $gt: '' }), 'A'.repeat(100_000)])
      await assert.rejects(find(1, after), { code: 'invalid_input' }, after.slice(0, 20))
    assert.deepEqual((await find(1, encoded(["' OR 1=1 --", 'x']))).records, [])
  })
}
