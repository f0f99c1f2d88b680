import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommandHere } from '../support/command-line.ts'

test('`chancery trust try` without a store says what to do, and creates nothing', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-trust-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const env = { CHANCERY_DATA: join(dir, 'data'), CHANCERY_KEYS: join(dir, 'keys') }
  const asked = ['trust', 'try', '--role', 'deploy', '--token', '-']
  const { code, err } = await runCommandHere(asked, { env, input: 'a.b.c' })
  assert.equal(code, 2)
  assert.match(err, /start the server once/)
  assert.deepEqual(readdirSync(dir), [])
})

test('`chancery trust template` names the presets before it asks for more', async () => {
  const { code, err } = await runCommandHere(['trust', 'template', 'nope'], {})
  assert.equal(code, 2)
  assert.match(err, /`nope` is no preset; there are github-actions, /)
})

test('`chancery trust template` says all that a preset needs at once', async () => {
  const { code, err } = await runCommandHere(['trust', 'template', 'kubernetes'], {})
  assert.equal(code, 2)
  assert.match(
    err,
    /^chancery trust: kubernetes needs\n {2}--url {2}\S.*\n {2}--namespace {2}\S.*\n {2}--service-account {2}\S/,
  )
})
