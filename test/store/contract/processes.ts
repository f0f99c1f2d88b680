// Several processes on one store.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Kind } from '../../../src/store/records.ts'
import { until } from '../../support/waiting.ts'
import type { Child } from '../children.ts'
import { account, artifact, counter } from '../sample.ts'
import type { Place, Rule } from './place.ts'

async function started(t: TestContext, at: Place, count: number): Promise<Child[]> {
  const children = await Promise.all(Array.from({ length: count }, () => at.child()))
  t.after(() => Promise.all(children.map((child) => child.end())))
  return children
}

export function processes(rule: Rule): void {
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

  rule('another process learns of a change, once, and of no other', async (t, at) => {
    const store = await at.open()
    t.after(() => store.close())
    const [child] = await started(t, at, 1)
    assert.ok(child)
    const told: ReadonlySet<Kind>[] = []
    store.watch((kinds) => told.push(kinds))
    await child.ask({ do: 'create-user', id: 'AIDA1' })
    assert.equal((await store.get('user', 'AIDA1'))?.id, 'AIDA1')
    await until('the change is told', () => told.length > 0)
    await child.ask({ do: 'take', ids: ['nothing'], times: 1 })
    await child.ask({ do: 'spend', count: 1 })
    // Whatever was told of these came before this one, or with it.
    await child.ask({ do: 'create-user', id: 'AIDA2' })
    await until('the next change is told', () => told.length > 1)
    assert.deepEqual(told, [new Set(['user']), new Set(['user'])])
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
