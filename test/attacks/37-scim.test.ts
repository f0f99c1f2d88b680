// attacks.md 37 and 36: SCIM looks nothing up before it has asked whether the caller may, whatever the request changes. A change that
// came to nothing was answered with the group and its members; a filter in a path said what a person has; ids of members were looked
// up, 30,000 in one turn of the event loop, for a token without a permission.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { groupUrn, patchUrn, type Scim, scimToken, scimWith, userUrn } from '../admin/scim/client.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

const timeout = 60_000
let server: Running
let directory: Scim
let nobody: Scim
let group = ''
let member = ''
before(
  async () => {
    server = await startServer()
    directory = scimWith(server.url, await scimToken(server, 'directory'))
    const nothing = { Effect: 'Deny', Action: '*', Resource: '*' }
    nobody = scimWith(server.url, await scimToken(server, 'nobody', {}, nothing))
    const emails = [{ value: 'hidden@corp.example' }]
    const user = { schemas: [userUrn], userName: 'hidden', emails }
    member = (await directory('POST', '/Users', user)).body.id
    const made = { schemas: [groupUrn], displayName: 'secret', members: [{ value: member }] }
    group = (await directory('POST', '/Groups', made)).body.id
  },
  { timeout },
)
after(() => server?.stop())

const patch = (...operations: readonly object[]) => ({ schemas: [patchUrn], Operations: operations })
const absent = 'AIDANOBODYNOBODYNOBOD'

test('37: a change of a group that comes to nothing needs its permission all the same', {
  timeout,
}, async () => {
  const changes: readonly (readonly [string, object, string])[] = [
    ['PATCH', patch({ op: 'remove', path: `members[value eq "${absent}"]` }), 'RemoveGroupMember'],
    ['PATCH', patch({ op: 'remove', path: 'members[display sw "h"]' }), 'RemoveGroupMember'],
    ['PATCH', patch({ op: 'add', path: 'members', value: [] }), 'AddGroupMember'],
    ['PATCH', patch({ op: 'replace', path: 'members', value: [{ value: member }] }), 'AddGroupMember'],
    ['PUT', { schemas: [groupUrn], displayName: 'secret', members: [{ value: member }] }, 'UpdateGroup'],
  ]
  for (const [method, body, action] of changes) {
    const { status, body: answer } = await nobody(method, `/Groups/${group}`, body)
    assert.equal(status, 403, JSON.stringify(body))
    assert.match(answer.detail, new RegExp(`perform: chancery:${action} `))
    assert.doesNotMatch(JSON.stringify(answer), /hidden/)
  }
  const entries = await entriesOf(server)
  const isRefusedRemoval = ({ action, outcome }: (typeof entries)[number]) =>
    action === 'chancery:RemoveGroupMember' && outcome === 'denied'
  assert.equal(entries.filter(isRefusedRemoval).length, 2)
  assert.equal((await directory('GET', `/Groups/${group}`)).body.members.length, 1)
})

test('37: whoever may add members and not read the group is not shown its members', { timeout }, async () => {
  const may = { Effect: 'Allow', Action: ['chancery:AddGroupMember'], Resource: '*' }
  const adder = scimWith(server.url, await scimToken(server, 'adder', {}, may))
  const { status, body } = await adder(
    'PATCH',
    `/Groups/${group}`,
    patch({ op: 'add', path: 'members', value: [{ value: member }] }),
  )
  assert.deepEqual([status, body.id, body.members], [200, group, undefined])
})

test('37: an answer does not say whether a person has what a filter names, nor whether ids exist', {
  timeout,
}, async () => {
  const answers = new Set<string>()
  for (const start of ['hidden@', 'other@']) {
    const path = `emails[value sw "${start}"].value`
    const { status, body } = await nobody(
      'PATCH',
      `/Users/${member}`,
      patch({ op: 'replace', path, value: 'x@y.example' }),
    )
    answers.add(`${status} ${body.detail}`)
  }
  assert.equal(answers.size, 1)
  assert.match([...answers].join(), /^403 /)
  for (const value of [member, absent]) {
    const made = { schemas: [groupUrn], displayName: 'new', members: [{ value }] }
    const created = await nobody('POST', '/Groups', made)
    const added = await nobody(
      'PATCH',
      `/Groups/${group}`,
      patch({ op: 'add', path: 'members', value: [{ value }] }),
    )
    assert.deepEqual([created.status, added.status], [403, 403], value)
  }
})

test('36: ids of members are not looked up for somebody without permission', { timeout }, async () => {
  const letters = (at: number) => at.toString(2).replace(/0/g, 'A').replace(/1/g, 'B').padStart(17, 'C')
  const value = Array.from({ length: 30_000 }, (_, at) => ({ value: `AIDA${letters(at)}` }))
  const { pid = 0 } = server.process
  const earlier = processorTimeOf(pid)
  const { status } = await nobody('PATCH', `/Groups/${group}`, patch({ op: 'add', path: 'members', value }))
  assert.equal(status, 403)
  assert.ok(processorTimeOf(pid) - earlier < 1000, `${processorTimeOf(pid) - earlier} ms`)
})
