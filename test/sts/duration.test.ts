import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../src/problem.ts'
import { type DurationLimits, sessionDuration } from '../../src/sts/duration.ts'

const plain: DurationLimits = { role: 7200, chained: false }
const rows: readonly (readonly [
  asked: number | undefined,
  limits: DurationLimits,
  result: number | RegExp,
])[] = [
  [undefined, plain, 3600],
  [undefined, { ...plain, role: 43_200 }, 3600],
  [7200, plain, 7200],
  [7201, plain, /MaxSessionDuration/],
  [900, plain, 900],
  [undefined, { ...plain, chained: true }, 3600],
  [3600, { ...plain, chained: true }, 3600],
  [3601, { ...plain, chained: true }, /1 hour session limit for roles assumed by role chaining/],
  [undefined, { ...plain, remaining: 300 }, 300],
  [undefined, { ...plain, remaining: 9000 }, 3600],
  [900, { ...plain, remaining: 899 }, /lifetime of the presented credential/],
]
for (const [asked, limits, result] of rows) {
  test(`${asked ?? 'no'} s of ${JSON.stringify(limits)} is ${result}`, () => {
    if (typeof result === 'number') assert.equal(sessionDuration(asked, limits), result)
    else {
      const told = (error: unknown) =>
        error instanceof Problem && error.code === 'validation' && result.test(error.message)
      assert.throws(() => sessionDuration(asked, limits), told)
    }
  })
}
