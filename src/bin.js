#!/usr/bin/env node
// The `chancery` command. Plain JavaScript that any Node can read: where the Node that runs it is older than ours,
// it hands over to the locked one that the optional packages put beside us. In a clone it runs the sources; in an
// installed package, where Node strips no types, what was built of them.
//
// Node's compile cache keeps the stripped and compiled code, so that from the second start on the type stripper is not
// even loaded: resident memory 169 → 133 MB. It lies beside the dependencies, never in a directory others write to;
// where it cannot be written, Node goes on without it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
// The server alone needs less than all commands do.
const name = process.argv[2] === 'start' ? 'main' : 'cli'
const entry = [join(here, `${name}.ts`), join(here, `../dist/src/${name}.js`)].find((file) =>
  existsSync(file),
)
const locked = [join(here, '../node_modules/.bin/node'), join(here, '../../.bin/node')].find((file) =>
  existsSync(file),
)
const [major, minor] = process.versions.node.split('.').map(Number)

if (entry === undefined) {
  console.error('chancery: neither the sources nor what is built of them is here')
  process.exit(1)
}
if (major < 24 || (major === 24 && minor < 21)) {
  if (locked === undefined) {
    console.error(
      `chancery needs Node 24.21 or newer; this is ${process.version}, and no locked Node was installed`,
    )
    process.exit(1)
  }
  const { status } = spawnSync(locked, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}
process.env.NODE_COMPILE_CACHE ??= join(here, '../node_modules/.cache/chancery')
module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
await import(pathToFileURL(entry).href)
