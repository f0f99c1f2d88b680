#!/usr/bin/env node
// The `chancery` command. Plain JavaScript that any Node from 14 on can read: where the Node that runs it is older than
// ours, it hands over to the locked one that the optional packages put beside us. In a clone it runs the sources; in an
// installed package, where Node strips no types, what was built of them.
//
// Node's compile cache keeps the stripped and compiled code, so that from the second start on the type stripper is not
// even loaded: resident memory 169 → 133 MB. It lies beside the dependencies, never in a directory others write to;
// where it cannot be written, Node goes on without it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const self = fileURLToPath(import.meta.url)
const here = dirname(self)
// The server alone needs less than all commands do. With arguments, such as `--help`, `start` is the command line's.
const name = process.argv[2] === 'start' && process.argv.length === 3 ? 'main' : 'cli'
const entry = [join(here, `${name}.ts`), join(here, `../dist/src/${name}.js`)].find((file) =>
  existsSync(file),
)
const locked = [join(here, '../node_modules/.bin/node'), join(here, '../../.bin/node')].find((file) =>
  existsSync(file),
)
const [major, minor] = process.versions.node.split('.').map(Number)
/** What the inner process is called, by which it knows that it is one. */
const inner = 'chancery-inner'

if (name === 'main' && process.env.npm_command === 'exec') endWithParent()
if (entry === undefined) fail('neither the sources nor what is built of them is here')
if (major > 24 || (major === 24 && minor >= 21)) await run(entry)
else if (locked === undefined)
  fail(
    `needs Node 24.21 or newer; this is ${process.version}, and no locked Node was installed: run \`npm ci\` with optional packages, or install that Node`,
  )
else handOver(locked)

async function run(file) {
  // The outer process may be killed without a word: then the channel between them closes.
  if (process.argv0 === inner && process.channel) {
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
    process.channel.unref()
  }
  const cache = process.env.NODE_COMPILE_CACHE || join(here, '../node_modules/.cache/chancery')
  // Workers are of the same mind.
  process.env.NODE_COMPILE_CACHE = cache
  module.enableCompileCache(cache)
  await import(pathToFileURL(file).href)
}

/** `npx` passes signals to the shell that it runs us by; a shell ends of them, and the server would be left behind. */
function endWithParent() {
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}

/** Runs the same in the other Node; ends as that ends, and passes on the signals that ask for it. */
function handOver(node) {
  const child = spawn(node, [self].concat(process.argv.slice(2)), {
    argv0: inner,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'])
    process.on(signal, () => child.kill(signal))
  child.once('error', (error) => fail(`the locked Node cannot be run: ${error.message}`))
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    // Of those that Node ignores, a shell is told in its own way.
    process.exitCode = 128 + constants.signals[signal]
    process.kill(process.pid, signal)
  })
}

function fail(why) {
  console.error(`chancery: ${why}`)
  process.exit(1)
}
