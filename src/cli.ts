// The `chancery` command, on the real files, settings and screen.
import { readFileSync } from 'node:fs'
import type { CommandContext } from './cli/context.ts'
import { runCommandLine } from './cli/program.ts'
import { type Config, readConfig } from './config.ts'
import { Problem } from './problem.ts'

const config = (): Config => readConfig(process.env, process.cwd())

const context: CommandContext = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  now: () => Math.floor(Date.now() / 1000),
  read(file) {
    try {
      return readFileSync(file === '-' ? 0 : file, 'utf8')
    } catch (error) {
      throw new Problem('invalid_input', `cannot read \`${file}\`: ${(error as Error).message}`)
    }
  },
  config,
  openProviders: async () => (await import('./cli/existing-store.ts')).openProviders(config()),
  openTrying: async (settings) => (await import('./cli/existing-store.ts')).openTrying(settings),
  async createInitialAccessToken(settings, options) {
    const { openExistingChancery } = await import('./wire.ts')
    const issuer = settings.issuer ?? `http://localhost:${settings.port}`
    const chancery = await openExistingChancery(settings, issuer)
    try {
      return await chancery.createInitialAccessToken(options)
    } finally {
      await chancery.close()
    }
  },
  stopped() {
    const stopping = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
    return stopping.signal
  },
}

process.exitCode = await runCommandLine(process.argv.slice(2), context)
