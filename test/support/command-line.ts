// Runs a command line in this process, on a screen that is kept: a process of its own costs half a second of processor time.
import { Readable } from 'node:stream'
import type { CommandContext } from '../../src/cli/context.ts'
import { processContext } from '../../src/cli/process-context.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { issuerOf } from '../../src/config.ts'
import { Problem } from '../../src/problem.ts'
import type { Ran } from './outside-tool.ts'

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

export interface CommandSurroundings {
  readonly env?: Readonly<Record<string, string>>
  /** What stands on standard input. */
  readonly input?: string | Uint8Array
  /** Where the settings are looked for; files are found from the directory of this process. */
  readonly directory?: string
}

/**
 * Runs a command as `cli.ts` does, on real files, stores and servers, with nothing of our own environment but the path. One
 * that a signal ends, or whose process matters otherwise, is run with `run` of outside-tool.ts.
 */
export async function runCommandHere(
  args: readonly string[],
  { env = {}, input = '', directory = '/nonexistent' }: CommandSurroundings = {},
): Promise<Ran> {
  const screen = { out: '', err: '' }
  const bytes = Buffer.from(input)
  const context = processContext({
    out: (text) => {
      screen.out += text
    },
    err: (text) => {
      screen.err += text
    },
    isTerminal: false,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    directory,
    input: { whole: () => bytes, stream: () => Readable.from([bytes]) },
    stopped: () => new AbortController().signal,
    openExisting: async (settings) =>
      (await import('../../src/wire.ts')).openExistingChancery(settings, issuerOf(settings)),
  })
  return { code: await runCommandLine(args, context), ...screen }
}
