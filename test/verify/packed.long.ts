// `npm pack`, installed in an empty project: what a service gets. Nothing of it may need anything but Node, so the project's
// lock file names our package alone, and npm is kept off the network.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { SmallChancery, serviceKey } from '../support/small-chancery.ts'
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

let files: readonly string[] = []
before(async () => {
  const tarball = await pack()
  install(tarball)
  await run('npm', ['ci'], { cwd: project, env })
})
after(() => rmSync(dir, { recursive: true, force: true }))

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
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
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
    'dist/src/verify/koa.js',
    'dist/src/verify/express.js',
    'dist/src/verify/fastify.js',
    'dist/src/verify/hono.js',
    'dist/src/policy/decide.js',
    'dist/src/cli.js',
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

test('the built server starts and answers', async (t) => {
  // What was packed is still in the copy it was built in, beside the dependencies an install brings.
  const child = spawn(process.execPath, [join(dir, 'source/dist/src/main.js')], {
    cwd: mkdtempSync(join(dir, 'server-')),
    env: { ...env, CHANCERY_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill())
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes('is ready at')) break
  }
  const url = /ready at (\S+)/.exec(said)?.[1]
  const page = await (await fetch(`${url}/`)).text()
  const stylesheet = /href="(\/assets\/chancery[^"]+)"/.exec(page)?.[1]
  assert.equal((await fetch(`${url}${stylesheet}`)).status, 200)
})

test('what a service imports needs nothing but Node', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>
  }
  const doors = Object.values(exports).flatMap((door) => (typeof door === 'string' ? [] : [door.default]))
  const seen = new Set<string>()
  const follow = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, specifier = ''] of text.matchAll(/^(?:import|export) [^'"]*from ['"]([^'"]+)['"]/gm)) {
      assert.match(specifier, /^(node:|\.{1,2}\/.*\.js$)/, `${file} imports ${specifier}`)
      if (specifier.startsWith('.')) follow(resolve(dirname(file), specifier))
    }
  }
  for (const door of doors) follow(join(project, 'node_modules/chancery', door))
  assert.ok(seen.size > doors.length)
})

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
  for (const name of ['verify/hono.js', 'verify/index.d.ts', 'policy/decide.js', 'LICENSE'])
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
