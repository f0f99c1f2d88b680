// Texts that are made in English, in another language: by the template that they were made from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Language } from '../../views/languages/languages.ts'
import { openTranslate } from '../../views/translate.ts'

const knownText = (
  known: Readonly<Record<string, string>>,
  text: string,
  {
    language = 'de',
    kinds = {},
  }: { readonly language?: Language; readonly kinds?: Readonly<Record<string, string>> } = {},
): string =>
  openTranslate(language, {
    messages: new Map([['two words', 'zwei Wörter']]),
    known: new Map(Object.entries(known)),
    kinds: new Map(Object.entries(kinds)),
  }).knownText(text)

test('no word of a name in backticks is taken for one of the template', () => {
  const known = { '{one} of {other}': '{other}, davon {one}', 'a list': 'eine Liste' }
  assert.equal(knownText(known, '`a of b` of `c`'), '`c`, davon `a of b`')
  assert.equal(knownText(known, '`a list` of a list'), 'eine Liste, davon `a list`')
  assert.equal(knownText(known, '`a list`'), '`a list`')
})

test('a template names what must be in backticks, wholly or in part', () => {
  const known = {
    'write `{issuer}:sub`': 'schreiben Sie `{issuer}:sub`',
    'expected `Allow`': '`Allow` wurde erwartet',
    'write `{name}`': 'ergänzen Sie `{name}`',
    'a list': 'eine Liste',
  }
  assert.equal(knownText(known, 'write `ci.example:sub`'), 'schreiben Sie `ci.example:sub`')
  assert.equal(knownText(known, 'write `a list`'), 'ergänzen Sie `a list`')
  assert.equal(knownText(known, 'expected `Allow`'), '`Allow` wurde erwartet')
  assert.equal(knownText(known, 'expected `Deny`'), 'expected `Deny`')
  assert.equal(knownText(known, 'write a list'), 'write a list')
})

test('a value of one word is looked up among these texts, one of several among the messages too', () => {
  const known = { 'with {what}': 'mit {what}', nothing: 'nichts' }
  assert.equal(knownText(known, 'with nothing'), 'mit nichts')
  assert.equal(knownText(known, 'with two words'), 'mit zwei Wörter')
  assert.equal(knownText(known, 'with words'), 'mit words')
})

test('36: a text of more than 600 characters besides its names is left as it is', () => {
  const known = { 'no {thing}': 'kein {thing}' }
  assert.equal(knownText(known, `no ${'x'.repeat(590)}`), `kein ${'x'.repeat(590)}`)
  assert.equal(knownText(known, `no ${'x'.repeat(600)}`), `no ${'x'.repeat(600)}`)
  assert.equal(knownText(known, `no \`${'x'.repeat(600)}\``), `kein \`${'x'.repeat(600)}\``)
})

test('36: of a list that goes on and on, only the end is taken apart', () => {
  const kinds = { Names: '`(?:, `)*' }
  const known = { '{Names}, {Names2}': '{Names} / {Names2}' }
  const list = (length: number): string => Array.from({ length }, () => '`a`').join(', ')
  assert.equal(knownText(known, list(100), { kinds }), list(100).replaceAll(',', ' /'))
  const long = knownText(known, list(1000), { kinds })
  assert.match(long, /^(?:`a`, )+`a`(?: \/ `a`)+$/)
})

test('a kind says what a value is', () => {
  const kinds = { Names: '`(?:(?:, | and )`)*' }
  const known = {
    '{Names} and {Names2}': '{Names} und {Names2}',
    '{who} is {Names}': '{who} ist {Names}',
  }
  assert.equal(knownText(known, '`a`, `b` and `c`', { kinds }), '`a`, `b` und `c`')
  assert.equal(knownText(known, 'a and `b`', { kinds }), 'a and `b`')
  assert.equal(knownText(known, 'this is `b` and `c`', { kinds }), 'this ist `b` und `c`')
  assert.equal(knownText(known, '`a` and `b`'), '`a` and `b`')
})

test('of two templates that fit, the one with more text of its own is taken', () => {
  const known = {
    'no bed {where}': 'kein Bett {where}',
    'no bed {where}; {why} is broken': '{why} ist kaputt',
  }
  assert.equal(knownText(known, 'no bed here; it is broken'), 'it ist kaputt')
})

test('a name is no text, also where somebody chose a word of the catalogue for it', () => {
  const known = {
    'no {kind} called {name}': 'kein {kind} namens {name}',
    bed: 'Bett',
    'all beds': 'alle Betten',
  }
  assert.equal(knownText(known, 'no bed called bed'), 'kein Bett namens bed')
  assert.equal(knownText(known, 'no bed called all beds'), 'kein Bett namens all beds')
})

test('a message is known as a sentence and as a part of one, in whichever form the catalogue has it', () => {
  const known = { 'There is no bed `{name}`.': 'Es gibt kein Bett `{name}`.', 'Wrong bed': 'Falsches Bett' }
  assert.equal(knownText(known, 'There is no bed `a`.'), 'Es gibt kein Bett `a`.')
  assert.equal(knownText(known, 'there is no bed `a`'), 'Es gibt kein Bett `a`')
  assert.equal(knownText(known, 'wrong bed'), 'Falsches Bett')
  const narrow = { 'Bed of {who} by {why}.': '{who}: {why}', 'Bed of {who}': 'von {who}' }
  assert.equal(knownText(narrow, 'Bed of a by b'), 'a: b', 'the narrower one, also without its full stop')
  assert.equal(knownText({ 'A list.': '一覧。' }, 'a list', { language: 'ja' }), '一覧')
  assert.equal(knownText({ '{name} is a bed.': '{name} ist ein Bett.' }, 'ada is a bed'), 'ada is a bed')
})

test('a message that was made a sentence is one in the other language', () => {
  const known = { 'no {thing} with {what}': '{what}: kein {thing}', 'a list': 'eine Liste' }
  assert.equal(knownText(known, 'No bed with a list.'), 'Eine Liste: kein bed.')
  assert.equal(knownText(known, 'A list.'), 'Eine Liste.')
  assert.equal(knownText({ 'a list': '一覧' }, 'A list.', { language: 'ja' }), '一覧。')
  assert.equal(knownText(known, 'A row.'), 'A row.')
})

test('a text whose backticks are no pairs, or with characters of the private use area, stays as it is', () => {
  const known = { 'no {thing}': 'kein {thing}' }
  for (const text of ['no `bed', 'no \uE000', `no ${'x'.repeat(3000)}`])
    assert.equal(knownText(known, text), text)
  assert.equal(knownText(known, `no \`${'x'.repeat(3000)}\``), `kein \`${'x'.repeat(3000)}\``)
})

test('a single word in lower case may be a name: it is no message with a capital', () => {
  const known = { 'scope {scope}': 'Scope {scope}', Email: 'E-Mail-Adresse' }
  assert.equal(knownText(known, 'scope email'), 'Scope email')
  assert.equal(knownText(known, 'Email'), 'E-Mail-Adresse')
})

test('in French no line begins with a sign, and no number is broken', () => {
  const known = { 'no {thing}: 1,000 of `{name}`!': 'aucun {thing} : 1 000 de « `{name}` » !' }
  const shown = 'aucun bed\u00a0: 1\u00a0000 de «\u00a0`a ; b`\u00a0»\u00a0!'
  assert.equal(knownText(known, 'no bed: 1,000 of `a ; b`!', { language: 'fr' }), shown)
})

test('in Japanese there is a blank between a name and the letters beside it', () => {
  const known = { 'no `{name}` in `{place}`': '`{place}`に`{name}`がありません（`{name}`）' }
  const shown = '`a` に `ド` がありません（`ド`）'
  assert.equal(knownText(known, 'no `ド` in `a`', { language: 'ja' }), shown)
})

test('a text is as the example of templates.ts says', () => {
  const known = {
    'the {kind} `{name}` has {what}': '{what} gehören zu: {kind} `{name}`',
    'access keys': 'Zugriffsschlüssel',
  }
  assert.equal(
    knownText(known, 'the role `a has b` has access keys'),
    'Zugriffsschlüssel gehören zu: role `a has b`',
  )
})

test('a name may have backticks itself, where it is the only one', () => {
  const known = {
    'there is no `{name}` here': 'hier gibt es `{name}` nicht',
    'no `{a}`, no `{b}`': '`{a}` `{b}`',
  }
  assert.equal(knownText(known, 'there is no `a`b` here'), "hier gibt es `a'b` nicht")
  assert.equal(knownText(known, 'there is no `a`{name}`c` here'), "hier gibt es `a'{name}'c` nicht")
  assert.equal(knownText(known, 'no `x`, no `y`'), '`x` `y`')
  assert.equal(knownText(known, 'there is no ` here'), 'there is no ` here')
})

test('a message may say of what it speaks, which English does not show', () => {
  const messages = new Map([['Disabled|app', 'Désactivée']])
  const textOf = (language: Language) => openTranslate(language, { messages, known: new Map() }).textOf
  assert.equal(textOf('fr')('Disabled|app'), 'Désactivée')
  assert.equal(
    openTranslate('en', { messages: new Map(), known: new Map() }).textOf('Disabled|app'),
    'Disabled',
  )
  assert.equal(textOf('fr')('a | b'), 'a | b')
})
