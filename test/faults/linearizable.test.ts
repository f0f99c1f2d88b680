import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLinearizable, type Model, type Operation, onceModel, type Spent } from './linearizable.ts'
import { seeded } from './seed.ts'

type Op = Operation<'spend', Spent>
const op = (began: number, ended: number, output: Spent | undefined): Op => ({
  input: 'spend',
  output,
  began,
  ended,
})
const won = (by = 'a') => ({ won: by })

const cases: readonly (readonly [string, boolean, readonly Op[]])[] = [
  ['nothing happened', true, []],
  ['one wins, one loses at the same time', true, [op(0, 9, won()), op(1, 8, 'lost')]],
  ['the loser called first and the winner in the meantime', true, [op(0, 9, 'lost'), op(1, 8, won())]],
  ['two win', false, [op(0, 9, won('a')), op(1, 8, won('b'))]],
  ['two win one after the other', false, [op(0, 1, won('a')), op(2, 3, won('b'))]],
  ['the same answer twice', true, [op(0, 1, won('a')), op(2, 3, won('a'))]],
  ['one loses before anybody can have won', false, [op(0, 1, 'lost'), op(2, 3, won())]],
  ['one loses and nobody wins', false, [op(0, 1, 'lost')]],
  ['one loses to somebody whose answer was lost', true, [op(0, 1, undefined), op(2, 3, 'lost')]],
  ['an answer was lost and never came to be', true, [op(0, 1, undefined), op(2, 3, won())]],
  ['one loses to somebody who called later', false, [op(0, 1, 'lost'), op(2, 3, undefined)]],
  [
    'lost answer, then its winner, then another',
    false,
    [op(0, 1, undefined), op(2, 3, won('a')), op(4, 5, won('b'))],
  ],
  [
    'who wins after one has lost to a lost answer gets that one’s',
    true,
    [op(0, 1, undefined), op(2, 3, 'lost'), op(4, 5, won('a'))],
  ],
]
for (const [what, holds, history] of cases) {
  test(`spent once: ${what} is ${holds ? 'possible' : 'refused'}`, () => {
    assert.equal(isLinearizable(onceModel, history), holds)
    assert.equal(
      isLinearizable(onceModel, history.toReversed()),
      holds,
      'in whatever order it was written down',
    )
  })
}

/** A register, so that the search is tried on something with more states than two. */
const register: Model<number, { readonly write: number } | 'read', number | 'ok'> = {
  initial: 0,
  after(state, input, output) {
    if (input === 'read') return output === undefined || output === state ? [state] : []
    return output === undefined ? [input.write, state] : [input.write]
  },
  key: String,
}

test('every history that one register can give is accepted; one read of what never was is refused', () => {
  const random = seeded(7)
  for (let round = 0; round < 200; round++) {
    let state = 0
    const history = Array.from({ length: 12 }, (_, n) => {
      const at = n * 10
      const span = { began: at - random.below(25), ended: at + 1 + random.below(25) }
      if (random.below(2) === 0) return { input: 'read' as const, output: state, ...span }
      state = n + 1
      const output = random.below(4) === 0 ? undefined : ('ok' as const)
      return { input: { write: state }, output, ...span }
    })
    assert.equal(isLinearizable(register, history), true)
    const never = { input: 'read' as const, output: 99, began: 30, ended: 60 }
    assert.equal(isLinearizable(register, [...history, never]), false)
    // What was first is nobody's to write: once it was overwritten for certain it cannot come back.
    const last = { input: { write: 50 }, output: 'ok' as const, began: 1000, ended: 1001 }
    const stale = { input: 'read' as const, output: 0, began: 1002, ended: 1003 }
    assert.equal(isLinearizable(register, [...history, last, stale]), false)
  }
})
