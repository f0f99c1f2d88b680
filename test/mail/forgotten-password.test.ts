// A forgotten password, from the sign-in page to the new password; and what strangers learn and cause (docs/attacks.md 3, 8, 19, 22).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { startServer } from '../support/server.ts'
import { linkIn } from '../support/smtp-server.ts'
import { entriesOf } from '../support/trail.ts'
import { type MailStage, mailStage, password, settled } from './stage.ts'

const limit = { timeout: 60_000 }
const newPassword = 'purple saucer 77 Comet?'
let stage: MailStage
before(async () => {
  stage = await mailStage()
  const people = [
    { name: 'ada', email: 'ada@acme.example', emailVerified: true, password, mustChangePassword: false },
    { name: 'ben', email: 'ben@acme.example', password },
    { name: 'cyd', email: 'Cyd@acme.example', emailVerified: true, password },
    { name: 'dee', email: 'dee@acme.example', emailVerified: true, password, state: 'disabled' },
    { name: 'eve', email: 'eve@acme.example', emailVerified: true },
    { name: 'max', email: 'max@acme.example', emailVerified: true, password },
    { name: 'zoe', email: 'zoe@acme.example', emailVerified: true, password },
  ]
  for (const one of people) {
    const { status, body } = await stage.post('/people', one)
    assert.equal(status, 201, JSON.stringify(body))
  }
}, limit)
after(() => stage.stop())

async function forget(username: string): Promise<Seen> {
  const browser = formBrowser(stage.server.url)
  return browser.send(await browser.open('/sign-in/forgot'), { username })
}
const pathOf = (url: string): string => url.slice(stage.server.url.length)
const open = (url: string) => formBrowser(stage.server.url).open(pathOf(url))
const plain = ({ text }: Seen) => text.replace(/value="[^"]*"/g, '')
/** Messages beside the one that asks to confirm an address. */
const received = (address: string) =>
  stage.smtp.received.filter(
    ({ to, headers }) => to.includes(address) && !headers.get('subject')?.startsWith('Confirm'),
  ).length

test(
  'the sign-in page leads to a link by mail, the link to a new password, and the person is told',
  limit,
  async () => {
    const browser = formBrowser(stage.server.url)
    const signIn = await browser.open('/sign-in')
    const there = /href="([^"]*)">Forgot your password/.exec(signIn.text)?.[1] ?? ''
    const sent = await browser.send(await browser.open(there), { username: 'ada' })
    assert.deepEqual([sent.status, headingOf(sent)], [200, 'Check your mail'])
    const mail = await stage.smtp.next('ada@acme.example')
    assert.equal(mail.headers.get('subject'), 'Choose a new password at Acme')
    const link = linkIn(mail)
    assert.ok(link.startsWith(`${stage.server.url}/sign-in/link?token=`))
    // A program that looks at links uses nothing up.
    for (const _ of [1, 2]) assert.equal((await open(link)).status, 200)
    const page = await browser.open(pathOf(link))
    const weak = await browser.send(page, { password: 'ada', again: 'ada' })
    assert.equal(weak.status, 422)
    const done = await browser.send(weak, { password: newPassword, again: newPassword })
    assert.equal(done.status, 303)
    assert.equal((await open(link)).status, 404)
    const told = await stage.smtp.next('ada@acme.example')
    assert.equal(told.headers.get('subject'), 'Your password at Acme was changed')
    const again = formBrowser(stage.server.url)
    const next = await again.submit(await again.open('/sign-in'), { username: 'ada', password: newPassword })
    assert.match(headingOf(next), /authenticator/, 'the second factor is asked as always')
    const old = formBrowser(stage.server.url)
    assert.equal((await old.send(await old.open('/sign-in'), { username: 'ada', password })).status, 401)
    const actions = (await entriesOf(stage.server)).map(({ action }) => action)
    assert.ok(actions.includes('signin:RequestPasswordReset') && actions.includes('signin:ChoosePassword'))
  },
)

test(
  '22: known and unknown people get the same answer; nothing is sent to unverified, disabled or unknown',
  limit,
  async () => {
    const answers = await Promise.all(
      [
        'zoe',
        'ZOE@acme.example',
        'ben',
        'ben@acme.example',
        'dee',
        'nobody',
        'nobody@acme.example',
        'x/y/z',
        '"<b>',
      ].map(forget),
    )
    for (const answer of answers) {
      assert.equal(answer.status, 200)
      assert.equal(plain(answer), plain(answers[0] as Seen))
      assert.deepEqual(
        [...answer.headers.keys()].filter((name) => name !== 'date').sort(),
        [...(answers[0] as Seen).headers.keys()].filter((name) => name !== 'date').sort(),
      )
    }
    await settled(stage.server)
    assert.deepEqual(
      ['zoe', 'ben', 'dee', 'nobody'].map((name) => received(`${name}@acme.example`)),
      [2, 0, 0, 0],
    )
  },
)

test(
  'the address is found whatever its case; a person without a password is told how they sign in',
  limit,
  async () => {
    await forget('cyd@ACME.example')
    assert.match((await stage.smtp.next('Cyd@acme.example')).text, /\bcyd\b/)
    await forget('eve')
    const mail = await stage.smtp.next('eve@acme.example')
    assert.match(mail.text, /has\s+no password here/)
    assert.throws(() => linkIn(mail))
  },
)

test('19: one person gets three messages in an hour, and an address so many requests', limit, async () => {
  for (let n = 0; n < 6; n++) await forget('max')
  await settled(stage.server)
  assert.equal(received('max@acme.example'), 3)
  const statuses = new Set<number>()
  for (let n = 0; n < 30 && !statuses.has(429); n++) statuses.add((await forget(`nobody-${n}`)).status)
  assert.deepEqual([...statuses], [200, 429])
})

test(
  'a link ends with the password that it was for, and does not end a link of an administrator',
  limit,
  async () => {
    const { body: invited } = await stage.post('/people/zoe/sign-in-link', {})
    const mail = stage.smtp.received.filter(({ to }) => to.includes('zoe@acme.example')).at(-1)
    assert.ok(mail)
    assert.equal((await open(invited.url)).status, 200)
    assert.equal((await stage.post('/people/zoe/password', { password: newPassword })).status, 200)
    const told = await stage.smtp.next('zoe@acme.example')
    assert.ok(told)
    const page = await open(linkIn(mail))
    assert.equal(page.status, 404)
    assert.match(page.text, /Request a new one/)
  },
)

test('3: a link is made of the issuer, whatever host the request names', limit, async () => {
  await stage.post('/people', { name: 'fay', email: 'fay@acme.example', emailVerified: true, password })
  const browser = formBrowser(stage.server.url)
  const page = await browser.open('/sign-in')
  const form = await browser.open('/sign-in/forgot')
  assert.ok(page)
  const sent = await browser.send(form, { username: 'fay' }, undefined, {
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
  })
  if (sent.status === 429) return
  assert.ok(linkIn(await stage.smtp.next('fay@acme.example')).startsWith(stage.server.url))
})

test('without mail there is no such page, and the sign-in page does not lead to it', limit, async (t) => {
  const bare = await startServer()
  t.after(() => bare.stop())
  const browser = formBrowser(bare.url)
  assert.ok(!(await browser.open('/sign-in')).text.includes('Forgot'))
  assert.equal((await browser.open('/sign-in/forgot')).status, 404)
})
