import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type FileQueue, takeFiles } from './file-queue.ts'

function queueOf(t: TestContext, lanes: readonly (readonly string[])[]): FileQueue {
  const taken = mkdtempSync(join(tmpdir(), 'chancery-queue-'))
  t.after(() => rmSync(taken, { recursive: true }))
  return { lanes: lanes.map((files) => files.map((file) => ({ file, hosted: true }))), taken }
}

test('one process takes every file once, its own lane first and the lanes before it last', (t) => {
  const queue = queueOf(t, [['a1', 'a2'], ['b1'], ['c1', 'c2']])
  assert.deepEqual(
    [...takeFiles(queue, 1)].map(({ file }) => file),
    ['b1', 'c1', 'c2', 'a1', 'a2'],
  )
  assert.deepEqual([...takeFiles(queue, 0)], [])
})

test('who has run the files of its lane takes from others what is not taken, and nothing is taken twice', (t) => {
  const queue = queueOf(t, [['a1', 'a2', 'a3'], ['b1']])
  const processes = [takeFiles(queue, 0), takeFiles(queue, 1)]
  const takes = [0, 1, 1, 0, 1, 0].map((which) => processes[which]?.next().value?.file)
  assert.deepEqual(takes, ['a1', 'b1', 'a2', 'a3', undefined, undefined])
})
