// The command line as a whole: every command has help that does nothing else, and completion and documentation are printed
// from the same definition.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import type { Command } from 'commander'
import { candidates } from '../../src/cli/completion.ts'
import { commandLine } from '../../src/cli/program.ts'
import { progressLine, withProgress } from '../../src/cli/progress.ts'
import { commandsTable } from '../../src/cli/reference.ts'
import { chanceryBin } from '../support/chancery-bin.ts'
import { runCommand } from '../support/command-line.ts'

const root = resolve(import.meta.dirname, '../..')
const notCalled = (): never => assert.fail('help does nothing else')
const program = commandLine({
  out: () => {},
  err: () => {},
  isTerminal: false,
  now: notCalled,
  env: notCalled,
  read: notCalled,
  readBytes: notCalled,
  open: notCalled,
  config: notCalled,
  dataDir: notCalled,
  openProviders: notCalled,
  openTrying: notCalled,
  openPreview: notCalled,
  createInitialAccessToken: notCalled,
  resetAdministrator: notCalled,
  callAdmin: notCalled,
  callIam: notCalled,
  stopped: notCalled,
})

/** Every command and subcommand, as the words that name it. */
function paths(command: Command, before: readonly string[] = []): readonly (readonly string[])[] {
  return command.commands.flatMap((child) => [
    [...before, child.name()],
    ...paths(child, [...before, child.name()]),
  ])
}

test('every group of commands says more than its own name', () => {
  for (const group of program.commands) assert.match(group.description(), /\S \S/, group.name())
})

for (const path of paths(program))
  test(`chancery ${path.join(' ')} --help prints its usage and does nothing`, async () => {
    const { code, out, err } = await runCommand([...path, '--help'])
    assert.deepEqual([code, err], [0, ''])
    assert.match(out, new RegExp(`^Usage: chancery ${path.join(' ')}`))
  })

test('`chancery start --help` of the installed command starts and creates nothing', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-help-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'src/bin.js'), 'start', '--help'], {
    cwd: dir,
    encoding: 'utf8',
  })
  assert.equal(status, 0)
  assert.match(stdout, /CHANCERY_PORT/)
  assert.deepEqual(readdirSync(dir), [])
})

test('--version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  assert.deepEqual(await runCommand(['--version']), { code: 0, out: version, err: '' })
})

const misuse: readonly (readonly [line: string, says: RegExp])[] = [
  ['strat', /unknown command 'strat'\n\(Did you mean start\?\)/],
  ['start now', /too many arguments/],
  ['audit verfy', /unknown command 'verfy'\n\(Did you mean verify\?\)/],
  ['backup --output x', /unknown option '--output'/],
  ['restore', /missing required argument 'file'/],
  ['registration-token --expires-in 59', /expected a whole number of seconds from 60 to 2592000/],
  ['registration-token --expires-in 1e3x', /expected a whole number/],
  ['policy filter --dialect oracle x', /Allowed choices are sqlite/],
  ['trust try --token -', /required option '--role <role>' not specified/],
  ['completion tcsh', /Allowed choices are bash, zsh, fish/],
]
for (const [line, says] of misuse)
  test(`chancery ${line} is wrong usage`, async () => {
    const { code, out, err } = await runCommand(line.split(' '))
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, says)
  })

const completions: readonly (readonly [words: string, expected: readonly string[]])[] = [
  ['re', ['reload', 'registration-token', 'restore']],
  ['policy di', ['diff']],
  ['provider check --j', ['--json']],
  ['completion ', ['bash', 'zsh', 'fish']],
  ['nothing at all x', []],
]
for (const [words, expected] of completions)
  test(`completion after \`${words}\``, () => {
    assert.deepEqual(candidates(program, words.split(' ')), expected)
  })

for (const shell of ['bash', 'zsh', 'fish'])
  test(`the completion script for ${shell} calls this program`, async () => {
    const { code, out } = await runCommand(['completion', shell])
    assert.equal(code, 0)
    assert.match(out, /chancery completion candidates --/)
  })

test('bash completes with the script', (t) => {
  const script = `chancery() { "${process.execPath}" "${chanceryBin}" "$@"; }
source <(chancery completion bash)
COMP_WORDS=(chancery policy ex); COMP_CWORD=2; _chancery; echo "\${COMPREPLY[*]}"`
  const { status, stdout, error } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  if (error) return t.skip('there is no bash')
  assert.deepEqual([status, stdout], [0, 'explain\n'])
})

test('docs/commands.md has the table generated from the command definitions', () => {
  const page = readFileSync(join(root, 'docs/commands.md'), 'utf8')
  assert.ok(
    page.includes(commandsTable(program)),
    `put this into docs/commands.md:\n${commandsTable(program)}`,
  )
})

test('progress is a bar where the total is known, and silent for work that ends at once', async () => {
  assert.equal(progressLine(500, 2000, 'records'), `[${'='.repeat(7)}${' '.repeat(23)}] 500 of 2,000 records`)
  assert.equal(progressLine(1234, undefined, 'records'), '1,234 records')
  let printed = ''
  const screen = { isTerminal: true, err: (text: string) => (printed += text) }
  const work = async (progress: (done: number) => void) => {
    progress(1)
    return 7
  }
  assert.equal(await withProgress(screen, 'records', work), 7)
  assert.equal(printed, '')
})

test('a reader that ends early ends the command, without an error', { timeout: 60_000 }, (t) => {
  const script = `"${process.execPath}" "${join(root, 'src/bin.js')}" audit --help | true; exit "\${PIPESTATUS[0]}"`
  const { status, stderr, error } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  if (error) return t.skip('there is no bash')
  assert.equal(stderr, '')
  assert.equal(status, 0)
})

test('a file that the system refuses is named, without a stack', async () => {
  const { code, out, err } = await runCommand(['policy', 'check', 'gone.json'], {
    read: (file) => readFileSync(join('/nonexistent', file), 'utf8'),
  })
  assert.deepEqual([code, out], [2, ''])
  assert.match(err, /^chancery: ENOENT: .* '\/nonexistent\/gone\.json'$/)
})

test('`chancery why` of a message without a reference says where references are', async () => {
  const message =
    'An error occurred (ExpiredToken) when calling the GetUser operation: The security token is expired'
  const { code, err } = await runCommand(['why', message])
  assert.equal(code, 2)
  assert.match(err, /there is no reference in this text: give the authorization id/)
})
