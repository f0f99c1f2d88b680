// attacks.md 51: an administrator who changes something that they should not, and puts so much beside it that the audit entry, which is
// bounded, leaves out what was changed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout: 120_000 },
)
after(async () => {
  await server?.stop()
})

const newest = async (action: string) =>
  (await callAdmin(server.url, { path: `/audit?action=${action}&limit=1` })).body.items[0]

test('51: where sign-ins of an app go to is in the entry, whatever long addresses stand beside it', async () => {
  const good = 'https://good.example/cb'
  const entry = { client_id: 'wiki', redirect_uris: [good] }
  await callAdmin(server.url, { method: 'POST', path: '/clients', body: entry })
  const long = Array.from({ length: 24 }, (_, at) => `https://good.example/${at}/${'x'.repeat(1900)}`)
  const body = {
    redirect_uris: [good, 'https://evil.example/cb'],
    post_logout_redirect_uris: long,
  }
  const changed = await callAdmin(server.url, { method: 'PATCH', path: '/clients/wiki', body })
  assert.equal(changed.status, 200, JSON.stringify(changed.body).slice(0, 500))
  const { details } = await newest('chancery:UpdateClient')
  assert.deepEqual(details.redirect_uris, body.redirect_uris)
  assert.deepEqual(details.before.metadata.redirect_uris, [good])
  assert.equal(details.post_logout_redirect_uris.length, long.length)
})
