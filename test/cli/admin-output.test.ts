// What answers of the admin API are on a screen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operations } from '../../src/admin/operations.ts'
import { adminCommand } from '../../src/cli/admin/commands.ts'
import { printAnswer } from '../../src/cli/admin/output.ts'
import type { CommandContext } from '../../src/cli/context.ts'

const operation = (name: string) => operations.find((one) => one.name === name) ?? assert.fail(name)

function printed(name: string, body: unknown): string {
  const parts: string[] = []
  const write = (text: string): void => {
    parts.push(text)
  }
  const screen = { out: write, err: write, isTerminal: false }
  printAnswer(screen, operation(name), [{ status: 200, body, cursor: undefined, etag: undefined }], false)
  return parts.join('')
}

const answers: readonly (readonly [string, unknown, readonly string[]])[] = [
  [
    'what ends has a line for each kind, and says where there is none',
    {
      dryRun: true,
      ends: { browserSessions: 2, applications: ['wiki', 'docs'], accessKeys: [], roleSessions: 'all' },
    },
    [
      'dryRun  true',
      'ends',
      '  browserSessions  2',
      '  applications     wiki, docs',
      '  accessKeys       none',
      '  roleSessions     all',
    ],
  ],
  [
    'objects of a list are a table',
    { name: 'wiki', secrets: [{ id: 'a', lastUsed: 'now' }, { id: 'b' }], metadata: {} },
    ['name      wiki', 'secrets', '  ID  LAST USED', '  a   now', '  b', 'metadata  none'],
  ],
  [
    'a value cannot begin a line of its own, or change the terminal',
    { name: 'x\ny', more: { text: '\u001b[2J' } },
    ['name  x\ufffdy', 'more', '  text  \ufffd[2J'],
  ],
]

for (const [what, body, lines] of answers)
  test(what, () => assert.equal(printed('GetPerson', body), `${lines.join('\n')}\n`))

test('an answer without a body says that it is done', () => {
  assert.equal(printed('DeletePerson', undefined), 'done\n')
})

test('only what exists has something that an empty text removes', () => {
  const context = {} as CommandContext
  const helpOf = (words: string): string => {
    const providers = adminCommand('identity-providers', context, { code: 0 })
    return providers.commands.find((one) => one.name() === words)?.helpInformation() ?? assert.fail(words)
  }
  assert.match(helpOf('update'), /an empty text\s+removes it/)
  assert.doesNotMatch(helpOf('create'), /an empty text\s+removes it/)
})
