#!/usr/bin/env node
// The `chancery` command. Plain JavaScript that any Node can read: where the Node that runs it is older than ours,
// it hands over to the locked one that the optional packages put beside us. In a clone it runs the sources; in an
// installed package, where Node strips no types, what was built of them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const cli = [join(here, 'cli.ts'), join(here, '../dist/src/cli.js')].find((file) => existsSync(file))
const locked = [join(here, '../node_modules/.bin/node'), join(here, '../../.bin/node')].find((file) =>
  existsSync(file),
)
const [major, minor] = process.versions.node.split('.').map(Number)

if (cli === undefined) {
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
  const { status } = spawnSync(locked, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
await import(pathToFileURL(cli).href)
