// "Needs you" of Home: what is found, where it leads, that it goes away when it is mended, and for whom it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret } from '../../src/secure/secret.ts'
import { adminBody, callAdmin } from '../admin/call.ts'
import { user } from '../store/sample.ts'
import { call } from '../support/aws-call.ts'
import { selfSigned } from '../support/certificate.ts'
import { csrfOf, formBrowser, headingOf, type Seen, textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { storeBeside } from '../support/store.ts'

const limit = { timeout: 90_000 }
const password = 'staple battery wonder'
const day = 86_400
const client = { id: 'nightly', secret: 'a-secret-of-the-nightly-job-0123456789' }
let server: Running
let me: Enrolled
let keyId = ''

const admin = (method: string, path: string, body?: object) => adminBody(server.url, { method, path, body })

/** A token request of the app. @returns the status */
async function asApp(secret: string): Promise<number> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: secret,
  })
  return (await fetch(`${server.url}/token`, { method: 'POST', body })).status
}

before(async () => {
  server = await startServer({
    config: JSON.stringify({
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          grant_types: ['client_credentials'],
          response_types: [],
          redirect_uris: [],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
    }),
  })
  me = await enrol(server)
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/people', { name: 'ada', password, mustChangePassword: false })
  await admin('POST', '/scim-tokens', { user: 'ada', description: 'directory', days: 7 })
  await admin('POST', '/scim-tokens', { user: 'ada', description: 'other', days: 70 })
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const made = await call(server.url, root, 'iam', 'CreateAccessKey', { UserName: 'ada' })
  keyId = /<AccessKeyId>([^<]+)</.exec(made.text)?.[1] ?? ''
  const fresh = await call(server.url, root, 'iam', 'CreateAccessKey', { UserName: 'ada' })
  assert.equal(fresh.status, 200)
  const { certificate, privateKey } = selfSigned('id.acme.example')
  const uploaded = await call(server.url, root, 'iam', 'UploadServerCertificate', {
    ServerCertificateName: 'front',
    CertificateBody: certificate,
    PrivateKey: privateKey,
  })
  assert.equal(uploaded.status, 200, uploaded.text)
  const store = await storeBeside(server)
  await store.update('accessKey', keyId, (key) => ({ ...key, createdAt: key.createdAt - 91 * day }))
}, limit)
after(() => server?.stop())

/** The findings by their titles, with where they lead. */
const needsOf = (page: Seen): ReadonlyMap<string, string> =>
  new Map(
    [...page.text.matchAll(/<li><a class="strong" href="([^"]+)">([^<]+)</g)].map(
      ([, href = '', title = '']) => [title, href.replaceAll('&amp;', '&')],
    ),
  )

test(
  'unused keys, ending tokens and people without a factor are named, and lead to where they are mended',
  limit,
  async () => {
    const needs = needsOf(await me.browser.open('/console'))
    const titles = [...needs.keys()]
    const titled = (form: RegExp): string => titles.find((title) => form.test(title)) ?? ''
    assert.match(titled(/access key/), /^An access key of ada is unused since \d{1,2} \w+ \d{4}$/)
    assert.equal(titles.filter((title) => /access key/.test(title)).length, 1)
    assert.ok(titled(/^ada has no second factor$/))
    assert.ok(!titles.some((title) => /admin has no second factor/.test(title)))
    assert.match(titled(/SCIM token/), /^The SCIM token directory ends on /)
    assert.equal(titles.filter((title) => /SCIM token/.test(title)).length, 1)
    assert.match(titled(/certificate/), /^The server certificate front ends on /)
    for (const href of needs.values()) assert.equal((await me.browser.open(href)).status, 200, href)
  },
)

test('an unused key is deactivated where the finding leads, and is then found no more', limit, async () => {
  const page = await me.browser.open('/console/people/ada/sign-in')
  const [, href = ''] = new RegExp(`href="([^"]+/access-keys/${keyId}/deactivate)"`).exec(page.text) ?? []
  const question = await me.browser.open(href)
  assert.equal(headingOf(question), `Deactivate ${keyId}?`)
  const done = await me.browser.submit(question, {}, '/deactivate')
  assert.match(textOf(done), /The access key is deactivated/)
  assert.doesNotMatch((await me.browser.open('/console')).text, /An access key of ada/)
})

test('an app that fails is named with the sentence why, until it works again', limit, async () => {
  const isFailing = async () => textOf(await me.browser.open('/console')).includes(`${client.id} fails`)
  assert.equal(await isFailing(), false)
  assert.equal(await asApp('wrong'), 401)
  const home = await me.browser.open('/console')
  assert.match(textOf(home), /nightly fails Invalid[_ ]client.* Last at \d\d:\d\d UTC/i)
  assert.equal(needsOf(home).get('nightly fails'), '/console/apps/nightly')
  assert.equal(await asApp(client.secret), 200)
  assert.equal(await isFailing(), false)
})

test(
  'mail that could not be sent for ten minutes is named with why, and leads to its settings',
  limit,
  async () => {
    const store = await storeBeside(server)
    const now = Math.floor(Date.now() / 1000)
    const failing = (since: number) => ({ since, at: now, reason: 'the mail server refused (EAUTH)' })
    await store.create('mail', {
      id: 'waits',
      accountId: server.accountId,
      queue: 'message',
      userId: undefined,
      template: 'invitation',
      content: new Secret('{}'),
      tries: 1,
      nextAt: now + day,
      createdAt: now - 3600,
      expiresAt: now + 2 * day,
      failure: failing(now),
    })
    assert.doesNotMatch(textOf(await me.browser.open('/console')), /Mail cannot be sent/)
    await store.update('mail', 'waits', (old) => ({ ...old, failure: failing(now - 3600) }))
    const home = await me.browser.open('/console')
    const title = [...needsOf(home).keys()].find((one) =>
      /^Mail cannot be sent since \d\d:\d\d UTC on /.test(one),
    )
    assert.equal(needsOf(home).get(title ?? ''), '/console/settings/mail')
    assert.match(textOf(home), /The mail server refused \(EAUTH\)\. A message waits\./)
  },
)

test('findings are of the account alone, and for who may read them', limit, async () => {
  await asApp('wrong')
  const made = await admin('POST', '/accounts', { name: 'Other', accessKey: true })
  const credentials = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey }
  const { status, body } = await callAdmin(server.url, { path: '/findings', credentials })
  assert.equal(status, 200)
  assert.doesNotMatch(JSON.stringify(body), /ada|directory|nightly/)
  const ada = formBrowser(server.url)
  await ada.submit(await ada.open('/sign-in'), { username: 'ada', password })
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const people = policy({ Effect: 'Allow', Action: 'chancery:ListPeople', Resource: '*' })
  const given = { UserName: 'ada', PolicyName: 'people', PolicyDocument: people }
  assert.equal((await call(server.url, root, 'iam', 'PutUserPolicy', given)).status, 200)
  const home = await ada.open('/console')
  assert.equal(home.status, 200)
  assert.doesNotMatch(home.text, /Needs you|Mail cannot/)
  const csrf = csrfOf(home)
  const path = `/console/people/admin/access-keys/${keyId}/deactivate`
  assert.ok((await ada.post(path, { csrf })).status >= 400)
})

test('of many people the first are looked at, and the page says so', limit, async () => {
  assert.doesNotMatch(textOf(await me.browser.open('/console')), /were looked at/)
  const store = await storeBeside(server)
  for (let at = 0; at < 120; at++) {
    const name = `person-${String(at).padStart(3, '0')}`
    await store.create('user', user(`AIDAMANY${at}`, { accountId: server.accountId, name }))
  }
  const page = textOf(await me.browser.open('/console'))
  assert.match(page, /only the first 100 by name were looked at for second factors and unused access keys/)
  assert.equal((await admin('GET', '/findings')).onlyFirst, 100)
})
