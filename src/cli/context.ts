// What commands are given: the files, the settings, the screen and the parts of the server they work on. A test gives its
// own; cli.ts gives the real ones.
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import type { ProviderCommandContext } from '../federation/command/command-context.ts'
import type { AdministratorReset, ResetRequest } from '../iam/people/reset-administrator.ts'
import type { OpenedPreview } from '../oidc/client-preview.ts'
import { UsageError } from '../policy/command/command-result.ts'
import { Problem } from '../problem.ts'
import type { TrustTestStore } from '../sts/trust-trial/trust-command.ts'
import type { CallAdmin } from './admin/answer.ts'
import type { CallIam } from './admin/client.ts'

/** Where a command's text goes. */
export interface Screen {
  /** Standard output: the answer. */
  out(text: string): void
  /** Standard error: faults, notes and progress. */
  err(text: string): void
  /** Whether standard error is a terminal, on which a progress bar can be redrawn. */
  readonly isTerminal: boolean
}

export interface CommandContext extends Screen {
  /** Text of a file, or of standard input for `-`. @throws Problem('invalid_input') naming the file */
  readonly read: (file: string) => string
  /** Content of a file that is no text. @throws Problem('invalid_input') naming the file */
  readonly readBytes: (file: string) => Buffer
  /** The bytes of a file, or of standard input for `-`. @throws Problem('invalid_input') naming the file, when it is read */
  readonly open: (file: string) => AsyncIterable<Uint8Array>
  /** Epoch seconds. */
  readonly now: () => number
  /** Environment variables. */
  readonly env: () => Readonly<Record<string, string | undefined>>
  /** @throws Problem('invalid_input') with every fault of the settings */
  readonly config: () => Config
  /** The data directory of the settings, also when other settings have faults. */
  readonly dataDir: () => string
  /** The identity providers of the configuration file and of the store, if there is one. */
  readonly openProviders: () => Promise<OpenedProviders>
  /** What evaluating a role's trust in a token takes. @throws Problem('not_found') when there is no store */
  readonly openTrying: (config: Config) => Promise<TrustTestStore>
  /** What showing a client's tokens takes. @throws Problem('not_found') when there is no store */
  readonly openPreview: (config: Config) => Promise<OpenedPreview>
  /** @throws Problem('not_found') when there is no store */
  readonly createInitialAccessToken: (
    config: Config,
    options: { readonly expiresIn: number },
  ) => Promise<string>
  /** See `chancery admin reset`. @throws Problem('not_found') when there is no store */
  readonly resetAdministrator: (
    config: Config,
    request: Omit<ResetRequest, 'accountId'>,
  ) => Promise<Omit<AdministratorReset, 'token'> & { readonly url: string | undefined }>
  /** A request to the admin API of a server. @throws Problem that says what to do when it cannot be sent */
  readonly callAdmin: CallAdmin
  /** A request to the IAM interface of a server. @throws Problem that says what to do, or what IAM refused */
  readonly callIam: CallIam
  /** Aborted by SIGINT and SIGTERM. */
  readonly stopped: () => AbortSignal
}

export type OpenedProviders = ProviderCommandContext & { close(): Promise<void> }

/** How a command ended: 0 fine or allowed, 1 findings or denied, 2 the question could not be asked. */
export type ExitCode = 0 | 1 | 2

/** The exit code of the command that ran. */
export interface Ended {
  code: ExitCode
}

/** Makes a command; commander's actions return nothing, so its exit code goes into `ended`. */
export type MakeCommand = (context: CommandContext, ended: Ended) => Command

/**
 * Runs a command's work and keeps its exit code. What it expects to fail with is printed: with 2 for a question that could
 * not be asked, else with `onProblem`.
 */
export async function ending(
  { context, ended, onProblem = 1 }: EndingOptions,
  work: () => Promise<ExitCode> | ExitCode,
): Promise<void> {
  try {
    ended.code = await work()
  } catch (error) {
    if (error instanceof UsageError) {
      context.err(`${error.message}\n`)
      ended.code = 2
    } else if (error instanceof Problem) {
      context.err(`chancery: ${error.message}\n`)
      ended.code = onProblem
    } else if (isSystemError(error)) {
      context.err(`chancery: ${error.message}\n`)
      ended.code = onProblem
    } else throw error
  }
}

/** What the system refused about a file that the caller named, with its path; Node's stack would hide it. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'path' in error

interface EndingOptions {
  readonly context: CommandContext
  readonly ended: Ended
  readonly onProblem?: 1 | 2
}

/** Prints what a command says and gives its exit code. */
export function printed(
  screen: Pick<Screen, 'out' | 'err'>,
  { code, out, err }: { readonly code: ExitCode; readonly out: string; readonly err: string },
): ExitCode {
  if (out !== '') screen.out(`${out}\n`)
  if (err !== '') screen.err(`${err}\n`)
  return code
}
