// The console over HTTP, without JavaScript: people, from an invitation to their end, and for whom.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody, root } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import {
  csrfOf,
  type FormBrowser,
  formBrowser,
  headingOf,
  problemOf,
  textOf,
} from '../support/form-browser.ts'
import { authenticator, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled

before(async () => {
  server = await startServer()
  me = await enrol(server)
})
after(() => server.stop())

/** Invites a person with the console. @returns the path of the one-time link */
async function invite(name: string, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const page = await me.browser.open('/console/people/invite')
  const made = await me.browser.send(page, { name, ...fields }, '/console/people/invite')
  assert.equal(headingOf(made), 'The link is ready', made.text)
  const copies = /data-copy="([\w-]+)"/.exec(made.text)?.[1]
  assert.match(
    made.text,
    new RegExp(`id="${copies}"[^>]*><code>[^<]*/sign-in/link`),
    'a button copies the link',
  )
  assert.match(made.text, /<script[^>]* src="\/assets\/copy\.[^"]+\.js"/)
  return /\/sign-in\/link\?token=[\w-]+/.exec(made.text)?.[0] ?? ''
}

/** Chooses a password by the link, and signs in; a second factor is set up on the way. */
async function signInBy(link: string): Promise<FormBrowser> {
  const browser = formBrowser(server.url)
  const password = 'staple battery wonder'
  const page = await browser.submit(await browser.open(link), { password, again: password }, '/sign-in/link')
  const seed = /secret=([A-Z2-7]+)/.exec(page.text)?.[1]
  assert.ok(seed, headingOf(page))
  const codes = await browser.send(page, { code: await authenticator(seed)() })
  await browser.submit(codes, {})
  return browser
}

test('without a session every page leads to sign-in, and a form is refused', {
  timeout: 60_000,
}, async () => {
  const signedOut = formBrowser(server.url)
  assert.match((await signedOut.get('/console/people')).location ?? '', /\/sign-in\//)
  assert.equal((await signedOut.post('/console/people/invite', { name: 'eve' })).status, 401)
})

test('a person is invited, found by the beginning of a name, and opened', { timeout: 60_000 }, async () => {
  await invite('ada', { displayName: 'Ada Lovelace', email: 'ada@corp.example' })
  const found = await me.browser.open('/console/people?search=Ada+L')
  assert.match(textOf(found), /Ada Lovelace/)
  assert.doesNotMatch(textOf(await me.browser.open('/console/people?search=zz')), /Ada Lovelace/)
  const page = await me.browser.open('/console/people/ada')
  assert.equal(headingOf(page), 'Ada Lovelace')
  assert.match(page.text, new RegExp(`arn:aws:iam::${server.accountId}:user/ada`))
})

test('a form that is wrong keeps what was typed and marks each field', { timeout: 60_000 }, async () => {
  const page = await me.browser.open('/console/people/invite')
  const wrong = await me.browser.send(
    page,
    { name: 'not a name', displayName: 'Typed Already', email: 'nobody', hours: 'soon' },
    '/console/people/invite',
  )
  assert.equal(wrong.status, 422)
  assert.match(problemOf(wrong) ?? '', /3 fields need attention/)
  for (const id of ['field-name', 'field-email', 'field-hours'])
    assert.match(wrong.text, new RegExp(`id="${id}"[^>]*aria-invalid="true"`), id)
  assert.match(wrong.text, /value="Typed Already"/)
})

test('the profile is saved, and a form that is out of date is refused', { timeout: 60_000 }, async () => {
  await invite('grace')
  const early = await me.browser.open('/console/people/grace')
  const saved = await me.browser.submit(
    early,
    { name: 'grace', displayName: 'Grace Hopper', email: '', 'attributes.locale': 'en' },
    '/console/people/grace',
  )
  assert.match(textOf(saved), /The profile was saved/)
  assert.match(saved.text, /value="Grace Hopper"/)
  const late = await me.browser.send(early, { name: 'grace', displayName: 'Other' }, '/console/people/grace')
  assert.equal(late.status, 422)
  assert.match(problemOf(late) ?? '', /changed it since this form was opened/)
})

test('disabling says what ends, and ends it', { timeout: 60_000 }, async () => {
  const person = await signInBy(await invite('alan'))
  assert.equal((await person.get('/account')).status, 200)
  const ask = await me.browser.open('/console/people/alan/disable')
  assert.match(textOf(ask), /Disable alan\?.*What ends.*One browser session/)
  const done = await me.browser.submit(ask, {}, '/console/people/alan/disable')
  assert.match(textOf(done), /They are disabled/)
  assert.equal((await person.get('/account')).status, 303)
})

test('a person without rights sees why, on every page', { timeout: 60_000 }, async () => {
  const person = await signInBy(await invite('bob'))
  const page = await person.open('/console/people')
  assert.equal(page.status, 403)
  assert.equal(headingOf(page), 'You may not do this')
  assert.match(textOf(page), /is not authorized to perform: chancery:ListPeople/)
  assert.match(page.text, /<a href="\/console\/people" class="denied">/)
  const csrf = csrfOf(page)
  const tried = await person.post('/console/people/admin/disable', { csrf })
  assert.equal(tried.status, 403)
})

test('the list says with what people sign in, and when they last did', { timeout: 60_000 }, async () => {
  await signInBy(await invite('barbara'))
  await invite('nobody-yet')
  const rowOf = async (name: string): Promise<string> => {
    const { text } = await me.browser.open(`/console/people?search=${name}`)
    return /<tbody>(.*)<\/tbody>/s.exec(text)?.[1] ?? ''
  }
  const barbara = await rowOf('barbara')
  const waysOf = (row: string) =>
    [...row.matchAll(/<svg [^>]*aria-hidden="true".*?<span class="visually-hidden">([^<]+)</gs)].map(
      ([, way]) => way,
    )
  assert.deepEqual(waysOf(barbara), ['Password', 'Authenticator app'])
  const last = /<time datetime="([^"]+)"/.exec(barbara)?.[1] ?? ''
  assert.ok(!Number.isNaN(Date.parse(last)), barbara)
  const page = await me.browser.open('/console/people/admin/sign-in')
  assert.match(textOf(page), /Second factors.* My phone Authenticator app arn:aws:iam::/)
  const invited = await rowOf('nobody-yet')
  assert.deepEqual(waysOf(invited), [])
  assert.match(invited, /Nothing yet/)
  assert.doesNotMatch(invited, /<time/)
  const csv = await me.browser.get('/console/people.csv?search=barbara')
  const [titles = '', values = ''] = csv.text.split('\r\n')
  const cell = (title: string) => values.split(',')[titles.split(',').indexOf(title)]
  assert.equal(cell('secondFactors'), 'totp')
  assert.equal(cell('lastSignIn'), last)
})

test('CSV and JSON hold the list, and no cell is a formula', { timeout: 60_000 }, async () => {
  await invite('mallory', { displayName: '=HYPERLINK("https://evil.example")' })
  const csv = await me.browser.get('/console/people.csv?search=mallory')
  assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.match(csv.headers.get('content-disposition') ?? '', /attachment; filename="people.csv"/)
  assert.match(csv.text, /mallory,"'=HYPERLINK\(""https/)
  const json: unknown = JSON.parse((await me.browser.get('/console/people.json?search=mallory')).text)
  assert.ok(Array.isArray(json) && json.length === 1)
})

test('a form of another site changes nothing', { timeout: 60_000 }, async () => {
  await invite('carol')
  const page = await me.browser.open('/console/people/carol/disable')
  const elsewhere = await me.browser.send(page, {}, '/console/people/carol/disable', {
    Origin: 'https://evil.example',
    'Sec-Fetch-Site': 'cross-site',
  })
  assert.equal(elsewhere.status, 403)
  const without = await me.browser.post('/console/people/carol/disable', {})
  assert.equal(without.status, 403)
  assert.match(textOf(await me.browser.open('/console/people/carol')), /Enabled/)
})

test('disabling and enabling say what becomes of access keys, as it is', async () => {
  await adminBody(server.url, { method: 'POST', path: '/people', body: { name: 'contractor' } })
  const made = await call(server.url, root, 'iam', 'CreateAccessKey', { UserName: 'contractor' })
  const [, accessKeyId = ''] = /<AccessKeyId>([^<]+)</.exec(made.text) ?? []
  const [, secretAccessKey = ''] = /<SecretAccessKey>([^<]+)</.exec(made.text) ?? []
  const works = async () =>
    (await call(server.url, { accessKeyId, secretAccessKey }, 'sts', 'GetCallerIdentity', {})).status === 200
  assert.equal(await works(), true)
  const disable = await me.browser.open('/console/people/contractor/disable')
  assert.match(textOf(disable), /active access keys then work again/)
  const disabled = await me.browser.submit(disable, {}, '/disable')
  assert.match(textOf(disabled), /Refused while the person is disabled/)
  assert.equal(await works(), false)
  const enable = await me.browser.open('/console/people/contractor/enable')
  assert.match(textOf(enable), /their active access keys work again/)
  const enabled = await me.browser.submit(enable, {}, '/enable')
  assert.doesNotMatch(textOf(enabled), /Refused while/)
  assert.equal(await works(), true)
})
