// Makes the server of the package: `dist/src/main.js`, `cli.js` and the scripts of its threads, each with its dependencies in
// it, and the licences of what they contain. Run by `npm run build`, after the files that are served or imported one by one.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { bundle } from './bundle.ts'

const root = resolve(import.meta.dirname, '..')
const out = join(root, 'dist')

/** From a file in `dist/src`, where the main bundle lies. */
const moduleUrl = (path: string): string =>
  `new URL(${JSON.stringify(`../${path.replace(/\.ts$/, '.js')}`)}, import.meta.url).href`
const ownPlace = (path: string): string => {
  throw new Error(`${path} is part of a thread, and would not find what lies beside it`)
}
const settings = { root, extension: 'js', sourcemap: true, compact: true } as const

const bundles = [
  await bundle({
    ...settings,
    input: { main: 'src/main.ts', cli: 'src/cli.ts' },
    dir: join(out, 'src'),
    moduleUrl,
  }),
]
for (const script of ['src/store/sqlite/writer', 'src/secure/key/key-worker', 'src/secure/password/bcrypt-worker']) {
  const input = { [script]: `${script}.ts` }
  bundles.push(await bundle({ ...settings, input, dir: out, moduleUrl: ownPlace }))
}
cpSync(join(root, 'views/assets'), join(out, 'views/assets'), { recursive: true })

const modules = bundles.flatMap(({ output }) =>
  output.flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : [])),
)
const packages = new Set(modules.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []))
writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), [...packages].toSorted().map(licence).join('\n'))

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
}

/** What the licence of a package asks to be kept: its text, and the notices beside it. */
function licence(dir: string): string {
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest
  const texts = readdirSync(dir)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(dir, file), 'utf8').trim())
  if (texts.length === 0) texts.push(declared(manifest))
  return `${'='.repeat(80)}\n${manifest.name} ${manifest.version}\n\n${texts.join('\n\n')}\n`
}

/** Of a package that comes without a text. */
function declared({ name, license, author }: Manifest): string {
  if (license === undefined) throw new Error(`${name} has no licence`)
  const by = typeof author === 'object' ? author.name : author
  return `License: ${license}${by === undefined ? '' : `\nAuthor: ${by}`}`
}
