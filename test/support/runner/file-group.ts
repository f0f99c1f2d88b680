// Several test files in one process, one after the other, which saves the start of a process and the loading of what they
// share. Each file is a test named after it, whose parts are the tests of the file: its hooks are its own, and so is its
// time limit. A file is loaded when its turn comes, because some take the time as they are loaded.
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type FileQueue, takeFiles } from './file-queue.ts'
import './keep-compressed.ts'
import { processorTimeWithChildren } from '../processor-time.ts'
import { beginGroup, endGroup } from './group.ts'

/** Milliseconds for one test file. */
export const fileLimit = 240_000

/** What one test file took, in milliseconds: on the clock, and of processors, with the processes that it started and ended. */
export interface FileTime {
  readonly file: string
  readonly clock: number
  readonly processor: number
}

export interface FileGroup {
  readonly queue: FileQueue
  /** Which lane of the queue this process begins with. */
  readonly first: number
  /** What the names of the files are relative to. */
  readonly root: string
  /** Path of a file to which a line of JSON, a `FileTime`, is added after each test file. */
  readonly times: string
}

/** Runs a test for each file that this process takes; resolves when none is left. */
export async function runFiles({ queue, first, root, times }: FileGroup): Promise<void> {
  // Node ends a run when nothing is open that could go on, and what a test waits for, such as a store's watch, need not count.
  const open = setInterval(() => undefined, fileLimit)
  beginGroup()
  for (const { file, hosted } of takeFiles(queue, first)) {
    process.env['CHANCERY_TEST_SERVERS'] = hosted ? 'hosted' : 'own'
    await test(relative(root, file), { timeout: fileLimit }, async (t) => {
      const clock = performance.now()
      const processor = processorTimeWithChildren()
      await import(pathToFileURL(file).href)
      // After the hooks of the file, which were set as it was loaded: the processes that they end count.
      t.after(() => {
        const took: FileTime = {
          file: relative(root, file),
          clock: performance.now() - clock,
          processor: processorTimeWithChildren() - processor,
        }
        appendFileSync(times, `${JSON.stringify(took)}\n`)
      })
    })
  }
  await endGroup()
  clearInterval(open)
}
