// The demonstration's child processes: each prints `… is ready at <url>` when it is ready. All are stopped with the parent.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Child {
  readonly url: string
  /** Everything it has printed so far. */
  output(): string
}

export interface Processes {
  /** Runs a TypeScript file with this Node. @throws Error with its output when it exits before it is ready */
  start(file: string, env: Readonly<Record<string, string>>, cwd: string): Promise<Child>
  /** Stops all of them; SIGKILL after 3 s. */
  stop(): Promise<void>
}

const goodbye = 3_000

export function createProcesses(): Processes {
  const children: ChildProcess[] = []
  // Also on an uncaught exception or process.exit().
  process.once('exit', () => {
    for (const child of children) child.kill('SIGKILL')
  })
  return {
    async start(file, env, cwd) {
      const { PATH = '' } = process.env
      const child = spawn(process.execPath, [file], {
        cwd,
        env: { PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      children.push(child)
      let output = ''
      const hear = (chunk: Buffer) => {
        output += chunk.toString()
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      return { url: await readyUrl(child, () => output, file), output: () => output }
    },
    async stop() {
      await Promise.all(children.map(end))
    },
  }
}

/** Waits until it is ready or has ended: how long a start takes is up to the machine. */
async function readyUrl(child: ChildProcess, output: () => string, file: string): Promise<string> {
  while (child.exitCode === null && child.signalCode === null) {
    const [, url] = /is ready at (\S+)/.exec(output()) ?? []
    if (url !== undefined) return url
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error(`${file} did not become ready:\n${output()}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), goodbye)
  await gone
  clearTimeout(timer)
}
