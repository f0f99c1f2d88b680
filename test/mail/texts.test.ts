// Every text has the facts that it names, and becomes a message without anything that was not escaped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compose } from '../../src/mail/compose.ts'
import { mailLanguages } from '../../src/mail/language.ts'
import { english, facts, type MailTemplate, type MailText } from '../../src/mail/texts.ts'
import type { Language } from '../../views/languages/languages.ts'

const common = ['organization', 'host', 'user']
const texts = Object.entries(english) as readonly (readonly [MailTemplate, MailText])[]

test('every text names facts of its message only, and uses each of them', () => {
  for (const [template, { subject, body, button, after = [] }] of texts) {
    const named = [subject, ...body, ...after].join(' ').matchAll(/\{(\w+)\}/g)
    const used = new Set([...named].map(([, name]) => name ?? '').concat(button === undefined ? [] : 'url'))
    for (const name of facts[template]) assert.ok(used.has(name), `${template} does not show ${name}`)
    const known = new Set<string>([...common, ...facts[template]])
    for (const name of used) assert.ok(known.has(name), `${template} has no fact ${name}`)
    assert.ok(used.has('organization') || used.has('host'), template)
    assert.ok(!subject.includes('{url}'), template)
  }
})

for (const [language, { words, texts: translated }] of Object.entries(mailLanguages))
  test(`${language}: every text is there, with the facts and the parts of the English one`, () => {
    const factsOf = ({ subject, body, after = [] }: MailText) =>
      new Set([...[subject, ...body, ...after].join(' ').matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort())
    for (const [template, text] of texts) {
      const other = translated[template]
      assert.deepEqual([...factsOf(other)].sort(), [...factsOf(text)].sort(), template)
      const parts = ({ body, button, after }: MailText) => [body.length, button !== undefined, after?.length]
      assert.deepEqual(parts(other), parts(text), template)
      if (language !== 'en') assert.notEqual(other.subject, text.subject, template)
    }
    assert.ok(Object.values(words).every((word) => word.trim() !== ''))
    const { html, subject } = compose('test', { organization: 'Acme', host: 'h' }, language as Language)
    assert.match(html, new RegExp(`<html lang="${language}">`))
    assert.match(subject, /Acme/)
  })

test('whatever the facts are, the subject is one line and the HTML has the same elements', () => {
  const elements = (text: string) => [...text.matchAll(/<\/?[a-z]+/g)].map(([tag]) => tag).join()
  const names = [...common, 'url', 'until', 'address', 'browser', 'at', 'factor', 'newAddress', 'accountUrl']
  const values = fc.record(Object.fromEntries(names.map((name) => [name, fc.string({ unit: 'binary' })])))
  fc.assert(
    fc.property(fc.constantFrom(...texts), values, ([template], given) => {
      const made = compose(template, given)
      assert.doesNotMatch(made.subject, /\p{Cc}|\u2028|\u202e/u)
      assert.equal(elements(made.html), elements(compose(template, {}).html))
      assert.ok(made.html.isWellFormed())
    }),
    { numRuns: 60 },
  )
})

test('the plain text is wrapped, and a link stays in one piece', () => {
  const url = `https://id.acme.example/sign-in/link?token=${'t'.repeat(120)}`
  const { text } = compose('invitation', {
    organization: 'Acme',
    host: 'h',
    user: 'ann',
    url,
    until: 'tomorrow',
  })
  for (const line of text.split('\n')) assert.ok(line === url || line.length <= 76, line)
  assert.ok(text.split('\n').includes(url))
})
