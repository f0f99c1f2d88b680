import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationsOf } from '../../src/iam/operations.ts'

class Counters {
  #count = 0

  async countUp(_call: object, by: number): Promise<number> {
    this.#add(by)
    return this.#count
  }

  #add(by: number): void {
    this.#count += by
  }
}

class WithPublicHelper extends Counters {
  double(value: number): number {
    return 2 * value
  }
}

test('the public methods of a class, and only they, become functions that can be called alone', async () => {
  const operations = operationsOf(new Counters())
  assert.deepEqual(Object.keys(operations), ['countUp'])
  const { countUp } = operations
  assert.equal(await countUp({}, 2), 2)
  assert.equal(await countUp({}, 3), 5)
})

test('the compiler refuses a class with a public method that is not an operation', () => {
  // @ts-expect-error `double` is not an operation: it neither takes a call nor returns a promise
  operationsOf(new WithPublicHelper())
})
