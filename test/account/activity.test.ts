// Own activity and the download of one's own data, on the real server: nothing of anybody else, and no secret.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type Params } from '../support/aws-call.ts'
import { formBrowser, textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

const timeout = 230_000
const password = 'plum-orbit-9-lantern'
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }

let server: Running
let ada: Enrolled
let bob: Enrolled

const iam = (action: string, params: Params) => call(server.url, root, 'iam', action, params)

async function person(name: string): Promise<Enrolled> {
  await iam('CreateUser', { UserName: name })
  await iam('CreateLoginProfile', { UserName: name, Password: password })
  return enrol({ url: server.url, admin: { name, password } })
}

before(async () => {
  server = await startServer()
  ada = await person('ada')
  bob = await person('bob')
})
after(() => server?.stop())

test('activity is one’s own, in the language of the browser, and a cursor is of one person', {
  timeout,
}, async () => {
  await formBrowser(server.url).open('/sign-in')
  const csrfPage = await ada.browser.open('/account/roles')
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(csrfPage.text) ?? []
  const role = `arn:aws:iam::${accountId}:role/adas-secret-role`
  for (let tries = 0; tries < 55; tries++)
    assert.equal((await ada.browser.post('/account/roles/credentials', { csrf, role })).status, 403)
  const first = await ada.browser.open('/account/activity')
  assert.match(textOf(first), /Role assumed Refused .*adas-secret-role/)
  const next = /href="(\/account\/activity\?cursor=[^"]+)"/.exec(first.text)?.[1] ?? ''
  const second = await ada.browser.open(next)
  assert.match(textOf(second), /Sign-in/)
  assert.equal((await bob.browser.get(next)).status, 400)
  assert.equal((await ada.browser.get('/account/activity?cursor=x')).status, 400)
  const theirs = await bob.browser.open('/account/activity')
  assert.doesNotMatch(theirs.text, /adas-secret-role|user\/ada/)
  await bob.browser.get('/language/de')
  assert.match(textOf(await bob.browser.open('/account/activity')), /Aktivität .*Anmeldung/)
})

test('the file has what is stored about the person, no secret, and nothing of others', {
  timeout,
}, async () => {
  const made = await iam('CreateAccessKey', { UserName: 'ada' })
  const secret = /<SecretAccessKey>([^<]+)</.exec(made.text)?.[1] ?? ''
  assert.match((await ada.browser.open('/account/data')).text, /href="\/account\/data\.json"/)
  const file = await ada.browser.get('/account/data.json')
  assert.equal(file.status, 200)
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename="chancery-data\.json"$/)
  assert.equal(file.headers.get('cache-control'), 'no-store')
  const data = JSON.parse(file.text)
  assert.equal(data.profile.userName, 'ada')
  assert.equal(data.profile.authenticators.length, 1)
  assert.equal(data.profile.recoveryCodes, 10)
  assert.equal(data.accessKeys.length, 1)
  assert.equal(data.sessions.length, 1)
  assert.ok(data.activity.some(({ action }: { action: string }) => action === 'signin:SignIn'))
  for (const hidden of [secret, password, ...ada.recoveryCodes]) assert.ok(!file.text.includes(hidden))
  assert.doesNotMatch(file.text, /bob|"hash"|"seed"|"secret|otpauth|\$argon2|scrypt/i)
})

test('without a session neither is answered', { timeout }, async () => {
  for (const path of ['/account/activity', '/account/data', '/account/data.json'])
    assert.equal((await formBrowser(server.url).get(path)).status, 303, path)
})
