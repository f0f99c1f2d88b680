// Asking for access on the real server: the page of the person, the decision over the admin API, and what the sessions that rest on it
// can do and when they end.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, element, type Params } from '../support/aws-call.ts'
import {
  type FormBrowser,
  formBrowser,
  headingOf,
  problemOf,
  type Seen,
  textOf,
} from '../support/form-browser.ts'
import { askOnPage, shownCredentials } from '../support/pages/own-role.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

const limit = { timeout: 120_000 }
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const password = 'plum-orbit-9-lantern'
const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`

let server: Running
before(async () => {
  server = await startServer()
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
}, limit)
after(() => server?.stop())

async function iam(action: string, params: Params): Promise<string> {
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
  return text
}

async function makeRole(name: string, marked = true): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await iam('CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: policy(trust),
    ...(marked && { 'Tags.member.1.Key': 'chancery:requestable', 'Tags.member.1.Value': 'true' }),
  })
  const document = policy({ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' })
  await iam('PutRolePolicy', { RoleName: name, PolicyName: 'p', PolicyDocument: document })
}

async function person(name: string, ...statements: readonly object[]): Promise<FormBrowser> {
  await iam('CreateUser', { UserName: name })
  await iam('CreateLoginProfile', { UserName: name, Password: password })
  if (statements.length > 0)
    await iam('PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument: policy(...statements) })
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username: name, password })
  return browser
}

const formOf = (browser: FormBrowser, role: string): Promise<Seen> =>
  browser.open(`/account/roles/ask?role=${encodeURIComponent(roleArn(role))}`)

const ask = async (browser: FormBrowser, role: string, fields: Params = {}): Promise<Seen> =>
  browser.submit(
    await formOf(browser, role),
    { reason: 'The disk is full.', seconds: '3600', ...fields },
    '/account/roles/ask',
  )

const openRequest = async (role: string) => {
  const { body } = await callAdmin(server.url, { path: '/access-requests?state=open' })
  return body.items.find((one: { readonly role: string }) => one.role === roleArn(role))
}

const decide = (id: string, act: 'approve' | 'refuse' | 'end', body: object = {}) =>
  callAdmin(server.url, { method: 'POST', path: `/access-requests/${id}/${act}`, body })

const trustOf = async (role: string) =>
  JSON.parse(
    decodeURIComponent(element(await iam('GetRole', { RoleName: role }), 'AssumeRolePolicyDocument') ?? ''),
  )

test('a marked role can be asked for; any other looks as if it did not exist', limit, async () => {
  await makeRole('ask-marked')
  await makeRole('ask-plain', false)
  await makeRole('ask-denied')
  const browser = await person('asker', {
    Effect: 'Deny',
    Action: 'sts:AssumeRole',
    Resource: roleArn('ask-denied'),
  })
  const page = await browser.open('/account/roles')
  assert.match(textOf(page), /ask-marked .*you can ask for it.*Ask for access/)
  assert.doesNotMatch(textOf(page), /ask-plain|ask-denied/)
  const form = await formOf(browser, 'ask-marked')
  assert.equal(headingOf(form), 'Ask for ask-marked')
  for (const role of ['ask-plain', 'ask-denied', 'none']) {
    assert.equal(headingOf(await formOf(browser, role)), 'Roles', role)
    const sent = await browser.submit(
      form,
      { role: roleArn(role), reason: 'x', seconds: '3600' },
      '/account/roles/ask',
    )
    assert.match(problemOf(sent) ?? '', /You cannot ask for this role/, role)
  }
  for (const fields of [{ reason: ' ' }, { reason: 'x'.repeat(501) }, { seconds: '60' }, { seconds: 'x' }]) {
    const refused = await ask(browser, 'ask-marked', fields)
    assert.equal(refused.status, 422)
    assert.match(problemOf(refused) ?? '', /Give a reason/)
  }
  assert.equal(await openRequest('ask-marked'), undefined)
  const forged = await browser.post('/account/roles/ask', {
    role: roleArn('ask-marked'),
    reason: 'x',
    seconds: '3600',
  })
  assert.equal(forged.status, 403, 'without the token of the page')
})

test('asked, approved, used no longer than approved, ended at once', limit, async () => {
  await makeRole('incident')
  const browser = await person('ada')
  const sent = await ask(browser, 'incident', { seconds: '86400' })
  assert.match(
    textOf(sent),
    /Your request was sent.*Your requests.*incident Waiting for a decision.*The disk is full/,
  )
  assert.match(textOf(sent), /You asked for it/)
  assert.match(problemOf(await ask(browser, 'incident')) ?? '', /already/)
  const request = await openRequest('incident')
  assert.deepEqual(
    [request.userName, request.reason, request.minutes, request.state],
    ['ada', 'The disk is full.', 1440, 'open'],
  )
  const before = await trustOf('incident')
  assert.equal((await askOnPage(browser, roleArn('incident'))).status, 403)
  for (const minutes of [14, 43_201, 1.5])
    assert.equal((await decide(request.id, 'approve', { minutes })).status, 400)

  const approved = await decide(request.id, 'approve', { minutes: 20, answer: 'Call me when it is done.' })
  assert.equal(approved.status, 200, JSON.stringify(approved.body))
  const trust = await trustOf('incident')
  assert.deepEqual(trust.Statement.slice(0, -1), before.Statement)
  assert.deepEqual(trust.Statement.at(-1), {
    Sid: `AccessRequest${request.id}`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:user/ada` },
    Action: 'sts:AssumeRole',
    Condition: { DateLessThan: { 'aws:CurrentTime': approved.body.until } },
  })
  const page = await browser.open('/account/roles')
  assert.match(textOf(page), /incident Approved until .*An administrator says: Call me when it is done\./)
  const credentials = shownCredentials(await askOnPage(browser, roleArn('incident')))
  assert.ok(Date.parse(credentials.expiration) <= Date.parse(approved.body.until), 'not an hour')
  const use = () => call(server.url, credentials, 'iam', 'GetRole', { RoleName: 'incident' })
  assert.equal((await use()).status, 200)
  // A session that is made from it ends with it, too.
  const chain = policy({ Effect: 'Allow', Action: ['sts:AssumeRole', 'iam:GetRole'], Resource: '*' })
  await iam('PutRolePolicy', { RoleName: 'incident', PolicyName: 'p', PolicyDocument: chain })
  const next = await call(server.url, credentials, 'sts', 'AssumeRole', {
    RoleArn: roleArn('ask-plain'),
    RoleSessionName: 'chained',
  })
  assert.equal(next.status, 200, next.text)
  const chained = {
    accessKeyId: element(next.text, 'AccessKeyId') ?? '',
    secretAccessKey: element(next.text, 'SecretAccessKey') ?? '',
    sessionToken: element(next.text, 'SessionToken') ?? '',
  }
  assert.equal((await call(server.url, chained, 'sts', 'GetCallerIdentity')).status, 200)

  assert.equal((await decide(request.id, 'end')).status, 200)
  assert.deepEqual(await trustOf('incident'), before)
  assert.equal((await use()).status, 403)
  assert.equal((await call(server.url, chained, 'sts', 'GetCallerIdentity')).status, 403)
  assert.equal((await askOnPage(browser, roleArn('incident'))).status, 403)
  assert.match(textOf(await browser.open('/account/roles')), /incident Ended on/)
  assert.equal((await decide(request.id, 'end')).status, 409)

  const entries = await entriesOf(server)
  for (const action of ['account:RequestAccess', 'chancery:ApproveAccessRequest', 'chancery:EndAccess'])
    assert.ok(
      entries.some((entry) => entry.action === action && entry.outcome === 'done'),
      action,
    )
  assert.equal(
    entries.find(({ action }) => action === 'account:RequestAccess')?.resource,
    roleArn('incident'),
  )
})

test('whoever may become the role without it keeps the usual session', limit, async () => {
  await makeRole('both')
  const browser = await person('both')
  await ask(browser, 'both')
  const { id } = await openRequest('both')
  const { body } = await decide(id, 'approve', { minutes: 15 })
  const document = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn('both') })
  await iam('PutUserPolicy', { UserName: 'both', PolicyName: 'own', PolicyDocument: document })
  const credentials = shownCredentials(await askOnPage(browser, roleArn('both')))
  assert.ok(Date.parse(credentials.expiration) > Date.parse(body.until) + 1_000_000)
  assert.equal((await decide(id, 'end')).status, 200)
  assert.equal((await call(server.url, credentials, 'sts', 'GetCallerIdentity')).status, 200)
})

test('refused with a sentence; taken back', limit, async () => {
  await makeRole('refused')
  const browser = await person('bob')
  await ask(browser, 'refused')
  const { id } = await openRequest('refused')
  assert.equal((await decide(id, 'refuse', {})).status, 400)
  assert.equal((await decide(id, 'refuse', { answer: 'Please use <b>the copy</b>.' })).status, 200)
  assert.equal((await decide(id, 'approve')).status, 409)
  const page = await browser.open('/account/roles')
  assert.match(page.text, /Please use &lt;b&gt;the copy&lt;\/b&gt;\./)
  const again = await ask(browser, 'refused')
  const back = await browser.submit(again, {}, '/account/roles/withdraw')
  assert.match(textOf(back), /Your request was taken back/)
  assert.equal(await openRequest('refused'), undefined)
  const data = JSON.parse((await browser.open('/account/data.json')).text)
  assert.deepEqual(
    data.accessRequests.map(({ state, answer }: Readonly<Record<string, string>>) => [state, answer]).sort(),
    [
      ['refused', 'Please use <b>the copy</b>.'],
      ['withdrawn', undefined],
    ],
  )
  assert.match(
    textOf(await browser.open('/account/activity')),
    /Request for access taken back .*Access asked for/,
  )
  const other = await person('eve')
  await ask(browser, 'refused')
  const foreign = await openRequest('refused')
  const forms = await ask(other, 'refused')
  await other.submit(forms, { request: foreign.id }, '/account/roles/withdraw')
  assert.equal((await callAdmin(server.url, { path: `/access-requests/${foreign.id}` })).body.state, 'open')
})

test('each permission is asked for on the role', limit, async () => {
  await makeRole('scope-mine')
  await makeRole('scope-other')
  const browser = await person('carol')
  await ask(browser, 'scope-mine')
  await ask(browser, 'scope-other')
  await iam('CreateUser', { UserName: 'lead' })
  const key = await iam('CreateAccessKey', { UserName: 'lead' })
  const credentials = {
    accessKeyId: element(key, 'AccessKeyId') ?? '',
    secretAccessKey: element(key, 'SecretAccessKey') ?? '',
  }
  const allow = (Action: string | string[], Resource: string) => ({ Effect: 'Allow', Action, Resource })
  const put = (...statements: object[]) =>
    iam('PutUserPolicy', { UserName: 'lead', PolicyName: 'own', PolicyDocument: policy(...statements) })
  const mine = await openRequest('scope-mine')
  const other = await openRequest('scope-other')
  const approve = async ({ id }: { readonly id: string }) => {
    const path = `/access-requests/${id}/approve`
    return (await callAdmin(server.url, { method: 'POST', path, body: {}, credentials })).status
  }
  await put(allow('chancery:*', roleArn('scope-mine')))
  assert.deepEqual(
    [await approve(mine), await approve(other)],
    [403, 403],
    'without iam:UpdateAssumeRolePolicy',
  )
  await put(allow(['chancery:*', 'iam:UpdateAssumeRolePolicy'], roleArn('scope-mine')))
  assert.deepEqual([await approve(mine), await approve(other)], [200, 403])
  assert.equal((await callAdmin(server.url, { path: '/access-requests', credentials })).status, 403)
  assert.equal((await callAdmin(server.url, { path: '/access-requests/AREQNONE' })).status, 404)
})
