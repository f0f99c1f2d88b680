import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decide, explain } from '../../src/policy/decide.ts'
import { randomCase } from './random-cases.ts'
import { referenceDecide } from './reference.ts'
import { layersOf, plain } from './support.ts'

test('the engine decides as the reference evaluator does, for the same statements', () => {
  fc.assert(
    fc.property(randomCase, ({ request, layers }) => {
      assert.deepEqual(plain(decide(request, layersOf(layers))), referenceDecide(request, layers))
    }),
    { numRuns: 4000 },
  )
})

test('an explanation never decides otherwise, and names a change exactly for a deny', () => {
  fc.assert(
    fc.property(randomCase, ({ request, layers }) => {
      const compiled = layersOf(layers)
      const explanation = explain(request, compiled)
      assert.deepEqual(plain(explanation), plain(decide(request, compiled)))
      assert.equal(explanation.nearest !== undefined, explanation.effect === 'deny')
      const refusal = explanation.layers.find(({ said }) => said === 'explicit_deny')
      assert.equal(
        refusal !== undefined && explanation.reason !== 'allowed',
        explanation.reason === 'explicit_deny',
      )
    }),
    { numRuns: 1000 },
  )
})
