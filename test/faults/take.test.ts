// The store's `take` over recorded histories of several processes.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { artifact } from '../store/sample.ts'
import { sqlitePlace } from '../store/sqlite-place.ts'
import { isLinearizable, type Operation, onceModel, type Spent } from './linearizable.ts'

type History = readonly Operation<'spend', Spent>[]

/** Three processes take sixty things at the same time; the third is killed while it takes the one in the middle. */
async function histories(t: TestContext): Promise<readonly History[]> {
  const place = await sqlitePlace()
  const store = await place.open()
  const children = await Promise.all([place.child(), place.child(), place.child()])
  t.after(async () => {
    await Promise.all(children.map((child) => child.end()))
    await store.close()
    await place.remove()
  })
  const dead = new Set<number>()
  const all: History[] = []
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
    assert.equal(await store.get('artifact', id), undefined)
    all.push(history)
  }
  return all
}

const possible = (history: History): boolean => isLinearizable(onceModel, history)

test('whoever takes a record, in whatever process, the history is one of a thing that is taken once', async (t) => {
  const all = await histories(t)
  for (const history of all) assert.ok(possible(history), JSON.stringify(history))
  const winners = all.flat().filter(({ output }) => typeof output === 'object').length
  assert.ok(winners >= 59)
})

test('a store in which of two takers both win is caught', async (t) => {
  process.env['MUTANT'] = 'of two takers both win'
  process.env['NODE_OPTIONS'] = `--import ${new URL('mutant.ts', import.meta.url)}`
  t.after(() => {
    for (const name of ['MUTANT', 'NODE_OPTIONS']) delete process.env[name]
  })
  const impossible = (await histories(t)).filter((history) => !possible(history)).length
  t.diagnostic(`${impossible} impossible histories of 60`)
  assert.ok(impossible > 0)
})
