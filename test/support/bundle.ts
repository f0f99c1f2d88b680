// The sources and most of their dependencies in a few files, for the processes that `npm test` starts: loading some 1,300
// modules is half the processor time of a start. What the sources find beside themselves, such as the script of a thread,
// is still found there.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Plugin, rolldown } from 'rolldown'

/** Loaded where they are: they start threads, load what they need by name, or are loaded rarely. */
const external = /^(node:|@opentelemetry\/|(mongoose|pino|prom-client|xml-crypto|@xmldom\/xmldom)($|\/))/

/** Every module goes on knowing its own place. */
const keepPlaces = (root: string): Plugin => ({
  name: 'keep places',
  load(path) {
    if (!path.startsWith(join(root, 'src')) && !path.startsWith(join(root, 'views'))) return null
    const source = readFileSync(path, 'utf8')
    if (!source.includes('import.meta')) return null
    const code = source
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      .replaceAll('import.meta.filename', JSON.stringify(path))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    return { code, moduleType: 'ts' }
  },
})

/** Writes the bundle into `dir`, which it empties. @returns the path of its command, in the place of `src/bin.js` */
export async function bundle(root: string, dir: string): Promise<string> {
  rmSync(dir, { recursive: true, force: true })
  const build = await rolldown({
    input: { main: join(root, 'src/main.ts'), cli: join(root, 'src/cli.ts') },
    platform: 'node',
    external: (id) => external.test(id),
    plugins: [keepPlaces(root)],
    logLevel: 'silent',
  })
  await build.write({ dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' })
  await build.close()
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
