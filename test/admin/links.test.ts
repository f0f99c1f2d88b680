// One-time links: made by an administrator, used once, in one browser, until their end.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formBrowser, headingOf, problemOf } from '../support/form-browser.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { callAdmin } from './call.ts'

const timeout = 60_000
const password = 'violet kettle 42 Orbit!'
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server.stop())

const post = (path: string, body: object) => callAdmin(server.url, { method: 'POST', path, body })
const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url)
  return pathname + search
}

test('an invitation makes a person who chooses a password and signs in', { timeout }, async () => {
  await post('/groups', { name: 'new' })
  const { status, body } = await post('/invitations', { name: 'ines', displayName: 'Ines', groups: ['new'] })
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual([body.person.password, body.person.groups], ['none', ['new']])
  assert.ok(body.url.startsWith(`${server.url}/sign-in/link?token=`))
  const browser = formBrowser(server.url)
  const page = await browser.open(pathOf(body.url))
  assert.match(page.text, /Welcome, <strong>ines<\/strong>/)
  assert.match(page.headers.get('referrer-policy') ?? '', /no-referrer|same-origin|origin/)
  const weak = await browser.send(page, { password: 'short', again: 'short' })
  assert.equal(weak.status, 422)
  assert.ok(problemOf(weak))
  const other = formBrowser(server.url)
  const elsewhere = await other.open(pathOf(body.url))
  assert.deepEqual([elsewhere.status, headingOf(elsewhere)], [404, 'This link cannot be used'])
  const done = await browser.send(weak, { password, again: password })
  assert.equal(done.status, 303)
  const next = await browser.open(new URL(done.location ?? '').pathname)
  assert.equal(headingOf(next), 'Set up your authenticator')
  assert.equal((await browser.get('/account')).status, 303, 'not signed in yet')
  assert.equal((await other.open(new URL(done.location ?? '').pathname)).status, 404, 'bound to its browser')
  assert.equal((await browser.open(pathOf(body.url))).status, 404)
  const { body: ines } = await callAdmin(server.url, { path: '/people/ines' })
  assert.ok(ines.passwordLastUsed)
})

/** Who has chosen a password with a link: the browser, and where it is sent. */
async function afterLink(name: string) {
  const { body } = await post(`/people/${name}/sign-in-link`, {})
  const browser = formBrowser(server.url)
  const done = await browser.send(await browser.open(pathOf(body.url)), { password, again: password })
  return { browser, path: new URL(done.location ?? '').pathname }
}

test('whoever chose a password with a link is signed in without it, and not without the second factor', {
  timeout,
}, async () => {
  await post('/people', { name: 'otto' })
  const { browser, path } = await afterLink('otto')
  const enrolment = await browser.open(path)
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? ''
  const code = authenticator(seed)
  const codes = await browser.send(enrolment, { code: await code() })
  assert.equal((await browser.submit(codes, {})).url, `${server.url}/account`)
  const later = await afterLink('otto')
  const asked = await later.browser.open(later.path)
  assert.equal(headingOf(asked), 'Enter your code')
  assert.equal((await later.browser.get('/account')).status, 303)
  assert.equal((await browser.get('/account')).status, 303, 'the earlier session ended')
  assert.equal((await later.browser.submit(asked, { code: await code() })).url, `${server.url}/account`)
})

test('the sign-in after a link ends with the person, and with a password that is set meanwhile', {
  timeout,
}, async () => {
  await post('/people', { name: 'paul' })
  const first = await afterLink('paul')
  const second = await afterLink('paul')
  assert.equal(headingOf(await first.browser.open(first.path)), 'Sign in')
  assert.equal(headingOf(await second.browser.open(second.path)), 'Set up your authenticator')
  await post('/people/paul/disable', {})
  assert.equal(headingOf(await second.browser.open(second.path)), 'Sign in')
})

test('a form that was open in another browser cannot use a link that was used first', {
  timeout,
}, async () => {
  await post('/people', { name: 'theo' })
  const { body } = await post('/people/theo/sign-in-link', {})
  const [one, two] = [formBrowser(server.url), formBrowser(server.url)]
  const pages = await Promise.all([one.open(pathOf(body.url)), two.open(pathOf(body.url))])
  const answers = await Promise.all([
    one.send(pages[0], { password, again: password }),
    two.send(pages[1], { password: `${password}2`, again: `${password}2` }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 404])
})

test('a new link ends the one before; a disabled person can use none', { timeout }, async () => {
  await post('/people', { name: 'uma' })
  const first = await post('/people/uma/sign-in-link', { hours: 2 })
  const second = await post('/people/uma/sign-in-link', {})
  const browser = formBrowser(server.url)
  assert.equal((await browser.open(pathOf(first.body.url))).status, 404)
  assert.equal((await browser.open(pathOf(second.body.url))).status, 200)
  await post('/people/uma/disable', {})
  assert.equal((await browser.open(pathOf(second.body.url))).status, 404)
  assert.equal((await post('/people/uma/sign-in-link', { hours: 0 })).status, 400)
})

test('a form of another site uses nothing', { timeout }, async () => {
  await post('/people', { name: 'vera' })
  const { body } = await post('/people/vera/sign-in-link', {})
  const browser = formBrowser(server.url)
  const page = await browser.open(pathOf(body.url))
  const foreign = await browser.send(page, { password, again: password }, undefined, {
    origin: 'https://elsewhere.example',
  })
  assert.equal(foreign.status, 403)
  assert.equal((await browser.open(pathOf(body.url))).status, 200)
})
