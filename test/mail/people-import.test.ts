// An import that invites: over HTTP, with a real SMTP server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { foreignHashes } from '../secure/foreign-hashes.ts'
import { type Running, startServer } from '../support/server.ts'
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { storeBeside } from '../support/store.ts'
import { entriesOf } from '../support/trail.ts'

const timeout = 120_000
let server: Running
let smtp: TestSmtpServer
before(
  async () => {
    smtp = await smtpServer()
    server = await startServer({
      config: `mail: {host: 127.0.0.1, port: ${smtp.port}, security: none, from: 'id@acme.example'}\n`,
      env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' },
    })
  },
  { timeout },
)
after(async () => {
  await server.stop()
  await smtp.close()
})

const importing = (rows: readonly object[], more: object = {}) =>
  callAdmin(server.url, { method: 'POST', path: '/people/import', body: { rows, invite: true, ...more } })
const { hash } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()

test('who has no password gets one invitation, however often the import runs', { timeout }, async () => {
  const rows = [
    { name: 'ada', email: 'ada@acme.example' },
    { name: 'ben', email: 'ben@acme.example', passwordHash: hash },
    { name: 'cleo', email: 'cleo@acme.example', state: 'disabled' },
    { name: 'dan' },
  ]
  const shown = (body: { results: { status: string; invited?: boolean }[] }) =>
    body.results.map(({ status, invited = false }) => [status, invited])
  const dry = await importing(rows, { dryRun: true })
  const created = [
    ['created', true],
    ['created', false],
    ['created', false],
    ['failed', false],
  ]
  assert.deepEqual(shown(dry.body), created)
  const first = await importing(rows)
  assert.deepEqual(shown(first.body), created)
  assert.deepEqual(first.body.results[3].errors, [
    { field: 'email', message: 'is required for an invitation' },
  ])
  assert.match((await smtp.next('ada@acme.example')).text, /sign-in\/link/)
  const second = await importing(rows)
  assert.deepEqual(shown(second.body).slice(0, 3), Array(3).fill(['unchanged', false]))
  // As if the server had ended after it created the person.
  const store = await storeBeside(server)
  const { body: ada } = await callAdmin(server.url, { path: '/people/ada' })
  for await (const { id } of store.each('oneTimeLink', { by: 'user', value: ada.id }))
    await store.delete('oneTimeLink', id)
  assert.deepEqual(shown((await importing(rows, { dryRun: true })).body)[0], ['unchanged', true])
  assert.deepEqual(shown((await importing(rows)).body)[0], ['unchanged', true])
  await smtp.next('ada@acme.example')
  assert.deepEqual(
    smtp.received.map(({ to }) => to),
    [['ada@acme.example'], ['ada@acme.example']],
  )
  const actions = (await entriesOf(server)).map(({ action }) => action)
  assert.equal(actions.filter((action) => action === 'chancery:InvitePerson').length, 1)
  assert.equal(actions.filter((action) => action === 'chancery:CreateSignInLink').length, 1)
})
