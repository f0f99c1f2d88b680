import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noBrand } from '../../views/brand.ts'
import { pageText } from '../../views/html.ts'
import { layout } from '../../views/layout.ts'
import { gallery } from './gallery.ts'

const frame = {
  stylesheet: '/assets/a.css',
  consoleStylesheet: '/assets/b.css',
  typeface: '/assets/a.woff2',
  icon: '/assets/a.svg',
  scripts: ['/assets/a.js'],
  host: 'id.example',
  brand: noBrand,
}
const textsOf = (name: string) =>
  [...gallery(name)].map(([page, body]) => [page, pageText(layout(body, frame))] as const)
const texts = textsOf('ada')

/** The tags with their attribute names, in order, which hostile text must not change. */
const skeleton = (text: string): string =>
  [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '')).join('\n')

test('attacks 24: no name, claim, error or code becomes markup on any page', () => {
  const attacks = [
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '`onfocus=alert(1) autofocus `',
    '</title><svg onload=alert(1)>',
    'javascript:alert(1)',
    '{{constructor.constructor("alert(1)")()}}',
  ]
  const clean = new Map(texts.map(([page, text]) => [page, skeleton(text)]))
  for (const attack of attacks) {
    for (const [page, text] of textsOf(attack))
      assert.equal(skeleton(text), clean.get(page), `${page}: ${attack}`)
  }
})

test('no page contains an inline script or style, or an event handler; our own modules are loaded in the head', () => {
  const loaded = '<script type="module" src="/assets/a.js"></script>'
  for (const [page, text] of texts) {
    const [head = '', body = ''] = text.split('</head>')
    assert.ok(head.includes(loaded), page)
    assert.doesNotMatch(
      head.replace(loaded, '') + body,
      /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i,
      page,
    )
  }
})

test('every page has a language, a title, the host name and one heading', () => {
  for (const [page, text] of texts) {
    assert.match(text, /<html lang="en">/, page)
    assert.match(text, /<title>[^<]+ · Chancery<\/title>/, page)
    assert.match(text, /id\.example/, page)
    assert.equal([...text.matchAll(/<h1[ >]/g)].length, 1, page)
  }
})

test('every form is a POST and carries a token; those that search are a GET and carry none', () => {
  for (const [page, text] of texts) {
    for (const [form] of text.matchAll(/<form[\s\S]*?<\/form>/g)) {
      if (form.includes('role="search"')) {
        assert.match(form, /^<form class="search" method="get"/, page)
        assert.doesNotMatch(form, /csrf|token/, page)
        continue
      }
      assert.match(form, /method="post"/, page)
      assert.match(form, /name="(csrf|xsrf)"/, page)
    }
  }
})

test('fields have the names and autocomplete values that password managers and phones expect', () => {
  const pages = new Map(texts)
  const has = (page: string, pattern: RegExp) => assert.match(pages.get(page) ?? '', pattern, page)
  has('password', /<input type="text"[^>]*name="username"[^>]*autocomplete="username webauthn"/)
  has('password', /<input type="password"[^>]*name="password"[^>]*autocomplete="current-password"/)
  has('code', /name="code"[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/)
  has('enrol', /name="code"[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/)
  has('new-password', /name="password"[^>]*autocomplete="new-password"/)
  has('new-password', /name="username"[^>]*autocomplete="username"/)
})
