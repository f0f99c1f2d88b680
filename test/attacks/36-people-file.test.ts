// attacks.md 36 and 43: a CSV file that is chosen on a page is small, and still took seconds of everybody's time: a header in which known
// columns come after very many unknown ones, or a long name of a column that is said with each of a thousand values. It was read for
// people who may import nobody.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser, type Seen } from '../support/form-browser.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

const limit = { timeout: 120_000 }
const path = '/console/people/invite/many'
const password = 'plum-orbit-9-lantern'
/** Milliseconds of processor time for a page with such a file. */
const most = 2000
let server: Running
let eve: FormBrowser
let bob: FormBrowser

before(async () => {
  server = await startServer()
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
  const signedIn = async (name: string) => {
    const person = { name, password, mustChangePassword: false }
    const made = await callAdmin(server.url, { method: 'POST', path: '/people', body: person })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const browser = formBrowser(server.url)
    await browser.submit(await browser.open('/sign-in'), { username: name, password })
    return browser
  }
  eve = await signedIn('eve')
  bob = await signedIn('bob')
  const may = { Effect: 'Allow', Action: 'chancery:ImportPeople', Resource: '*' }
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const given = { UserName: 'eve', PolicyName: 'import', PolicyDocument: policy(may) }
  assert.equal((await call(server.url, root, 'iam', 'PutUserPolicy', given)).status, 200)
}, limit)
after(() => server?.stop())

const send = async (me: FormBrowser, content: string): Promise<Seen> =>
  me.upload(await me.open(path), {}, { file: { name: 'people.csv', content } }, path)

test('36: a header of very many columns is refused at once', limit, async () => {
  const { pid = 0 } = server.process
  const earlier = processorTimeOf(pid)
  const page = await send(eve, `${','.repeat(20_000)}${'name,'.repeat(9_000)}\n`)
  assert.equal(page.status, 422)
  assert.match(page.text, /Column 1 .* is not known/)
  assert.ok(processorTimeOf(pid) - earlier < most, `${processorTimeOf(pid) - earlier} ms`)
})

test(
  '36: the name of a column is short, so that a page that says it a thousand times is',
  limit,
  async () => {
    const page = await send(eve, `name,email${'_'.repeat(60_000)}verified\n${'x,wrong\n'.repeat(1000)}`)
    assert.equal(page.status, 422)
    assert.ok(page.text.length < 100_000, String(page.text.length))
    assert.match(page.text, /Column 2 .* is not known/)
  },
)

test('43: a file is read for those who may import, and of others there is an entry', limit, async () => {
  for (const content of ['name,disabled\nx,wrong\n', 'wrong\nx\n', '"', 'name\nx\n']) {
    const page = await send(bob, content)
    assert.doesNotMatch(page.text, /is not known|must be true|not closed/, content)
    assert.match(page.text, /not authorized to perform|may not/, content)
  }
  const entries = (await entriesOf(server)).filter(({ action }) => action === 'chancery:ImportPeople')
  assert.deepEqual(
    entries.map(({ outcome }) => outcome),
    Array(4).fill('denied'),
  )
})

test('36: groups of everybody are as few as a person may be given', limit, async () => {
  const groups = Array.from({ length: 50_000 }, (_, at) => at.toString(36)).join(',')
  const { pid = 0 } = server.process
  for (const [fields, files] of [
    [{ groups }, { file: { name: 'people.csv', content: `name\n${'x\n'.repeat(1000)}` } }],
    [{ groups, people: 'x\ny' }, {}],
  ] as const) {
    const page = await eve.open(path)
    const earlier = processorTimeOf(pid)
    const refused = await eve.upload(page, fields, files, path)
    assert.equal(refused.status, 422)
    assert.match(refused.text, /Groups must have at most 10 items\./)
    assert.ok(processorTimeOf(pid) - earlier < most, `${processorTimeOf(pid) - earlier} ms`)
  }
})
