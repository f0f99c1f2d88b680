// Several people invited at once in the console.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rowOf } from '../../src/console/people/invite-many.ts'
import { callAdmin } from '../admin/call.ts'
import { type MailStage, mailStage } from '../mail/stage.ts'
import { headingOf, textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { linkIn } from '../support/smtp-server.ts'

const limit = { timeout: 60_000 }
let stage: MailStage
let me: Enrolled
before(async () => {
  stage = await mailStage()
  me = await enrol(stage.server)
  assert.equal((await stage.post('/groups', { name: 'staff' })).status, 201)
}, limit)
after(() => stage?.stop())

const path = '/console/people/invite/many'
const send = async (people: string, mail: 'true' | 'false' = 'false') =>
  me.browser.send(await me.browser.open(path), { people, groups: 'staff', mail }, path)

test('a line is an address, a name, or the values of a CSV file', () => {
  for (const [line, row] of [
    ['ada@acme.example', { name: 'ada@acme.example', email: 'ada@acme.example' }],
    ['ada', { name: 'ada' }],
    ['ada, ada@acme.example', { name: 'ada', email: 'ada@acme.example' }],
    [
      '"ada";ada@acme.example;"Ada Lovelace"',
      { name: 'ada', email: 'ada@acme.example', displayName: 'Ada Lovelace' },
    ],
    ['ada\t\tAda Lovelace', { name: 'ada', displayName: 'Ada Lovelace' }],
  ] as const)
    assert.deepEqual(rowOf(line), row, line)
})

test(
  'each person is created in the groups and invited by mail, and what is wrong is said of its line',
  limit,
  async () => {
    assert.match((await me.browser.open('/console/people/invite')).text, new RegExp(`href="${path}"`))
    const page = await send(
      'ada, ada@acme.example, Ada Lovelace\r\n\r\nbob@acme.example\r\nnot a name\r\n',
      'true',
    )
    assert.equal(headingOf(page), 'Invited', textOf(page))
    assert.match(textOf(page), /2 created, 0 there already, 1 not created/)
    assert.match(textOf(page), /not a name Not created name/)
    for (const address of ['ada@acme.example', 'bob@acme.example'])
      assert.match(linkIn(await stage.smtp.next(address)), /\/sign-in\/link\?token=/)
    const { body } = await callAdmin(stage.server.url, { path: '/people/ada' })
    assert.deepEqual([body.displayName, body.groups], ['Ada Lovelace', ['staff']])
    assert.match(textOf(await send('ada, ada@acme.example, Ada Lovelace')), /0 created, 1 there already/)
  },
)

test('a form without people, and one with too many, keeps what was typed', limit, async () => {
  assert.equal((await send(' \r\n')).status, 422)
  const many = await send(Array.from({ length: 201 }, (_, at) => `p${at}`).join('\n'))
  assert.equal(many.status, 422)
  assert.match(many.text, /id="field-people"[^>]*aria-invalid="true"/)
  assert.match(many.text, /p200<\/textarea>/)
})
