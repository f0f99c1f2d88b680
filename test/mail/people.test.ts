// Invitations by mail, and notices of what happens to an account, whichever way it is done.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, UpdateLoginProfileCommand } from '@aws-sdk/client-iam'
import { callAdmin, iamOf } from '../admin/call.ts'
import { formBrowser, headingOf } from '../support/form-browser.ts'
import { authenticator } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { linkIn } from '../support/smtp-server.ts'
import { type MailStage, mailStage, password, settled } from './stage.ts'

const limit = { timeout: 60_000 }
let stage: MailStage
before(async () => {
  stage = await mailStage()
}, limit)
after(() => stage.stop())

const pathOf = (url: string): string => url.slice(stage.server.url.length)
const subjects = (address: string) =>
  stage.smtp.received.filter(({ to }) => to.includes(address)).map(({ headers }) => headers.get('subject'))

test(
  'an invitation by mail: groups, a link in the mail alone, and the address is verified by its use',
  limit,
  async () => {
    await stage.post('/groups', { name: 'new' })
    const invited = { name: 'ines', email: 'ines@acme.example', groups: ['new'], mail: true }
    const { status, body } = await stage.post('/invitations', invited)
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(
      [body.url, body.mailedTo, body.person.emailVerified],
      [undefined, 'ines@acme.example', false],
    )
    const mail = await stage.smtp.next('ines@acme.example')
    assert.equal(mail.headers.get('subject'), 'Your account at Acme')
    // Sent again, the first one ends.
    const again = await stage.post('/people/ines/sign-in-link', { mail: true, hours: 72 })
    assert.equal(again.body.mailedTo, 'ines@acme.example')
    const second = linkIn(await stage.smtp.next('ines@acme.example'))
    const browser = formBrowser(stage.server.url)
    assert.equal((await browser.open(pathOf(linkIn(mail)))).status, 404)
    const page = await browser.open(pathOf(second))
    assert.match(page.text, /Welcome, <strong>ines<\/strong>/)
    assert.equal((await browser.send(page, { password, again: password })).status, 303)
    const { body: person } = await callAdmin(stage.server.url, { path: '/people/ines' })
    assert.deepEqual([person.emailVerified, person.groups, person.password], [true, ['new'], 'set'])
  },
)

test('a link that was sent to an address that is no longer theirs cannot be used', limit, async () => {
  await stage.post('/invitations', { name: 'otto', email: 'otto@acme.example', mail: true })
  const link = linkIn(await stage.smtp.next('otto@acme.example'))
  await stage.patch('/people/otto', { email: 'otto@other.example' })
  assert.equal((await formBrowser(stage.server.url).open(pathOf(link))).status, 404)
})

test(
  'mail without an address, or on a server without mail, is refused and makes nobody',
  limit,
  async (t) => {
    const refused = await stage.post('/invitations', { name: 'noor', mail: true })
    assert.deepEqual(
      [refused.status, (await callAdmin(stage.server.url, { path: '/people/noor' })).status],
      [400, 404],
    )
    const bare = await startServer()
    t.after(() => bare.stop())
    const body = { name: 'noor', email: 'noor@acme.example', mail: true }
    const { status, body: problem } = await callAdmin(bare.url, {
      method: 'POST',
      path: '/invitations',
      body,
    })
    assert.equal(status, 400)
    assert.match(JSON.stringify(problem), /mail is not configured/)
    assert.equal((await callAdmin(bare.url, { path: '/people/noor' })).status, 404)
  },
)

test(
  'a person is told of passwords, factors, keys and new browsers; nobody at an unverified address is',
  limit,
  async () => {
    const ada = {
      name: 'ada',
      email: 'ada@acme.example',
      emailVerified: true,
      password,
      mustChangePassword: false,
    }
    await stage.post('/people', ada)
    await stage.post('/people', { ...ada, name: 'bob', email: 'bob@acme.example', emailVerified: false })
    const browser = formBrowser(stage.server.url)
    const enrolment = await browser.submit(await browser.open('/sign-in'), { username: 'ada', password })
    const code = authenticator(/secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? '')
    const shown = await browser.send(enrolment, { code: await code() })
    assert.equal(headingOf(await browser.submit(shown, {})), 'ada')
    const other = formBrowser(stage.server.url)
    const asked = await other.submit(await other.open('/sign-in'), { username: 'ada', password })
    assert.equal(headingOf(await other.submit(asked, { code: await code() })), 'ada')
    const iam = iamOf(stage.server)
    for (const UserName of ['ada', 'bob']) {
      await iam.send(new CreateAccessKeyCommand({ UserName }))
      await iam.send(new UpdateLoginProfileCommand({ UserName, Password: `${password}2` }))
      await stage.post(`/people/${UserName}/password`, { password: `${password}3` })
    }
    assert.equal((await stage.post('/people/ada/reset-factors', {})).status, 200)
    await settled(stage.server)
    assert.deepEqual(subjects('bob@acme.example'), ['Confirm your e-mail address at Acme'])
    const found = subjects('ada@acme.example')
    const wanted = [
      'A second factor was added to your account at Acme',
      'A second factor was removed from your account at Acme',
      'New sign-in to your account at Acme',
      'An access key was created for your account at Acme',
      'An administrator changed your password at Acme',
      'An administrator changed your password at Acme',
    ]
    for (const subject of new Set(wanted))
      assert.equal(
        found.filter((one) => one === subject).length,
        wanted.filter((one) => one === subject).length,
        `${subject}: ${found.join('; ')}`,
      )
  },
)
