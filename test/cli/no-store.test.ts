// Commands that need a store never make one: in an empty directory each says what to do, and leaves the directory empty.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { runCommandHere } from '../support/command-line.ts'
import { startServer } from '../support/server.ts'

function emptyDirectory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-no-store-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

async function chancery(dir: string, args: readonly string[]) {
  const { code, out, err } = await runCommandHere(args, { directory: dir, env: { CHANCERY_PORT: '0' } })
  return { code, said: out + err }
}

const needStore: readonly (readonly string[])[] = [['registration-token'], ['backup'], ['audit', 'verify']]

for (const args of needStore)
  test(`\`chancery ${args.join(' ')}\` without a store says what to do and creates nothing`, {
    timeout: 60_000,
  }, async (t) => {
    const dir = emptyDirectory(t)
    const { code, said } = await chancery(dir, args)
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
  test(`\`chancery ${args.join(' ')}\` explains the command and does nothing`, {
    timeout: 60_000,
  }, async (t) => {
    const dir = emptyDirectory(t)
    const { code, said } = await chancery(dir, args)
    assert.equal(code, 0, said)
    assert.match(said, new RegExp(`^Usage: chancery ${args[0]}`))
    assert.deepEqual(readdirSync(dir), [])
  })

test('`chancery start` with an unknown argument does not start', { timeout: 60_000 }, async (t) => {
  const dir = emptyDirectory(t)
  assert.equal((await chancery(dir, ['start', '--porto', '1'])).code, 2)
  assert.deepEqual(readdirSync(dir), [])
})

test('with a store that was created by a start these commands work', { timeout: 60_000 }, async (t) => {
  const dir = emptyDirectory(t)
  await (await startServer({ dir })).stop()
  for (const args of needStore) {
    const to = args[0] === 'backup' ? ['--out', join(dir, 'backup.jsonl')] : []
    const { code, said } = await chancery(dir, [...args, ...to])
    assert.equal(code, 0, said)
  }
})
