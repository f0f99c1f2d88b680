import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const demo = resolve(import.meta.dirname, '../../src/demo.ts')

async function run(env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [demo], { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, output }
}

test('the demonstration does what it says, ends with 0 and leaves nothing behind', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-demo-test-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const { code, output } = await run({ TMPDIR: dir })
  assert.equal(code, 0, output)
  const told = [
    /alice has a password and a second factor/,
    /both factors were used/,
    /a job of another branch gets AccessDenied/,
    /allow is readable: 200/,
    /Deny decides: 403/,
    /NoPayroll/,
    /has heard of it: 401/,
    /Every step did what it said/,
  ]
  for (const line of told) assert.match(output, line)
  assert.doesNotMatch(output, /\x1b\[/, 'no colour without a terminal')
  assert.deepEqual(readdirSync(dir), [])
  for (const [, port] of output.matchAll(/ at http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/g))
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`), `${port} is still served`)
})

test('a step that goes wrong ends it with 1', async () => {
  const { code, output } = await run({ TMPDIR: '/nowhere/at/all' })
  assert.equal(code, 1, output)
})
