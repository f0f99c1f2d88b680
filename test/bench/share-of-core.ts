// Linux control groups: a process gets so much of a core and no more, so that servers and the load on them fit one machine.
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = '/sys/fs/cgroup'
/** Microseconds; the kernel takes no quota under 1000. Short, so that a holder of a lock is never away for long. */
const quota = 1000

/**
 * Gives the processes each `share` of a core (0 < share < 1), with all their threads; the function given back ends that
 * once they have ended.
 * @throws when this user may not make control groups
 */
export function giveShareOfCore(pids: readonly number[], share: number): () => void {
  const period = Math.round(quota / share)
  const old = existsSync(join(root, 'cpu'))
  const groups = pids.map((pid) => join(root, old ? 'cpu' : '', `chancery-bench-${pid}`))
  for (const [at, group] of groups.entries()) {
    mkdirSync(group, { recursive: true })
    if (old) {
      writeFileSync(join(group, 'cpu.cfs_period_us'), String(period))
      writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quota))
    } else writeFileSync(join(group, 'cpu.max'), `${quota} ${period}`)
    writeFileSync(join(group, 'cgroup.procs'), String(pids[at]))
  }
  return () => {
    for (const group of groups) rmdirSync(group)
  }
}
