// The store's `take` over recorded histories of several processes, one of which is killed in the middle.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { artifact } from '../store/sample.ts'
import { sqlitePlace } from '../store/sqlite-place.ts'
import { isLinearizable, type Operation, onceModel, type Spent } from './linearizable.ts'

test('whoever takes a record, in whatever process, the history is one of a thing that is taken once', async (t) => {
  const place = await sqlitePlace()
  const store = await place.open()
  const children = await Promise.all([place.child(), place.child(), place.child()])
  t.after(async () => {
    await Promise.all(children.map((child) => child.end()))
    await store.close()
    await place.remove()
  })
  const dead = new Set<number>()
  let winners = 0
  for (let n = 0; n < 60; n++) {
    const id = `thing-${n}`
    await store.create('artifact', artifact(id))
    const history: Operation<'spend', Spent>[] = []
    const take = async (which: number): Promise<void> => {
      const child = children[which]
      if (!child || dead.has(which)) return
      const began = performance.now()
      const killed = n === 30 && which === 2
      const asked = child.ask({ do: 'take', ids: [id], times: 1 })
      if (killed) {
        dead.add(which)
        await child.end()
        // Its answer is nobody's to know.
        asked.catch(() => undefined)
        history.push({ input: 'spend', output: undefined, began, ended: performance.now() })
        return
      }
      const won = (await asked).includes(id)
      history.push({
        input: 'spend',
        output: won ? { won: `process ${which}` } : 'lost',
        began,
        ended: performance.now(),
      })
    }
    await Promise.all(children.map((_, which) => take(which)))
    assert.ok(isLinearizable(onceModel, history), JSON.stringify(history))
    winners += history.filter(({ output }) => typeof output === 'object').length
    assert.equal(await store.get('artifact', id), undefined)
  }
  assert.ok(winners >= 59)
})
