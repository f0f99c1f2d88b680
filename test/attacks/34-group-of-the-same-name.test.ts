// attacks.md 34: names that somebody else has now. Whoever may create groups makes one with the name of a group that may use an app, after
// that one was deleted or renamed, or with its unique id for a name. Nobody gave the new group access, so its members get none.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { openAuthorization } from '../support/authorization-request.ts'
import { call, type Params } from '../support/aws-call.ts'
import { runCommandHere } from '../support/command-line.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const password = 'plum-orbit-9-lantern'
const timeout = 60_000
let server: Running
let browser: FormBrowser

async function iam(action: string, params: Params): Promise<void> {
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
}

async function admin(method: string, path: string, body?: object) {
  const answer = await callAdmin(server.url, { method, path, ...(body && { body }) })
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}

before(
  async () => {
    server = await startServer({ config: 'registration: {}\n' })
    await admin('PATCH', '/settings', { secondFactor: 'optional' })
    await iam('CreateUser', { UserName: 'mallory' })
    await iam('CreateLoginProfile', { UserName: 'mallory', Password: password })
    browser = formBrowser(server.url)
    const home = await browser.submit(await browser.open('/sign-in'), { username: 'mallory', password })
    assert.equal(home.status, 200)
  },
  { timeout },
)
after(() => server?.stop())

const redirectUri = 'https://vault.example/cb'

async function storedApp(name: string, group: string): Promise<string> {
  const limit = { access: 'groups', access_groups: [group] }
  await admin('POST', '/clients', {
    client_id: name,
    client_name: 'Vault',
    client_uri: 'https://vault.example/',
    redirect_uris: [redirectUri],
    first_party: true,
    ...limit,
  })
  return name
}

async function registeredApp(_: string, group: string): Promise<string> {
  const environment = { CHANCERY_CONFIG: 'config.yaml', CHANCERY_ISSUER: server.url }
  const { out } = await runCommandHere(['registration-token'], {
    directory: server.dir,
    env: { ...(await storeEnv(server.dir)), ...environment },
  })
  const registered = await fetch(`${server.url}/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${out.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [redirectUri], client_name: 'Vault' }),
  })
  const { client_id: id } = (await registered.json()) as { readonly client_id: string }
  await admin('PATCH', `/clients/${id}`, { access: 'groups', access_groups: [group] })
  return id
}

/** Whether the person is let in: by a code at once, or by the question for consent that a registered app needs. */
async function isLetIn(clientId: string): Promise<boolean> {
  const page = await openAuthorization(browser, clientId, redirectUri)
  if (page.status === 403) return false
  assert.ok(page.location?.startsWith(`${redirectUri}?code=`) || page.status === 200, page.text)
  return true
}

const join = (GroupName: string) => iam('AddUserToGroup', { GroupName, UserName: 'mallory' })
const leave = (GroupName: string) => iam('RemoveUserFromGroup', { GroupName, UserName: 'mallory' })

for (const [kind, make] of [
  ['made at run time', storedApp],
  ['that registered itself', registeredApp],
] as const)
  test(`34: a group has no access to an app ${kind} by the name or id of an earlier group`, {
    timeout,
  }, async () => {
    const group = `keepers-${make.name}`
    const created = await admin('POST', '/groups', { name: group })
    const app = await make(`vault-${make.name}`, group)
    assert.equal(await isLetIn(app), false)
    await join(group)
    assert.equal(await isLetIn(app), true, 'a member')
    await leave(group)
    assert.equal(await isLetIn(app), false, 'no longer a member')

    await iam('UpdateGroup', { GroupName: group, NewGroupName: `${group}-two` })
    await iam('CreateGroup', { GroupName: group })
    await join(group)
    assert.equal(await isLetIn(app), false, 'the name of a group that was renamed')

    await iam('DeleteGroup', { GroupName: `${group}-two` })
    await iam('CreateGroup', { GroupName: `${group}-two` })
    await join(`${group}-two`)
    assert.equal(await isLetIn(app), false, 'the name of a group that was deleted')

    await iam('CreateGroup', { GroupName: created.id })
    await join(created.id)
    assert.equal(await isLetIn(app), false, 'the id of a group that was deleted')
    assert.doesNotMatch((await browser.open('/account/apps')).text, /vault\.example/)
    // A change of the client does not take the new group for the old one.
    for (const verb of ['disable', 'enable']) await admin('POST', `/clients/${app}/${verb}`)
    assert.equal(await isLetIn(app), false, 'after a change of the client')
  })
