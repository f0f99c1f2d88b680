import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decide, explain } from '../../src/policy/engine/decide.ts'
import { caseCount } from '../support/long-form.ts'
import { randomCases } from './random-cases.ts'
import { referenceDecide } from './reference.ts'
import { layersOf, plain } from './support.ts'

test('the engine decides as the reference evaluator does, for the same statements', () => {
  fc.assert(
    fc.property(randomCases, ({ requests, layers }) => {
      const compiled = layersOf(layers)
      for (const request of requests)
        assert.deepEqual(plain(decide(request, compiled)), referenceDecide(request, layers))
    }),
    { numRuns: caseCount({ short: 200, long: 500 }) },
  )
})

test('an explanation never decides otherwise, and names a change exactly for a deny', () => {
  fc.assert(
    fc.property(randomCases, ({ requests, layers }) => {
      const compiled = layersOf(layers)
      for (const request of requests) {
        const explanation = explain(request, compiled)
        assert.deepEqual(plain(explanation), plain(decide(request, compiled)))
        assert.equal(explanation.nearest !== undefined, explanation.effect === 'deny')
        if (explanation.reason === 'explicit_deny')
          assert.ok(explanation.layers.some(({ said }) => said === 'explicit_deny'))
      }
    }),
    { numRuns: caseCount({ short: 80, long: 200 }) },
  )
})
