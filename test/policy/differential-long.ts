// node test/policy/differential-long.ts --cases 1000000 [--seed 1]
// The engine against the reference over random policies and requests; prints the count, fails on the first difference.
import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { decide } from '../../src/policy/engine/decide.ts'
import { randomCases, requestsPerCase } from './random-cases.ts'
import { referenceDecide } from './reference.ts'
import { layersOf, plain } from './support.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const cases = Number(values.cases)
const started = Date.now()
const seen = new Map<string, number>()
fc.assert(
  fc.property(randomCases, ({ requests, layers }) => {
    const compiled = layersOf(layers)
    for (const request of requests) {
      const decision = plain(decide(request, compiled))
      assert.deepEqual(decision, referenceDecide(request, layers))
      const kind = `${decision.reason}${decision.layer ? ` by ${decision.layer}` : ''}`
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
    }
  }),
  {
    numRuns: Math.ceil(cases / requestsPerCase),
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  },
)
console.log(`${cases} cases without a difference in ${Math.round((Date.now() - started) / 1000)} s`)
for (const [kind, count] of [...seen].sort((a, b) => b[1] - a[1])) console.log(`  ${kind}: ${count}`)
