// The command itself: files, standard input, exit codes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const cli = resolve(import.meta.dirname, '../../src/cli.ts')
const good = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"docs:Get","Resource":"x"}}'

test('`chancery policy` reads files and standard input, and answers by its exit code', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-cli-'))
  t.after(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'good.json'), good)
  const chancery = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [cli, 'policy', ...args], { cwd: dir, input, encoding: 'utf8' })
  const fine = chancery('', 'check', 'good.json')
  assert.deepEqual([fine.status, fine.stdout, fine.stderr], [0, 'the policy is fine\n', ''])
  const piped = chancery('{', 'check', '-')
  assert.equal(piped.status, 1)
  assert.match(piped.stdout, /^<stdin>:1:2: error: /)
  const gone = chancery('', 'lint', 'gone.json')
  assert.deepEqual([gone.status, gone.stdout], [2, ''])
  assert.match(gone.stderr, /cannot read `gone\.json`/)
  assert.equal(chancery(good, 'simulate', '--action', 'docs:Put', '-').status, 1)
})
