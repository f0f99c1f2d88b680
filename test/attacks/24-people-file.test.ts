// attacks.md 24: a file of people that is chosen on a page has names that are markup; and another site sends one. attacks.md 12: it
// creates nobody whom the person could not create one by one. attacks.md 26: the hashes in it are in no page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody, callAdmin } from '../admin/call.ts'
import { foreignHashes } from '../secure/foreign-hashes.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser, inlineCode, type Seen } from '../support/form-browser.ts'
import { enrol, recentSignIn } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const limit = { timeout: 120_000 }
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const path = '/console/people/invite/many'
const password = 'staple battery wonder'
let server: Running
let recent: () => Promise<FormBrowser>
/** May import, and create people below /staff/ alone. */
let clerk: FormBrowser

before(async () => {
  server = await startServer()
  recent = recentSignIn(server, await enrol(server))
  const admin = (method: string, at: string, body: object) =>
    adminBody(server.url, { method, path: at, body })
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/people', { name: 'clerk', password, mustChangePassword: false })
  const Statement = [
    { Effect: 'Allow', Action: 'chancery:ImportPeople', Resource: '*' },
    { Effect: 'Allow', Action: 'chancery:CreatePerson', Resource: 'arn:aws:iam::*:user/staff/*' },
  ]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const given = { UserName: 'clerk', PolicyName: 'import', PolicyDocument }
  assert.equal((await call(server.url, root, 'iam', 'PutUserPolicy', given)).status, 200)
  clerk = formBrowser(server.url)
  await clerk.submit(await clerk.open('/sign-in'), { username: 'clerk', password })
}, limit)
after(() => server?.stop())

const send = async (
  me: FormBrowser,
  content: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Seen> =>
  me.upload(await me.open(path), fields, { file: { name: '<b>.csv', content } }, path, headers)
const isThere = async (name: string): Promise<boolean> =>
  (await callAdmin(server.url, { path: `/people/${name}` })).status === 200

const markup = '<img src=x onerror=alert(1)>'

test('24: names, values and columns of a file are text on the page', limit, async () => {
  const me = await recent()
  for (const content of [
    `name,display_name\nada,"${markup}"\n`,
    `name,email\n"${markup}",x\n`,
    `name,groups\neve,"${markup}"\n`,
    `name,"${markup}"\nada,x\n`,
    `${'name,'.repeat(3)}"${markup}`,
  ]) {
    const page = await send(me, content)
    assert.ok(!page.text.includes('<img'), content)
    assert.doesNotMatch(page.text, inlineCode)
  }
  assert.ok(!(await me.open('/console/people')).text.includes('<img'))
})

test('24: a file that another site sends creates nobody', limit, async () => {
  const me = await recent()
  for (const [fields, headers] of [
    [{}, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    [{ csrf: '' }, {}],
    [{ csrf: 'x'.repeat(43) }, {}],
  ] as const)
    assert.equal((await send(me, 'name\nplanted\n', fields, headers)).status, 403)
  assert.equal(await isThere('planted'), false)
})

test('12: whoever may import creates nobody whom they could not create one by one', limit, async () => {
  const file = 'name,path\nbelow,/staff/\nabove,/\n'
  assert.equal((await send(clerk, file)).status, 422)
  assert.deepEqual([await isThere('below'), await isThere('above')], [false, false])
  const page = await send(clerk, file, { wrong: 'others' })
  assert.match(page.text, /You may not do|is not authorized|denied/i)
  assert.deepEqual([await isThere('below'), await isThere('above')], [true, false])
})

test('49: whoever may not add people to groups does not learn which there are', limit, async () => {
  await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'zq7there' } })
  const said = async (group: string, content: string, people = ''): Promise<string> => {
    const fields = { groups: group, wrong: 'others', people }
    const form = await clerk.open(path)
    const files = content === '' ? {} : { file: { name: 'x', content } }
    const { status, text } = await clerk.upload(form, fields, files, path)
    return `${status} ${text.replace(/[\w-]{43,}/g, 'token').replace(/zq7there|zq7absent/g, '…')}`
  }
  for (const [content, people] of [
    ['name,path\nx,/staff/\n', ''],
    ['name,path,groups\nx,/staff/,zq7there;zq7absent\n', ''],
    ['', 'x'],
  ] as const)
    assert.equal(await said('zq7there', content, people), await said('zq7absent', content, people))
})

test('26: a password hash is in no page that follows', limit, async () => {
  const { hash } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()
  const me = await recent()
  for (const file of [`name,password_hash\nhal,${hash}\n`, `name,password_hash\nno name,${hash}\n`])
    assert.ok(!(await send(me, file)).text.includes(hash.slice(-20)))
})

test('12: whoever may not import creates nobody', limit, async () => {
  await call(server.url, root, 'iam', 'DeleteUserPolicy', { UserName: 'clerk', PolicyName: 'import' })
  const refused = await send(clerk, 'name,path\nlater,/staff/\n')
  assert.ok([403, 422].includes(refused.status), String(refused.status))
  assert.equal(await isThere('later'), false)
})
