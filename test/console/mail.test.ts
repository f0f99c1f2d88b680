// Links that the console sends by mail, where the server has mail.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type MailStage, mailStage } from '../mail/stage.ts'
import { headingOf, problemOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { linkIn } from '../support/smtp-server.ts'

const limit = { timeout: 60_000 }
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
