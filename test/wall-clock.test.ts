// No test measures time on the clock: a busy machine would fail it; and none waits without a limit: it would not end when it fails. Bounds are counts, processor time
// (support/processor-time.ts), the order of events (support/waiting.ts) or a clock that the test sets.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'

const root = import.meta.dirname
/** Records when operations began and ended, and checks their order alone. */
const recordsHistory = 'faults/take.test.ts'

test('no test measures time on the clock', () => {
  const measuring = globSync('**/*.{test,long,mongodb}.ts', { cwd: root })
    .filter((file) => file !== recordsHistory)
    .flatMap((file) =>
      readFileSync(resolve(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          /performance\.(now|timeOrigin)|process\.hrtime|Date\.now\(\) - (began|start|before|since|then)/i.test(
            line,
          )
            ? [`${file}:${at + 1}`]
            : [],
        ),
    )
  assert.deepEqual(measuring, [])
})

test('no test has less time than a busy machine may need for it', () => {
  const hurried = globSync('**/*.{test,long,mongodb}.ts', { cwd: root }).flatMap((file) =>
    readFileSync(resolve(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (/\btimeout: [1-5]?\d_000\b/.test(line) ? [`${file}:${at + 1}`] : [])),
  )
  assert.deepEqual(hurried, [])
})

/** A loop around a pause, unless it has a limit of its own on the clock. The benchmarks, and processes that a test ends, are not tests. */
const endlessWait =
  /(while|for) \((?!const|let)(?!.*performance\.now).*\)( \{\n)? *await (new Promise\b.*(setTimeout|setImmediate)|(pause|wait|later|sleep)\()/

test('what a test waits for has a limit (support/waiting.ts)', () => {
  const waiting = globSync('**/*.ts', { cwd: root })
    .filter((file) => !/^bench\/|-child\.ts$|^agent\/sdk-caller\.ts$/.test(file))
    .filter((file) => endlessWait.test(readFileSync(resolve(root, file), 'utf8')))
  assert.deepEqual(waiting, [])
})
