// Bounds on work in processor time: unlike the time on the clock, it does not grow with what else the machine does.
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of processor time that this thread takes for `run`, which must be synchronous. */
export function processorTime(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** Milliseconds of processor time that all threads of a process have taken until now, in steps of 10 (Linux, proc(5)). */
export const processorTimeOf = (pid: number): number => statOf(`/proc/${pid}/stat`).time

/** The same for each thread that the process has now, by its id. Node names its threads, and a worker as its `name` says. */
export function processorTimeOfThreads(
  pid: number,
): ReadonlyMap<string, { readonly name: string; readonly time: number }> {
  const threads = readdirSync(`/proc/${pid}/task`)
  return new Map(threads.map((id) => [id, statOf(`/proc/${pid}/task/${id}/stat`)]))
}

function statOf(file: string): { readonly name: string; readonly time: number } {
  const stat = readFileSync(file, 'utf8')
  // The name of the program stands in brackets and may hold spaces; `utime` is the 14th field, `stime` the 15th.
  const end = stat.lastIndexOf(')')
  const fields = stat.slice(end + 2).split(' ')
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    time: (Number(fields[11]) + Number(fields[12])) * 10,
  }
}
