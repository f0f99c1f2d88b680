// The bundle of the sources for the processes that `npm test` starts, and one for each of their threads. What else the sources
// find beside themselves is still found there. Their password hashes are cheap (password-cost.ts).
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle as write } from '../../../.ci/bundle.ts'

/** Writes the bundle into `dir`, which it empties. @returns the path of its command, in the place of `src/bin.js` */
export async function bundle(root: string, dir: string): Promise<string> {
  rmSync(dir, { recursive: true, force: true })
  const fileUrl = (...path: readonly string[]) => JSON.stringify(pathToFileURL(join(...path)).href)
  await write({
    root,
    input: { main: 'src/main.ts', cli: 'src/cli.ts' },
    dir,
    extension: 'mjs',
    instead: {
      ...keepGarbage,
      'src/secure/password/password-cost.ts': 'test/support/runner/password-cost.ts',
    },
    // Who starts a thread finds its script beside itself, with the ending that it has itself.
    moduleUrl: (path) =>
      threads.has(path) ? fileUrl(dir, path.replace(/\.ts$/, '.mjs')) : fileUrl(root, path),
  })
  for (const script of threads.values())
    await write({
      root,
      input: { [script.replace(/\.ts$/, '')]: script },
      dir,
      extension: 'mjs',
      instead: keepGarbage,
      moduleUrl: (path) => fileUrl(root, path),
    })
  const bin = join(dir, 'bin.mjs')
  writeFileSync(bin, startScript(fileUrl(root, 'test/support/runner/keep-compressed.ts')))
  return bin
}

const keepGarbage = { 'src/store/release-memory.ts': 'test/support/runner/keep-garbage.ts' } as const

/** Sources that start a thread, and its script. */
const threads: ReadonlyMap<string, string> = new Map([
  ['src/store/sqlite/queue.ts', 'src/store/sqlite/writer.ts'],
  ['src/secure/key/key-thread.ts', 'src/secure/key/key-worker.ts'],
  ['src/secure/password/bcrypt-threads.ts', 'src/secure/password/bcrypt-worker.ts'],
])

/** What `src/bin.js` does under a Node that is new enough. */
const startScript = (keepCompressed: string) => `import module from 'node:module'
process.env.NODE_COMPILE_CACHE ||= import.meta.dirname + '/cache'
module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
const isServer = process.argv[2] === 'start' && process.argv.length === 3
if (isServer) await import(${keepCompressed})
await import(isServer ? './main.mjs' : './cli.mjs')
`
