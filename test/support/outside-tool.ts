// Tools a machine may lack. A test that needs one is skipped with the reason in its name's line; in CI, where all of
// them are installed, it fails instead.
import { execFile, spawnSync } from 'node:child_process'

/** Why a command cannot be used here; false when it can. What node:test's `skip` takes. */
export function lacking(command: string, ...args: readonly string[]): string | false {
  const { error, status } = spawnSync(command, args, { stdio: 'ignore' })
  if (!error && status === 0) return false
  const reason = `${[command, ...args].join(' ')} does not run on this machine`
  if (process.env['CI'] === 'true') throw new Error(`${reason}, and CI allows no skip`)
  return reason
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command to its end with nothing of our own environment but the path. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(
      command,
      [...args],
      { env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env }, timeout: 60_000 },
      (error, out, err) => done({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
    // A command may end before it has read its input (EPIPE); what it answered is the result all the same.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
