// Makes the package `chancery-verify` out of dist/: the verifier library and the policy engine alone, with their types and
// without any dependency. Run it after `npm run build`; it writes dist/chancery-verify and nothing else.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

interface Manifest {
  readonly version: string
  readonly license: string
  readonly engines: object
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}

const root = resolve(import.meta.dirname, '..')
const out = join(root, 'dist/chancery-verify')
const built = join(root, 'dist/src')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

/** `./verify` becomes the package itself, `./verify/koa` its `./koa`; `./policy/…` keep their names. */
const nameOf = (entry: string): string => entry.replace(/^\.\/verify(?=\/|$)/, '.')

const specifiers = /(?:^(?:import|export)\b[^'"`;]*?\bfrom\s*|^import\s*|\bimport\(\s*)['"]([^'"]+)['"]/gm

/** The file a specifier names, as it lies in dist: declarations beside declarations, scripts beside scripts. */
function importedBy(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) return undefined
  if (!specifier.startsWith('.'))
    throw new Error(`${relative(root, file)} imports ${specifier}, which is no part of Node`)
  const target = resolve(dirname(file), specifier)
  return file.endsWith('.d.ts') ? target.replace(/\.(?:ts|js)$/, '.d.ts') : target
}

const included = new Set<string>()
function include(file: string): void {
  if (included.has(file)) return
  included.add(file)
  for (const [, specifier = ''] of withoutComments(readFileSync(file, 'utf8')).matchAll(specifiers)) {
    const target = importedBy(file, specifier)
    if (target !== undefined) include(target)
  }
}

/** Examples in comments import packages of their reader's. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

const exported: Record<string, unknown> = {}
for (const [entry, files] of Object.entries(manifest.exports)) {
  if (typeof files === 'string') continue
  for (const file of [files.default, files.types]) include(join(root, file))
  const moved = (file: string) => `./${relative(built, join(root, file))}`
  exported[nameOf(entry)] = { types: moved(files.types), default: moved(files.default) }
}

rmSync(out, { recursive: true, force: true })
for (const file of included) {
  const target = join(out, relative(built, file))
  mkdirSync(dirname(target), { recursive: true })
  cpSync(file, target)
}
cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'))
writeFileSync(
  join(out, 'README.md'),
  '# chancery-verify\n\nVerifies credentials of a Chancery server and decides by its policies, in a service of your own. Needs Node alone.\n',
)
const { version, license, engines } = manifest
const own = {
  name: 'chancery-verify',
  version,
  license,
  type: 'module',
  engines,
  sideEffects: false,
  exports: exported,
}
writeFileSync(join(out, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`)
process.stdout.write(`${out}\n`)
