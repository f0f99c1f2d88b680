import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Html, html, htmlText, inLanguage, pageText, type Translate, webLink } from '../../views/html.ts'
import { translator } from '../../views/language.ts'

const shown = (page: Html) => pageText(page).replace('<!doctype html>', '')

test('text is escaped in every position', () => {
  const hostile = `<script>alert("1")</script>&'\``
  assert.equal(shown(html`<p title="${hostile}">${hostile}</p>`).match(/<script|alert\("/), null)
  assert.equal(shown(html`${'a & b'}`), 'a &amp; b')
  assert.equal(shown(html`${['<', html`<b>${'>'}</b>`]}`), '&lt;<b>&gt;</b>')
})

test('absent values render nothing; zero is rendered', () => {
  assert.equal(shown(html`${undefined}${null}${false}${''}${0}`), '0')
})

test('only the tag makes Html: an object that looks like it is refused', () => {
  for (const foreign of [{}, JSON.parse('{"text":"<b>"}'), { toString: () => '<b>' }, true]) {
    assert.throws(() => html`${foreign as never}`, TypeError)
  }
})

test('what depends on the language is written when the language is chosen, and escaped as every value is', () => {
  const word = (t: Translate) => html`<i>${t.language}</i>${'<'}`
  const page = html`<p title="${(t) => `"${t.language}`}">${[word, '&', html`${word}`]}</p>`
  assert.throws(() => htmlText(page), TypeError)
  assert.equal(
    htmlText(inLanguage(page, translator('de'))),
    '<p title="&quot;de"><i>de</i>&lt;&amp;<i>de</i>&lt;</p>',
  )
})

test('links lead only to http and https', () => {
  const cases: readonly (readonly [string | undefined, string | undefined])[] = [
    ['https://app.example/a?b=c', 'https://app.example/a?b=c'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['javascript:alert(1)', undefined],
    ['JaVaScRiPt://app.example/%0aalert(1)', undefined],
    ['data:text/html,<script>alert(1)</script>', undefined],
    ['vbscript:x', undefined],
    ['https://good.example@evil.example', undefined],
    ['/account', undefined],
    ['//evil.example', undefined],
    [undefined, undefined],
  ]
  for (const [address, link] of cases) assert.equal(webLink(address), link, address)
})
