// What a start of the package loads: the modules of the bundle that main.js imports, and those that these import. What only some
// requests need is imported by them, as each module that is loaded takes processor time of every start and memory of every server.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { after, test } from 'node:test'
import { bundle } from '../.ci/bundle.ts'

const root = resolve(import.meta.dirname, '..')
const dir = mkdtempSync(join(tmpdir(), 'chancery-loads-'))
after(() => rmSync(dir, { recursive: true, force: true }))

/** The modules of the chunks that a start of `source` loads. */
async function loadedBy(source: string): Promise<readonly string[]> {
  const { output } = await bundle({
    root,
    input: { start: source, cli: 'src/cli.ts' },
    dir,
    extension: 'js',
    moduleUrl: (path) => JSON.stringify(path),
  })
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])))
  const reached = new Set(['start.js'])
  for (const name of reached) for (const next of chunks.get(name)?.imports ?? []) reached.add(next)
  return [...reached].flatMap((name) =>
    Object.keys(chunks.get(name)?.modules ?? {}).map((path) => relative(root, path)),
  )
}

const loaded = await loadedBy('src/main.ts')

test('the modules that a start loads are found', () => {
  for (const path of [
    'src/main.ts',
    'src/wire/routes.ts',
    'src/sts/gate.ts',
    'node_modules/zod/v4/core/core.js',
  ])
    assert.ok(loaded.includes(path), path)
})

/** Needed by a start although they are of the console or the admin API: small, and without schemas and pages. */
const needed: ReadonlySet<string> = new Set([
  // The account page asks whether somebody may use the console.
  'src/console/may-use.ts',
  'src/console/frame/permission.ts',
  'src/console/frame/sections.ts',
  'src/console/frame/signed-in.ts',
  // Entries of the audit trail that are forwarded.
  'src/admin/audit/entry-answer.ts',
  'src/admin/instant.ts',
])

test('what a start needs of them is no more than it loads', () => {
  for (const path of needed) assert.ok(loaded.includes(path), path)
})

for (const [what, path] of [
  ['the console', /^src\/console\//],
  ['pages of the console', /^views\/(?:languages\/)?console\//],
  ['the admin API and SCIM', /^src\/(?:admin\/|wire\/admin\.ts)/],
  ['the command line', /^src\/cli\//],
  ['the library that draws QR codes', /^node_modules\/(?:qrcode|pngjs)\//],
] as const)
  test(`a start does not load ${what}`, () => {
    assert.deepEqual(
      loaded.filter((one) => path.test(one) && !needed.has(one)),
      [],
    )
  })

test('the console loads its messages in the languages in which it is read alone', async () => {
  const modules = await loadedBy('src/wire/pages/console.ts')
  assert.ok(modules.includes('views/languages/console/catalogues.ts'))
  assert.deepEqual(
    modules.filter((path) => /^views\/languages\/console\/(?:.*\/)?(?:de|es|fr|ja)\.ts$/.test(path)),
    [],
  )
})

test('the thread that writes to SQLite loads no more than that needs, and no cryptography', async () => {
  assert.deepEqual(
    (await loadedBy('src/store/sqlite/writer.ts'))
      .filter((path) => path.startsWith('src/') || path.includes('node_modules'))
      .toSorted(),
    [
      'src/store/release-memory.ts',
      'src/store/sqlite/busy.ts',
      'src/store/sqlite/messages.ts',
      'src/store/sqlite/writer.ts',
    ],
  )
})
