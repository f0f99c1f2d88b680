// Database servers refuse to run as root: tests that run as root start them as the user of their Debian package.
import { execFileSync } from 'node:child_process'

/** Options for spawn: empty when this process is not root. */
export function unprivileged(name: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
