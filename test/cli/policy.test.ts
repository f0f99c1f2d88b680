// The command itself: files, standard input, exit codes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chanceryBin } from '../support/chancery-bin.ts'
import { runCommand } from '../support/command-line.ts'

const good = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"docs:Get","Resource":"x"}}'

test('`chancery policy` reads files and standard input, and its exit code is the result', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-cli-'))
  t.after(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'good.json'), good)
  const chancery = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [chanceryBin, 'policy', ...args], { cwd: dir, input, encoding: 'utf8' })
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

test('a long policy diff shows its progress on standard error', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 1000))
  const statement = { Effect: 'Allow', Action: ['docs:Get*', 'docs:Put'], Resource: ['a*', 'b*'] }
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const args = ['policy', 'diff', 'before.json', 'after.json']
  const bar = await runCommand(args, { read: () => document, isTerminal: true })
  assert.equal(bar.out, 'after.json allows nothing that before.json does not')
  assert.match(bar.err, /\r\u001b\[K\[={10,20} +\] \d+ of \d+ combinations compared/)
  assert.ok(bar.err.endsWith('\r\u001b[K'), 'the bar is erased at the end')
  const { err } = await runCommand(args, { read: () => document })
  assert.match(err, /^\[=* *\] \d+ of \d+ combinations compared$/m)
  assert.doesNotMatch(err, /\r/)
})
