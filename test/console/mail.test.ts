// Links that the console sends by mail, where the server has mail.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type MailStage, mailStage } from '../mail/stage.ts'
import { headingOf, problemOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { linkIn, Reply } from '../support/smtp-server.ts'

const limit = { timeout: 240_000 }
let stage: MailStage
let me: Enrolled
before(async () => {
  stage = await mailStage()
  me = await enrol(stage.server)
}, limit)
after(() => stage.stop())

test('an invitation by mail shows the link to nobody but its person', limit, async () => {
  const page = await me.browser.open('/console/people/invite')
  const sent = await me.browser.send(
    page,
    { name: 'ines', email: 'ines@acme.example', mail: 'true' },
    '/console/people/invite',
  )
  assert.equal(headingOf(sent), 'The link is on its way', problemOf(sent))
  assert.match(sent.text, /ines@acme\.example/)
  assert.doesNotMatch(sent.text, /sign-in\/link\?token/)
  assert.match(linkIn(await stage.smtp.next('ines@acme.example')), /\/sign-in\/link\?token=/)
})

test('a link by mail needs an address', limit, async () => {
  const invite = await me.browser.open('/console/people/invite')
  await me.browser.send(invite, { name: 'otto', mail: 'false' }, '/console/people/invite')
  const ask = await me.browser.open('/console/people/otto/link')
  const refused = await me.browser.send(ask, { do: 'mail' }, '/otto/link')
  assert.equal(refused.status, 422)
  assert.match(problemOf(refused) ?? '', /needs an e-mail address/)
  assert.equal(headingOf(await me.browser.send(ask, {}, '/otto/link')), 'The link is ready')
})

const mailPage = '/console/settings/mail'

test(
  'a test message goes to the administrator who asks, and the answer of the mail server is shown',
  limit,
  async () => {
    const page = await me.browser.open(mailPage)
    assert.match(page.text, new RegExp(`127\\.0\\.0\\.1:${stage.smtp.port}`))
    const without = await me.browser.send(page, {}, `${mailPage}/test`)
    assert.equal(without.status, 422)
    assert.match(problemOf(without) ?? '', /your own e-mail address, and you have none/)
    assert.equal(
      (await stage.patch('/people/admin', { email: 'admin@acme.example', emailVerified: true })).status,
      200,
    )
    const sent = await me.browser.send(page, { to: 'someone@else.example' }, `${mailPage}/test`)
    assert.match(sent.text, /The mail server took the message/)
    assert.match(sent.text, /<code>250 [^<]+<\/code>/)
    const mail = await stage.smtp.next('admin@acme.example')
    assert.deepEqual(mail.to, ['admin@acme.example'])
    assert.match(mail.headers.get('subject') ?? '', /^Test message from Acme$/)
    stage.smtp.behaviour.recipient = () => {
      throw new Reply(550, 'no such mailbox <b>here</b>')
    }
    const refused = await me.browser.send(page, {}, `${mailPage}/test`)
    stage.smtp.behaviour.recipient = () => undefined
    assert.match(refused.text, /The mail server refused your address/)
    assert.match(refused.text, /check that it may relay mail/)
    assert.match(refused.text, /change <code[^>]*>mail:<\/code> there/)
    assert.ok(!refused.text.includes('name="host"'), 'settings of the file have no form')
    assert.match(refused.text, /reply 550 .*no such mailbox &lt;b&gt;here/)
  },
)

test('test messages have a limit', limit, async () => {
  const page = await me.browser.open(mailPage)
  const statuses: number[] = []
  for (let at = 0; at < 10; at++) statuses.push((await me.browser.send(page, {}, `${mailPage}/test`)).status)
  assert.equal(statuses[0], 200)
  assert.equal(statuses.at(-1), 422)
})
