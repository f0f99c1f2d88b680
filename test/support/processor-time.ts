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

/**
 * The same for each thread that the process has now, by its id, in nanoseconds' steps where the kernel counts those. Node names its
 * threads, and a worker as its `name` says.
 */
export function processorTimeOfThreads(
  pid: number,
): ReadonlyMap<string, { readonly name: string; readonly time: number }> {
  const threads = readdirSync(`/proc/${pid}/task`)
  return new Map(
    threads.map((id) => {
      const { name, time } = statOf(`/proc/${pid}/task/${id}/stat`)
      return [id, { name, time: exactTimeOf(`/proc/${pid}/task/${id}/schedstat`) ?? time }]
    }),
  )
}

/** Milliseconds; undefined where the kernel does not count them (CONFIG_SCHED_INFO). */
function exactTimeOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split(' ', 1)[0]) / 1e6
  } catch {
    return undefined
  }
}

/** Milliseconds of processor time of this process and of all that it started; of itself alone where there is no proc(5). */
export function processorTimeWithChildren(): number {
  if (process.platform === 'linux') return timeWithChildren(process.pid)
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function timeWithChildren(pid: number): number {
  try {
    const { time, ofEnded } = statOf(`/proc/${pid}/stat`)
    const children = readdirSync(`/proc/${pid}/task`).flatMap((id) =>
      readFileSync(`/proc/${pid}/task/${id}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return children.reduce((sum, child) => sum + timeWithChildren(Number(child)), time + ofEnded)
  } catch {
    // It has ended meanwhile.
    return 0
  }
}

function statOf(file: string): { readonly name: string; readonly time: number; readonly ofEnded: number } {
  const stat = readFileSync(file, 'utf8')
  // The name of the program stands in brackets and may hold spaces; `utime` is the 14th field, `stime` the 15th, and
  // `cutime` and `cstime`, of children that have ended and were waited for, the 16th and 17th.
  const end = stat.lastIndexOf(')')
  const fields = stat.slice(end + 2).split(' ')
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    time: (Number(fields[11]) + Number(fields[12])) * 10,
    ofEnded: (Number(fields[13]) + Number(fields[14])) * 10,
  }
}
