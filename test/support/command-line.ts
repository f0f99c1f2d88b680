// Runs a command line in this process, on a screen that is kept.
import type { CommandContext } from '../../src/cli/context.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { Problem } from '../../src/problem.ts'

export interface CommandResult {
  readonly code: number
  /** Without the last line feed. */
  readonly out: string
  readonly err: string
}

const notHere = (): never => {
  throw new Problem('unavailable', 'not in this test')
}

/** What a command does not get from `given` is not there. */
export async function runCommand(
  args: readonly string[],
  given: Partial<CommandContext> = {},
): Promise<CommandResult> {
  let out = ''
  let err = ''
  const code = await runCommandLine(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isTerminal: false,
    now: () => 1_750_000_000,
    env: () => ({}),
    read: notHere,
    readBytes: notHere,
    open: notHere,
    config: notHere,
    dataDir: notHere,
    openProviders: notHere,
    openTrying: notHere,
    openPreview: notHere,
    createInitialAccessToken: notHere,
    resetAdministrator: notHere,
    callAdmin: notHere,
    callIam: notHere,
    stopped: () => new AbortController().signal,
    ...given,
  })
  return { code, out: out.replace(/\n$/, ''), err: err.replace(/\n$/, '') }
}
