// The commands of README.md and docs/getting-started.md, run as written, by aws clients of two generations: one that knows
// AWS_ENDPOINT_URL, and one that is given --endpoint-url as the page says.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startServer } from './support/server.ts'

const root = resolve(import.meta.dirname, '..')
const blocksOf = (page: string): readonly string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
    ([, text = '']) => text,
  )

/** The versions of the aws clients that are here. */
function versionOf(command: string): readonly [major: number, minor: number] | undefined {
  const { stdout = '' } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}
/** AWS SDKs and Tools Reference Guide, "Service-specific endpoints": since 1.29.0 and 2.13.0. */
const knowsEndpoint = ([major, minor]: readonly [number, number]) => minor >= (major === 1 ? 29 : 13)
const found = ['aws', '/usr/bin/aws'].flatMap((command) => {
  const version = versionOf(command)
  return version === undefined ? [] : [{ command, isNew: knowsEndpoint(version) }]
})
const newer = found.find(({ isNew }) => isNew)
const older = found.find(({ isNew }) => !isNew)

const clients = [
  {
    name: 'an aws client that knows AWS_ENDPOINT_URL',
    skip: newer ? false : 'there is no aws client from 1.29 or 2.13 on',
    prelude: () => `aws() { ${newer?.command === 'aws' ? 'command aws' : newer?.command} "$@"; }\n`,
  },
  {
    name: 'an aws client that does not',
    skip: older ? false : 'there is no aws client before 1.29 or 2.13',
    prelude: (
      url: string,
    ) => `aws() { ${older?.command === 'aws' ? 'command aws' : older?.command} --endpoint-url ${url} "$@"; }
`,
  },
]

for (const { name, skip, prelude } of clients)
  test(`the commands of README.md and docs/getting-started.md run as written by ${name}`, {
    skip,
  }, async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'chancery-docs-'))
    t.after(() => rmSync(home, { recursive: true, force: true }))
    const server = await startServer({ dir: home, env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' } })
    t.after(() => server.stop())
    const issuer = await startIssuer(t)
    const script = [...blocksOf('README.md').slice(1), ...blocksOf('docs/getting-started.md').slice(1)]
      .join('\n')
      .replaceAll('http://localhost:3000', server.url)
      .replaceAll('https://token.actions.githubusercontent.com', `http://${issuer}`)
      .replaceAll('token.actions.githubusercontent.com', issuer)
    const ran = spawnSync('sh', ['-c', `set -e\n${prelude(server.url)}${script}`], {
      cwd: home,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home },
    })
    assert.equal(ran.status, 0, ran.stderr)
    assert.match(ran.stdout, new RegExp(`"Account": "${server.accountId}"`))
    assert.match(ran.stdout, /"UserName": "ada"/)
    assert.match(ran.stdout, /assumed-role\/docs-publisher\/build-17/)
    const [bearer = ''] = /\{"access_token".*\}/.exec(ran.stdout) ?? []
    assert.equal((JSON.parse(bearer) as { token_type: string }).token_type, 'Bearer')
  })

/** The demo's issuer, as the page starts it; its host and port. */
async function startIssuer(t: TestContext): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'src/demo/ci.ts'), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill())
  assert.ok(child.stdout)
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  const [, place] = /http:\/\/([\d.]+:\d+)/.exec(chunk.toString()) ?? []
  assert.ok(place, chunk.toString())
  return place
}
