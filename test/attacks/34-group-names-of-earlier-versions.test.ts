// attacks.md 34: names that somebody else has now. Earlier versions stored the groups that may use an app by name. The first start of this
// version replaces the names by ids, also when several processes start at once; a name that no group has lets nobody in later.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ManagedClient } from '../../src/store/records.ts'
import { callAdmin } from '../admin/call.ts'
import { openAuthorization } from '../support/authorization-request.ts'
import { call, type Params } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { admin, type Running, rootKey, startServer } from '../support/server.ts'
import { storeBeside } from '../support/store.ts'

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const redirectUri = 'https://vault.example/cb'

async function iam({ url }: Running, action: string, params: Params): Promise<void> {
  const { status, text } = await call(url, root, 'iam', action, params)
  assert.equal(status, 200, text)
}

async function api({ url }: Running, method: string, path: string, body?: object) {
  const answer = await callAdmin(url, { method, path, ...(body && { body }) })
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}

async function signedIn({ url }: Running): Promise<FormBrowser> {
  const browser = formBrowser(url)
  const { name: username, password } = admin
  const home = await browser.submit(await browser.open('/sign-in'), { username, password })
  assert.equal(home.status, 200)
  return browser
}

async function isLetIn(browser: FormBrowser, clientId: string): Promise<boolean> {
  const page = await openAuthorization(browser, clientId, redirectUri)
  if (page.status === 403) return false
  assert.ok(page.location?.startsWith(`${redirectUri}?code=`), page.text)
  return true
}

const withGroups = (record: ManagedClient, groups: readonly string[]): ManagedClient => ({
  ...record,
  entry: JSON.stringify({ ...JSON.parse(record.entry), access: 'groups', access_groups: groups }),
})

test('34: groups that an earlier version stored by name are those that had the name at the first start', {
  timeout: 120_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-test-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const earlier = await startServer({ dir })
  await api(earlier, 'PATCH', '/settings', { secondFactor: 'optional' })
  const ids = ['vault', 'lost', 'mixed']
  for (const id of ids)
    await api(earlier, 'POST', '/clients', { client_id: id, redirect_uris: [redirectUri], first_party: true })
  await iam(earlier, 'CreateGroup', { GroupName: 'Keepers' })
  await iam(earlier, 'AddUserToGroup', { GroupName: 'Keepers', UserName: admin.name })
  const keepers = `id:${(await api(earlier, 'GET', '/groups/Keepers')).id}`
  const store = await storeBeside(earlier)
  await earlier.stop()
  await store.update('client', 'vault', (old) => withGroups(old, ['keepers', 'Keepers']))
  await store.update('client', 'lost', (old) => withGroups(old, ['ghosts']))
  await store.update('client', 'mixed', (old) => withGroups(old, ['ghosts', keepers]))
  // Settings of a client that registered itself, whose own record does not matter here.
  await store.create('client', {
    ...withGroups((await store.get('client', 'lost')) as ManagedClient, ['keepers']),
    id: 'registered',
    source: 'registered',
  })
  assert.equal(await store.delete('setting', 'client-groups-by-id'), true)

  const servers = await Promise.all([startServer({ dir }), startServer({ dir })])
  t.after(() => Promise.all(servers.map((one) => one.stop())))
  const stored = async (id: string) =>
    JSON.parse((await store.get('client', id))?.entry ?? '{}').access_groups
  assert.deepEqual(await Promise.all([...ids, 'registered'].map(stored)), [
    [keepers],
    ['id:'],
    ['id:', keepers],
    [keepers],
  ])
  const [server] = servers
  const warned = servers.map((one) => one.output()).join('')
  for (const id of ['lost', 'mixed'])
    assert.match(warned, new RegExp(`"client":"${id}","group":"ghosts".*lets nobody in`))
  const browser = await signedIn(server)
  const letIn = () => Promise.all(ids.map((id) => isLetIn(browser, id)))
  assert.deepEqual(await letIn(), [true, false, true])

  await iam(server, 'RemoveUserFromGroup', { GroupName: 'Keepers', UserName: admin.name })
  await iam(server, 'DeleteGroup', { GroupName: 'Keepers' })
  for (const GroupName of ['Keepers', 'ghosts']) {
    await iam(server, 'CreateGroup', { GroupName })
    await iam(server, 'AddUserToGroup', { GroupName, UserName: admin.name })
  }
  assert.deepEqual(await letIn(), [false, false, false])
})
