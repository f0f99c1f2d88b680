// The documentation of policies: its commands run as written, and its example says what is printed there.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { chanceryBin } from '../support/chancery-bin.ts'

const root = resolve(import.meta.dirname, '../..')
const section = readFileSync(join(root, 'docs/policies.md'), 'utf8')
const blocks = (language: string) =>
  [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  )

test('the policy commands of the documentation run as written', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-readme-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const shell = (script: string) =>
    spawnSync('sh', ['-c', `chancery() { "${process.execPath}" "${chanceryBin}" "$@"; }\n${script}`], {
      cwd: dir,
      encoding: 'utf8',
    })
  const [example = '', ...others] = blocks('sh').map((text) => text.replaceAll('npx chancery', 'chancery'))
  const explained = shell(example)
  assert.equal(explained.stdout, blocks('text')[0])
  assert.deepEqual([explained.status, explained.stderr], [1, ''])
  const rest = shell(`set -e\n${others.join('\n')}`)
  assert.deepEqual([rest.status, rest.stderr], [0, ''])
  const allowed = shell(
    example.replace(/ team\.json\n$/, ' --context aws:MultiFactorAuthPresent=true team.json\n'),
  )
  assert.match(allowed.stdout, /^ALLOWED /)
})
