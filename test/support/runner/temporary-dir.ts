// Where tests keep files. Those of one run are in memory where there is room: stores write each change to the disk before they
// answer, which took a quarter of the processor time of `npm test` and most of its waiting.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that a run may need, in the file system and in memory. */
const room = 4 * 2 ** 30

/** For what is built or unpacked once a machine: it stays when `TMPDIR` names the directory of one run. */
export const machineDir: string = process.env['CHANCERY_TEST_MACHINE_DIR'] ?? tmpdir()

/**
 * Environment of a run whose temporary files are in memory, until this process ends; empty where there is no file system in memory
 * (tmpfs(5)) that has room and runs programs. A directory that `TMPDIR` names already is used as it is.
 */
export function filesInMemory(): Readonly<Record<string, string>> {
  if (process.env['TMPDIR'] !== undefined) return {}
  const dir = dirInMemory('/dev/shm')
  if (dir === undefined) return {}
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  return { TMPDIR: dir, CHANCERY_TEST_MACHINE_DIR: machineDir }
}

function dirInMemory(parent: string): string | undefined {
  let dir: string | undefined
  try {
    const { bavail, bsize } = statfsSync(parent)
    if (Math.min(bavail * bsize, process.availableMemory()) < room) return undefined
    dir = mkdtempSync(join(parent, 'chancery-'))
    // Database servers run as another user (unprivileged.ts), and must reach their own directories in it.
    chmodSync(dir, 0o711)
    // Containers often forbid programs there.
    const program = join(dir, 'program')
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 })
    execFileSync(program)
    rmSync(program)
    return dir
  } catch {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true })
    return undefined
  }
}
