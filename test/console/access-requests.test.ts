// Access requests in the console, over HTTP and without JavaScript: marking a role, deciding, and ending.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import {
  csrfOf,
  type FormBrowser,
  formBrowser,
  headingOf,
  problemOf,
  textOf,
} from '../support/form-browser.ts'
import { askOnPage } from '../support/pages/own-role.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

const limit = { timeout: 120_000 }
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const password = 'plum-orbit-9-lantern'
const roleArn = `arn:aws:iam::${accountId}:role/incident`
const askPath = `/account/roles/ask?role=${encodeURIComponent(roleArn)}`

let server: Running
let me: Enrolled
before(async () => {
  server = await startServer()
  me = await enrol(server)
  await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: { secondFactor: 'optional' } })
  const trust = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await iam('CreateRole', { RoleName: 'incident', AssumeRolePolicyDocument: policy(trust) })
}, limit)
after(() => server?.stop())

async function iam(action: string, params: Readonly<Record<string, string>>): Promise<void> {
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
}

async function person(name: string, ...statements: readonly object[]): Promise<FormBrowser> {
  await iam('CreateUser', { UserName: name })
  await iam('CreateLoginProfile', { UserName: name, Password: password })
  const document = policy(...statements, { Effect: 'Deny', Action: 'x:y', Resource: '*' })
  await iam('PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument: document })
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username: name, password })
  return browser
}

/** @returns the path of the request in the console */
async function ask(browser: FormBrowser, reason: string): Promise<string> {
  const sent = await browser.submit(
    await browser.open(askPath),
    { reason, seconds: '3600' },
    '/account/roles/ask',
  )
  assert.match(textOf(sent), /Your request was sent/)
  const { body } = await callAdmin(server.url, { path: '/access-requests?state=open' })
  const own = body.items.find((one: { readonly reason: string }) => one.reason === reason)
  return `/console/access/requests/${own.id}`
}

test('a role is marked on its page, and what is asked for shows on Home', limit, async () => {
  const browser = await person('ada')
  assert.equal(headingOf(await browser.open(askPath)), 'Roles')
  const page = await me.browser.open('/console/workloads/incident')
  assert.match(textOf(page), /Nobody can ask for this role/)
  const marked = await me.browser.submit(page, {}, '/requestable')
  assert.match(textOf(marked), /People can ask for this role\. .*Let nobody ask/)
  const path = await ask(browser, 'The disk is <full>.')
  assert.match(
    textOf(await me.browser.open('/console')),
    /Needs you .*One request for access waits.*ada asks for incident/,
  )
  assert.match((await me.browser.open('/console/access/requests')).text, /The disk is &lt;full&gt;\./)
  assert.equal(headingOf(await me.browser.open(path)), 'ada asks for incident')
  const csv = await me.browser.get('/console/access/requests.csv')
  assert.match(csv.text, /^id,userName,role,reason,.*\r\nAREQ\w+,ada,/)
})

test('approved for another time than was asked, used, and ended', limit, async () => {
  const browser = await person('grace')
  const path = await ask(browser, 'A report.')
  const page = await me.browser.open(path)
  assert.match(page.text, /<option value="60" selected>1 hour, as asked</)
  const wrong = await me.browser.send(page, { minutes: '1' }, `${path}/approve`)
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /aria-invalid="true"/)
  const done = await me.browser.submit(page, { minutes: '15', answer: 'Until noon.' }, `${path}/approve`)
  assert.match(textOf(done), /Approved\. The person can become the role now\./)
  assert.equal((await askOnPage(browser, roleArn)).status, 200)
  const ended = await me.browser.submit(await me.browser.open(`${path}/end`), {}, `${path}/end`)
  assert.match(textOf(ended), /The access has ended/)
  assert.equal((await askOnPage(browser, roleArn)).status, 403)
  const again = await me.browser.send(await me.browser.open(`${path}/end`), {}, `${path}/end`)
  assert.equal(again.status, 422)
})

test('a refusal needs a sentence, and keeps what was typed when it is not accepted', limit, async () => {
  const browser = await person('linus')
  const path = await ask(browser, 'Curious.')
  const page = await me.browser.open(path)
  const empty = await me.browser.send(page, { answer: '' }, `${path}/refuse`)
  assert.equal(empty.status, 422)
  assert.match(empty.text, /field-problem/)
  const long = 'x'.repeat(501)
  const refused = await me.browser.send(empty, { answer: long }, `${path}/refuse`)
  assert.ok(refused.text.includes(long))
  const done = await me.browser.submit(refused, { answer: 'Not this week.' }, `${path}/refuse`)
  assert.match(textOf(done), /Refused\. The person sees what you said\..*Not this week\./)
  assert.match(textOf(await browser.open('/account/roles')), /Not this week\./)
})

test('whoever lacks a permission sees why, and nobody approves their own request', limit, async () => {
  const may = (Action: string | readonly string[]) => ({ Effect: 'Allow', Action, Resource: '*' })
  const own = await person('lead', may(['chancery:*', 'iam:UpdateAssumeRolePolicy']))
  const path = await ask(own, 'Mine.')
  const page = await own.open(path)
  assert.match(textOf(page), /This is your own request/)
  assert.doesNotMatch(page.text, new RegExp(`${path}/approve`))
  const forms = await own.open('/account/roles')
  const csrf = csrfOf(forms)
  const forced = await own.post(`${path}/approve`, { csrf, minutes: '15' })
  assert.match(problemOf(forced) ?? '', /somebody else must approve/i)

  const reader = await person('reader', may(['chancery:ListAccessRequests', 'chancery:GetAccessRequest']))
  assert.match(textOf(await reader.open(path)), /You may not do chancery:ApproveAccessRequest/)
  const nobody = await person('nobody')
  for (const hidden of ['/console/access/requests', path]) {
    const refused = await nobody.open(hidden)
    assert.equal(refused.status, 403, hidden)
    assert.doesNotMatch(refused.text, /Mine\./)
  }
  assert.doesNotMatch(textOf(await nobody.open('/console')), /request for access/)
})
