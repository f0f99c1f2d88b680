import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Revision, type Revisions, Watching } from '../../../src/store/mongo/watching.ts'
import type { Kind } from '../../../src/store/records.ts'
import { until } from '../../support/waiting.ts'

/** The revision documents in memory, as two processes see them. */
class Documents implements Revisions {
  number = 0
  readonly under = new Set<string>()
  away = false

  async read(): Promise<readonly Revision[]> {
    this.#there()
    return [{ kind: 'user', number: this.number, open: [...this.under] }]
  }

  async open(_kind: Kind, change: string): Promise<void> {
    this.#there()
    await wait(2)
    this.under.add(change)
  }

  async close(_kind: Kind, change: string, done: boolean): Promise<number> {
    this.#there()
    this.under.delete(change)
    if (done) this.number++
    return this.number
  }

  #there(): void {
    if (this.away) throw new Error('away')
  }
}

async function watching(documents: Documents) {
  const one = await Watching.start(documents, { pollEvery: 1_000_000, suspectAfter: 20, removeAfter: 60 })
  const told: unknown[] = []
  one.add((_, changes) => told.push(changes))
  return { one, told }
}

const did = () => true
const ann = { kind: 'user', id: 'ann' } as const

test('a change is announced before it is made and acknowledged after its number moved on', async () => {
  const documents = new Documents()
  const [a, b] = [await watching(documents), await watching(documents)]
  const result = await a.one.change(
    ann,
    async () => {
      assert.equal(documents.under.size, 1)
      await b.one.look()
      assert.deepEqual(b.told, [])
      return 'made'
    },
    did,
  )
  assert.equal(result, 'made')
  assert.deepEqual([documents.number, documents.under.size], [1, 0])
  assert.deepEqual(a.told, [[ann]])
  await Promise.all([a.one.look(), b.one.look()])
  assert.deepEqual([a.told.length, b.told], [1, [undefined]])
  await b.one.look()
  assert.equal(b.told.length, 1)
  for (const { one } of [a, b]) one.stop()
})

test('a poll that sees an own change before its number was received reports nothing else', async () => {
  class Slow extends Documents {
    override async close(kind: Kind, change: string, done: boolean): Promise<number> {
      const number = await super.close(kind, change, done)
      await one.look()
      return number
    }
  }
  const documents = new Slow()
  const { one, told } = await watching(documents)
  for (let n = 0; n < 2; n++) await one.change(ann, async () => undefined, did)
  await one.look()
  assert.deepEqual(told, [[ann], [ann]])
  // With nothing of ours under way, what others did is told at once.
  documents.number++
  await one.look()
  assert.deepEqual(told.slice(2), [undefined])
  one.stop()
})

test('who is woken while it looks looks once more', async () => {
  class Slow extends Documents {
    override async read(): Promise<readonly Revision[]> {
      const revisions = await super.read()
      await wait(2)
      return revisions
    }
  }
  const documents = new Slow()
  const { one, told } = await watching(documents)
  const looking = one.look()
  documents.number++
  await one.look()
  await looking
  assert.deepEqual(told, [undefined])
  one.stop()
})

test('an own change in progress is never reported as one of a dead process', async () => {
  const documents = new Documents()
  const { one, told } = await watching(documents)
  await one.change(
    ann,
    async () => {
      for (let n = 0; n < 3; n++) {
        await one.look()
        await wait(40)
      }
      assert.deepEqual([told.length, documents.under.size], [0, 1])
    },
    did,
  )
  one.stop()
})

test('an operation that changed nothing is not reported', async () => {
  const documents = new Documents()
  const { one, told } = await watching(documents)
  await one.change(
    ann,
    async () => 0,
    () => false,
  )
  assert.deepEqual([told.length, documents.number, documents.under.size], [0, 0, 0])
  one.stop()
})

test('changes of others are seen although own operations that change nothing never pause', async () => {
  const nothing = () =>
    one.change(
      ann,
      async () => 0,
      () => false,
    )
  class Busy extends Documents {
    override async read(): Promise<readonly Revision[]> {
      const revisions = await super.read()
      if (this.number > 0) await nothing()
      return revisions
    }
  }
  const documents = new Busy()
  const { one, told } = await watching(documents)
  documents.number++
  await one.look()
  await one.look()
  assert.deepEqual(told, [undefined])
  one.stop()
})

test('a look whose answer was lost holds up no other', async () => {
  class Losing extends Documents {
    lost = 0
    override async read(): Promise<readonly Revision[]> {
      if (this.number > 0 && this.lost++ === 0) await new Promise(() => undefined)
      return super.read()
    }
  }
  const documents = new Losing()
  const one = await Watching.start(documents, { pollEvery: 10, pollTimeout: 20 })
  const told: unknown[] = []
  one.add((_, changes) => told.push(changes))
  documents.number++
  await until('a later look has told', () => told.length > 0)
  assert.deepEqual([documents.lost > 1, told], [true, [undefined]])
  one.stop()
})

test('our own number shows that others changed something in between', async () => {
  const documents = new Documents()
  const { one, told } = await watching(documents)
  await one.change(
    ann,
    async () => {
      documents.number++
    },
    did,
  )
  assert.deepEqual(told, [undefined])
  one.stop()
})

test('a change whose process died is as if it happened at every look, until it is struck out', async (t) => {
  let clock = 1000
  t.mock.method(performance, 'now', () => clock)
  const documents = new Documents()
  const { one, told } = await watching(documents)
  documents.under.add('of a process that was killed')
  await one.look()
  assert.equal(told.length, 0)
  clock += 30
  await one.look()
  await one.look()
  assert.equal(told.length, 2)
  clock += 50
  await one.look()
  assert.deepEqual([documents.under.size, documents.number], [0, 1])
  await one.look()
  const after = told.length
  await one.look()
  assert.equal(told.length, after)
  one.stop()
})

test('a failed change is reported, and its number is incremented when the store is available again', async () => {
  const documents = new Documents()
  const { one, told } = await watching(documents)
  const half = one.change(
    ann,
    async () => {
      documents.away = true
      throw new Error('away')
    },
    did,
  )
  await assert.rejects(half, /away/)
  assert.deepEqual(told, [undefined])
  assert.equal(documents.under.size, 1)
  documents.away = false
  await until('the change is no longer under way', () => documents.under.size === 0)
  assert.deepEqual([documents.under.size, documents.number], [0, 1])
  one.stop()
})
