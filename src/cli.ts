// The `chancery` command, in this process.
import { readFileSync } from 'node:fs'
import { processContext } from './cli/process-context.ts'
import { runCommandLine } from './cli/program.ts'
import { issuerOf } from './config.ts'

// `chancery audit list | head`: whoever reads has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const context = processContext({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  env: process.env,
  directory: process.cwd(),
  input: { whole: () => readFileSync(0), stream: () => process.stdin },
  stopped() {
    const stopping = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
    return stopping.signal
  },
  openExisting: async (settings) =>
    (await import('./wire.ts')).openExistingChancery(settings, issuerOf(settings)),
})

process.exitCode = await runCommandLine(process.argv.slice(2), context)
