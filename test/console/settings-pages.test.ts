// Settings in the console over HTTP, without JavaScript: SCIM tokens, the audit trail and backup, and for whom.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pageLanguages } from '../../src/iam/brand/brand.ts'
import { languages } from '../../views/languages/languages.ts'
import { adminBody, callAdmin } from '../admin/call.ts'
import {
  csrfOf,
  type FormBrowser,
  formBrowser,
  headingOf,
  problemOf,
  textOf,
} from '../support/form-browser.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const limit = { timeout: 90_000 }
const password = 'staple battery wonder'
let server: Running
let me: Enrolled
/** May list tokens and read the trail, and nothing else. */
let reader: FormBrowser

before(async () => {
  const receivers = [
    {
      name: 'siem',
      webhook: { url: 'https://siem.invalid/secret-path?key=1', signing_secret: 'a'.repeat(32) },
    },
    { name: 'log-host', syslog: { host: 'log.invalid', port: 6514 } },
  ]
  server = await startServer({
    config: JSON.stringify({ audit: { retention_days: 400, forward: receivers } }),
  })
  me = await enrol(server)
  const admin = (method: string, path: string, body?: object) => adminBody(server.url, { method, path, body })
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  for (const name of ['directory', 'reader'])
    await admin('POST', '/people', { name, password, mustChangePassword: false })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['chancery:ListScimTokens', 'chancery:GetAuditTrail'], Resource: '*' },
      { Sid: 'NoTokens', Effect: 'Deny', Action: 'chancery:CreateScimToken', Resource: '*' },
    ],
  })
  await me.browser.submit(
    await me.browser.open('/console/access/new'),
    { name: 'readers', description: '', document, do: 'save' },
    '/console/access/new',
  )
  const policy = `arn:aws:iam::${server.accountId}:policy/readers`
  await changeAttachment(me.browser, `/console/access/policy?arn=${encodeURIComponent(policy)}`, {
    kind: 'user',
    name: 'reader',
    do: 'attach',
  })
  reader = formBrowser(server.url)
  await reader.submit(await reader.open('/sign-in'), { username: 'reader', password })
}, limit)
after(() => server?.stop())

const scim = '/console/settings/scim'

async function makeToken(description: string): Promise<{ readonly id: string; readonly token: string }> {
  const page = await me.browser.open(`${scim}/new`)
  const made = await me.browser.send(
    page,
    { user: 'directory', description, days: '30', verifiesEmail: 'true' },
    `${scim}/new`,
  )
  assert.equal(headingOf(made), 'Copy the token now', problemOf(made) ?? made.text)
  const token = /id="scim-token"[^>]*><code>([^<]+)</.exec(made.text)?.[1] ?? ''
  return { id: token.split('.')[0] ?? '', token }
}

/** The status of the SCIM endpoint with this token. */
const scimStatus = async (token: string): Promise<number> =>
  (
    await fetch(`${server.url}/scim/v2/Users?count=1`, {
      headers: { Authorization: `Bearer ${token}` },
    })
  ).status

test('a SCIM token is shown once, is listed, and is refused once it is revoked', limit, async () => {
  const { id, token } = await makeToken('the directory')
  assert.notEqual(await scimStatus(token), 401)
  const list = await me.browser.open(scim)
  assert.match(textOf(list), new RegExp(`the directory ${id} Addresses that it sets count as confirmed`))
  assert.match(list.text, new RegExp(`${server.url}/scim/v2`))
  assert.ok(!list.text.includes(token))
  const csv = await me.browser.get(`${scim}.csv`)
  assert.match(csv.text, new RegExp(`^id,userId,.*\\r\\n(?:.*\\r\\n)*${id},AIDA`))
  assert.ok(!csv.text.includes(token))
  const question = await me.browser.open(`${scim}/${id}/delete`)
  assert.equal(headingOf(question), 'Revoke this SCIM token?')
  assert.equal((await scimStatus(token)) === 401, false)
  const done = await me.browser.submit(question, {}, '/delete')
  assert.match(textOf(done), /The token was revoked/)
  assert.equal(await scimStatus(token), 401)
})

test('a token form that is wrong keeps what was typed and marks each field', limit, async () => {
  const page = await me.browser.open(`${scim}/new`)
  const wrong = await me.browser.send(
    page,
    { user: '', description: 'typed already', days: 'soon', verifiesEmail: 'false' },
    `${scim}/new`,
  )
  assert.equal(wrong.status, 422)
  for (const id of ['field-user', 'field-days'])
    assert.match(wrong.text, new RegExp(`id="${id}"[^>]*aria-invalid="true"`), id)
  assert.match(wrong.text, /value="typed already"/)
  const nobody = await me.browser.send(page, { user: 'nobody-here', verifiesEmail: 'false' }, `${scim}/new`)
  assert.match(problemOf(nobody) ?? '', /There is no person <code[^>]*>nobody-here<\/code>/)
})

test('who lacks a right sees the statement that denies it, and is refused', limit, async () => {
  const { id, token } = await makeToken('not theirs')
  const page = await reader.open(scim)
  assert.equal(page.status, 200)
  assert.match(textOf(page), /You may not do chancery:CreateScimToken: denied by statement NoTokens/)
  assert.match(textOf(page), /You may not do chancery:DeleteScimToken/)
  assert.doesNotMatch(page.text, /href="[^"]*\/scim\/new"|href="[^"]*\/delete"/)
  const csrf = csrfOf(page)
  const refused = await reader.post(`${scim}/${id}/delete`, { csrf })
  assert.ok([403, 422].includes(refused.status), String(refused.status))
  assert.notEqual(await scimStatus(token), 401)
  assert.equal((await reader.open('/console/settings/mail')).status, 403)
})

test('the audit trail: how long it is kept and where it goes, without what is secret', limit, async () => {
  const page = await me.browser.open('/console/settings/audit')
  assert.match(textOf(page), /Kept 400 days/)
  assert.match(textOf(page), /siem Webhook https:\/\/siem\.invalid/)
  assert.match(textOf(page), /log-host Syslog log\.invalid:6514 \(tls\)/)
  assert.doesNotMatch(page.text, /secret-path|key=1|aaaaaaaa/)
  assert.match(textOf(await reader.open('/console/settings/audit')), /Kept 400 days/)
})

test('without mail the page says so, and there is nothing to test', limit, async () => {
  const page = await me.browser.open('/console/settings/mail')
  assert.match(textOf(page), /Mail is not configured/)
  assert.doesNotMatch(page.text, /action="\/console\/settings\/mail\/test"/)
})

test('nothing of another account is in reach', limit, async () => {
  const { id, token } = await makeToken('of the first account')
  const made = await callAdmin(server.url, {
    method: 'POST',
    path: '/accounts',
    body: { name: 'Other', accessKey: true },
  })
  const { account, accessKeyId, secretAccessKey } = made.body
  const credentials = { accessKeyId, secretAccessKey }
  const theirs = (method: string, path: string, body?: object) =>
    callAdmin(server.url, { method, path, credentials, ...(body && { body }) })
  assert.deepEqual((await theirs('GET', '/scim-tokens')).body.items, [])
  assert.equal((await theirs('DELETE', `/scim-tokens/${id}`)).status, 404)
  assert.notEqual(await scimStatus(token), 401)
  for (const [method, path] of [
    ['GET', '/mail-server'],
    ['POST', '/mail-server/test'],
  ] as const)
    assert.ok([403, 404].includes((await theirs(method, path)).status), path)
  assert.deepEqual((await theirs('GET', '/audit-trail')).body.receivers, [])
  await theirs('PATCH', '/settings', { secondFactor: 'optional' })
  await theirs('POST', '/people', { name: 'olga', password, mustChangePassword: false })
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username: `${account.id}/olga`, password })
  for (const path of [scim, `${scim}.csv`, '/console/settings/mail', '/console/settings/audit']) {
    const page = await browser.open(path)
    assert.doesNotMatch(page.text, new RegExp(`${id}|siem`), path)
  }
})

test('a backup is a command, which the page shows', limit, async () => {
  const page = await me.browser.open('/console/settings/backup')
  assert.match(textOf(page), /npx chancery backup --out/)
  assert.match(textOf(page), /master key is not in it/)
})

test(
  'the language of the account is that of pages for browsers that prefer none of ours',
  limit,
  async () => {
    assert.deepEqual([...pageLanguages], [...languages])
    const languageOf = async (preferred: string): Promise<string | undefined> => {
      const browser = formBrowser(server.url)
      const { location = '' } = await browser.get('/sign-in')
      const cookie = [...browser.cookies.values()].map((one) => `${Object(one).name}=${one.value}`).join('; ')
      const page = await fetch(location, { headers: { Cookie: cookie, 'Accept-Language': preferred } })
      return /<html lang="(\w+)"/.exec(await page.text())?.[1]
    }
    const path = '/console/settings/brand'
    const page = await me.browser.open(path)
    const csrf = csrfOf(page)
    const version = /name="version" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
    const save = (language: string) => {
      const form = new FormData()
      const fields = { csrf, version, draft: '', name: '', accent: '', language, do: 'save' }
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      const cookies = [...me.browser.cookies.entries()].map(
        ([key, { value }]) => `${key.split(' ')[0]}=${value}`,
      )
      const headers = { Origin: server.url, 'Sec-Fetch-Site': 'same-origin', Cookie: cookies.join('; ') }
      return fetch(`${server.url}${path}`, { method: 'POST', body: form, headers, redirect: 'manual' })
    }
    assert.equal((await save('xx')).status, 422)
    assert.equal((await save('de')).status, 303)
    // Pages have it within a second.
    await until('pages are in German', async () => (await languageOf('pl')) === 'de')
    assert.equal(await languageOf('fr, de;q=0.5'), 'fr')
    assert.match((await me.browser.open(path)).text, /<option value="de" selected>Deutsch/)
    const given = await callAdmin(server.url, { path: '/brand' })
    assert.equal(given.body.language, 'de')
  },
)

test(
  'each use of keys is on a line of time, with its dates as text and its own rotation',
  limit,
  async () => {
    const page = await me.browser.open('/console/settings/keys')
    const { items } = (await callAdmin(server.url, { path: '/keys?limit=200' })).body as {
      readonly items: readonly { readonly id: string; readonly use: string; readonly activeAt: string }[]
    }
    assert.ok(items.length > 0)
    for (const { id, activeAt } of items) {
      const line = page.text.split('<li>').find((part) => part.includes(`>${id}<`)) ?? ''
      assert.ok(line.includes(`datetime="${activeAt}"`), id)
    }
    for (const use of new Set(items.map((one) => one.use)))
      assert.match(page.text, new RegExp(`href="/console/settings/keys/rotate\\?use=${use}"`))
    assert.doesNotMatch(page.text, /rotate\?use=outbound/)
  },
)
