// The context of commands on real files, settings and servers. `cli.ts` gives it the process that it runs in.
import { createReadStream, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Config, dataDirOf, readConfig } from '../config.ts'
import type { ResetRequest } from '../iam/people/reset-administrator.ts'
import { Problem } from '../problem.ts'
import type { CommandContext, Screen } from './context.ts'

/** What of a process commands can see. */
export interface CommandProcess extends Screen {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the settings are looked for. */
  readonly directory: string
  readonly input: {
    /** All of standard input. */
    readonly whole: () => Buffer
    readonly stream: () => AsyncIterable<Uint8Array>
  }
  /** Aborted when the command is asked to end. */
  readonly stopped: () => AbortSignal
  /** Opens the parts of a server on the store of the settings, beside a server or without one. @throws Problem('not_found') */
  readonly openExisting: (settings: Config) => Promise<ExistingServer>
}

/** What commands do with the parts of a server. */
interface ExistingServer {
  createInitialAccessToken(options: { readonly expiresIn: number }): Promise<string>
  resetAdministrator(
    request: Omit<ResetRequest, 'accountId'>,
  ): ReturnType<CommandContext['resetAdministrator']>
  close(): Promise<void>
}

const unreadable = (file: string, error: unknown): Problem =>
  new Problem('invalid_input', `cannot read \`${file}\`: ${(error as Error).message}`)

/** Commands do what their descriptions say, with the environment, directory, input and screen of this process. */
export function processContext(own: CommandProcess): CommandContext {
  const { env, directory, input } = own
  const config = (): Config => readConfig(env, directory)
  const onExisting = async <T>(
    settings: Config,
    work: (server: ExistingServer) => Promise<T>,
  ): Promise<T> => {
    const server = await own.openExisting(settings)
    try {
      return await work(server)
    } finally {
      await server.close()
    }
  }
  const readBytes = (file: string): Buffer => {
    try {
      return file === '-' ? input.whole() : readFileSync(resolve(directory, file))
    } catch (error) {
      throw unreadable(file, error)
    }
  }
  return {
    out: own.out,
    err: own.err,
    isTerminal: own.isTerminal,
    now: () => Math.floor(Date.now() / 1000),
    env: () => env,
    read: (file) => readBytes(file).toString('utf8'),
    readBytes,
    async *open(file) {
      try {
        yield* file === '-' ? input.stream() : createReadStream(resolve(directory, file))
      } catch (error) {
        throw unreadable(file, error)
      }
    },
    config,
    dataDir: () => dataDirOf(env, directory),
    openProviders: async () => (await import('./existing-store.ts')).openProviders(config()),
    openTrying: async (settings) => (await import('./existing-store.ts')).openTrying(settings),
    openPreview: async (settings) => (await import('./existing-preview.ts')).openPreview(settings),
    createInitialAccessToken: (settings, options) =>
      onExisting(settings, (server) => server.createInitialAccessToken(options)),
    resetAdministrator: (settings, request) =>
      onExisting(settings, (server) => server.resetAdministrator(request)),
    callAdmin: async (source, request) => (await import('./admin/client.ts')).callAdmin(env, source, request),
    callIam: async (...call) => (await import('./admin/client.ts')).callIam(env, ...call),
    stopped: own.stopped,
  }
}
