// The steps of the Dockerfile, run in an empty directory without a container engine: what it copies and installs is enough
// to serve, as its numeric user, with nothing writable but the two volumes.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../support/free-port.ts'

const root = resolve(import.meta.dirname, '../..')
const lines = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const of = (instruction: string) =>
  lines
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1).trim())

/** Any number a cluster may choose, but group 0. */
const users = [10001, 54321] as const

test('the user of the image is a number, so that runAsNonRoot can be checked', () => {
  assert.deepEqual(of('USER'), ['10001:0'])
})

test('the image is labelled with the version of the package, and names its health check', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  assert.deepEqual(of('ARG'), [`VERSION=${version}`])
  assert.match(of('LABEL').join(' '), /image\.version="\$\{VERSION\}"/)
  assert.match(of('HEALTHCHECK').join(' '), /CMD \["node", "src\/bin\.js", "health"\]/)
})

const isRoot = process.getuid?.() === 0

let made = ''
before(
  async () => {
    const port = await freePort()
    const dir = mkdtempSync(join(tmpdir(), 'chancery-image-'))
    chmodSync(dir, 0o755)
    const build = join(dir, 'build')
    made = join(dir, 'image')
    const [buildSteps = [], imageSteps = []] = stages()
    for (const { instruction, text } of buildSteps) {
      if (instruction === 'COPY') copy(text, root, build)
      if (instruction === 'RUN') runIn(build, text, port)
    }
    for (const { instruction, text } of imageSteps) {
      const [, files] = /^--from=build (.*)$/.exec(text.replaceAll('/chancery/', '')) ?? []
      if (instruction === 'COPY') copy(files ?? text, files === undefined ? root : build, made)
      // The other directories of the image are not those of this machine.
      if (instruction === 'RUN' && !text.startsWith('mkdir')) runIn(made, text, port)
    }
    rmSync(build, { recursive: true, force: true })
  },
  { timeout: 400_000 },
)

interface Step {
  readonly instruction: string
  readonly text: string
}

/** What each FROM is followed by. */
function stages(): readonly (readonly Step[])[] {
  const all: Step[][] = []
  for (const line of lines) {
    const [, instruction = '', text = ''] = /^(\w+) +(.*)$/.exec(line) ?? []
    if (instruction === 'FROM') all.push([])
    else all.at(-1)?.push({ instruction, text })
  }
  return all
}

/** As COPY: a directory gives what is in it to the last of the names. */
function copy(names: string, from: string, to: string): void {
  const all = names.split(/\s+/)
  const target = join(to, all.at(-1) ?? '')
  for (const name of all.slice(0, -1))
    cpSync(join(from, name), all.length > 2 || target === to ? join(target, basename(name)) : target, {
      recursive: true,
      verbatimSymlinks: true,
    })
}

/** With the Node that runs this: the image has no other. */
function runIn(cwd: string, command: string, port: number): void {
  // The cache of compiled code that `npm test` names is not the image's.
  const { NODE_COMPILE_CACHE: _, ...own } = process.env
  const env = {
    ...own,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    CHANCERY_PORT: String(port),
    npm_config_loglevel: 'error',
    npm_config_prefer_offline: 'true',
  }
  execFileSync('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
}

after(() => rmSync(dirname(made), { recursive: true, force: true }))

for (const uid of users)
  test(`the image's files serve as user ${uid} of group 0, with /data and /keys alone writable`, {
    timeout: 180_000,
    skip: isRoot ? false : 'only root can become another user',
  }, async (t) => {
    const image = made
    const volumes = mkdtempSync(join(tmpdir(), 'chancery-volumes-'))
    chmodSync(volumes, 0o755)
    t.after(() => rmSync(volumes, { recursive: true, force: true }))
    for (const name of ['data', 'keys']) {
      mkdirSync(join(volumes, name))
      chownSync(join(volumes, name), 10001, 0)
      chmodSync(join(volumes, name), 0o770)
    }
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      CHANCERY_DATA: join(volumes, 'data'),
      CHANCERY_KEYS: join(volumes, 'keys'),
      CHANCERY_PORT: String(await freePort()),
    }
    const [, command = ''] =
      of('CMD')
        .at(-1)
        ?.match(/^\[(.*)\]$/) ?? []
    assert.equal(command, '"node", "src/bin.js", "start"')
    const run = { cwd: image, env, uid, gid: 0 }
    const server = spawn(process.execPath, ['src/bin.js', 'start'], {
      ...run,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    t.after(() => server.kill('SIGKILL'))
    let output = ''
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    await untilHealthy(run, () => output)
    server.kill('SIGTERM')
  })

/** What kubelet does to a volume with `fsGroup` before each start (kubernetes/pkg/volume/volume_linux.go). */
function giveToGroup(path: string, group: number): void {
  const { uid, mode } = lstatSync(path)
  const isDirectory = lstatSync(path).isDirectory()
  lchownSync(path, uid, group)
  chmodSync(path, (mode & 0o7777) | (isDirectory ? 0o2770 : 0o660))
  if (isDirectory) for (const name of readdirSync(path)) giveToGroup(join(path, name), group)
}

test('a pod starts a second time: fsGroup has changed its files, and a Service of its name has come', {
  timeout: 180_000,
  skip: isRoot ? false : 'only root can become another user',
}, async (t) => {
  const volumes = mkdtempSync(join(tmpdir(), 'chancery-pod-'))
  chmodSync(volumes, 0o755)
  t.after(() => rmSync(volumes, { recursive: true, force: true }))
  const group = 20_001
  for (const name of ['data', 'keys']) mkdirSync(join(volumes, name))
  const port = await freePort()
  const settings = {
    PATH: process.env['PATH'],
    CHANCERY_DATA: join(volumes, 'data'),
    CHANCERY_KEYS: join(volumes, 'keys'),
    CHANCERY_ISSUER: `http://localhost:${port}`,
  }
  const first = { ...settings, CHANCERY_PORT: String(port) }
  const second = {
    ...first,
    CHANCERY_SERVICE_HOST: '10.43.0.7',
    CHANCERY_SERVICE_PORT: '80',
    CHANCERY_PORT_80_TCP: 'tcp://10.43.0.7:80',
    CHANCERY_PORT_80_TCP_PROTO: 'tcp',
    CHANCERY_PORT_80_TCP_PORT: '80',
    CHANCERY_PORT_80_TCP_ADDR: '10.43.0.7',
  }
  for (const env of [first, second]) {
    for (const name of ['data', 'keys']) giveToGroup(join(volumes, name), group)
    const as = ['--reuid=10001', '--regid=0', `--groups=0,${group}`, process.execPath]
    const server = spawn('setpriv', [...as, 'src/bin.js', 'start'], {
      cwd: made,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise((done) => server.once('exit', done))
    let output = ''
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    await untilHealthy({ cwd: made, env, uid: 10_001, gid: 0 }, () => output)
    // A container that is killed leaves everything as it was at that moment.
    server.kill('SIGKILL')
    await ended
  }
})

/** As HEALTHCHECK asks: exit code 0. */
async function untilHealthy(run: object, output: () => string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const child = spawn(process.execPath, ['src/bin.js', 'health'], { ...run, stdio: 'ignore' })
    const code = await new Promise((done) => child.once('exit', done))
    if (code === 0) return
    await wait(200)
  }
  assert.fail(`never healthy: ${output()}`)
}
