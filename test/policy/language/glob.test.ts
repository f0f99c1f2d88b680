import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { any, globMatches, star } from '../../../src/policy/language/glob.ts'

const encoded = (pattern: string): string => pattern.replaceAll('*', star).replaceAll('?', any)

/** By definition: a star covers nothing, or one character and then what it covers. */
function covers(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*')
    return covers(pattern.slice(1), text) || (text !== '' && covers(pattern, text.slice(1)))
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && covers(pattern.slice(1), text.slice(1))
  )
}

test('a glob covers what its definition covers', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 9 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 })
  fc.assert(
    fc.property(pattern, text, (one, other) => {
      assert.equal(globMatches(encoded(one), other), covers(one, other), `${one} and ${other}`)
    }),
    { numRuns: 20_000 },
  )
})

test('a long part between stars is found wherever it first occurs', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 33, maxLength: 60 })
  const around = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 80 })
  fc.assert(
    fc.property(letters, around, around, (part, before, after) => {
      assert.equal(globMatches(encoded(`*${part}*`), before + part + after), true)
      assert.equal(globMatches(encoded(`*${part}*`), before + after), (before + after).includes(part))
    }),
    { numRuns: 3000 },
  )
})

test('only the given stretch of either text is looked at', () => {
  assert.equal(globMatches(encoded('x:a*:y'), 'p:ab:q', 2, 4, 2, 4), true)
  assert.equal(globMatches(encoded('x:a*:y'), 'p:b:q', 2, 4, 2, 3), false)
})
