// The import of people in the admin API: a result for each row, the permissions of each, and what is on record.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateGroupCommand, type IAMClient } from '@aws-sdk/client-iam'
import { mostRows } from '../../src/admin/people/import-operation.ts'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { foreignHashes } from '../secure/foreign-hashes.ts'
import { type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { callAdmin, iamOf, userWith } from './call.ts'

const timeout = 120_000
let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    for (const GroupName of ['writers', 'admins']) await iam.send(new CreateGroupCommand({ GroupName }))
  },
  { timeout },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

const importing = (rows: readonly unknown[], more: object = {}, credentials?: Credentials) =>
  callAdmin(server.url, {
    method: 'POST',
    path: '/people/import',
    body: { rows, ...more },
    ...(credentials && { credentials }),
  })
const get = (name: string) => callAdmin(server.url, { path: `/people/${name}` })
const { hash } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()

test('rows are created once, each with its own audit entry, and found unchanged afterwards', {
  timeout,
}, async () => {
  const rows = [
    {
      name: 'ada',
      email: 'Ada@example.com',
      displayName: 'Ada',
      attributes: { locale: 'en-GB', timeZone: 'Europe/London', phoneNumber: '+44 20 7946 0000' },
      groups: ['Writers'],
      passwordHash: hash,
    },
    { name: 'ben', state: 'disabled' },
  ]
  const dry = await importing(rows, { dryRun: true })
  assert.deepEqual([dry.status, dry.body.created, (await get('ada')).status], [200, 2, 404])
  const first = await importing(rows)
  assert.deepEqual(first.body, {
    results: [
      { status: 'created', name: 'ada' },
      { status: 'created', name: 'ben' },
    ],
    created: 2,
    unchanged: 0,
    failed: 0,
  })
  const { body: ada } = await get('ada')
  assert.deepEqual(
    [ada.email, ada.groups, ada.password, ada.attributes],
    ['Ada@example.com', ['writers'], 'set', rows[0]?.attributes],
  )
  assert.equal((await get('ben')).body.state, 'disabled')
  const second = await importing(rows)
  assert.deepEqual([second.body.created, second.body.unchanged, second.body.failed], [0, 2, 0])
  assert.deepEqual((await get('ada')).body, ada)
  const entries = await entriesOf(server)
  const created = entries.filter(({ action }) => action === 'chancery:CreatePerson')
  assert.deepEqual(
    created.map(({ resource, outcome }) => [resource, outcome]).sort(),
    ['ada', 'ben'].map((name) => [`arn:aws:iam::123456789012:user/${name}`, 'done']),
  )
  const requests = entries.filter(({ action }) => action === 'chancery:ImportPeople').reverse()
  assert.deepEqual(
    requests.map(({ details }) => details),
    [
      { dryRun: true, invite: false, after: { created: 2, unchanged: 0, failed: 0 } },
      { dryRun: false, invite: false, after: { created: 2, unchanged: 0, failed: 0 } },
      { dryRun: false, invite: false, after: { created: 0, unchanged: 2, failed: 0 } },
    ],
  )
  assert.ok(!JSON.stringify(entries).includes(hash))
})

test('who exists with other values is a failed row that names them, and is not changed', {
  timeout,
}, async () => {
  await importing([{ name: 'carl', email: 'carl@example.com', attributes: { locale: 'de' } }])
  const { body: before } = await get('carl')
  const { body } = await importing([
    {
      name: 'CARL',
      email: 'other@example.com',
      displayName: 'Carl',
      attributes: { locale: 'fr', givenName: 'C' },
      groups: ['admins'],
      state: 'disabled',
      passwordHash: hash,
    },
    { name: 'carl', email: 'CARL@example.com' },
    { name: 'carl' },
  ])
  const [differs, ...same] = body.results
  assert.deepEqual([differs.status, differs.code], ['failed', 'conflict'])
  assert.deepEqual(
    differs.errors.map(({ field }: { field: string }) => field),
    ['displayName', 'email', 'attributes.givenName', 'attributes.locale', 'groups', 'state', 'passwordHash'],
  )
  assert.deepEqual(
    same.map(({ status }: { status: string }) => status),
    ['unchanged', 'unchanged'],
  )
  assert.deepEqual((await get('carl')).body, before)
})

test('of rows with one name the first counts, whatever their order of arrival', { timeout }, async () => {
  const rows = Array.from({ length: 30 }, (_, n) => ({
    name: n % 2 ? 'dora' : 'DORA',
    displayName: `Dora ${n}`,
  }))
  const { body } = await importing(rows)
  assert.deepEqual([body.created, body.unchanged, body.failed], [1, 0, 29])
  assert.equal(body.results[0].status, 'created')
  assert.equal((await get('dora')).body.displayName, 'Dora 0')
})

const bad: readonly (readonly [object, string, RegExp])[] = [
  [{ name: '' }, 'name', /must be 1 to 64/],
  [{ name: 'x'.repeat(65) }, 'name', /must be 1 to 64/],
  [{ name: 'a b' }, 'name', /must be 1 to 64/],
  [{ name: 'bad1', email: 'no' }, 'email', /e-mail address/],
  [{ name: 'bad2', displayName: 'a\nb' }, 'displayName', /one line/],
  [{ name: 'bad3', displayName: '\u202eevil' }, 'displayName', /one line/],
  [{ name: 'bad4', groups: ['nogroup'] }, 'groups', /there is no group `nogroup` in this account/],
  [{ name: 'bad5', groups: Array(11).fill('writers') }, 'groups', /at most 10/],
  [{ name: 'bad6', attributes: { locale: 'no such locale' } }, 'attributes.locale', /not a valid value/],
  [{ name: 'bad7', attributes: { shoeSize: '9' } }, 'attributes.shoeSize', /is not known/],
  [{ name: 'bad8', attributes: { constructor: '9' } }, 'attributes.constructor', /is not known/],
  [{ name: 'bad9', state: 'gone' }, 'state', /one of enabled, disabled/],
  [{ name: 'bad10', path: 'x' }, 'path', /begin and end with \//],
  [{ name: 'bad11', passwordHash: 'hunter2' }, 'passwordHash', /accepted form/],
  [{ name: 'bad12', passwordHash: `$2b$15$${'a'.repeat(53)}` }, 'passwordHash', /cost of 15; at most 13/],
]

test('a bad row fails with its fields and stops no other, also when nothing is to be done', {
  timeout,
}, async () => {
  for (const dryRun of [true, false]) {
    const rows = bad.flatMap(([row], n) => [row, { name: `good${n}` }])
    const { status, body } = await importing(rows, { dryRun })
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual([body.created, body.failed], [bad.length, bad.length])
    for (const [n, [, field, message]] of bad.entries()) {
      const result = body.results[2 * n]
      assert.equal(result.status, 'failed')
      const fault = result.errors.find((one: { field: string }) => one.field === field)
      assert.match(fault?.message ?? '', message, JSON.stringify(result))
    }
  }
  assert.equal((await get('good0')).status, 200)
})

test('a request that is none is refused as a whole', { timeout }, async () => {
  const refused: readonly (readonly [unknown, number])[] = [
    [{ rows: Array.from({ length: mostRows + 1 }, (_, n) => ({ name: `many${n}` })) }, 400],
    [{ rows: [{ name: 7 }] }, 400],
    [{ rows: [{ name: 'x', password: 'in the clear' }] }, 400],
    [{ rows: [{ name: 'x', emailVerified: 'yes' }] }, 400],
    [{ rows: [null] }, 400],
    [{ rows: 'x' }, 400],
    ['{"rows":[{"name":"x","name":"y"}]}', 400],
    [{ rows: [{ name: 'x', displayName: 'y'.repeat(600_000) }] }, 413],
    [{ rows: [{ name: 'x', email: 'x@example.com' }], invite: true }, 400],
  ]
  for (const [body, expected] of refused) {
    const { status } = await callAdmin(server.url, { method: 'POST', path: '/people/import', body })
    assert.equal(status, expected, JSON.stringify(body).slice(0, 80))
  }
  for (const name of ['x', 'y', 'many0']) assert.equal((await get(name)).status, 404)
})

const arn = (rest: string) => `arn:aws:iam::123456789012:${rest}`

test('no row does more than its caller may, and does not tell who exists', { timeout }, async () => {
  await importing([
    { name: 'erin', path: '/staff/' },
    { name: 'boss', path: '/boss/' },
  ])
  const importer = await userWith(iam, 'importer', [
    { Effect: 'Allow', Action: 'chancery:ImportPeople', Resource: arn('user/*') },
    {
      Effect: 'Allow',
      Action: ['chancery:CreatePerson', 'chancery:GetPerson'],
      Resource: arn('user/staff/*'),
    },
    { Effect: 'Allow', Action: 'chancery:AddGroupMember', Resource: arn('group/writers') },
  ])
  const rows = [
    { name: 'new1', path: '/staff/', groups: ['writers'] },
    { name: 'new2', path: '/staff/', groups: ['writers', 'admins'] },
    { name: 'new3' },
    { name: 'new4', path: '/staff/', email: 'x@example.com', emailVerified: true },
    { name: 'erin', path: '/staff/' },
    { name: 'boss' },
    { name: 'boss', path: '/staff/' },
  ]
  for (const dryRun of [true, false]) {
    const { body } = await importing(rows, { dryRun }, importer)
    assert.deepEqual(
      body.results.map(({ status, errors = [] }: { status: string; errors?: { message: string }[] }) => [
        status,
        /perform: (\S+) on resource: (\S+)/
          .exec(errors[0]?.message ?? '')
          ?.slice(1)
          .join(' '),
      ]),
      [
        ['created', undefined],
        ['failed', `chancery:AddGroupMember ${arn('group/admins')}`],
        ['failed', `chancery:CreatePerson ${arn('user/new3')}`],
        ['failed', `chancery:VerifyPersonEmail ${arn('user/new4')}`],
        ['unchanged', undefined],
        // As for somebody who does not exist.
        ['failed', `chancery:CreatePerson ${arn('user/boss')}`],
        // Without the path, which says where somebody is whom the caller may not read.
        ['failed', `chancery:GetPerson ${arn('user/boss')}`],
      ],
    )
  }
  for (const name of ['new2', 'new3', 'new4']) assert.equal((await get(name)).status, 404)
  const denied = (await entriesOf(server)).filter(
    ({ outcome, who }) => outcome === 'denied' && who.endsWith('user/importer'),
  )
  assert.deepEqual(denied.map(({ action, resource }) => `${action} ${resource}`).sort(), [
    `chancery:CreatePerson ${arn('user/boss')}`,
    `chancery:CreatePerson ${arn('user/new3')}`,
    `chancery:CreatePerson ${arn('user/staff/new2')}`,
    `chancery:CreatePerson ${arn('user/staff/new4')}`,
    `chancery:GetPerson ${arn('user/boss/boss')}`,
  ])
})

test('a dry run compares the rows of one name in its request, as the import finds them', {
  timeout,
}, async () => {
  const rows = [
    { name: 'dry-eva', displayName: 'Eva' },
    { name: 'DRY-EVA', displayName: 'Eva' },
    { name: 'dry-eva', displayName: 'Eve' },
    { name: 'dry-eva' },
    { name: 'dry-eva', groups: ['nowhere'] },
  ]
  const statuses = async (more: object) => {
    const { body } = await importing(rows, more)
    return body.results.map(({ status, errors }: { status: string; errors?: { field: string }[] }) => [
      status,
      ...(errors ?? []).map(({ field }) => field),
    ])
  }
  const dry = await statuses({ dryRun: true })
  assert.deepEqual(dry, [
    ['created'],
    ['unchanged'],
    ['failed', 'displayName'],
    ['unchanged'],
    ['failed', 'groups'],
  ])
  assert.equal((await get('dry-eva')).status, 404)
  assert.deepEqual(await statuses({}), dry)
})
