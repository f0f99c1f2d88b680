// Own access keys on the account page, on the real server: by the person's own permissions, after a recent sign-in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, element, type Params } from '../support/aws-call.ts'
import { csrfOf, type FormBrowser, formBrowser, headingOf, problemOf } from '../support/form-browser.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { until } from '../support/waiting.ts'

let server: Running
before(async () => {
  server = await startServer()
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
})
after(() => server?.stop())

const timeout = 230_000
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const password = 'plum-orbit-9-lantern'
const ownKeys = [
  'iam:ListAccessKeys',
  'iam:CreateAccessKey',
  'iam:UpdateAccessKey',
  'iam:DeleteAccessKey',
] as const

async function iam(action: string, params: Params): Promise<string> {
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
  return text
}

/** A person who may do this with their own keys, signed in. */
async function signedIn(name: string, actions: readonly string[]): Promise<FormBrowser> {
  await iam('CreateUser', { UserName: name })
  await iam('CreateLoginProfile', { UserName: name, Password: password })
  const Resource = `arn:aws:iam::${accountId}:user/\${aws:username}`
  const PolicyDocument = policy({ Effect: 'Allow', Action: actions, Resource })
  if (actions.length > 0) await iam('PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument })
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username: name, password })
  return browser
}

const shown = (text: string, id: string): string =>
  new RegExp(`<pre id="${id}"[^>]*><code>([^<]+)<`).exec(text)?.[1] ?? ''
const keysToken = async (browser: FormBrowser): Promise<string> => csrfOf(await browser.open('/account/keys'))

test('a key is created, works, is shown once, is deactivated, activated and deleted', {
  timeout,
}, async () => {
  const browser = await signedIn('keeper', ownKeys)
  const created = await browser.send(await browser.open('/account/keys/create'), {}, '/account/keys/create')
  assert.equal(headingOf(created), 'Your new access key')
  assert.equal(created.headers.get('cache-control'), 'no-store')
  const key = {
    accessKeyId: shown(created.text, 'key-id'),
    secretAccessKey: shown(created.text, 'key-secret'),
  }
  const works = async () => (await call(server.url, key, 'sts', 'GetCallerIdentity')).status === 200
  assert.equal(await works(), true)
  let list = await browser.open('/account/keys')
  // The use is stored after the answer.
  await until('the list says for what it was used', async () => {
    list = await browser.open('/account/keys')
    return /for sts/.test(list.text)
  })
  assert.ok(list.text.includes(key.accessKeyId))
  assert.ok(!list.text.includes(key.secretAccessKey))
  assert.match(list.text, /for sts/)
  list = await browser.submit(list, {}, '/account/keys/status')
  assert.match(list.text, /Inactive/)
  assert.equal(await works(), false)
  list = await browser.submit(list, {}, '/account/keys/status')
  assert.equal(await works(), true)
  const ask = await browser.open(`/account/keys/delete?key=${key.accessKeyId}`)
  assert.match(ask.text, /sessions that were made with it end/)
  assert.match((await browser.submit(ask, {}, '/account/keys/delete')).text, /None yet/)
  assert.equal(await works(), false)
  const actions = (await entriesOf(server))
    .filter(({ who }) => who.endsWith(':user/keeper'))
    .map(({ action, outcome }) => `${action} ${outcome}`)
  for (const action of ['CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey'])
    assert.ok(actions.includes(`iam:${action} done`), action)
})

test('without a permission the act is greyed with its name, and refused when it is sent all the same', {
  timeout,
}, async () => {
  const browser = await signedIn('reader', ['iam:ListAccessKeys'])
  await iam('CreateAccessKey', { UserName: 'reader' })
  const page = await browser.open('/account/keys')
  for (const action of ['CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey'])
    assert.match(page.text, new RegExp(`<code>iam:${action}</code>`))
  assert.match(page.text, /<button[^>]* disabled/)
  assert.doesNotMatch(page.text, /\/account\/keys\/(status|delete|create)"/)
  const key = /AKIA\w+/.exec(page.text)?.[0] ?? ''
  const csrf = await keysToken(browser)
  for (const [path, fields] of [
    ['create', {}],
    ['status', { key, status: 'Inactive' }],
    ['delete', { key }],
  ] as const)
    assert.equal((await browser.post(`/account/keys/${path}`, { csrf, ...fields })).status, 403, path)
  const nothing = await signedIn('nobody-special', [])
  assert.match((await nothing.open('/account/keys')).text, /<code>iam:ListAccessKeys<\/code>/)
})

test('keys of others are not found, and ugly input changes nothing', { timeout }, async () => {
  const browser = await signedIn('curious', ownKeys)
  const theirs = element(await iam('CreateAccessKey', { UserName: 'reader' }), 'AccessKeyId') ?? ''
  const csrf = await keysToken(browser)
  for (const key of [theirs, rootKey.id, '', 'AKIA', '../x', `${theirs} `, '__proto__', 'x'.repeat(10_000)]) {
    const ended = await browser.post('/account/keys/delete', { csrf, key })
    assert.ok([400, 404].includes(ended.status), `${key.slice(0, 40)}: ${ended.status}`)
    const off = await browser.post('/account/keys/status', { csrf, key, status: 'Inactive' })
    assert.ok([400, 404].includes(off.status), `${key.slice(0, 40)}: ${off.status}`)
  }
  for (const status of ['', 'inactive', 'Deleted'])
    assert.equal((await browser.post('/account/keys/status', { csrf, key: theirs, status })).status, 400)
  assert.equal((await browser.get(`/account/keys/delete?key=${theirs}`)).status, 404)
  assert.equal((await browser.post('/account/keys/create', { csrf: '' })).status, 403)
  assert.match(await iam('ListAccessKeys', { UserName: 'reader' }), new RegExp(`${theirs}[\\s\\S]*Active`))
})

test('a third key says that one must be deleted first', { timeout }, async () => {
  const browser = await signedIn('hoarder', ownKeys)
  for (let keys = 0; keys < 2; keys++) await iam('CreateAccessKey', { UserName: 'hoarder' })
  const page = await browser.send(await browser.open('/account/keys/create'), {}, '/account/keys/create')
  assert.equal(page.status, 422)
  assert.match(problemOf(page) ?? '', /Delete one first/)
})
