// The language of the pages: what the browser prefers, what the application asks for, and the person's own choice, which stays.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formBrowser, headingOf } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'
import { openRelyingParty, type RelyingParty } from './relying-party.ts'

let server: Running
let app: RelyingParty
before(async () => {
  app = await openRelyingParty()
  server = await startServer({ config: app.settings })
})
after(async () => {
  app.close()
  await server.stop()
})

const get = (path: string, headers: Readonly<Record<string, string>>) =>
  fetch(new URL(path, server.url), { headers: { Accept: 'text/html', ...headers }, redirect: 'manual' })

for (const [preferred, heading] of [
  ['de-CH, en;q=0.5', 'Willkommen'],
  ['en;q=0.2, ja;q=0.9', 'ようこそ'],
  ['fr;q=0, es', 'Te damos la bienvenida'],
  ['nl', 'Welcome'],
  ['', 'Welcome'],
  [`${'x,'.repeat(5000)}de`, 'Welcome'],
] as const)
  test(`Accept-Language: ${preferred.slice(0, 30)}: ${heading}`, async () => {
    const text = await (await get('/', { 'Accept-Language': preferred })).text()
    assert.match(text, new RegExp(`<h1>${heading}</h1>`))
  })

test('an application asks for a language, an error page has it too, and the own choice goes before both', async () => {
  const browser = formBrowser(server.url)
  const start = app.startAt(server.url, { ui_locales: 'nl fr-CA de' }).slice(server.url.length)
  const asked = await browser.open(start)
  assert.equal(headingOf(asked), 'Se connecter')
  const wrong = await browser.send(asked, { username: 'nobody', password: 'wrong' })
  assert.match(wrong.text, /Nom d’utilisateur ou mot de passe incorrect/)
  await browser.get('/language/ja')
  assert.equal(headingOf(await browser.open(start)), 'サインイン')
  const missing = await get('/account/no-such-page', { 'Accept-Language': 'de' })
  assert.match(await missing.text(), /lang="de"/)
})

test('a choice returns to the page it was made on, and to no other site', async () => {
  const toOwn = await get('/language/de', { Referer: `${server.url}/signed-out?x=1` })
  assert.equal(toOwn.headers.get('location'), '/signed-out?x=1')
  assert.match(toOwn.headers.get('set-cookie') ?? '', /language=de; Path=\/; HttpOnly; SameSite=Lax/)
  const elsewhere = await get('/language/de', { Referer: 'https://evil.example/phish' })
  assert.equal(elsewhere.headers.get('location'), '/account')
  const unknown = await get('/language/constructor', {})
  assert.equal(unknown.headers.get('set-cookie'), null)
})
