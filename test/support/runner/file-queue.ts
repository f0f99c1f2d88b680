// The test files of a run, which several processes take one by one: a process that has run those of its own lane takes those
// of the others, so that none ends long before the others.
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

export interface QueuedFile {
  /** Absolute path. */
  readonly file: string
  /** Whether its servers run one after the other in a process (server-host.ts). */
  readonly hosted: boolean
}

export interface FileQueue {
  /** Each the files that a process begins with, in order. */
  readonly lanes: readonly (readonly QueuedFile[])[]
  /** A directory, empty at first, in which a file is made for each test file that is taken. */
  readonly taken: string
}

/**
 * Takes the files that no process has taken yet, those of lane `first` before those of the lanes after it, and at last those of
 * the lanes before it. The next is taken when it is asked for.
 */
export function* takeFiles({ lanes, taken }: FileQueue, first: number): Generator<QueuedFile, void> {
  for (const at of lanes.keys()) {
    const lane = (first + at) % lanes.length
    for (const [n, file] of (lanes[lane] ?? []).entries())
      if (isFirst(join(taken, `${lane}-${n}`))) yield file
  }
}

/** Whether no process has called this for the path before. */
function isFirst(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
