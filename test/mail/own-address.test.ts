// A person changes their own e-mail address: confirmed by mail first, told to the address before, and what strangers and thieves
// try (docs/attacks.md 17, 19, 22, 34).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { type FormBrowser, formBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { startServer } from '../support/server.ts'
import { linkIn } from '../support/smtp-server.ts'
import { type MailStage, mailStage, password, settled } from './stage.ts'

const limit = { timeout: 60_000 }
let stage: MailStage
before(async () => {
  stage = await mailStage()
  // So that a password is enough for a session.
  assert.equal((await stage.patch('/settings', { secondFactor: 'optional' })).status, 200)
}, limit)
after(() => stage.stop())

const confirmPath = '/account/email/confirm'
const pathOf = (url: string): string => url.slice(stage.server.url.length)
const received = (address: string) => stage.smtp.received.filter(({ to }) => to.includes(address)).length
const read = async (name: string): Promise<{ email?: string; emailVerified: boolean }> =>
  (await callAdmin(stage.server.url, { path: `/people/${name}` })).body

async function signedIn(username: string): Promise<FormBrowser> {
  const browser = formBrowser(stage.server.url)
  const home = await browser.submit(await browser.open('/sign-in'), { username, password })
  assert.match(home.url, /\/account$/)
  return browser
}

/** A person whose address is confirmed. */
async function person(name: string, email?: string): Promise<FormBrowser> {
  const body = { name, password, mustChangePassword: false, ...(email && { email }) }
  assert.equal((await stage.post('/people', body)).status, 201)
  const browser = await signedIn(name)
  if (email === undefined) return browser
  const page = await browser.open(pathOf(linkIn(await stage.smtp.next(email))))
  await browser.submit(page, {}, confirmPath)
  assert.equal((await read(name)).emailVerified, true)
  return browser
}

const ask = async (browser: FormBrowser, email: string) =>
  browser.submit(await browser.open('/account/email'), { email }, '/account/email')

test('the address changes when the new one is confirmed, and the one before is told', limit, async () => {
  const browser = await person('ada', 'ada@acme.example')
  const sent = await ask(browser, ' Ada@New.Example ')
  assert.equal(headingOf(sent), 'Check your mail')
  assert.deepEqual(await read('ada').then(({ email }) => email), 'ada@acme.example')
  const link = pathOf(linkIn(await stage.smtp.next('ada@new.example')))
  assert.equal(headingOf(await formBrowser(stage.server.url).open(link)), 'Sign in')
  const page = await browser.open(link)
  assert.equal((await read('ada')).email, 'ada@acme.example', 'looking changes nothing')
  const done = await browser.submit(page, {}, confirmPath)
  assert.match(done.text, /Your e-mail address was changed/)
  assert.deepEqual(await read('ada').then(({ email, emailVerified }) => [email, emailVerified]), [
    'ada@new.example',
    true,
  ])
  const told = await stage.smtp.next('ada@acme.example')
  assert.match(told.text, /ada@new\.example/)
  assert.equal((await browser.open(link)).status, 404, 'a link is used once')
})

test('messages are in the language of the person, in English where there are none in it', limit, async () => {
  const expected = {
    'de-CH': /^Bestätigen Sie Ihre E-Mail-Adresse bei Acme$/,
    fr: /^Confirmez votre adresse e-mail chez Acme$/,
    'es-MX': /^Confirma tu dirección de correo en Acme$/,
    ja: /^Acme のメールアドレスの確認$/,
    sv: /^Confirm your e-mail address at Acme$/,
  }
  for (const [locale, subject] of Object.entries(expected)) {
    const name = `speaker-${locale}`
    const email = `${name.toLowerCase()}@acme.example`
    const made = await stage.post('/people', { name, email, attributes: { locale } })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const { html } = await stage.smtp.next(email)
    assert.match(/<title>(.*?)<\/title>/.exec(html)?.[1] ?? '', subject)
  }
})

test('whoever has no language of their own gets mail in that of the account', limit, async () => {
  const subjectOf = async (name: string, attributes: Readonly<Record<string, string>>): Promise<string> => {
    const email = `${name}@acme.example`
    assert.equal((await stage.post('/people', { name, email, attributes })).status, 201)
    const { html } = await stage.smtp.next(email)
    return /<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''
  }
  assert.equal((await stage.patch('/brand', { language: 'de' })).status, 200)
  try {
    assert.match(await subjectOf('without-language', {}), /^Bestätigen Sie Ihre E-Mail-Adresse/)
    assert.match(await subjectOf('with-french', { locale: 'fr' }), /^Confirmez votre adresse e-mail/)
    // There are no texts in Swedish.
    assert.match(await subjectOf('with-swedish', { locale: 'sv' }), /^Bestätigen Sie Ihre E-Mail-Adresse/)
  } finally {
    assert.equal((await stage.patch('/brand', { language: null })).status, 200)
  }
})

test('34: links to the address before, and earlier links to other addresses, end', limit, async () => {
  const browser = await person('bea', 'bea@acme.example')
  const forgotten = formBrowser(stage.server.url)
  await forgotten.submit(await forgotten.open('/sign-in/forgot'), { username: 'bea' })
  const reset = pathOf(linkIn(await stage.smtp.next('bea@acme.example')))
  assert.equal((await forgotten.open(reset)).status, 200)
  await ask(browser, 'bea@first.example')
  const first = pathOf(linkIn(await stage.smtp.next('bea@first.example')))
  await ask(browser, 'bea@second.example')
  const second = pathOf(linkIn(await stage.smtp.next('bea@second.example')))
  assert.equal((await browser.open(first)).status, 404)
  await browser.submit(await browser.open(second), {}, confirmPath)
  assert.equal((await read('bea')).email, 'bea@second.example')
  assert.notEqual((await formBrowser(stage.server.url).open(reset)).status, 200)
})

test(
  '17: a link is worth nothing to another person, nor after an administrator or a new password changed things',
  limit,
  async () => {
    const [browser, other] = [await person('cleo', 'cleo@acme.example'), await person('mallory')]
    await ask(browser, 'cleo@new.example')
    const link = pathOf(linkIn(await stage.smtp.next('cleo@new.example')))
    assert.equal((await other.open(link)).status, 404)
    const token = new URLSearchParams(link.split('?')[1]).get('token') ?? ''
    const forged = await other.send(await other.open('/account/email'), { link: token }, '/account/email')
    assert.notEqual(forged.status, 303)
    await stage.patch('/people/cleo', { email: 'cleo@admin.example' })
    assert.equal((await browser.open(link)).status, 404, 'an administrator set another address')
    await ask(browser, 'cleo@third.example')
    const third = pathOf(linkIn(await stage.smtp.next('cleo@third.example')))
    await stage.post('/people/cleo/password', { password: 'plum-orbit-9-lantern' })
    const again = formBrowser(stage.server.url)
    const asked = await again.submit(await again.open('/sign-in'), {
      username: 'cleo',
      password: 'plum-orbit-9-lantern',
    })
    const next = { password: 'amber-tunnel-4-violin', again: 'amber-tunnel-4-violin' }
    assert.match((await again.submit(asked, next)).url, /\/account$/)
    assert.equal((await again.open(third)).status, 404, 'the password was replaced')
  },
)

test('22: whether an address is taken is said only to who reads its mail', limit, async () => {
  await person('owner', 'taken@acme.example')
  const browser = await person('asker', 'asker@acme.example')
  const [taken, free] = [
    await ask(browser, 'taken@acme.example'),
    await ask(browser, 'free-address@acme.example'),
  ]
  assert.equal(taken.status, free.status)
  const neutral = (text: string) =>
    text.replaceAll('taken@acme.example', 'X').replaceAll('free-address@acme.example', 'X')
  assert.equal(neutral(taken.text), neutral(free.text))
  await ask(browser, 'taken@acme.example')
  await settled(stage.server)
  const links = stage.smtp.received.filter(({ to }) => to.includes('taken@acme.example')).map(linkIn)
  const page = await browser.open(pathOf(links.at(-1) ?? ''))
  const refused = await browser.submit(page, {}, confirmPath)
  assert.equal(refused.status, 409)
  assert.equal(headingOf(refused), 'This address is used by another account')
  assert.equal((await read('asker')).email, 'asker@acme.example')
})

test('two people who confirm one address at the same time do not both get it', limit, async () => {
  const browsers = [await person('eve-1'), await person('eve-2')]
  const pages: Seen[] = []
  for (const browser of browsers) {
    await ask(browser, 'shared@new.example')
    pages.push(await browser.open(pathOf(linkIn(await stage.smtp.next('shared@new.example')))))
  }
  const statuses = await Promise.all(
    browsers.map(async (browser, at) => (await browser.send(pages[at] as Seen, {}, confirmPath)).status),
  )
  assert.deepEqual(statuses.toSorted(), [303, 409])
})

const wrong: readonly (readonly [string, string])[] = [
  ['', 'Enter an e-mail address.'],
  ['no address', 'Enter an e-mail address.'],
  ['@acme.example', 'Enter an e-mail address.'],
  ['a@b@acme.example', 'Enter an e-mail address.'],
  ['dan@acme.example\r\nBcc: all@acme.example', 'Enter an e-mail address.'],
  ['"dan"<dan@acme.example>', 'Enter an e-mail address.'],
  ['dan@acme.example,eve@acme.example', 'Enter an e-mail address.'],
  [`${'x'.repeat(5000)}@acme.example`, 'Enter an e-mail address.'],
  ['dän@äcme.example', 'Enter an e-mail address.'],
  ['__proto__', 'Enter an e-mail address.'],
  ['DAN@acme.example', 'This is your address already.'],
]
test('what is no other address is refused, and is in the form again', limit, async () => {
  const browser = await person('dan', 'dan@acme.example')
  for (const [email, problem] of wrong) {
    const page = await ask(browser, email)
    assert.equal(page.status, 422, email)
    assert.equal(problemOf(page), problem, email)
  }
  await settled(stage.server)
  assert.equal(received('dan@acme.example'), 1, 'the link of the first confirmation alone')
})

test('19: three messages in an hour, to one address from everybody together too', limit, async () => {
  const browser = await person('fay', 'fay@acme.example')
  const headings: string[] = []
  for (let count = 0; count < 5; count++)
    headings.push(headingOf(await ask(browser, `fay@n${count}.example`)))
  assert.deepEqual(headings.slice(2, 4), ['Check your mail', 'Change your e-mail address'])
  for (let count = 0; count < 4; count++) {
    const other = await person(`gus-${count}`)
    const page = await ask(other, 'victim@acme.example')
    assert.equal(page.status, count < 3 ? 200 : 422)
  }
  await settled(stage.server)
  assert.equal(received('victim@acme.example'), 3)
})

test('a form of another site sends nothing', limit, async () => {
  const browser = await person('hal', 'hal@acme.example')
  const page = await browser.open('/account/email')
  const foreign = await browser.send(page, { email: 'hal@evil.example' }, '/account/email', {
    origin: 'https://evil.example',
  })
  assert.equal(foreign.status, 403)
  await settled(stage.server)
  assert.equal(received('hal@evil.example'), 0)
})

test('without mail only administrators change addresses', limit, async () => {
  const server = await startServer()
  try {
    const { url } = server
    await callAdmin(url, { method: 'PATCH', path: '/settings', body: { secondFactor: 'optional' } })
    const body = { name: 'ivy', password, mustChangePassword: false, email: 'ivy@acme.example' }
    await callAdmin(url, { method: 'POST', path: '/people', body })
    const browser = formBrowser(url)
    const home = await browser.submit(await browser.open('/sign-in'), { username: 'ivy', password })
    assert.match(home.text, /ivy@acme\.example/)
    assert.doesNotMatch(home.text, /href="\/account\/email"/)
    assert.equal((await browser.get('/account/email')).status, 404)
  } finally {
    await server.stop()
  }
})
