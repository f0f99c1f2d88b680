// A process that runs the bundled server again and again, one at a time, for tests that need a server each but no process
// each. Modules are loaded once and stay compiled, which is most of the processor time of a server that lives for a few
// requests. The server itself is `main.ts`, evaluated anew for each start with the environment and the directory of the
// test; all it keeps is what modules keep in variables of their own, as beside a reload of the configuration.
import { pathToFileURL } from 'node:url'
import './keep-compressed.ts'
import { endLine, type HostedStart } from './hosted-server.ts'

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
let starts = 0

async function start({ main, cwd, env }: HostedStart): Promise<void> {
  // The threads of the server compile anew what is not in the cache, which took a third of the processor time of a start.
  const all = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...env }
  for (const name of Object.keys(process.env)) if (!(name in all)) delete process.env[name]
  for (const [name, value] of Object.entries(all)) if (value !== undefined) process.env[name] = value
  process.chdir(cwd)
  await import(`${pathToFileURL(main).href}?start=${++starts}`)
}

/** In the place of `process.exit`: what listens for the end of the process runs, and nothing of the server stays. */
function endServer(code: number): void {
  for (const listener of process.rawListeners('exit')) if ('listener' in listener) listener(code)
  for (const signal of signals) process.removeAllListeners(signal)
  process.chdir('/')
  const line = endLine(code)
  process.stdout.write(line)
  process.stderr.write(line)
}

const exit = process.exit.bind(process)
process.once('disconnect', () => exit(0))
process.exit = ((code?: number | string | null) => endServer(Number(code ?? 0))) as never
process.on('message', (message) => void start(message as HostedStart))
