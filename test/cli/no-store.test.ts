// Commands that need a store never make one: in an empty directory each says what to do, and leaves the directory empty.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startServer } from '../support/server.ts'

const bin = resolve(import.meta.dirname, '../../src/bin.js')

function emptyDirectory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-no-store-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

function chancery(dir: string, args: readonly string[]) {
  const ended = spawnSync(process.execPath, [bin, ...args], {
    cwd: dir,
    env: { PATH: process.env['PATH'], CHANCERY_PORT: '0' },
    timeout: 20_000,
    encoding: 'utf8',
  })
  return { code: ended.status, said: ended.stdout + ended.stderr }
}

const needStore: readonly (readonly string[])[] = [['registration-token'], ['backup'], ['audit', 'verify']]

for (const args of needStore)
  test(`\`chancery ${args.join(' ')}\` without a store says what to do and makes nothing`, {
    timeout: 60_000,
  }, (t) => {
    const dir = emptyDirectory(t)
    const { code, said } = chancery(dir, args)
    assert.equal(code, 1, said)
    assert.match(
      said,
      /^chancery: there is no store at .*: run this where the server runs, or set CHANCERY_DATA/,
    )
    assert.deepEqual(readdirSync(dir), [])
  })

for (const args of [
  ['start', '--help'],
  ['start', '-h'],
  ['backup', '--help'],
  ['registration-token', '--help'],
  ['audit', '--help'],
])
  test(`\`chancery ${args.join(' ')}\` explains the command and does nothing`, { timeout: 60_000 }, (t) => {
    const dir = emptyDirectory(t)
    const { code, said } = chancery(dir, args)
    assert.equal(code, 0, said)
    assert.match(said, new RegExp(`^Usage: chancery ${args[0]}`))
    assert.deepEqual(readdirSync(dir), [])
  })

test('`chancery start` with what it does not know does not start', { timeout: 60_000 }, (t) => {
  const dir = emptyDirectory(t)
  assert.equal(chancery(dir, ['start', '--porto', '1']).code, 2)
  assert.deepEqual(readdirSync(dir), [])
})

test('beside a store that was started they work', { timeout: 60_000 }, async (t) => {
  const dir = emptyDirectory(t)
  await (await startServer({ dir })).stop()
  for (const args of needStore) {
    const { code, said } = chancery(dir, args)
    assert.equal(code, 0, said)
  }
})
