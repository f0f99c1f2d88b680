// Several test files in one process, one after the other, which saves the start of a process and the loading of what they
// share. Each file is a test named after it, whose parts are the tests of the file: its hooks are its own, and so is its
// time limit. A file is loaded when its turn comes, because some take the time as they are loaded.
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { beginGroup, endGroup } from './group.ts'
import { processorTimeWithChildren } from './processor-time.ts'

/** Milliseconds for one test file. */
export const fileLimit = 240_000

/** What one test file took, in milliseconds: on the clock, and of processors, with the processes that it started and ended. */
export interface FileTime {
  readonly file: string
  readonly clock: number
  readonly processor: number
}

export interface FileGroup {
  /** Absolute paths of test files. */
  readonly files: readonly string[]
  /** What the names of the files are relative to. */
  readonly root: string
  /** Whether servers run one after the other in a process (server-host.ts). */
  readonly hosted: boolean
  /** Path of a file to which a line of JSON, a `FileTime`, is added after each test file. */
  readonly times: string
}

/** Defines a test for each file. */
export function runFiles({ files, root, hosted, times }: FileGroup): void {
  if (hosted) process.env['CHANCERY_TEST_SERVERS'] = 'hosted'
  beginGroup()
  after(endGroup)
  for (const file of files)
    test(relative(root, file), { timeout: fileLimit }, async (t) => {
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
