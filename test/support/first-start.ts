// What a first start leaves, made once for a run of `npm test`: a start on a copy of it takes half the processor time, because the
// keys, the tables and the account are there already. Servers of one process that run at the same time do not share it: no two
// of them have the same keys.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onMongo } from './store.ts'

/** What the first start depends on; with another value in the environment a server makes its own. */
const decisive =
  /^CHANCERY_(ACCOUNT_ID|ROOT_|ADMIN_|DATA|KEYS|STORE|WORKERS)|^TEST_PASSWORD_HASHES$|^(?!CHANCERY_)/

let isInUse = false

export interface FirstStartOf {
  /** Set when the directory was given and may hold anything. */
  readonly dir?: string
  readonly env?: Readonly<Record<string, string>>
  readonly nodeFlags?: readonly string[]
  readonly node?: string
  readonly bin?: string
}

/**
 * Copies the first start into `dir`, if there is one and these options allow it.
 * @returns what must be called when the server has ended
 */
export function copyFirstStart(dir: string, options: FirstStartOf): () => void {
  const from = process.env['CHANCERY_TEST_FIRST_START']
  const { env = {}, node, nodeFlags, bin } = options
  const isOwn = [options.dir, node, nodeFlags, bin].some((one) => one !== undefined)
  if (!from || isInUse || isOwn || onMongo || Object.keys(env).some((name) => decisive.test(name)))
    return () => undefined
  for (const name of ['data', 'keys']) cpSync(join(from, name), join(dir, name), { recursive: true })
  isInUse = true
  return () => {
    isInUse = false
  }
}

/** Starts a server in a new directory within `parent` and ends it. @returns the directory */
export async function makeFirstStart(parent: string): Promise<string> {
  const { startServer } = await import('./server.ts')
  const dir = mkdtempSync(join(parent, 'first-start-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  await (await startServer({ dir })).stop()
  return dir
}
