// What every engine must do, as a library: an engine's test calls `storeContract` with a way to open it. The rules
// that concern several processes run in real ones (contract-child.ts), which open the same store by the engine's name.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { EpochSeconds, Kind } from '../../src/store/records.ts'
import type { Change, Store } from '../../src/store/store.ts'
import type { Child, StartChild } from './children.ts'
import {
  accessKey,
  account,
  artifact,
  counter,
  epoch,
  group,
  setting,
  spent,
  stored,
  user,
} from './sample.ts'

export interface Place {
  open(options?: { readonly clock?: () => EpochSeconds }): Promise<Store>
  /** Starts another process on the same store. */
  readonly child: StartChild
  /** Everything the engine has written, to look for secrets in; undefined when it cannot be read from here. */
  written(): Promise<Buffer> | undefined
  remove(): Promise<void>
}

/** `place` gives an empty store, which the suite removes. */
export function storeContract(engine: string, place: () => Promise<Place>): void {
  const rule = (title: string, run: (t: TestContext, at: Place) => Promise<void>) =>
    test(`${engine}: ${title}`, async (t) => {
      const at = await place()
      t.after(() => at.remove())
      await run(t, at)
    })
  /** A rule about one open store under a clock the rule may move. */
  const on = (title: string, run: (store: Store, time: { now: EpochSeconds }) => Promise<void>) =>
    rule(title, async (t, at) => {
      const time = { now: epoch }
      const store = await at.open({ clock: () => time.now })
      t.after(() => store.close())
      await run(store, time)
    })
  singleRecords(on)
  uniqueness(on)
  lookups(on)
  expiry(on)
  swaps(on)
  watching(on)
  processes(rule)
  durability(rule)
}

type On = (title: string, run: (store: Store, time: { now: EpochSeconds }) => Promise<void>) => void
type Rule = (title: string, run: (t: TestContext, at: Place) => Promise<void>) => void

const conflict = { name: 'Problem', code: 'conflict' }
const notFound = { name: 'Problem', code: 'not_found' }

function singleRecords(on: On): void {
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

function uniqueness(on: On): void {
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

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id)

function lookups(on: On): void {
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

function expiry(on: On): void {
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

  on('sweep drops what expired, at most so many, and nothing else', async (store, time) => {
    await Promise.all(
      Array.from({ length: 1200 }, (_, at) => store.create('spent', spent(`s${at}`, epoch + (at % 2) * 100))),
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

function swaps(on: On): void {
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

function watching(on: On): void {
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

async function started(t: TestContext, at: Place, count: number): Promise<Child[]> {
  const children = await Promise.all(Array.from({ length: count }, () => at.child()))
  t.after(() => Promise.all(children.map((child) => child.end())))
  return children
}

function processes(rule: Rule): void {
  rule('of fifty takers in four processes, exactly one wins, ten times over', async (t, at) => {
    const store = await at.open()
    t.after(() => store.close())
    const children = await started(t, at, 4)
    const ids = Array.from({ length: 10 }, (_, n) => `code${n}`)
    for (const id of ids) await store.create('artifact', artifact(id))
    const won = await Promise.all(children.map((child) => child.ask({ do: 'take', ids, times: 13 })))
    for (const id of ids) assert.equal(won.flat().filter((one) => one === id).length, 1, id)
  })

  rule('of four processes that create the same id and name, exactly one does', async (t, at) => {
    const children = await started(t, at, 4)
    const won = await Promise.all(children.map((child) => child.ask({ do: 'spend', count: 50 })))
    assert.equal(won.flat().length, 50)
    assert.equal(new Set(won.flat()).size, 50)
  })

  rule('no change of one record by four processes is lost', async (t, at) => {
    const store = await at.open()
    t.after(() => store.close())
    const children = await started(t, at, 4)
    await store.create('counter', counter('c', 4_000_000_000))
    // Half of them one after the other, half all at once.
    await Promise.all(
      children.map((child, n) => child.ask({ do: 'count', id: 'c', times: 100, atOnce: n % 2 === 0 })),
    )
    assert.equal((await store.get('counter', 'c'))?.count, 400)
  })

  rule('another process learns of a change within a second, and of no other', async (t, at) => {
    const store = await at.open()
    t.after(() => store.close())
    const [child] = await started(t, at, 1)
    assert.ok(child)
    const told: ReadonlySet<Kind>[] = []
    store.watch((kinds) => told.push(kinds))
    await child.ask({ do: 'create-user', id: 'AIDA1' })
    assert.equal((await store.get('user', 'AIDA1'))?.id, 'AIDA1')
    await wait(1000)
    assert.deepEqual(told, [new Set(['user'])])
    await child.ask({ do: 'take', ids: ['nothing'], times: 1 })
    await child.ask({ do: 'spend', count: 1 })
    await wait(1000)
    assert.equal(told.length, 1)
  })

  rule('several processes can make the store at the same moment', async (t, at) => {
    const children = await started(t, at, 4)
    await Promise.all(children.map((child, n) => child.ask({ do: 'create-user', id: `AIDA${n}` })))
    const store = await at.open()
    t.after(() => store.close())
    const found = await store.find('user', { by: 'account', value: account }, { limit: 10 })
    assert.equal(found.records.length, 4)
  })
}

function durability(rule: Rule): void {
  rule('after kill -9 in the middle of writing, every acknowledged write is there', async (_, at) => {
    for (let round = 0; round < 3; round++) {
      const child = await at.child()
      const acknowledged = await child.writeUntilKilled(`r${round}-`, 300)
      assert.ok(acknowledged.length > 0)
      const store = await at.open()
      for (const id of acknowledged) assert.ok(await store.get('setting', id), id)
      await store.ping()
      await store.close()
    }
  })

  rule('what was closed is there when it is opened again', async (_, at) => {
    const first = await at.open()
    await first.create('accessKey', accessKey('AKIA1', 'hush'))
    await first.close()
    const second = await at.open()
    assert.equal((await second.get('accessKey', 'AKIA1'))?.secret.reveal(), 'hush')
    await second.close()
  })

  rule('no secret stands in what the engine has written', async (t, at) => {
    const store = await at.open()
    t.after(() => store.close())
    const secret = 'tell-nobody-0123456789'
    await store.create('accessKey', accessKey('AKIA1', secret))
    await store.create('artifact', artifact('a'))
    await store.update('artifact', 'a', (old) => ({ ...old, payload: accessKey('x', secret).secret }))
    const written = await at.written()
    if (written === undefined) return
    assert.ok(written.includes('AKIA1'))
    for (const encoding of ['utf8', 'base64', 'hex'] as const)
      assert.ok(!written.includes(Buffer.from(Buffer.from(secret).toString(encoding).slice(0, 20))), encoding)
  })
}
