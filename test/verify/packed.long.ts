// `npm pack`, installed in an empty project: what a service gets. Nothing of it may need anything but Node, so the project's
// lock file names our package alone, and npm is kept off the network.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { benchClient } from '../bench/subjects.ts'
import { startServer } from '../support/server.ts'
import { SmallChancery, serviceKey } from '../support/small-chancery.ts'
import { until } from '../support/waiting.ts'
import { send } from './documents.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const dir = mkdtempSync(join(tmpdir(), 'chancery-packed-'))
const project = join(dir, 'project')
const nothing = {
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
}
const env = { PATH: process.env['PATH'], HOME: dir, npm_config_cache: join(dir, 'cache'), ...nothing }

const installed = join(project, 'node_modules/chancery')

const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string }).version

let files: readonly string[] = []
before(async () => {
  const tarball = await pack()
  install(tarball)
  await run('npm', ['ci'], { cwd: project, env })
})
after(() => rmSync(dir, { recursive: true, force: true }))

/** The package as it is installed, beside the dependencies that an install from a registry brings. */
function installedServer(): string {
  const folder = join(dir, 'server')
  if (!existsSync(folder)) {
    cpSync(installed, folder, { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  }
  return folder
}

/** Packs a copy, so that nothing is written beside the sources. */
async function pack(): Promise<string> {
  const copy = join(dir, 'source')
  mkdirSync(copy)
  for (const name of [
    'package.json',
    '.npmrc',
    'tsconfig.json',
    'tsconfig.build.json',
    'tsconfig.types.json',
    'README.md',
    'LICENSE',
    '.ci',
    'src',
    'views',
  ])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', dir], { cwd: copy, env })
  // The build that npm runs first may say something of its own.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as {
    filename: string
    files: { path: string }[]
  }[]
  assert.ok(packed)
  files = packed.files.map(({ path }) => path)
  return join(dir, basename(packed.filename))
}

function install(tarball: string): void {
  mkdirSync(project)
  const version = versionOf(root)
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  const named = { name: 'service', version: '1.0.0', dependencies: { chancery: `file:${tarball}` } }
  const locked = { version, resolved: `file:${tarball}`, integrity }
  const lock = {
    name: 'service',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': named, 'node_modules/chancery': locked },
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ ...named, type: 'module', private: true }))
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock))
}

test('the package holds built files and their types, and no tests, keys or data', () => {
  for (const name of [
    'dist/src/verify/index.js',
    'dist/src/verify/index.d.ts',
    'dist/src/verify/middleware/koa.js',
    'dist/src/verify/middleware/express.js',
    'dist/src/verify/middleware/fastify.js',
    'dist/src/verify/middleware/hono.js',
    'dist/src/policy/engine/decide.js',
    'dist/src/cli.js',
    'dist/src/main.js',
    'dist/src/secure/key/key-worker.js',
    'dist/src/store/sqlite/writer.js',
    'dist/views/assets/chancery.css',
    'src/bin.js',
  ])
    assert.ok(
      files.includes(name),
      `${name} is missing; with ignore-scripts in .npmrc npm pack builds nothing`,
    )
  for (const name of files) assert.doesNotMatch(name, /^(test|keys|data|coverage|node_modules)\//)
})

test('the packed server starts, serves its files, and its threads write and sign', async (t) => {
  const server = await startServer({
    bin: join(installedServer(), 'src/bin.js'),
    config: `clients:\n${benchClient}`,
  })
  t.after(() => server.stop())
  const page = await (await fetch(`${server.url}/`)).text()
  const stylesheet = /href="(\/assets\/chancery[^"]+)"/.exec(page)?.[1]
  assert.equal((await fetch(`${server.url}${stylesheet}`)).status, 200)
  const { version } = (await (await fetch(`${server.url}/healthz`)).json()) as { readonly version: string }
  assert.equal(version, versionOf(root))
  const token = await fetch(`${server.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'bench',
      client_secret: 'bench-secret-of-32-characters-or-more',
      resource: 'https://api.example',
      scope: 'read',
    }),
  })
  assert.equal(token.status, 200, await token.text())
})

test('the packed server is compact, and keeps the names of its functions for stack traces', () => {
  const main = readFileSync(join(installed, 'dist/src/main.js'), 'utf8')
  // Lines remain in template literals alone: no statement begins one, and none has a comment.
  assert.match(main, /^import/)
  assert.doesNotMatch(main, /^\s*(?:\/[*/] |(?:async|await|const|if|let|return|throw|try)\b)/m)
  assert.match(main, /function gracefulShutdown\(/)
})

test('an idle packed server gives the memory of its start back', async (t) => {
  const server = await startServer({ bin: join(installedServer(), 'src/bin.js') })
  t.after(() => server.stop())
  const ownKilobytes = () =>
    Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1])
  // Of its own, without the pages of Node's file, it has 43 MB, and 70 when it has just started.
  await until('less than 50 MB are left', () => ownKilobytes() < 50_000)
})

test('the packed thread for bcrypt hashes', async (t) => {
  const worker = new Worker(join(installedServer(), 'dist/src/secure/password/bcrypt-worker.js'))
  t.after(() => worker.terminate())
  // A test vector of jBCrypt.
  const salt = '$2a$06$If6bvum7DFjUnE9p2uDeDu'
  worker.postMessage({ password: 'abc', salt })
  assert.deepEqual(await once(worker, 'message'), [`${salt}0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i`])
})

test('every module of the policy editor that the server serves is packed', () => {
  const modules = importedFrom(
    ['policy-editor', 'review-worker'].map((name) => `dist/src/console/page/${name}.js`),
  )
  assert.ok(modules.size > 20)
  for (const file of modules) assert.ok(files.includes(relative(installed, file)), file)
})

test('the licence of every package in the bundle is kept', () => {
  const licences = readFileSync(join(installed, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
  const bundled = readdirSync(join(installed, 'dist/src'))
    .filter((name) => name.endsWith('.js.map'))
    .flatMap((name) => {
      const { sources } = JSON.parse(readFileSync(join(installed, 'dist/src', name), 'utf8')) as {
        readonly sources: readonly string[]
      }
      return sources.flatMap((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
    })
  assert.ok(bundled.includes('oidc-provider') && bundled.includes('koa'))
  for (const name of new Set(bundled)) assert.ok(licences.includes(`\n${name} `), name)
  assert.match(licences, /\noidc-provider [\s\S]*?Copyright \(c\) \d+ Filip Skokan/)
})

test('what a service imports needs nothing but Node', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>
  }
  const doors = Object.values(exports).flatMap((door) => (typeof door === 'string' ? [] : [door.default]))
  const onlyNode = /^(node:|\.{1,2}\/.*\.js$)/
  const seen = importedFrom(doors, (specifier, file) =>
    assert.match(specifier, onlyNode, `${file} imports ${specifier}`),
  )
  assert.ok(seen.size > doors.length)
})

/** The files of the package that these import, and theirs. */
function importedFrom(
  entries: readonly string[],
  check: (specifier: string, file: string) => void = () => undefined,
): ReadonlySet<string> {
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, specifier = ''] of text.matchAll(/^(?:import|export) [^'"]*from ['"]([^'"]+)['"]/gm)) {
      check(specifier, file)
      if (specifier.startsWith('.')) follow(resolve(dirname(file), specifier))
    }
  }
  for (const entry of entries) follow(join(installed, entry))
  return seen
}

const service = `
import { createServer } from 'node:http'
import { createVerifier, formatDecision } from 'chancery/verify'
import { protect } from 'chancery/verify/express'
import { protect as protectKoa } from 'chancery/verify/koa'
import { decide } from 'chancery/policy/decide'
if ([formatDecision, protectKoa, decide].some((door) => typeof door !== 'function')) throw new Error('a door is missing')
const { ISSUER, ACCESS_KEY_ID, SECRET_ACCESS_KEY } = process.env
const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY }
const verifier = createVerifier({ issuer: ISSUER, service: 'docs', credentials })
const rule = { action: 'docs:GetDocument', resource: (_, path) => 'arn:aws:docs:::' + path.slice(1) }
const guard = protect(verifier, rule)
const server = createServer((req, res) => guard(req, res, () => res.end(req.chancery.caller.arn)))
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
`

test('an installed service authenticates, decides and refuses against a running issuer', (t) =>
  runService(t, project, service))

test('the verifier is a package of its own, which needs Node alone', { timeout: 120_000 }, async (t) => {
  const copy = join(dir, 'source')
  const { stdout: folder } = await run(process.execPath, [join(copy, '.ci/pack-verify.ts')], {
    cwd: copy,
    env,
  })
  const args = ['pack', '--json', '--pack-destination', dir]
  const { stdout } = await run('npm', args, { cwd: folder.trim(), env })
  const [packed] = JSON.parse(stdout) as {
    filename: string
    unpackedSize: number
    files: { path: string }[]
  }[]
  assert.ok(packed)
  const paths = packed.files.map(({ path }) => path)
  for (const name of ['verify/middleware/hono.js', 'verify/index.d.ts', 'policy/engine/decide.js', 'LICENSE'])
    assert.ok(paths.includes(name), `${name} is missing`)
  for (const path of paths) assert.doesNotMatch(path, /^(?:store|oidc|iam|sts|web|views)\//)
  assert.ok(packed.unpackedSize < 1_000_000, `${packed.unpackedSize} bytes`)

  const alone = mkdtempSync(join(dir, 'alone-'))
  await run('npm', ['install', '--no-save', join(dir, packed.filename)], { cwd: alone, env })
  const installed = readdirSync(join(alone, 'node_modules')).filter((name) => !name.startsWith('.'))
  assert.deepEqual(installed, ['chancery-verify'])
  const renamed = service
    .replaceAll('chancery/verify', 'chancery-verify')
    .replaceAll('chancery/', 'chancery-verify/')
  await runService(t, alone, renamed)
})

/** Runs a service that is installed in `folder`, and asks it as its callers do. */
async function runService(t: TestContext, folder: string, source: string): Promise<void> {
  const issuer = await new SmallChancery().start()
  t.after(() => issuer.stop())
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}')
  writeFileSync(join(folder, 'service.js'), source)
  const own = {
    ISSUER: issuer.issuer,
    ACCESS_KEY_ID: serviceKey.accessKeyId,
    SECRET_ACCESS_KEY: serviceKey.secretAccessKey,
  }
  const child = spawn(process.execPath, ['service.js'], {
    cwd: folder,
    env: { ...env, ...own },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill())
  const url = String((await child.stdout.take(1).toArray())[0]).trim()
  const session = await issuer.assume()
  const allowed = await send({ url }, '/documents/1', session)
  assert.equal(allowed.status, 200)
  assert.equal(await allowed.text(), session.claims.sub)
  assert.equal((await send({ url }, '/secrets/1', session)).status, 403)
  assert.equal((await fetch(`${url}/documents/1`)).status, 401)
}

const typed = `
import { createVerifier, type Caller, type Decision } from 'chancery/verify'
import { protect } from 'chancery/verify/koa'
const verifier = createVerifier({ issuer: 'https://id.example', service: 'docs', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
export const guard = protect(verifier, { action: 'docs:Get', resource: (ctx, path) => path })
export const who = (caller: Caller): string => caller.arn
export const effect = (decision: Decision): 'allow' | 'deny' => decision.effect
// @ts-expect-error: types are real, not any
createVerifier({ issuer: 1 })
// @ts-expect-error: a caller's expiry is a number
export const wrong = (caller: Caller): string => caller.expiresAt
`

test('its types are found and strict', async () => {
  writeFileSync(join(project, 'typed.ts'), typed)
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }))
  const tsc = join(root, 'node_modules/.bin/tsc')
  await run(tsc, [], { cwd: project }).catch((error: { stdout: string }) => assert.fail(error.stdout))
})
