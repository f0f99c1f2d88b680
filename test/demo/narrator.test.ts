import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNarrator } from '../../src/demo/narrator.ts'

function told(isTTY: boolean, env: Record<string, string>): string {
  let text = ''
  const write = (part: string) => {
    text += part
    return true
  }
  const narrator = createNarrator({ isTTY, write } as never, env)
  narrator.step('One')
  narrator.expect('it is so', true)
  return text
}

// no-color.org
const rules: readonly [string, boolean, Record<string, string>, boolean][] = [
  ['a terminal', true, {}, true],
  ['no terminal', false, {}, false],
  ['NO_COLOR on a terminal', true, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ['FORCE_COLOR without a terminal', false, { FORCE_COLOR: '1' }, true],
]
for (const [name, isTTY, env, colour] of rules) {
  test(`${name}: ${colour ? 'colour' : 'plain text'}`, () => {
    assert.equal(told(isTTY, env).includes('\x1b['), colour)
  })
}

test('what is not as expected ends the story, and says what came instead', () => {
  const narrator = createNarrator({ isTTY: false, write: () => true } as never, {})
  assert.throws(() => narrator.expect('200', false, '500'), /expected: 200; instead: 500/)
})
