// Every message is in every catalogue (the compiler checks the names), with the same values, and every page renders in each
// language without a message left in English.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkNewPassword, defaultPasswordPolicy } from '../../src/iam/password/password-policy.ts'
import { isProblem } from '../../src/problem.ts'
import { Secret } from '../../src/secure/secret.ts'
import { sentence } from '../../src/sign-in/problems.ts'
import { noBrand } from '../../views/brand.ts'
import { pageText } from '../../views/html.ts'
import { translator } from '../../views/language.ts'
import { german } from '../../views/languages/de.ts'
import { spanish } from '../../views/languages/es.ts'
import { french } from '../../views/languages/fr.ts'
import { japanese } from '../../views/languages/ja.ts'
import { firstLanguage, languages } from '../../views/languages/languages.ts'
import { layout } from '../../views/layout.ts'
import { englishWordsIn } from '../support/languages/translated.ts'
import { gallery } from './gallery.ts'

const root = join(import.meta.dirname, '../..')
const valuesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
const catalogues = { de: german, fr: french, es: spanish, ja: japanese } as const

for (const [language, catalogue] of Object.entries(catalogues))
  test(`${language}: each message has a translation with the values of the English one`, () => {
    for (const [message, text] of Object.entries(catalogue)) {
      assert.notEqual(text.trim(), '', message)
      assert.deepEqual([...new Set(valuesOf(text))], [...new Set(valuesOf(message))], message)
    }
    assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(german).sort())
  })

/** Sources below a folder, without the catalogues themselves and the console, which console-languages.test.ts is about. */
const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^(?:languages|console)\//.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))

/** Texts that views, and the pages of sign-in and account, show to people. */
const usedIn = (folder: string, pattern: RegExp): readonly string[] =>
  sourcesIn(folder)
    .flatMap((source) => [...source.matchAll(pattern)])
    .map(([, single, double]) => single ?? double ?? '')

test('every message that forms and pages show is in the catalogues', () => {
  const problems = ['src/sign-in', 'src/account'].flatMap((folder) =>
    usedIn(folder, /(?:problem|sentence|title):\s*'([A-Z][^'\n]+)'/g),
  )
  assert.ok(problems.length > 10)
  assert.deepEqual(
    problems.filter((text) => !(text in german)),
    [],
  )
})

/** What is wrong with a request, before any page reads it; with `7` and `x` for its values. */
const requestFaults: readonly string[] = usedIn(
  'src/web',
  /new Problem\(\s*'\w+',\s*(?:'([^'\n]+)'|`((?:\\`|[^`])+)`)/g,
).map((text) =>
  sentence(
    text
      .replaceAll('\\`', '`')
      .replaceAll(/\$\{max\w*\}/g, '7')
      .replaceAll(/\$\{[^}]*\}/g, 'x'),
  ),
)
/** No page asks for these: programs alone send them. */
const ofPrograms = /JSON|json|acct:|Basic credentials|CHANCERY_|Not ready/

test('what is wrong with a request before a page reads it is in every language', () => {
  const shown = requestFaults.filter((text) => !ofPrograms.test(text))
  assert.ok(shown.length > 15, `${shown.length}`)
  for (const language of languages)
    if (language !== 'en')
      for (const text of shown) {
        const translated = translator(language).knownText(text)
        assert.notEqual(translated, text)
        assert.deepEqual(englishWordsIn(translated, language), [], translated)
      }
})

test('no message is unused', () => {
  const source = ['views', 'src/sign-in', 'src/account', 'src/store', 'src/iam/password']
    .flatMap(sourcesIn)
    .join('\n')
  const counted = source.replaceAll(/\$\{[^}]*\}/g, '{count}')
  const quoted = (message: string) =>
    source.includes(`'${message}'`) || source.includes(`"${message}"`) || counted.includes(`\`${message}\``)
  const isFault = (message: string) => {
    const pattern = new RegExp(`^${RegExp.escape(message).replace(/\\\{(?:count|name|type)\\\}/g, '\\S+')}$`)
    return requestFaults.some((text) => pattern.test(text))
  }
  assert.deepEqual(
    Object.keys(german).filter((message) => !quoted(message) && !isFault(message)),
    [],
  )
})

test('every reason why a new password is refused is in every language', () => {
  const all = { requireUppercase: true, requireLowercase: true, requireNumbers: true, requireSymbols: true }
  const strict = { ...defaultPasswordPolicy, ...all }
  // biome-ignore format: a table
  const refused = ['short', 'x'.repeat(300), 'long-enough-1', 'LONG-ENOUGH-1', 'Long-Enough', 'LongEnough1', 'Password1!', 'aaaaaaaaaa', 'ada-the-user']
  const reasons = new Set<string>()
  for (const policy of [strict, defaultPasswordPolicy])
    for (const text of refused)
      try {
        checkNewPassword(new Secret(text), 'ada-the-user', policy)
      } catch (error) {
        assert.ok(isProblem(error, 'password_policy_violation'))
        reasons.add(error.message)
      }
  assert.equal(reasons.size, 8)
  for (const language of languages.filter((one) => one !== 'en'))
    for (const reason of reasons)
      assert.doesNotMatch(pageText(translator(language).known(reason)), /Password|\{count\}/, reason)
})

test('every page renders in every language, with its own language on it', () => {
  const frame = {
    stylesheet: '',
    consoleStylesheet: '',
    typeface: '',
    icon: '',
    scripts: [],
    host: 'id.example',
    brand: noBrand,
  }
  const english = new Map(
    [...gallery('Ada')].map(([name, page]) => [name, pageText(layout(page, frame, 'en'))]),
  )
  for (const language of languages)
    for (const [name, page] of gallery('Ada')) {
      const text = pageText(layout(page, frame, language))
      assert.ok(text.startsWith(`<!doctype html><html lang="${language}">`), name)
      assert.doesNotMatch(text, /\{\w+\}/, `${language} ${name}: a value is missing`)
      if (language !== 'en' && page.kind !== 'console') assert.notEqual(text, english.get(name), name)
    }
})

test('values are escaped in translated messages', () => {
  const text = pageText(translator('de')('Continue as {user}', { user: '<b>' }))
  assert.match(text, /Weiter als &lt;b&gt;/)
})

for (const [tags, expected] of [
  [['de-AT', 'en'], 'de'],
  [['nl', 'FR-ca'], 'fr'],
  [['pt', 'zh-Hans'], undefined],
  [['constructor', '__proto__', ''], undefined],
] as const)
  test(`${tags.join(', ')}: ${expected ?? 'none of ours'}`, () => assert.equal(firstLanguage(tags), expected))
