// What first starts leave, made once for a run of `npm test`: a start on a copy takes half the processor time, because the keys,
// the tables and the account are there already. Servers of one process that run at the same time have copies of different
// ones: no two of them have the same keys.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onMongo } from '../store.ts'

/** What the first start depends on; with another value in the environment a server makes its own. */
const decisive =
  /^CHANCERY_(ACCOUNT_ID|ROOT_|ADMIN_|DATA|KEYS|STORE|WORKERS)|^TEST_PASSWORD_HASHES$|^(?!CHANCERY_)/

/** As many as tests mostly have servers at a time. */
const names = ['1', '2', '3'] as const
/** Names of those that a server of this process is a copy of. */
const inUse = new Set<string>()

export interface FirstStartOf {
  /** Set when the directory was given and may hold anything. */
  readonly dir?: string
  readonly env?: Readonly<Record<string, string>>
  readonly nodeFlags?: readonly string[]
  readonly node?: string
  readonly bin?: string
}

/**
 * Copies a first start into `dir`, if there is one that is not in use and these options allow it.
 * @returns what must be called when the server has ended
 */
export function copyFirstStart(dir: string, options: FirstStartOf): () => void {
  const parent = process.env['CHANCERY_TEST_FIRST_STARTS']
  const { env = {}, node, nodeFlags, bin } = options
  const isOwn = [options.dir, node, nodeFlags, bin].some((one) => one !== undefined)
  if (!parent || isOwn || onMongo || Object.keys(env).some((name) => decisive.test(name)))
    return () => undefined
  const free = names.find((name) => !inUse.has(name))
  if (free === undefined) return () => undefined
  for (const name of ['data', 'keys']) {
    cpSync(join(parent, free, name), join(dir, name), { recursive: true })
    // Directories are copied without their permissions.
    chmodSync(join(dir, name), 0o700)
  }
  inUse.add(free)
  return () => inUse.delete(free)
}

/** Starts servers in a new directory within `parent` and ends them. @returns the directory */
export async function makeFirstStarts(parent: string): Promise<string> {
  const { startServer } = await import('../server.ts')
  const dir = mkdtempSync(join(parent, 'first-starts-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  await Promise.all(
    names.map(async (name) => {
      mkdirSync(join(dir, name))
      await (await startServer({ dir: join(dir, name) })).stop()
    }),
  )
  return dir
}
