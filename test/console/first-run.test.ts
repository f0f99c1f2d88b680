// The first start prints a link that signs the administrator in: once, to a page that asks for a password, then to the console.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formBrowser, headingOf } from '../support/form-browser.ts'
import { authenticator } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const timeout = 90_000
const password = 'staple battery wonder'

async function firstStart(t: { after(work: () => Promise<void>): void }) {
  const server = await startServer({ env: { CHANCERY_ADMIN_PASSWORD: '' } })
  t.after(() => server.stop())
  const [, link = ''] = /open\s+(\S+)/.exec(server.output()) ?? []
  assert.ok(link.startsWith(`${server.url}/sign-in/link?token=`), server.output())
  return { server, path: link.slice(server.url.length) }
}

test('from the printed link to Home, without reading anything; the link works once', {
  timeout,
}, async (t) => {
  const { server, path } = await firstStart(t)
  const browser = formBrowser(server.url)
  const choose = await browser.open(path)
  assert.equal(headingOf(choose), 'Choose a password')
  const enrolment = await browser.submit(choose, { password, again: password }, '/sign-in/link')
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1]
  assert.ok(seed, headingOf(enrolment))
  const codes = await browser.send(enrolment, { code: await authenticator(seed)() })
  const home = await browser.submit(codes, {})
  assert.equal(home.url, `${server.url}/console`)
  assert.equal(headingOf(home), 'Hello, admin')
  assert.match(home.text, /First steps/)
  assert.equal((await formBrowser(server.url).open(path)).status, 404)
})

test('the link ends when the printed password was used instead', { timeout }, async (t) => {
  const { server, path } = await firstStart(t)
  const [, printed = ''] = /password\s+(\S+)/.exec(server.output()) ?? []
  const browser = formBrowser(server.url)
  const page = await browser.submit(await browser.open('/sign-in'), { username: 'admin', password: printed })
  const next = await browser.submit(page, { password, again: password })
  assert.match(next.text, /secret=|QR code/)
  assert.equal((await formBrowser(server.url).open(path)).status, 404)
})

test('a link leads nowhere else than to the console', { timeout }, async (t) => {
  const { server, path } = await firstStart(t)
  const browser = formBrowser(server.url)
  const page = await browser.open(path.replace('to=console', 'to=https://evil.example'))
  const sent = await browser.send(page, { password, again: password }, '/sign-in/link')
  const elsewhere = new URL(sent.location ?? '')
  assert.deepEqual([elsewhere.origin, elsewhere.pathname.split('/')[1]], [server.url, 'sign-in'])
  const enrolment = await browser.open(elsewhere.pathname)
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? ''
  const codes = await browser.send(enrolment, { code: await authenticator(seed)() })
  assert.equal((await browser.submit(codes, {})).url, `${server.url}/account`)
})
