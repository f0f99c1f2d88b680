// attacks.md 13 and 33: access that was approved for a time is not made longer by sessions that it begets, and an approval gives
// nothing that can no longer be asked for.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, credentialsOf, element, type Params } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { becomeOnPage } from '../support/pages/own-role.ts'
import { type Credentials, policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

const timeout = 60_000
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const password = 'plum-orbit-9-lantern'
const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`

let server: Running
let browser: FormBrowser
before(
  async () => {
    server = await startServer()
    await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: { secondFactor: 'optional' } })
    await iam('CreateUser', { UserName: 'eve' })
    await iam('CreateLoginProfile', { UserName: 'eve', Password: password })
    browser = formBrowser(server.url)
    await browser.submit(await browser.open('/sign-in'), { username: 'eve', password })
    for (const name of ['incident', 'deploy', 'unmarked']) await makeRole(name)
  },
  { timeout },
)
after(() => server?.stop())

async function iam(action: string, params: Params): Promise<string> {
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
  return text
}

/** A role that people may ask for and that trusts the account: whoever has it may become it, and any other, again. */
async function makeRole(name: string): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await iam('CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: policy(trust),
    'Tags.member.1.Key': 'chancery:requestable',
    'Tags.member.1.Value': 'true',
  })
  const document = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })
  await iam('PutRolePolicy', { RoleName: name, PolicyName: 'become', PolicyDocument: document })
}

/** @returns the id of the open request */
async function ask(role: string): Promise<string> {
  const page = await browser.open(`/account/roles/ask?role=${encodeURIComponent(roleArn(role))}`)
  await browser.submit(page, { reason: 'The disk is full.', seconds: '900' }, '/account/roles/ask')
  const { body } = await callAdmin(server.url, { path: '/access-requests?state=open' })
  return body.items.find((one: { readonly role: string }) => one.role === roleArn(role)).id
}

const approve = (id: string) =>
  callAdmin(server.url, { method: 'POST', path: `/access-requests/${id}/approve`, body: {} })

const become = (credentials: Credentials, role: string, DurationSeconds?: string) =>
  call(server.url, credentials, 'sts', 'AssumeRole', {
    RoleArn: roleArn(role),
    RoleSessionName: 'eve',
    ...(DurationSeconds && { DurationSeconds }),
  })

const endOf = (text: string): number => Date.parse(element(text, 'Expiration') ?? '')

test('13: a session of approved access does not renew itself, nor become another role for longer', {
  timeout,
}, async () => {
  const { body } = await approve(await ask('incident'))
  const until = Date.parse(body.until)
  const credentials = await becomeOnPage(browser, roleArn('incident'))
  for (const role of ['incident', 'deploy']) {
    const longer = await become(credentials, role, '3600')
    assert.equal(longer.code, 'ValidationError', role)
    const chained = await become(credentials, role)
    assert.equal(chained.status, 200, chained.text)
    assert.ok(endOf(chained.text) <= until, `${role}: ${element(chained.text, 'Expiration')}`)
    const again = await become(credentialsOf(chained.text), 'incident')
    assert.ok(endOf(again.text) <= until, `from ${role}: ${element(again.text, 'Expiration')}`)
  }
})

test('13: a request for a role whose tag was removed since is not approved', { timeout }, async () => {
  const id = await ask('unmarked')
  await iam('UntagRole', { RoleName: 'unmarked', 'TagKeys.member.1': 'chancery:requestable' })
  const before = element(await iam('GetRole', { RoleName: 'unmarked' }), 'AssumeRolePolicyDocument')
  const { status, body } = await approve(id)
  assert.equal(status, 409)
  assert.match(body.detail, /nobody can ask for the role/)
  assert.equal((await callAdmin(server.url, { path: `/access-requests/${id}` })).body.state, 'open')
  const after = element(await iam('GetRole', { RoleName: 'unmarked' }), 'AssumeRolePolicyDocument')
  assert.equal(after, before)
})
