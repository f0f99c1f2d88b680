// Other processes on a store under test: starts them, asks them to do something, kills them.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export type Task =
  | { readonly do: 'take'; readonly ids: readonly string[]; readonly times: number }
  | { readonly do: 'spend'; readonly count: number }
  | { readonly do: 'count'; readonly id: string; readonly times: number; readonly atOnce: boolean }
  | { readonly do: 'create-user'; readonly id: string }
  | { readonly do: 'write-on'; readonly prefix: string }

export type StartChild = () => Promise<Child>

export class Child {
  readonly #process: ChildProcess

  private constructor(process: ChildProcess) {
    this.#process = process
  }

  /** `module` exports `open(): Promise<Store>`, given `args`. Resolves when the process has opened the store. */
  static async start(module: URL, args: readonly string[]): Promise<Child> {
    const process = fork(new URL('./contract-child.ts', import.meta.url), [module.href, ...args])
    const died = once(process, 'exit').then(([code]) => {
      throw new Error(`the child ended with ${code} before it had opened the store`)
    })
    await Promise.race([once(process, 'message'), died])
    died.catch(() => undefined)
    return new Child(process)
  }

  /** What the task gives: as a rule the ids it won. */
  async ask(task: Task): Promise<string[]> {
    this.#process.send(task)
    const [answer] = (await once(this.#process, 'message')) as [
      { readonly won: string[] } | { readonly error: string },
    ]
    if ('error' in answer) throw new Error(answer.error)
    return answer.won
  }

  /** Lets it write settings without a pause and kills it after so many acknowledgements; gives their ids. */
  async writeUntilKilled(prefix: string, enough: number): Promise<string[]> {
    const acknowledged: string[] = []
    const exited = once(this.#process, 'exit')
    this.#process.on('message', (id: string) => {
      acknowledged.push(id)
      if (acknowledged.length === enough) this.#process.kill('SIGKILL')
    })
    this.#process.send({ do: 'write-on', prefix } satisfies Task)
    await exited
    return acknowledged
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const exited = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await exited
  }
}
