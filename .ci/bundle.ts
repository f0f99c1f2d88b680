// The sources and their dependencies in a few files: loading some 1,300 modules is half the processor time of a start.
// `npm run build` makes the package's server of it, and `npm test` the servers that the tests start.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { join, relative } from 'node:path'
import { type Plugin, type RolldownOutput, rolldown } from 'rolldown'

/** Loaded where they are installed: they are loaded rarely, start threads, or load what they need by name. */
const external = /^(node:|@opentelemetry\/|(mongoose|pino|prom-client|xml-crypto|@xmldom\/xmldom)($|\/))/

interface BundleOptions {
  /** Directory of `src/` and `views/`. */
  readonly root: string
  /** Name of each file to write, without its ending, and its source below `root`. */
  readonly input: Readonly<Record<string, string>>
  readonly dir: string
  /** Ending of the files that are written. */
  readonly extension: 'js' | 'mjs'
  /** An expression for the URL of the source at a path below `root`, in the place of its `import.meta.url`. */
  readonly moduleUrl: (path: string) => string
  readonly sourcemap?: boolean
  /**
   * Leaves out spaces and line breaks, but no name: Node reads each file at a start, V8 keeps its text. Of the package: 356 → 329 ms of
   * processor time to ready, 1 MB less of an idle server.
   */
  readonly compact?: boolean
  /** Files to take in the place of sources, by the path of the source; both below `root`. */
  readonly instead?: Readonly<Record<string, string>>
}

/** Writes the bundle into `dir`, all files in it side by side. */
export async function bundle(options: BundleOptions): Promise<RolldownOutput> {
  const { root, dir, extension } = options
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(options.input).map(([name, path]) => [name, join(root, path)])),
    platform: 'node',
    external: (id) => id !== 'node:http' && external.test(id),
    plugins: [moduleUrls(options), httpWithoutFetch, mimeTables, escapeWideCharacters],
    logLevel: 'silent',
  })
  try {
    return await build.write({
      dir,
      format: 'esm',
      sourcemap: options.sourcemap ?? false,
      comments: { legal: true, annotation: false, jsdoc: false },
      entryFileNames: `[name].${extension}`,
      chunkFileNames: `[name]-[hash].${extension}`,
      minify: options.compact ? { compress: false, mangle: false, codegen: { removeWhitespace: true } } : false,
    })
  } finally {
    await build.close()
  }
}

/**
 * Escapes the characters beyond ASCII, all of which are in texts and regular expressions. V8 keeps a file that has one beyond U+00FF in
 * two bytes for each character, Node also a file of more than 1 MB that has any, and a server keeps its files while it runs.
 */
const escapeWideCharacters: Plugin = {
  name: 'escape wide characters',
  // Not in `renderChunk`, after which the texts are printed again.
  generateBundle(_options, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk')
        file.code = file.code.replaceAll(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
  },
}

/** Exports of node:http that load Node's implementation of fetch when they are read. */
const ofFetch: ReadonlySet<string> = new Set(['CloseEvent', 'MessageEvent', 'WebSocket'])
const httpModule = '\0node:http'

/**
 * An import of `node:http` reads all of its exports, and with three of them loads Node's implementation of fetch and what that needs:
 * 2 MB of an idle server that makes no requests. The modules of the bundle get the others.
 */
const httpWithoutFetch: Plugin = {
  name: 'http without fetch',
  resolveId: (id, _importer, { kind }) => {
    if (id !== 'node:http') return null
    return kind === 'import-statement' ? { id: httpModule, moduleSideEffects: false } : { id, external: true }
  },
  load: (id) => {
    if (id !== httpModule) return null
    const names = Object.keys(http).filter((name) => !ofFetch.has(name))
    return `const http = process.getBuiltinModule('node:http')\nexport default http\nexport const { ${names.join(', ')} } = http`
  },
}

interface MimeType {
  readonly source?: string | undefined
  readonly charset?: string | undefined
  readonly extensions?: readonly string[] | undefined
}

/**
 * The part of mime-db that mime-types reads: the types with extensions or a charset, as text that is parsed. Two versions of mime-types are
 * loaded by a start; with all of both as literals they took 0.9 MB more of an idle server.
 */
export const mimeTypesRead = (all: Readonly<Record<string, MimeType>>): Readonly<Record<string, MimeType>> =>
  Object.fromEntries(
    Object.entries(all)
      .filter(([, { extensions, charset }]) => extensions !== undefined || charset !== undefined)
      .map(([type, { source, charset, extensions }]) => [type, { source, charset, extensions }]),
  )

const mimeTables: Plugin = {
  name: 'mime tables',
  load(path) {
    if (!path.endsWith('/mime-db/db.json')) return null
    const read = mimeTypesRead(JSON.parse(readFileSync(path, 'utf8')) as Record<string, MimeType>)
    return { code: `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(read))})`, moduleType: 'js' }
  },
}

/** Every module goes on knowing its own place, and by it what lies beside it. */
const moduleUrls = ({ root, moduleUrl, instead = {} }: BundleOptions): Plugin => ({
  name: 'module urls',
  load(path) {
    if (!path.startsWith(join(root, 'src')) && !path.startsWith(join(root, 'views'))) return null
    const other = new Map(Object.entries(instead)).get(relative(root, path))
    if (other !== undefined) return { code: readFileSync(join(root, other), 'utf8'), moduleType: 'ts' }
    const source = readFileSync(path, 'utf8')
    if (!source.includes('import.meta')) return null
    if (/import\.meta\.(filename|dirname)/.test(source)) throw new Error(`${path}: use import.meta.url`)
    const code = source.replaceAll('import.meta.url', moduleUrl(relative(root, path)))
    return { code, moduleType: 'ts' }
  },
})
