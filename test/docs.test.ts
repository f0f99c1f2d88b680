// Only what a test reads stays true: links, and the numbers of attacks.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]
for (const name of pages)
  test(`every link of ${name} leads somewhere`, () => {
    const text = readFileSync(join(root, name), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|mailto:|#)/.test(target)) continue
      assert.ok(existsSync(join(root, dirname(name), target.split('#')[0] ?? '')), target)
    }
  })

test('every attack of docs/attacks.md from 30 on has a test named by its number', () => {
  const numbers = [...readFileSync(join(root, 'docs/attacks.md'), 'utf8').matchAll(/^(\d+)\. /gm)].map(
    ([, n]) => n,
  )
  const named = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, 'test', file), 'utf8'))
    .join('\n')
  const files = readdirSync(join(root, 'test/attacks'))
  const missing = numbers.filter(
    (n) =>
      Number(n) >= 30 &&
      !files.some((file) => file.startsWith(`${n}-`)) &&
      !new RegExp(`test\\([\\s]*['"\`]${n}[: ]`).test(named),
  )
  assert.deepEqual(missing, [])
})
