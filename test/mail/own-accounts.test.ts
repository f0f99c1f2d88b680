// Addresses that people confirm, and accounts that they create by themselves; with what strangers try (docs/attacks.md 8, 17, 22, 39).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { type FormBrowser, formBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { linkIn } from '../support/smtp-server.ts'
import { entriesOf } from '../support/trail.ts'
import { type MailStage, mailStage, password, settled } from './stage.ts'

const limit = { timeout: 60_000 }
let stage: MailStage
before(async () => {
  stage = await mailStage()
  // So that a password is enough for a session.
  assert.equal((await settings({ secondFactor: 'optional' })).status, 200)
}, limit)
after(() => stage.stop())

const settings = (change: object) => stage.patch('/settings', change)
const person = async (name: string) =>
  (await callAdmin(stage.server.url, { path: `/people/${encodeURIComponent(name)}` })).body
const pathOf = (url: string): string => url.slice(stage.server.url.length)
const received = (address: string) => stage.smtp.received.filter(({ to }) => to.includes(address)).length

async function signedIn(username: string, secret = password): Promise<FormBrowser> {
  const browser = formBrowser(stage.server.url)
  const home = await browser.submit(await browser.open('/sign-in'), { username, password: secret })
  assert.equal(home.status, 200, home.text)
  assert.match(home.url, /\/account/)
  return browser
}

test(
  '17: a new address is confirmed by its person, signed in, and the confirmed one before is told',
  limit,
  async () => {
    const ada = { name: 'ada', email: 'ada@acme.example', password, mustChangePassword: false }
    await stage.post('/people', ada)
    await stage.post('/people', { ...ada, name: 'mallory', email: 'mallory@acme.example' })
    const link = linkIn(await stage.smtp.next('ada@acme.example'))
    const stranger = await formBrowser(stage.server.url).open(pathOf(link))
    assert.equal(headingOf(stranger), 'Sign in')
    const mallory = await signedIn('mallory')
    assert.equal((await mallory.open(pathOf(link))).status, 404, 'a link of another person')
    const browser = await signedIn('ada')
    const page = await browser.open(pathOf(link))
    assert.equal(headingOf(page), 'Confirm your e-mail address')
    assert.equal((await person('ada')).emailVerified, false, 'looking confirms nothing')
    const done = await browser.submit(page, {}, '/account/email/confirm')
    assert.match(done.text, /Your e-mail address is confirmed/)
    assert.equal((await person('ada')).emailVerified, true)
    assert.equal((await browser.open(pathOf(link))).status, 404, 'a link is used once')
    await stage.patch('/people/ada', { email: 'ada@new.example' })
    const told = await stage.smtp.next('ada@acme.example')
    assert.equal(told.headers.get('subject'), 'Your e-mail address at Acme was changed')
    assert.match(told.text, /ada@new\.example/)
    const next = linkIn(await stage.smtp.next('ada@new.example'))
    assert.equal((await person('ada')).emailVerified, false)
    await stage.patch('/people/ada', { email: 'ada@third.example' })
    assert.equal(
      (await browser.open(pathOf(next))).status,
      404,
      'a link to an address that is not theirs any more',
    )
    assert.equal(received('ada@new.example'), 1, 'an address that was not confirmed is told nothing')
  },
)

test(
  'a person asks for another link, at most three in an hour; a form of another site asks for none',
  limit,
  async () => {
    await stage.post('/people', {
      name: 'ben',
      email: 'ben@acme.example',
      password,
      mustChangePassword: false,
    })
    const browser = await signedIn('ben')
    const home = await browser.open('/account')
    assert.match(home.text, /not confirmed/)
    const foreign = await browser.send(home, {}, '/account/email/send', { origin: 'https://evil.example' })
    assert.equal(foreign.status, 403)
    for (let n = 0; n < 5; n++) await browser.send(home, {}, '/account/email/send')
    await settled(stage.server)
    assert.equal(received('ben@acme.example'), 3)
  },
)

async function register(username: string): Promise<Seen> {
  const browser = formBrowser(stage.server.url)
  return browser.send(await browser.open('/sign-in/register'), { username })
}

test('self-registration is off until an administrator allows it', limit, async () => {
  const browser = formBrowser(stage.server.url)
  assert.equal((await browser.get('/sign-in/register')).status, 404)
  assert.ok(!(await browser.open('/sign-in')).text.includes('Create one'))
  await stage.post('/groups', { name: 'visitors' })
  const allowed = {
    selfRegistration: 'domains',
    selfRegistrationDomains: ['guest.example'],
    selfRegistrationGroup: 'visitors',
  }
  const { status, body } = await settings(allowed)
  assert.deepEqual([status, body.selfRegistration, body.selfRegistrationGroup], [200, 'domains', 'visitors'])
  assert.match((await browser.open('/sign-in')).text, /href="\/sign-in\/register">Create one/)
})

test('who may change settings but not put people into a group may not name it either', limit, async () => {
  const iam = iamOf(stage.server)
  const statement = [
    { Effect: 'Allow', Action: ['chancery:UpdateSettings', 'chancery:GetSettings'], Resource: '*' },
  ]
  const credentials = await userWith(iam, 'clerk', statement)
  const change = (body: object) =>
    callAdmin(stage.server.url, { method: 'PATCH', path: '/settings', body, credentials })
  assert.equal((await change({ selfRegistrationGroup: 'visitors' })).status, 403)
  assert.equal((await change({ sessionIdleSeconds: 86_400 })).status, 200)
})

test('an address becomes an account with its group, by a link that is used once', limit, async () => {
  const sent = await register('Gina@Guest.example')
  assert.deepEqual([sent.status, headingOf(sent)], [200, 'Check your mail'])
  const link = linkIn(await stage.smtp.next('gina@guest.example'))
  assert.ok(link.startsWith(`${stage.server.url}/sign-in/create-account?token=`))
  const browser = formBrowser(stage.server.url)
  const page = await browser.open(pathOf(link))
  assert.equal((await person('gina@guest.example')).name, undefined, 'looking makes nobody')
  const weak = await browser.send(page, { password: 'gina', again: 'gina' })
  assert.equal(weak.status, 422)
  assert.equal((await browser.send(page, { password, again: 'other' })).status, 422)
  const forms = await Promise.all([1, 2].map(() => browser.send(page, { password, again: password })))
  assert.deepEqual(forms.map(({ status }) => status).sort(), [303, 404])
  const made = await person('gina@guest.example')
  assert.deepEqual([made.emailVerified, made.groups, made.email], [true, ['visitors'], 'gina@guest.example'])
  await signedIn('gina@guest.example')
  assert.equal((await browser.open(pathOf(link))).status, 404)
  assert.ok((await entriesOf(stage.server)).some(({ action }) => action === 'signin:Register'))
})

test('22: the answer is the same for an address with an account, whose person is told', limit, async () => {
  const [known, unknown] = [await register('gina@guest.example'), await register('hugo@guest.example')]
  const plain = ({ text }: Seen) => text.replace(/value="[^"]*"/g, '')
  assert.equal(plain(known), plain(unknown))
  assert.equal(
    (await stage.smtp.next('gina@guest.example')).headers.get('subject'),
    'You already have an account at Acme',
  )
})

test('other domains, and what is no address, are refused whoever asks', limit, async () => {
  for (const typed of [
    'x@evil.example',
    'x@guest.example.evil.example',
    'admin',
    'a b@guest.example',
    '@guest.example',
    `${'x'.repeat(60)}@guest.example`,
    'ada@acme.example',
    "o'hara@guest.example",
    'x@guest.example,y@evil.example',
  ]) {
    const { status, text } = await register(typed)
    assert.ok([422, 429].includes(status), `${typed}: ${status} ${text}`)
  }
  const none = stage.smtp.received.filter(({ to }) => to.some((one) => one.endsWith('evil.example')))
  assert.equal(none.length, 0)
})

test('8: a link of one purpose does nothing for another', limit, async () => {
  const { body } = await stage.post('/people/ben/sign-in-link', {})
  const token = new URL(body.url).searchParams.get('token') ?? ''
  const hugo = new URL(linkIn(await stage.smtp.next('hugo@guest.example'))).searchParams.get('token') ?? ''
  const ben = await signedIn('ben')
  for (const path of [
    `/sign-in/create-account?token=${token}`,
    `/account/email/confirm?token=${token}`,
    `/sign-in/link?token=${hugo}`,
    `/account/email/confirm?token=${hugo}`,
  ])
    assert.equal((await ben.open(path)).status, 404, path)
})

test(
  'an address gets three messages in an hour; after that, and once it is off, links create nobody',
  limit,
  async () => {
    for (let n = 0; n < 5; n++) assert.equal((await register('ivy@guest.example')).status, 200)
    await settled(stage.server)
    assert.equal(received('ivy@guest.example'), 3)
    const link = linkIn(
      stage.smtp.received.filter(({ to }) => to.includes('hugo@guest.example')).at(-1) ?? { text: '' },
    )
    const browser = formBrowser(stage.server.url)
    const page = await browser.open(pathOf(link))
    assert.equal(page.status, 200)
    await settings({ selfRegistration: 'off' })
    const late = await browser.send(page, { password, again: password })
    assert.equal(late.status, 404)
    assert.equal((await person('hugo@guest.example')).name, undefined)
    assert.equal(problemOf(late), undefined)
  },
)

test('33: a password that was forgotten and replaced ends the sessions that there were', limit, async () => {
  await stage.post('/people', {
    name: 'pat',
    email: 'pat@acme.example',
    emailVerified: true,
    password,
    mustChangePassword: false,
  })
  const before = await signedIn('pat')
  const browser = formBrowser(stage.server.url)
  await browser.send(await browser.open('/sign-in/forgot'), { username: 'pat@acme.example' })
  const page = await browser.open(pathOf(linkIn(await stage.smtp.next('pat@acme.example'))))
  assert.equal((await before.open('/account')).url, `${stage.server.url}/account`)
  const next = `${password} again`
  assert.equal((await browser.send(page, { password: next, again: next })).status, 303)
  assert.equal(headingOf(await before.open('/account')), 'Sign in')
  await signedIn('pat', next)
})
