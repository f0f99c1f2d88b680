// Saved views of Activity, and the files that lists of the console are downloaded as.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody, callAdmin } from '../admin/call.ts'
import {
  csrfOf,
  type FormBrowser,
  formBrowser,
  headingOf,
  problemOf,
  type Seen,
  textOf,
} from '../support/form-browser.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
const password = 'staple battery wonder'
let server: Running
let me: Enrolled
/** May read the trail, and neither save nor delete views. */
let reader: FormBrowser

const admin = (method: string, path: string, body?: object) => adminBody(server.url, { method, path, body })

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/groups', { name: 'staff' })
  for (const name of ['ada', 'reader'])
    await admin('POST', '/people', { name, password, mustChangePassword: false, groups: ['staff'] })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['chancery:List*', 'chancery:GetAudit*'], Resource: '*' },
      { Sid: 'NoViews', Effect: 'Deny', Action: 'chancery:SaveAuditView', Resource: '*' },
    ],
  })
  const policy = `arn:aws:iam::${server.accountId}:policy/readers`
  await me.browser.submit(
    await me.browser.open('/console/access/new'),
    { name: 'readers', description: '', document, do: 'save' },
    '/console/access/new',
  )
  await changeAttachment(me.browser, `/console/access/policy?arn=${encodeURIComponent(policy)}`, {
    kind: 'user',
    name: 'reader',
    do: 'attach',
  })
  reader = formBrowser(server.url)
  await reader.submit(await reader.open('/sign-in'), { username: 'reader', password })
}, limit)
after(() => server?.stop())

const filtered = '/console/activity?outcome=denied&action=iam%3AGetUser&reads=yes'
const save = (browser: FormBrowser, page: Seen, name: string) =>
  browser.submit(page, { name }, '/console/activity/views')

test(
  'a view is saved under a name, opens the same filters, and is replaced by one of the same name',
  limit,
  async () => {
    const hostile = `"'><b>Who & why`
    const saved = await save(me.browser, await me.browser.open(filtered), hostile)
    assert.match(textOf(saved), /The view is saved/)
    assert.doesNotMatch(saved.text, /<b>Who/)
    const link = /<a class="strong" href="(\/console\/activity\?[^"]+)">&quot;/.exec(saved.text)?.[1] ?? ''
    assert.deepEqual(Object.fromEntries(new URL(link.replaceAll('&amp;', '&'), server.url).searchParams), {
      outcome: 'denied',
      action: 'iam:GetUser',
      reads: 'yes',
    })
    await save(me.browser, await me.browser.open('/console/activity?outcome=failed'), hostile)
    const { items } = await admin('GET', '/audit-views')
    assert.deepEqual(items, [{ name: hostile, outcome: 'failed', reads: false }])
  },
)

test(
  'without a filter there is nothing to save, and a name that is wrong keeps the filters',
  limit,
  async () => {
    const page = await me.browser.open('/console/activity')
    assert.doesNotMatch(page.text, /Save this view as/)
    const wrong = await me.browser.send(await me.browser.open(filtered), { name: 'a/b' }, '/activity/views')
    assert.equal(wrong.status, 422)
    assert.match(problemOf(wrong) ?? '', /must not contain/)
    assert.match(wrong.text, /name="action" value="iam:GetUser"/)
  },
)

test('a person is named without an ARN, and a name that nobody has is said to be none', limit, async () => {
  const named = await me.browser.open('/console/activity?who=admin')
  const arn = `arn:aws:iam::${server.accountId}:user/admin`
  assert.match(named.text, new RegExp(`name="who" value="${arn}"`))
  assert.match(named.text, /<a href="\/console\/activity\/[^"]+">/)
  const nobody = await me.browser.open('/console/activity?who=nobody')
  assert.equal(nobody.status, 422)
  assert.match((problemOf(nobody) ?? '').replace(/<[^>]*>/g, ''), /There is no person nobody in this account/)
  assert.match(nobody.text, /name="who" value="nobody"/)
})

test('a view is deleted after a question', limit, async () => {
  await admin('PUT', '/audit-views/denials', { outcome: 'denied' })
  const question = await me.browser.open('/console/activity/views/denials/delete')
  assert.equal(headingOf(question), 'Delete the view denials?')
  const done = await me.browser.submit(question, {}, '/delete')
  assert.match(textOf(done), /The view is deleted/)
  assert.ok(!JSON.stringify(await admin('GET', '/audit-views')).includes('denials'))
})

test(
  'who may not save sees the statement that denies it; another account has views of its own',
  limit,
  async () => {
    await admin('PUT', '/audit-views/ours', { outcome: 'denied' })
    const page = await reader.open(filtered)
    assert.match(textOf(page), /You may not do chancery:SaveAuditView: denied by statement NoViews/)
    assert.match(page.text, />ours<\/a>/)
    const csrf = csrfOf(page)
    const refused = await reader.post('/console/activity/views', { csrf, name: 'x', outcome: 'denied' })
    assert.equal(refused.status, 422)
    const made = await admin('POST', '/accounts', { name: 'Other', accessKey: true })
    const credentials = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey }
    const theirs = await callAdmin(server.url, { path: '/audit-views', credentials })
    assert.deepEqual(theirs.body.items, [])
    const gone = await callAdmin(server.url, { method: 'DELETE', path: '/audit-views/ours', credentials })
    assert.equal(gone.status, 404)
  },
)

test('an account has at most 50 views', limit, async () => {
  const statuses: number[] = []
  for (let at = 0; at < 51; at++) {
    const body = { outcome: 'denied' }
    statuses.push(
      (await callAdmin(server.url, { method: 'PUT', path: `/audit-views/view-${at}`, body })).status,
    )
  }
  assert.equal(statuses[0], 200)
  assert.ok((statuses.at(-1) ?? 0) >= 400)
})

const lists = [
  ['/people/ada/activity', 'time,outcome,action'],
  ['/groups/staff/members', 'name,displayName,email'],
  ['/providers', 'arn,name,kind'],
  ['/settings/keys', 'id,use,algorithm'],
  ['/settings/scim', 'id,userId,description'],
  ['/activity', 'time,outcome,action'],
] as const

for (const [path, columns] of lists)
  test(`${path} is downloaded as CSV and JSON, by whoever may read it`, limit, async () => {
    const page = await me.browser.open(`/console${path.replace('/members', '')}`)
    for (const format of ['csv', 'json']) {
      assert.ok(page.text.includes(`href="/console${path}.${format}"`), `${path}.${format}`)
      const file = await me.browser.get(`/console${path}.${format}`)
      assert.equal(file.status, 200)
      assert.match(
        file.headers.get('content-disposition') ?? '',
        /^attachment; filename="[\w-]+\.(?:csv|json)"$/,
      )
      if (format === 'csv') assert.ok(file.text.startsWith(columns), file.text.slice(0, 100))
      else assert.ok(Array.isArray(JSON.parse(file.text)))
    }
  })

test('a file of what may not be read is a page that says why', limit, async () => {
  const ada = formBrowser(server.url)
  await ada.submit(await ada.open('/sign-in'), { username: 'ada', password })
  for (const [path] of lists) {
    const refused = await ada.get(`/console${path}.csv`)
    assert.equal(refused.status, 403, path)
    assert.equal(headingOf(refused), 'You may not do this', path)
  }
})

test(
  'passkeys and self-registration are set with the other settings, and wrong ones are marked',
  limit,
  async () => {
    const page = await me.browser.open('/console/settings')
    const values: Record<string, string> = {}
    for (const [, name = '', value = ''] of page.text.matchAll(
      /<input type="text"[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g,
    ))
      values[name] = value
    for (const [, name = '', options = ''] of page.text.matchAll(
      /<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs,
    ))
      values[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? ''
    const change = { passkeys: 'device-bound', selfRegistration: 'domains', selfRegistrationGroup: 'staff' }
    const wrong = await me.browser.send(
      page,
      { ...values, ...change, selfRegistrationDomains: 'No Domain' },
      '/console/settings',
    )
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, /id="field-selfRegistrationDomains"[^>]*aria-invalid="true"/)
    const saved = await me.browser.submit(
      page,
      { ...values, ...change, selfRegistrationDomains: 'acme.example' },
      '/console/settings',
    )
    assert.match(textOf(saved), /The settings were saved/)
    const now = await admin('GET', '/settings')
    assert.equal(now.passkeys, 'device-bound')
    assert.deepEqual(now.selfRegistrationDomains, ['acme.example'])
    assert.equal(now.selfRegistrationGroup, 'staff')
  },
)

test('how often something was refused is for those who may list entries', limit, async () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'chancery:GetRequestExplanation', Resource: '*' },
      { Effect: 'Allow', Action: 'chancery:ListPeople', Resource: '*' },
    ],
  })
  await admin('POST', '/people', { name: 'explainer', password, mustChangePassword: false, groups: [] })
  const policy = `arn:aws:iam::${server.accountId}:policy/explainers`
  await me.browser.submit(
    await me.browser.open('/console/access/new'),
    { name: 'explainers', description: '', document, do: 'save' },
    '/console/access/new',
  )
  await changeAttachment(me.browser, `/console/access/policy?arn=${encodeURIComponent(policy)}`, {
    kind: 'user',
    name: 'explainer',
    do: 'attach',
  })
  const refuse = () => callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'staff' } })
  await refuse()
  const last = (await refuse()).headers.get('x-request-id')
  const again = /Second time within an hour\./
  const explained = `/console/access/explain?reference=${last}`
  assert.match(textOf(await me.browser.open(explained)), again)
  const list = await me.browser.open('/console/activity?action=chancery:CreateGroup')
  assert.match(textOf(list), again)
  const entry = /href="(\/console\/activity\/[0-9A-Z][^"?]+)"/.exec(list.text)?.[1] ?? ''
  assert.match(textOf(await me.browser.open(entry)), again)
  const explainer = formBrowser(server.url)
  await explainer.submit(await explainer.open('/sign-in'), { username: 'explainer', password })
  const page = textOf(await explainer.open(explained))
  assert.match(page, /tried to create the group staff/)
  assert.doesNotMatch(page, again)
})

test(
  'what was refused of nobody, such as an app with a wrong secret, is among the entries of no account',
  limit,
  async () => {
    await admin('POST', '/clients', {
      client_id: 'nightly',
      client_name: 'Nightly',
      grant_types: ['client_credentials'],
    })
    for (let at = 0; at < 3; at++) {
      const answer = await fetch(`${server.url}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from('nightly:wrong').toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      })
      assert.equal(answer.status, 401)
    }
    const refusals = await me.browser.open('/console/activity?outcome=not-done')
    assert.match(refusals.text, /aria-current="true">Not done</)
    assert.doesNotMatch(textOf(refusals), /Nightly/)
    const link = /href="(\/console\/activity\?[^"]*)">Of no account</.exec(refusals.text)?.[1] ?? ''
    const others = await me.browser.open(link.replaceAll('&amp;', '&'))
    assert.match(others.text, /aria-current="true">Of no account</)
    assert.match(others.text, /type="hidden" name="server" value="true"/)
    assert.match(textOf(others), /The app Nightly tried to .{1,120}Third time within an hour\./)
  },
)
