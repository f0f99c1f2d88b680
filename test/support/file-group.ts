// Several test files in one process, one after the other, which saves the start of a process and the loading of what they
// share. Each file is a test named after it, whose parts are the tests of the file: its hooks are its own, and so is its
// time limit. A file is loaded when its turn comes, because some take the time as they are loaded.
import { relative } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

/** Milliseconds for one test file. */
export const fileLimit = 240_000

/** @param files absolute paths of test files; @param root what their names are relative to */
export function runFiles(files: readonly string[], root: string): void {
  for (const file of files)
    test(relative(root, file), { timeout: fileLimit }, async () => {
      await import(pathToFileURL(file).href)
    })
}
