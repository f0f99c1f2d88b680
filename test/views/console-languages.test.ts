// The console in every language: each message has a translation with the same values, none is unused or there twice, and no view
// has a text of its own.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { t } from '../../views/console/message.ts'
import { htmlText, inLanguage } from '../../views/html.ts'
import { german } from '../../views/languages/de.ts'
import { openTranslate } from '../../views/translate.ts'
import { consoleCatalogues, consoleTranslators } from '../support/languages/console-translators.ts'
import { literalsOf } from '../support/languages/source-literals.ts'

const root = join(import.meta.dirname, '../..')
const catalogueFolder = 'views/languages/console'

const sourcesBelow = (folder: string): readonly (readonly [path: string, source: string])[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')] as const)

const consoleSources = ['views/console', 'src/console'].flatMap(sourcesBelow)
const valuesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
const codeOf = (text: string) => text.split('`').length

for (const [language, { messages, known }] of Object.entries(consoleCatalogues))
  test(`${language}: each message of the console has a translation with the values of the English one`, () => {
    for (const [english, text] of [...messages, ...known]) {
      assert.notEqual(text.trim(), '', english)
      assert.deepEqual(valuesOf(text), valuesOf(english), english)
      assert.equal(codeOf(text), codeOf(english), `${english}: backticks`)
    }
    assert.deepEqual([...messages.keys()].sort(), [...consoleCatalogues.de.messages.keys()].sort())
    assert.deepEqual([...known.keys()].sort(), [...consoleCatalogues.de.known.keys()].sort())
  })

test('no message is in two catalogues', async () => {
  const rooms = readdirSync(join(root, catalogueFolder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['answers', 'engine', 'policy'].includes(entry.name))
    .map(({ name }) => name)
  const seen = new Map(Object.keys(german).map((message) => [message, 'sign-in']))
  const twice: string[] = []
  for (const room of rooms) {
    const catalogue: Readonly<Record<string, Readonly<Record<string, string>>>> = await import(
      join(root, catalogueFolder, room, 'de.ts')
    )
    for (const message of Object.keys(catalogue[room] ?? {})) {
      const other = seen.get(message)
      if (other !== undefined) twice.push(`${message}: ${other} and ${room}`)
      seen.set(message, room)
    }
  }
  assert.deepEqual(twice, [])
})

test('no message of the console is unused', () => {
  const all = consoleSources.map(([, source]) => source).join('\n')
  const isQuoted = (message: string) =>
    all.includes(`'${message.replaceAll("'", "\\'")}'`) || all.includes(`"${message}"`)
  assert.deepEqual(
    [...consoleCatalogues.de.messages.keys()].filter((message) => !isQuoted(message)),
    [],
  )
})

/** The `html` templates of a source, each with a character in the place of its expressions; templates within them are apart. */
const templatesOf = (source: string): readonly string[] =>
  literalsOf(source)
    .filter(({ before }) => /\bhtml$/.test(before))
    .map(({ text }) => text.replaceAll('{}', '\u0000'))

/** Whether a template is a part of a tag: attributes, or another class. */
const isOfTag = (template: string): boolean =>
  !template.includes('<') && /^(?: [a-z-]+|\s|\u0000)*$/.test(template.replace(/ ?[\w-]+="[^"]*"/g, ''))

/** What a reader would see of a template, or hear, that is no value. */
const wordsIn = (template: string): readonly string[] =>
  [
    ...(isOfTag(template)
      ? []
      : [template.replace(/<code[^>]*>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '\u0000')]),
    ...[...template.matchAll(/\b(?:aria-label|placeholder|title|alt|data-done)="([^"]*)"/g)].map(
      ([, value = '']) => value,
    ),
  ]
    .flatMap((text) => text.split('\u0000'))
    .filter((text) => /\p{L}{2}/u.test(text))

test('no view of the console has a text of its own', () => {
  const texts = consoleSources.flatMap(([path, source]) =>
    templatesOf(source)
      .flatMap(wordsIn)
      .map((text) => `${path}: ${text}`),
  )
  assert.deepEqual(texts, [])
  // It would find one.
  const source = 'const a = html`<p title="Why">${b ? html`It is` : \'\'} so</p>`'
  assert.deepEqual(templatesOf(source).flatMap(wordsIn), ['It is', ' so', 'Why'])
})

test('what is in backticks is code, and values are escaped in it', () => {
  const shown = t('{verdict} {action} on {resource}', { verdict: '`', action: '<b>', resource: 'x' })
  assert.equal(htmlText(inLanguage(shown, consoleTranslators.de)), '&#96;: &lt;b&gt; für x')
})

test('texts of operations are translated by their template, with what was in it', () => {
  const { known } = consoleCatalogues.de
  const { knownText } = openTranslate('de', {
    messages: new Map(),
    known: new Map([
      ...known,
      ['no {thing} with {what}', '{what}: kein {thing}'],
      ['two words', 'zwei Wörter'],
    ]),
  })
  assert.equal(knownText('no bed with two words'), 'zwei Wörter: kein bed')
  assert.equal(knownText('no bed with {thing}'), '{thing}: kein bed')
  assert.equal(knownText('something else'), 'something else')
})
