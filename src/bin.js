#!/usr/bin/env node
// The `chancery` command. Plain JavaScript that any Node can read: where the Node that runs it is older than ours,
// it hands over to the locked one that the optional packages put into node_modules/.bin.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const locked = join(here, '..', 'node_modules', '.bin', 'node')
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 21)) {
  if (!existsSync(locked)) {
    console.error(`chancery needs Node 24.21 or newer; this is ${process.version}, and no locked Node was installed`)
    process.exit(1)
  }
  const { status } = spawnSync(locked, [join(here, 'cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
await import('./cli.ts')
