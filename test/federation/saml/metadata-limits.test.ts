// Shapes of metadata that would hold the event loop are refused before they are parsed (docs/attacks.md 36, 43): xmldom copies the
// namespaces in scope for every element.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from '../../../src/federation/saml/xml.ts'

const limits = { length: 400_000, elements: 3000, comments: true } as const
const nested = (count: number, open: (at: number) => string): string =>
  `<r>${Array.from({ length: count }, (_, at) => open(at)).join('')}${'</a>'.repeat(count)}</r>`

for (const [what, xml, why] of [
  ['deep elements', nested(60, () => '<a>'), /deeper than 50/],
  ['deep elements with tags in attributes', nested(60, () => '<a b="/>">'), /deeper than 50/],
  ['a tag in an attribute', '<r><a b="<c/>"/></r>', /not well-formed/],
  ['a tag that does not end', `<r a="${'x'.repeat(1000)}`, /not well-formed/],
  ['a tag in a tag', '<r <a/></r>', /not well-formed/],
  ['many attributes', `<r ${Array.from({ length: 65 }, (_, at) => `a${at}="1"`).join(' ')}/>`, /attributes/],
  ['many namespaces', nested(1100, (at) => `<a xmlns:n${at}="u">`), /more than 1000 namespace declarations/],
  ['many elements', `<r>${'<a/>'.repeat(7000)}</r>`, /more than 3000 elements/],
] as const)
  test(`36: ${what}: refused`, () => {
    assert.throws(
      () => parseXml(xml, limits),
      (error) => {
        assert.match(String((error as { detail?: string }).detail), why)
        return true
      },
    )
  })

test('what is within the limits is read, also with `>` in attributes and in text', () => {
  const xml = `<r a="1>2" b='"'>${'<a b="/">x > y</a>'.repeat(60)}${nested(48, () => '<a>')}</r>`
  const { root } = parseXml(xml, limits)
  assert.equal(root.attributes.get('a'), '1>2')
  assert.equal(root.children.length, 61)
  assert.equal(root.children[0]?.text, 'x > y')
})
