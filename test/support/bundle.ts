// The bundle of the sources for the processes that `npm test` starts. What the sources find beside themselves, such as the
// script of a thread, is still found there.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle as write } from '../../.ci/bundle.ts'

/** Writes the bundle into `dir`, which it empties. @returns the path of its command, in the place of `src/bin.js` */
export async function bundle(root: string, dir: string): Promise<string> {
  rmSync(dir, { recursive: true, force: true })
  await write({
    root,
    input: { main: 'src/main.ts', cli: 'src/cli.ts' },
    dir,
    extension: 'mjs',
    moduleUrl: (path) => JSON.stringify(pathToFileURL(join(root, path)).href),
  })
  const bin = join(dir, 'bin.mjs')
  writeFileSync(bin, startScript)
  return bin
}

/** What `src/bin.js` does under a Node that is new enough. */
const startScript = `import module from 'node:module'
process.env.NODE_COMPILE_CACHE ||= import.meta.dirname + '/cache'
module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
await import(process.argv[2] === 'start' && process.argv.length === 3 ? './main.mjs' : './cli.mjs')
`
