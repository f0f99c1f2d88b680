import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cached } from '../../src/store/cached.ts'
import type { Kind } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { isLongForm } from '../support/long-form.ts'
import { storeContract } from './contract.ts'
import { account, epoch, group, setting, user } from './sample.ts'
import { sqlitePlace } from './sqlite-place.ts'

storeContract(
  'cached sqlite',
  async () => {
    const place = await sqlitePlace()
    return { ...place, open: async (options) => cached(await place.open(options), options) }
  },
  { severally: isLongForm },
)

/** A cached store that counts what reaches the engine, and a second way to the same file. */
async function counted(
  rule: (parts: Parts) => Promise<void>,
  options: { limit?: number; missFor?: number } = {},
) {
  const place = await sqlitePlace()
  const time = { now: epoch }
  const engine = await place.open({ clock: () => time.now })
  let reads = 0
  const counting = new Proxy(engine, {
    get(target, name) {
      const verb = Reflect.get(target, name) as (...args: unknown[]) => unknown
      return (...args: unknown[]) => {
        if (name === 'get' || name === 'getBy') reads++
        return verb.apply(target, args)
      }
    },
  })
  const store = cached(counting, { clock: () => time.now, ...options })
  const other = await place.open({ clock: () => time.now })
  try {
    await rule({ store, other, time, reads: () => reads })
  } finally {
    await store.close()
    await other.close()
    await place.remove()
  }
}
interface Parts {
  readonly store: Store
  readonly other: Store
  readonly time: { now: number }
  readonly reads: () => number
}

const toldOf = (store: Store, kind: Kind) =>
  new Promise<void>((resolve) => {
    const unwatch = store.watch((kinds) => {
      if (!kinds.has(kind)) return
      unwatch()
      resolve()
    })
  })

test('a watched record is read once, by id and by name, and what is not there too', () =>
  counted(
    async ({ store, reads }) => {
      await store.create('user', user('AIDA1', { name: 'ann' }))
      for (let at = 0; at < 5; at++) {
        assert.equal((await store.get('user', 'AIDA1'))?.id, 'AIDA1')
        assert.equal((await store.getBy('user', 'name', `${account}/ann`))?.id, 'AIDA1')
        assert.equal(await store.get('user', 'AIDA2'), undefined)
      }
      assert.equal(reads(), 3)
    },
    { missFor: 3_600_000 },
  ))

test('records of other kinds are read each time', () =>
  counted(async ({ store, reads }) => {
    await store.create('setting', setting('a'))
    await store.get('setting', 'a')
    await store.get('setting', 'a')
    assert.equal(reads(), 2)
  }))

test('our own change is seen at once, under every key, and leaves other records remembered', () =>
  counted(async ({ store, reads }) => {
    assert.equal(await store.getBy('user', 'name', `${account}/bob`), undefined)
    await store.create('user', user('AIDA1', { name: 'ann' }))
    await store.create('user', user('AIDA2', { name: 'eve' }))
    await store.get('user', 'AIDA2')
    await store.getBy('user', 'name', `${account}/ann`)
    await store.update('user', 'AIDA1', (old) => ({ ...old, name: 'bob' }))
    assert.equal(await store.getBy('user', 'name', `${account}/ann`), undefined)
    assert.equal((await store.getBy('user', 'name', `${account}/bob`))?.name, 'bob')
    assert.equal((await store.get('user', 'AIDA1'))?.name, 'bob')
    const before = reads()
    await store.get('user', 'AIDA2')
    assert.equal(reads(), before)
    await store.delete('user', 'AIDA1')
    assert.equal(await store.get('user', 'AIDA1'), undefined)
  }))

test('a change of another process is seen when the store reports it', () =>
  counted(async ({ store, other }) => {
    await store.create('group', group('g1'))
    await store.get('group', 'g1')
    assert.equal(await store.get('group', 'g2'), undefined)
    const told = toldOf(store, 'group')
    await other.update('group', 'g1', (old) => ({ ...old, path: '/new/' }))
    await other.create('group', group('g2'))
    await told
    assert.equal((await store.get('group', 'g1'))?.path, '/new/')
    assert.ok(await store.get('group', 'g2'))
  }))

test('what was read before a change is not remembered after it', () =>
  counted(async ({ store }) => {
    await store.create('user', user('AIDA1'))
    for (let at = 0; at < 20; at++) {
      const reading = store.get('user', 'AIDA1')
      const changing = store.update('user', 'AIDA1', (old) => ({ ...old, displayName: String(at) }))
      await Promise.all([reading, changing])
      assert.equal((await store.get('user', 'AIDA1'))?.displayName, String(at))
    }
  }))

test('a remembered record expires by the clock', () =>
  counted(async ({ store, time }) => {
    await store.create('revocation', {
      id: 'r',
      accountId: account,
      scope: 'role',
      value: 'AROA',
      before: epoch,
      at: epoch,
      expiresAt: epoch + 10,
    })
    assert.ok(await store.get('revocation', 'r'))
    assert.ok(await store.get('revocation', 'r'))
    time.now = epoch + 10
    assert.equal(await store.get('revocation', 'r'), undefined)
  }))

test('a miss is cached only briefly', () =>
  counted(
    async ({ store, reads }) => {
      await store.get('user', 'AIDA1')
      await new Promise((resolve) => setTimeout(resolve, 20))
      await store.get('user', 'AIDA1')
      assert.equal(reads(), 2)
    },
    { missFor: 5 },
  ))

test('it does not grow beyond its limit, and what is used stays', () =>
  counted(
    async ({ store, reads }) => {
      await Promise.all(Array.from({ length: 100 }, (_, at) => store.create('group', group(`g${at}`))))
      for (let at = 0; at < 100; at++) {
        await store.get('group', `g${at}`)
        await store.get('group', 'g0')
        await store.get('group', `none${at}`)
      }
      assert.ok(reads() >= 200 && reads() <= 215, String(reads()))
      const before = reads()
      await store.get('group', 'g50') // long dropped
      assert.equal(reads(), before + 1)
    },
    { limit: 20 },
  ))
