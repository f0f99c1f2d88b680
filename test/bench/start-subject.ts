// Servers that are scripts of this folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

const children = new Set<ChildProcess>()
// They end with this process, as those of test/support/server.ts do.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

export interface Started {
  readonly port: number
  readonly pid: number | undefined
  readonly stop: () => void
}

/** A subject that prints `ready <port>`. */
export async function startSubject(file: string): Promise<Started> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, file)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  const port = await new Promise<number>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`${file} ended with ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      const match = /ready (\d+)/.exec(chunk.toString())
      if (match) done(Number(match[1]))
    })
  })
  return { port, pid: child.pid, stop: () => child.kill('SIGTERM') }
}
