// People in the admin API, over HTTP.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import { CreateGroupCommand, CreateUserCommand } from '@aws-sdk/client-iam'
import { type Running, startServer } from '../support/server.ts'
import { callAdmin, iamOf, root, userWith } from './call.ts'

let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    for (const UserName of ['ada', 'Bob', 'bert', 'carol'])
      await iam.send(new CreateUserCommand({ UserName, Path: '/staff/' }))
  },
  { timeout: 60_000 },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

const timeout = 60_000
const names = (body: { items: { name: string }[] }): string[] => body.items.map(({ name }) => name)

test('a list goes from page to page by its cursor, in the order of names whatever their path', {
  timeout,
}, async () => {
  const first = await callAdmin(server.url, { path: '/people?limit=3' })
  assert.deepEqual(names(first.body), ['ada', 'admin', 'bert'])
  const second = await callAdmin(server.url, {
    path: `/people?limit=3&cursor=${encodeURIComponent(first.body.cursor)}`,
  })
  assert.deepEqual([names(second.body), second.body.cursor], [['Bob', 'carol'], undefined])
})

test('a cursor of another list is refused by name', { timeout }, async () => {
  const { body } = await callAdmin(server.url, { path: '/people?limit=1' })
  const other = await callAdmin(server.url, {
    path: `/people?limit=1&search=b&cursor=${encodeURIComponent(body.cursor)}`,
  })
  assert.equal(other.status, 400)
  assert.equal(other.body.errors[0].field, 'cursor')
})

test('a search finds the beginning of a name in any case', { timeout }, async () => {
  const { body } = await callAdmin(server.url, { path: '/people?search=B' })
  assert.deepEqual(names(body), ['bert', 'Bob'])
})

test('a person is found by name in any case and by id, with an ETag', { timeout }, async () => {
  const byName = await callAdmin(server.url, { path: '/people/BOB' })
  assert.equal(byName.status, 200)
  assert.equal(byName.body.arn, 'arn:aws:iam::123456789012:user/staff/Bob')
  assert.match(byName.headers.get('etag') ?? '', /^"[\w-]{22}"$/)
  const byId = await callAdmin(server.url, { path: `/people/${byName.body.id}` })
  assert.deepEqual(byId.body, byName.body)
  assert.equal((await callAdmin(server.url, { path: '/people/nobody' })).status, 404)
})

test('all wrong fields are named at once', { timeout }, async () => {
  const { status, body } = await callAdmin(server.url, { path: '/people?limit=0&state=gone&serach=a' })
  assert.deepEqual([status, body.code], [400, 'validation'])
  assert.deepEqual(
    body.errors.map(({ field }: { field: string }) => field),
    ['limit', 'state', 'serach'],
  )
})

test('permission for one person is for that person alone', { timeout }, async () => {
  const reader = await userWith(iam, 'reader', {
    Effect: 'Allow',
    Action: 'chancery:GetPerson',
    Resource: 'arn:aws:iam::123456789012:user/staff/*',
  })
  const get = (name: string) => callAdmin(server.url, { path: `/people/${name}`, credentials: reader })
  assert.equal((await get('ada')).status, 200)
  assert.equal((await get('admin')).status, 403)
  assert.equal((await get('nobody-there')).status, 403)
})

const create = (body: object) => callAdmin(server.url, { method: 'POST', path: '/people', body })

test('a person is created with attributes, groups and a password, changed and read back', {
  timeout,
}, async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'writers' }))
  const made = await create({
    name: 'dora',
    displayName: 'Dora Maar',
    email: 'Dora@example.com',
    attributes: { locale: 'fr' },
    groups: ['Writers'],
    password: 'a long enough password 1!A',
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual(
    [made.body.groups, made.body.password, made.body.state, made.body.emailVerified],
    [['writers'], 'must-change', 'enabled', false],
  )
  const changed = await callAdmin(server.url, {
    method: 'PATCH',
    path: '/people/dora',
    body: {
      displayName: null,
      attributes: { locale: null, timeZone: 'Europe/Paris' },
      groups: [],
      emailVerified: true,
    },
  })
  assert.deepEqual(
    [changed.body.displayName, changed.body.attributes, changed.body.groups, changed.body.emailVerified],
    [undefined, { timeZone: 'Europe/Paris' }, [], true],
  )
  const moved = await callAdmin(server.url, {
    method: 'PATCH',
    path: '/people/dora',
    body: { email: 'other@example.com' },
  })
  assert.deepEqual([moved.body.email, moved.body.emailVerified], ['other@example.com', false])
  assert.deepEqual((await callAdmin(server.url, { path: '/people/dora' })).body, moved.body)
})

test('a search finds names, then addresses, then display names, each person once', { timeout }, async () => {
  await create({ name: 'zoe-1', email: 'yan@example.com', displayName: 'Xu One' })
  await create({ name: 'yan', email: 'yan.two@example.com' })
  await create({ name: 'zoe-2', displayName: 'Yan Three' })
  assert.deepEqual(names((await callAdmin(server.url, { path: '/people?search=yan' })).body), [
    'yan',
    'zoe-1',
    'zoe-2',
  ])
  const pages: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { body } = await callAdmin(server.url, { path: `/people?search=YAN&limit=1${from}` })
    pages.push(...names(body))
    cursor = body.cursor
  }
  assert.deepEqual(pages, ['yan', 'zoe-1', 'zoe-2'])
})

test('every wrong field of a new person is named', { timeout }, async () => {
  const { status, body } = await create({
    name: 'not a name',
    email: 'nowhere',
    attributes: { locale: 'no locale', shoe: '44' },
    groups: 'writers',
    nickname: 'x',
  })
  assert.equal(status, 400)
  assert.deepEqual(body.errors.map(({ field }: { field: string }) => field).sort(), [
    'attributes.locale',
    'attributes.shoe',
    'email',
    'groups',
    'name',
    'nickname',
  ])
  assert.equal((await create({ name: 'ADA' })).status, 409)
  const noGroup = await create({ name: 'eve', groups: ['no-such-group'] })
  assert.deepEqual([noGroup.status, noGroup.body.errors[0].field], [400, 'groups'])
})

test('a change based on an older version is refused with 412, and nothing changes', { timeout }, async () => {
  const { headers } = await callAdmin(server.url, { path: '/people/carol' })
  const patch = (displayName: string, etag: string) =>
    callAdmin(server.url, {
      method: 'PATCH',
      path: '/people/carol',
      body: { displayName },
      headers: { 'if-match': etag },
    })
  const first = await patch('First', headers.get('etag') ?? '')
  assert.equal(first.status, 200)
  const second = await patch('Second', headers.get('etag') ?? '')
  assert.deepEqual([second.status, second.body.code], [412, 'precondition_failed'])
  assert.equal((await patch('Third', first.headers.get('etag') ?? '')).status, 200)
  assert.equal((await patch('Fourth', 'no tag')).status, 400)
  assert.equal((await callAdmin(server.url, { path: '/people/carol' })).body.displayName, 'Third')
})

test('nobody joins a group by a change of a person without permission on the group', {
  timeout,
}, async () => {
  const editor = await userWith(iam, 'editor', {
    Effect: 'Allow',
    Action: ['chancery:UpdatePerson', 'chancery:CreatePerson'],
    Resource: '*',
  })
  await iam.send(new CreateGroupCommand({ GroupName: 'bosses' }))
  const joins = [
    { method: 'PATCH', path: '/people/editor', body: { groups: ['bosses'] } },
    { method: 'POST', path: '/people', body: { name: 'puppet', groups: ['bosses'] } },
  ]
  for (const call of joins) {
    const { status, body } = await callAdmin(server.url, { ...call, credentials: editor })
    assert.equal(status, 403)
    assert.match(body.detail, /chancery:AddGroupMember on resource: arn:aws:iam::123456789012:group\/bosses/)
  }
  assert.equal((await callAdmin(server.url, { path: '/people/puppet' })).status, 404)
})

test('nobody declares an address verified without permission for it', { timeout }, async () => {
  const mayEdit = ['chancery:UpdatePerson', 'chancery:CreatePerson', 'chancery:InvitePerson']
  const clerk = await userWith(iam, 'clerk', { Effect: 'Allow', Action: mayEdit, Resource: '*' })
  const registrar = await userWith(iam, 'registrar', [
    { Effect: 'Allow', Action: mayEdit, Resource: '*' },
    { Effect: 'Allow', Action: 'chancery:VerifyPersonEmail', Resource: 'arn:aws:iam::*:user/new/*' },
  ])
  await callAdmin(server.url, { method: 'POST', path: '/people', body: { name: 'target', path: '/old/' } })
  const address = { email: 'mallory@corp.example', emailVerified: true }
  const patch = { method: 'PATCH', path: '/people/target' }
  const rows = [
    [clerk, { ...patch, body: address }, 'target'],
    [clerk, { ...patch, body: { emailVerified: true } }, 'target'],
    [clerk, { method: 'POST', path: '/people', body: { name: 'made', ...address } }, 'made'],
    [clerk, { method: 'POST', path: '/invitations', body: { name: 'asked', ...address } }, 'asked'],
    [registrar, { ...patch, body: { path: '/new/', ...address } }, 'target'],
    [registrar, { method: 'POST', path: '/people', body: { name: 'made', ...address } }, 'made'],
    [registrar, { method: 'POST', path: '/people', body: { name: 'made', path: '/new/', ...address } }],
    [registrar, { ...patch, path: '/people/made', body: { emailVerified: true } }],
    [registrar, { ...patch, path: '/people/made', body: { path: '/old/', ...address } }, 'made'],
    [clerk, { ...patch, body: { ...address, emailVerified: false } }],
    [clerk, { ...patch, path: '/people/made', body: { emailVerified: false } }],
  ] as const
  for (const [credentials, call, refusedOn] of rows) {
    const { status, body } = await callAdmin(server.url, { ...call, credentials })
    const what = `${call.method} ${call.path} ${JSON.stringify(call.body)}: ${JSON.stringify(body)}`
    assert.equal(status, refusedOn === undefined ? (call.method === 'POST' ? 201 : 200) : 403, what)
    if (refusedOn !== undefined)
      assert.ok(
        body.detail.includes(
          `chancery:VerifyPersonEmail on resource: arn:aws:iam::123456789012:user/${refusedOn}`,
        ),
        what,
      )
  }
  const { body } = await callAdmin(server.url, { path: '/people/target' })
  assert.deepEqual([body.email, body.emailVerified, body.path], [address.email, false, '/old/'])
})

test('text that people read is one line of well-formed Unicode', { timeout }, async () => {
  const client = { client_id: 'reader', redirect_uris: ['https://reader.example/cb'] }
  for (const text of ['a\ud800', '\udc00a', 'Bank\u202egro', 'a\nb', 'a\u2028b', 'a\u0000']) {
    const rows = [
      ['POST', '/people', { name: 'read', displayName: text }, 'displayName'],
      ['PATCH', '/people/carol', { displayName: text }, 'displayName'],
      ['PATCH', '/people/carol', { attributes: { givenName: text } }, 'attributes.givenName'],
      ['POST', '/groups', { name: 'read', displayName: text }, 'displayName'],
      ['POST', '/clients', { ...client, client_name: text }, 'client_name'],
    ] as const
    for (const [method, path, body, field] of rows) {
      const answer = await callAdmin(server.url, { method, path, body })
      const what = `${method} ${path} ${JSON.stringify(body)}`
      assert.deepEqual([answer.status, answer.body.errors?.[0].field], [400, field], what)
    }
  }
  const astral = { name: 'read', displayName: 'Ada \u{1d49c}', externalId: 'x' }
  assert.equal((await callAdmin(server.url, { method: 'POST', path: '/people', body: astral })).status, 201)
  const id = { method: 'PATCH', path: '/people/read', body: { externalId: '\ud800' } }
  assert.equal((await callAdmin(server.url, id)).status, 400)
})

test('disabling ends access keys, says so before, and enabling gives them back', { timeout }, async () => {
  const keys = await userWith(iam, 'frank', { Effect: 'Allow', Action: '*', Resource: '*' })
  const asFrank = () => callAdmin(server.url, { path: '/people/frank', credentials: keys })
  const state = (verb: string, body?: object) =>
    callAdmin(server.url, { method: 'POST', path: `/people/frank/${verb}`, ...(body && { body }) })
  assert.equal((await asFrank()).status, 200)
  const dry = await state('disable', { dryRun: true })
  assert.deepEqual([dry.body.dryRun, dry.body.ends.accessKeys], [true, [keys.accessKeyId]])
  assert.equal((await asFrank()).status, 200)
  const done = await state('disable')
  assert.deepEqual([done.status, done.body.dryRun, done.body.ends], [200, false, dry.body.ends])
  assert.equal((await asFrank()).status, 401)
  const listed = await callAdmin(server.url, { path: '/people?state=disabled' })
  assert.deepEqual(names(listed.body), ['frank'])
  assert.equal((await state('enable')).body.state, 'enabled')
  assert.equal((await asFrank()).status, 200)
})

test('deleting takes keys, memberships and policies along, but not oneself', { timeout }, async () => {
  const keys = await userWith(iam, 'gone', { Effect: 'Allow', Action: '*', Resource: '*' })
  const remove = (query = '', credentials = keys) =>
    callAdmin(server.url, { method: 'DELETE', path: `/people/gone${query}`, credentials })
  const own = await remove()
  assert.deepEqual([own.status, own.body.code], [400, 'unmodifiable'])
  const dry = await remove('?dryRun=true', root)
  assert.deepEqual([dry.status, dry.body.dryRun], [200, true])
  assert.equal((await callAdmin(server.url, { path: '/people/gone' })).status, 200)
  assert.equal((await remove('', root)).status, 200)
  assert.equal((await callAdmin(server.url, { path: '/people/gone' })).status, 404)
  assert.equal((await remove()).status, 401)
})
