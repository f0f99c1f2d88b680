// attacks.md 36: whoever has an access key chooses what the reasons of refused requests have, and each is compared with the messages
// that it may have been made from, for a reader in another language. One page of Activity took more than a second of everybody's time.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const limit = { timeout: 180_000 }
const password = 'plum-orbit-9-lantern'
let server: Running
let reader: FormBrowser

before(async () => {
  server = await startServer()
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
  const person = { name: 'ada', password, mustChangePassword: false }
  assert.equal((await callAdmin(server.url, { method: 'POST', path: '/people', body: person })).status, 201)
  const may = { Effect: 'Allow', Action: ['chancery:List*', 'chancery:Get*'], Resource: '*' }
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const given = { UserName: 'ada', PolicyName: 'read', PolicyDocument: policy(may) }
  assert.equal((await call(server.url, root, 'iam', 'PutUserPolicy', given)).status, 200)
  reader = formBrowser(server.url)
  await reader.submit(await reader.open('/sign-in'), { username: 'ada', password })
  await reader.get('/language/de')
}, limit)
after(() => server?.stop())

/** Milliseconds of processor time for a page. */
const most = 400
const hostile = {
  semicolons: 'a; '.repeat(21),
  parentheses: ' ('.repeat(30),
  backticks: '` a; `b'.repeat(8),
}

for (const [name, text] of Object.entries(hostile))
  test(`36: a page of reasons with ${name} does not stop the server`, limit, async () => {
    const iam = iamOf(server)
    const credentials = await userWith(iam, name)
    iam.destroy()
    const body = Object.fromEntries(Array.from({ length: 33 }, (_, at) => [`${at}${text}`.slice(0, 64), 1]))
    for (let at = 0; at < 50; at++) {
      const { status } = await callAdmin(server.url, { method: 'POST', path: '/people', body, credentials })
      assert.equal(status, 400)
    }
    const path = `/console/activity?who=${name}`
    await reader.open(path)
    const { pid = 0 } = server.process
    const earlier = processorTimeOf(pid)
    const page = await reader.open(path)
    assert.equal(page.text.split('Abgelehnt').length > 50, true, page.text.slice(0, 500))
    assert.ok(processorTimeOf(pid) - earlier < most, `${processorTimeOf(pid) - earlier} ms`)
  })
