// The `chancery` command, on the real files, settings and screen.
import { createReadStream, readFileSync } from 'node:fs'
import type { CommandContext } from './cli/context.ts'
import { runCommandLine } from './cli/program.ts'
import { type Config, dataDirOf, issuerOf, readConfig } from './config.ts'
import { Problem } from './problem.ts'
import type { Chancery } from './wire.ts'

const config = (): Config => readConfig(process.env, process.cwd())

/** Work on the store of the settings, beside a server or without one. */
async function onExisting<T>(settings: Config, work: (chancery: Chancery) => Promise<T>): Promise<T> {
  const { openExistingChancery } = await import('./wire.ts')
  const chancery = await openExistingChancery(settings, issuerOf(settings))
  try {
    return await work(chancery)
  } finally {
    await chancery.close()
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    throw new Problem('invalid_input', `cannot read \`${file}\`: ${(error as Error).message}`)
  }
}

// `chancery audit list | head`: whoever reads has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const context: CommandContext = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  now: () => Math.floor(Date.now() / 1000),
  env: () => process.env,
  read: (file) => readBytes(file).toString('utf8'),
  readBytes,
  async *open(file) {
    try {
      yield* file === '-' ? process.stdin : createReadStream(file)
    } catch (error) {
      throw new Problem('invalid_input', `cannot read \`${file}\`: ${(error as Error).message}`)
    }
  },
  config,
  dataDir: () => dataDirOf(process.env, process.cwd()),
  openProviders: async () => (await import('./cli/existing-store.ts')).openProviders(config()),
  openTrying: async (settings) => (await import('./cli/existing-store.ts')).openTrying(settings),
  openPreview: async (settings) => (await import('./cli/existing-preview.ts')).openPreview(settings),
  createInitialAccessToken: (settings, options) =>
    onExisting(settings, (chancery) => chancery.createInitialAccessToken(options)),
  resetAdministrator: (settings, request) =>
    onExisting(settings, (chancery) => chancery.resetAdministrator(request)),
  callAdmin: async (source, request) =>
    (await import('./cli/admin/client.ts')).callAdmin(process.env, source, request),
  callIam: async (...call) => (await import('./cli/admin/client.ts')).callIam(process.env, ...call),
  stopped() {
    const stopping = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
    return stopping.signal
  },
}

process.exitCode = await runCommandLine(process.argv.slice(2), context)
